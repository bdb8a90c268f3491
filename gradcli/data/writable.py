"""Cells that the form of the output cannot hold: in TSV, which has no quotes, a tab, the end of a line, an open quote.

Depends on polars. A row with such a cell is no row of the output: it is at fault, and is never written as two, nor as
one that readers of TSV who know quotes all the same (most do) would join with the rows behind it.
"""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from gradcli.data.batch import Reading, named
from gradcli.data.options import TableFormat
from gradcli.data.row_by_row import BrokenRowError

_OPEN = r'^"(?:[^"]|"")*$'
"""A quote that begins a cell, and that no other ends."""
_OPEN_IN_ROW = re.compile(rb'(?:^|\t)"(?:[^"\t\r\n]|"")*(?=[\t\r\n])', re.MULTILINE)
_WHY = "a tab, the end of a line, or a quote that no other ends (--to csv can)"
TEXTS = (pl.String, pl.Categorical, pl.Enum)


def unwritable_in(form: TableFormat) -> str:
    """A regular expression for what no cell of a form can hold; empty where it can hold anything."""
    return rf"[\t\n\r]|{_OPEN}" if form is TableFormat.tsv else ""


def has_open_quotes(text: bytes) -> bool:
    """Whether a quote that no other ends begins a cell in whole rows of TSV."""
    return b'"' in text and _OPEN_IN_ROW.search(text) is not None


def reason(name: str) -> str:
    """What is wrong with a cell of a column."""
    return f"TSV cannot hold the text of `{name}`: {_WHY}"


def name_reason(name: str) -> str:
    """What is wrong with the name of a column."""
    shown = name.translate({ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"})
    return f"TSV cannot hold the name `{shown}`: {_WHY}"


def unwritable(frame: pl.DataFrame, pattern: str) -> pl.Series:
    """For each row the first column that has such a cell; null where none has."""
    texts = [column.name for column in frame if column.dtype in TEXTS]
    return first_column(frame, {name: named([name]).cast(pl.String).str.contains(pattern) for name in texts})


def first_column(frame: pl.DataFrame, bad: Mapping[str, pl.Expr]) -> pl.Series:
    """For each row the first column that is bad there; null where none is."""
    names = [pl.when(is_bad).then(pl.lit(name)) for name, is_bad in bad.items()]
    return frame.select(pl.coalesce([pl.lit(None, pl.String), *names])).to_series()


def check_writable(cells: Iterable[tuple[str, str | None]], reading: Reading) -> None:
    """Raise BrokenRowError for a row with such a cell; `cells` are the names of its columns and their texts."""
    if not reading.unwritable:
        return
    for name, text in cells:
        if text and re.search(reading.unwritable, text):
            raise BrokenRowError(reason(name))
