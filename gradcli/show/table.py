"""A table as data, for any format to draw.

Depends on nothing.
"""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

Entry = TypeVar("Entry")


class Column(NamedTuple):
    """A column: its title, how it is drawn, and whether it holds numbers."""

    title: str
    style: str = ""
    numeric: bool = False


class Table(NamedTuple, Generic[Entry]):
    """A table. `row` makes the cells of an entry, so that a row that is not shown costs nothing."""

    title: str
    columns: Sequence[Column]
    entries: Sequence[Entry]
    row: Callable[[Entry], Sequence[str]]
