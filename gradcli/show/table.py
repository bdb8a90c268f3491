"""A table as data, for any format to draw.

Depends on nothing.
"""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

Entry = TypeVar("Entry")


class Column(NamedTuple):
    """A column: its title, how it is drawn, whether it holds numbers, and how much of a cell tells enough (0: all)."""

    title: str
    style: str = ""
    numeric: bool = False
    longest: int = 0


class Table(NamedTuple, Generic[Entry]):
    """A table. `row` makes the cells of an entry, so that a row that is not shown costs nothing."""

    title: str
    columns: Sequence[Column]
    entries: Sequence[Entry]
    row: Callable[[Entry], Sequence[str]]
