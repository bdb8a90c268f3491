"""CSV and TSV: a header, and blocks of rows → batches.

Depends on polars for the quick road; where a block is not plain, `cells` reads it row by row.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import LINE, Batch, Reading
from gradcli.data.blocks import Block, count, even
from gradcli.data.line_ends import LONGEST_ROW
from gradcli.data.quoted_rows import TAB, has_quotes, rows
from gradcli.data.row_by_row import BrokenRowError, Row, decoded, exact
from gradcli.data.writable import check_writable, has_open_quotes, unwritable
from gradcli.errors import FileProblem

csv.field_size_limit(LONGEST_ROW)  # its own limit is 128 kB

_MARKS = tuple(bytes([byte]) for byte in range(1, 9))
"""Bytes that a plain text has not: to separate cells where a line is one, and to stand for a newline within a cell."""


def header(line: bytes, separator: str, file: str) -> tuple[str, ...]:
    """The names of the columns. Raises FileProblem."""
    try:
        names = _split(decoded(line), separator)
    except BrokenRowError as problem:
        raise FileProblem(f"the header of {file} cannot be read: {problem}", hint="save it as UTF-8") from None
    check_different(names, file)
    return tuple(names)


def check_different(names: list[str], file: str) -> None:
    """Raise FileProblem where two columns have one name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FileProblem(f"two columns of {file} are called `{name}`", hint="rename one of them")
        seen.add(name)


def decode(block: Block, reading: Reading, separator: str) -> Batch:
    """The batch of a block."""
    return _quick(block, reading, separator) or _exact(block, reading, separator)


class _Flat(NamedTuple):
    """A block in which every row has all its cells and is one line.

    text    its bytes, with another byte for the newlines within cells
    quoted  whether cells may be between quotes
    mark    a byte that is not in it
    fold    what stands for a newline within a cell, and how many there are
    """

    text: bytes
    quoted: bool
    mark: bytes
    fold: bytes
    folds: int


def _quick(block: Block, reading: Reading, separator: str) -> Batch | None:
    """The batch of a block in which every row is plain and every number a number; None where one may not be."""
    flat = _flat(block, len(reading.columns), separator)
    if flat is None or (flat.folds and reading.unwritable):
        return None
    try:
        kept = lines = lines_of(flat.text, flat.mark)
        numbers = _doubles(flat, reading, separator)
        if not reading.verbatim:
            kept = _strings(flat, reading, separator, numbers)
    except pl.exceptions.PolarsError:
        return None
    heights = {len(lines), len(kept), len(numbers) if reading.needed else len(lines)}
    if heights != {block.lines - flat.folds} or not plain(numbers) or not _whole(flat.text, lines[LINE], block.line):
        return None
    if reading.unwritable and _holds_unwritable(flat.text, kept, reading):
        return None
    if flat.folds:
        kept = kept.with_columns(pl.col(pl.String).str.replace_all(flat.fold.decode(), "\n", literal=True))
    return Batch(kept, numbers, len(lines), block.start)


def _holds_unwritable(text: bytes, kept: pl.DataFrame, reading: Reading) -> bool:
    """Whether a cell of what goes through is one that the output cannot hold."""
    return has_open_quotes(text) if reading.verbatim else unwritable(kept, reading.unwritable).count() > 0


def _flat(block: Block, columns: int, separator: str) -> _Flat | None:
    """A block made flat; None where it is not plain."""
    quoted = has_quotes(separator) and b'"' in block.text
    text = block.text.replace(b"\r\n", b"\n") if quoted else block.text
    mark, fold = islice(chain((mark for mark in _MARKS if mark not in text), repeat(b"")), 2)
    if not (fold and text) or b"\0" in text:
        return None
    if not quoted:
        return _Flat(text, quoted, mark, fold, 0) if even(block, columns, separator.encode()) else None
    from gradcli.data import byte_scan

    found = byte_scan.flat(text, block.lines, columns, separator.encode(), fold)
    # Of a return before a newline within a cell nobody would know afterwards.
    return (
        None if found is None or (found[1] and b"\r" in block.text) else _Flat(found[0], quoted, mark, fold, found[1])
    )


def _whole(text: bytes, lines: pl.Series, line: int) -> bool:
    """Whether no line is empty, and none has a return but at its end, where polars takes off one.

    Without the newlines, and the returns before them, the bytes are those of the lines.
    """
    lengths = lines.str.len_bytes()
    if lengths.null_count() or not lengths.min():
        return False
    returns = count(text, b"\r", line) if b"\r" in text else 0
    return int(lengths.sum()) + len(lines) + returns == len(text)


def lines_of(text: bytes, mark: bytes) -> pl.DataFrame:
    """The lines of a text, in one column; `mark` is a byte that is not in it."""
    return pl.read_csv(text, has_header=False, separator=mark.decode(), quote_char=None, schema={LINE: pl.String})


def plain(numbers: pl.DataFrame) -> bool:
    """Whether there is a number in every cell, and none so large that it may have been a decimal beyond the doubles."""
    return not any(column.null_count() or column.is_infinite().any() for column in numbers)


def _doubles(flat: _Flat, reading: Reading, separator: str) -> pl.DataFrame:
    """The columns of the formula, which polars reads correctly rounded."""
    if not reading.needed:
        return pl.DataFrame()
    schema = {name: pl.Float64 if name in reading.needed else pl.String for name in reading.columns}
    places = sorted(reading.columns.index(name) for name in reading.needed)
    return _read(flat, separator, schema, places).select(reading.needed)


def _strings(flat: _Flat, reading: Reading, separator: str, numbers: pl.DataFrame) -> pl.DataFrame:
    """All cells as they are, but numbers where the formula takes them."""
    everywhere = range(len(reading.columns))
    read = _read(flat, separator, dict.fromkeys(reading.columns, pl.String), everywhere)
    return read.with_columns(numbers.get_columns())


def _read(flat: _Flat, separator: str, types: Mapping[str, type[pl.DataType]], places: Sequence[int]) -> pl.DataFrame:
    """Some columns of a text. An empty text is a text."""
    schema = {f"{at}": kind for at, kind in enumerate(types.values())}  # polars takes no names of its own here
    read = pl.read_csv(
        flat.text,
        has_header=False,
        separator=separator,
        quote_char='"' if flat.quoted else None,
        schema=schema,
        columns=places,
        empty_string_is_null=False,
    )
    names = list(types)
    read.columns = [names[place] for place in places]
    return read


def _exact(block: Block, reading: Reading, separator: str) -> Batch:
    places = [reading.columns.index(name) for name in reading.needed]

    def read(text: str) -> Row | None:
        if not text:
            return None
        cells = _split(text, separator)
        if len(cells) != len(reading.columns):
            raise BrokenRowError(_ragged(len(cells), reading, quoted='"' in text and not has_quotes(separator)))
        check_writable(zip(reading.columns, cells, strict=True), reading)
        return Row((text,) if reading.verbatim else tuple(cells), tuple(cells[place] for place in places))

    return exact(_rows(block, separator), read, reading, block.file, block.start)


def _ragged(cells: int, reading: Reading, *, quoted: bool) -> str:
    """What is wrong with a row of so many cells."""
    found = "1 cell" if cells == 1 else f"{cells:,} cells"
    hint = ", for TSV has no quotes" if quoted else ""
    return f"{found} in a table of {len(reading.columns):,} columns{hint}"


def _rows(block: Block, separator: str) -> Iterator[tuple[int, bytes]]:
    """The rows of a block, each with the number of its first line. The lines behind a quote without an end are rows."""
    line, size = block.line, 0
    for row in rows(block.text, separator):
        yield line, row.rstrip(b"\r\n")
        line += row.count(b"\n")
        size += len(row)
    for row in rows(block.text[size:], TAB):
        yield line, row.rstrip(b"\r\n")
        line += row.count(b"\n")


def _split(text: str, separator: str) -> list[str]:
    """The cells of a row, as RFC 4180 has it, or IANA for TSV. Raises BrokenRowError."""
    if not has_quotes(separator) or '"' not in text:
        return text.split(separator)
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        raise BrokenRowError("the quotes do not match") from None
