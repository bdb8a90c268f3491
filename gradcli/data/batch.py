"""What a block of a table becomes: the numbers that the formula takes, and what goes through to the output.

Depends on polars.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from gradcli.data.options import OnError
from gradcli.errors import FileProblem
from gradcli.shapes import Shape, entry_names

LINE = "line"
"""The one column of what goes through where rows go through as the text they came as."""


class Fault(NamedTuple):
    """What is wrong with a row, and its place: a line of a text, a row of any other table, counted from 1.

    `left_empty` where the row is in the output all the same, with empty new cells.
    """

    file: str
    place: str
    column: str
    reason: str
    left_empty: bool = False

    def __str__(self) -> str:
        column = f", column `{self.column}`" if self.column else ""
        return f"{self.file}, {self.place}{column}: {self.reason}"


class Reading(NamedTuple):
    """How a table is read.

    columns      the names of its columns, as the header or the first row tells
    needed       those that the formula takes; of one with lists the entries, x[1], x[2], …
    verbatim     rows go through as text; otherwise as cells
    only         nothing goes through
    new_columns  the names of the new columns
    elsewhere    names of the formula that are no columns: bound, or constants
    unwritable   a regular expression for what no cell of the output can hold
    lists        the columns whose cells are lists, of which `needed` has the entries, and their shapes
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    verbatim: bool
    only: bool
    on_error: OnError
    new_columns: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    unwritable: str = ""
    lists: Mapping[str, Shape] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of the table that the formula takes."""
        entries = {each: name for name, shape in self.lists.items() for each in entry_names(name, shape)}
        return tuple(dict.fromkeys(entries.get(name, name) for name in self.needed)) if entries else self.needed

    @property
    def taken(self) -> tuple[str, ...]:
        """Names that no key of a later row may have: it would be a column that came too late, or there twice."""
        return self.elsewhere if self.only else (*self.elsewhere, *self.new_columns)


def named(names: Collection[str]) -> pl.Expr:
    """The columns of these very names: `select` and `pl.col` would take `*` and `^x.*$` for patterns.

    >>> pl.DataFrame({"*": [1], "x": [2]}).select(named(["*"])).columns
    ['*']
    """
    return pl.selectors.by_name(names)


def unnamed(column: pl.Series) -> pl.Series:
    """A column without its name, which its own methods would take for a pattern.

    >>> unnamed(pl.Series("^x.*$", [-1.0])).abs().to_list()
    [1.0]
    """
    return column.alias("")


def not_numeric(rows: pl.DataFrame, name: str, file: str) -> FileProblem:
    """The error for a column that is not of numbers."""
    kind = rows.schema[name]
    declare = f"declare the shape of its lists, which no first row tells: {name}: [3]; …"
    hint = declare if kind.is_nested() else "bind the name of another column"
    return FileProblem(f"column `{name}` of {file} is not numeric: it is {kind}", hint=hint)


def beside(passthrough: pl.DataFrame, new_columns: pl.DataFrame) -> pl.DataFrame:
    """The new columns behind what goes through, if anything does."""
    return passthrough.hstack(new_columns) if passthrough.width else new_columns


class Batch(NamedTuple):
    """Some rows.

    passthrough  what goes through
    numbers      a column of doubles for every needed name; null in rows whose new cells stay empty
    start        the number of the first row or line, to begin from wherever the table is cut
    faults       what was wrong with rows that are not here, or null
    """

    passthrough: pl.DataFrame
    numbers: pl.DataFrame
    length: int
    start: int
    faults: Sequence[Fault] = ()
