"""A batch and its new columns → the bytes of a text.

Depends on polars, which writes floats in their shortest form that reads back the same.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Literal, cast

import polars as pl

from gradcli.data.batch import LINE, beside, named, unnamed
from gradcli.data.options import SEPARATORS, TableFormat
from gradcli.data.row_ends import has_quotes
from gradcli.data.writable import name_reason, unwritable_in
from gradcli.errors import FileProblem

WRITTEN = 16_384
"""Rows that polars writes at once; its own 1,024 take half as long again."""

Rows = list[bytes]
"""The bytes of rows, in pieces as polars makes them: to join them would be to copy them."""
Encode = Callable[[pl.DataFrame, pl.DataFrame], Rows]
"""What goes through, and the new columns → rows."""


def encoder(form: TableFormat, *, verbatim: bool) -> Encode:
    """How rows of a text are written; `verbatim` where what goes through is the text of the row."""
    if form is TableFormat.ndjson:
        return _line_and_fields if verbatim else _object
    separator = SEPARATORS[form]
    quotes = has_quotes(separator) and not verbatim

    def separated(passthrough: pl.DataFrame, new_columns: pl.DataFrame) -> Rows:
        _check_cells(passthrough, form)
        return _rows(beside(passthrough, new_columns), separator, "necessary" if quotes else "never")

    return separated


def _check_cells(frame: pl.DataFrame, form: TableFormat) -> None:
    """Raise FileProblem for a column whose values are no cells: bytes, lists and structs."""
    for name, kind in frame.schema.items():
        if kind.is_nested() or _holds_bytes(kind):
            what = "bytes" if _holds_bytes(kind) else "lists or structs"
            raise FileProblem(
                f"{form.value} cannot hold the {what} of `{name}`", hint="take another --to, or --only for the results"
            )


def header(form: TableFormat, line: str, names: Sequence[str], new_columns: Sequence[str]) -> bytes:
    """The line that names the columns: as it came, or of their names, and the new ones."""
    if form is TableFormat.ndjson:
        return b""
    separator = SEPARATORS[form]
    cells = [line] if line and has_quotes(separator) else [_cell(name, separator) for name in names]
    return (separator.join([*cells, *(_cell(name, separator) for name in new_columns)]) + "\n").encode()


def _cell(name: str, separator: str) -> str:
    """The name of a column as a cell. Raises FileProblem for one that TSV cannot hold."""
    if not has_quotes(separator):
        if re.search(unwritable_in(TableFormat.tsv), name):
            raise FileProblem(name_reason(name), hint="take another --to, or --only")
        return name
    quoted = any(mark in name for mark in (separator, '"', "\n", "\r"))
    return '"' + name.replace('"', '""') + '"' if quoted else name


def _line_and_fields(passthrough: pl.DataFrame, new_columns: pl.DataFrame) -> Rows:
    """Rows that are objects already, each with new fields before its closing brace."""
    opened = _opened(passthrough[LINE])
    comma = (
        pl.when(pl.lit(opened) == "{").then(pl.lit("")).otherwise(pl.lit(",")) if (opened == "{").any() else pl.lit(",")
    )
    return _rows(new_columns.select(pl.concat_str(pl.lit(opened), comma, *_fields(new_columns), pl.lit("}"))))


def _opened(lines: pl.Series) -> pl.Series:
    """Objects without their closing brace."""
    if lines.str.ends_with("}").all():
        return lines.str.head(-1)
    return lines.str.strip_chars_end().str.strip_suffix("}")


def _object(passthrough: pl.DataFrame, new_columns: pl.DataFrame) -> Rows:
    """Rows as objects."""
    frame = beside(passthrough, new_columns)
    return _rows(frame.select(pl.concat_str(pl.lit("{"), *_fields(frame), pl.lit("}"))))


def _fields(frame: pl.DataFrame) -> Iterator[pl.Expr]:
    """The columns of a frame as fields of an object, keys and values in turn: `"f":`, 1.5, `,"d_x":`, 2."""
    for at, column in enumerate(frame):
        yield pl.lit("," * (at > 0) + json.dumps(column.name, ensure_ascii=False) + ":")
        yield _value(column)


def _value(column: pl.Series) -> pl.Expr:
    """A column as JSON."""
    if column.dtype.is_float():
        return _number(column)
    if _holds_bytes(column.dtype):
        raise FileProblem(f"ndjson cannot hold the bytes of `{column.name}`", hint="take another --to, or --only")
    if _is_of_floats(column.dtype):
        return _lists(column)
    whole = pl.struct(named([column.name]).alias("x")).struct.json_encode()
    return whole.str.strip_prefix('{"x":').str.strip_suffix("}")


def _is_of_floats(kind: pl.DataType) -> bool:
    """Whether a column has lists of one shape of floats."""
    while isinstance(kind, pl.Array):
        kind = cast("pl.DataType", kind.inner)
        if kind.is_float():
            return True
    return False


def _lists(column: pl.Series) -> pl.Expr:
    """A column of lists of one shape as JSON."""
    kind = column.dtype
    if not isinstance(kind, pl.Array):
        return _text(pl.lit(column))
    parts = [part for place in range(kind.shape[0]) for part in (pl.lit(","), _lists(column.arr.get(place)))]
    whole = pl.concat_str(pl.lit("["), *parts[1:], pl.lit("]"))
    return pl.when(pl.lit(column.is_null())).then(pl.lit("null")).otherwise(whole) if column.null_count() else whole


def _holds_bytes(kind: pl.DataType) -> bool:
    """Whether a column has bytes that are no text, by themselves or within lists and structs."""
    if isinstance(kind, pl.List | pl.Array):
        return _holds_bytes(cast("pl.DataType", kind.inner))
    if isinstance(kind, pl.Struct):
        return any(_holds_bytes(cast("pl.DataType", field.dtype)) for field in kind.fields)
    return isinstance(kind, pl.Binary | pl.Object)


def _number(column: pl.Series) -> pl.Expr:
    """A column of floats as JSON, which has strings for NaN and the infinities, and null for what is empty."""
    number = named([column.name])
    if column.null_count() == 0 and unnamed(column).is_finite().all():
        return number
    return _text(number)


def _text(number: pl.Expr) -> pl.Expr:
    text = number.cast(pl.String).replace({"NaN": '"NaN"', "inf": '"Infinity"', "-inf": '"-Infinity"'})
    return text.fill_null("null")


def _rows(cells: pl.DataFrame, separator: str = ",", style: Literal["never", "necessary"] = "never") -> Rows:
    """Cells with separators between those of one row."""
    written = _Pieces()
    cells.write_csv(
        cast("IO[bytes]", written), include_header=False, separator=separator, quote_style=style, batch_size=WRITTEN
    )
    return written


class _Pieces(list[bytes]):
    """What polars writes, piece by piece."""

    def write(self, piece: bytes) -> int:
        """Keep some bytes."""
        self.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""
