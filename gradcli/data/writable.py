"""Cells that the form of the output cannot hold: a tab or the end of a line in TSV, which has no quotes for them.

Depends on polars. A row with such a cell is no row of the output: it is at fault, and is never written as two.
"""

from collections.abc import Iterable

import polars as pl

from gradcli.data.batch import Reading
from gradcli.data.cells import BrokenRowError
from gradcli.data.formats import TableFormat

TEXTS = (pl.String, pl.Categorical, pl.Enum)


def unwritable_marks(form: TableFormat) -> str:
    """The letters that no cell of a form can hold."""
    return "\t\n\r" if form is TableFormat.tsv else ""


def reason(name: str) -> str:
    """What is wrong with a cell of a column."""
    return f"the text of `{name}` has a tab or the end of a line, which TSV cannot hold"


def name_reason(name: str) -> str:
    """What is wrong with the name of a column."""
    shown = name.translate({ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"})
    return f"the name `{shown}` has a tab or the end of a line, which TSV cannot hold"


def unwritable(frame: pl.DataFrame, marks: str) -> pl.Series:
    """For each row the first column that has such a cell; null where none has."""
    texts = [column.name for column in frame if column.dtype in TEXTS]
    bad = {name: pl.col(name).cast(pl.String).str.contains(f"[{marks}]") for name in texts}
    found = frame.select(
        pl.coalesce([pl.lit(None, pl.String), *(pl.when(bad[name]).then(pl.lit(name)) for name in texts)])
    )
    return found.to_series()


def check_writable(cells: Iterable[tuple[str, str | None]], reading: Reading) -> None:
    """Raise BrokenRowError for a row with such a cell; `cells` are the names of its columns and their texts."""
    if not reading.unwritable:
        return
    for name, text in cells:
        if text and any(mark in text for mark in reading.unwritable):
            raise BrokenRowError(reason(name))
