"""CSV and TSV: a header, and blocks of rows → batches.

Depends on polars for the fast path; where a block is not plain, `row_by_row` reads it row by row.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import LINE, Batch, Reading, named
from gradcli.data.blocks import Block, count, even
from gradcli.data.plain_text import are_numbers, columns_of, lines_of
from gradcli.data.row_by_row import BrokenRowError, Row, decoded, parse_rows
from gradcli.data.row_ends import LONGEST_ROW, TAB, has_quotes, rows
from gradcli.data.writable import check_writable, has_open_quotes, unwritable
from gradcli.errors import FileProblem

csv.field_size_limit(LONGEST_ROW)  # its own limit is 128 kB

_ABSENT = tuple(bytes([byte]) for byte in range(1, 9))
"""Bytes that a plain text has not: to separate cells where a line is one, and to stand for a newline within a cell."""


def header(line: bytes, separator: str, file: str) -> tuple[str, ...]:
    """The names of the columns. Raises FileProblem."""
    try:
        names = _split(decoded(line), separator)
    except BrokenRowError as problem:
        raise FileProblem(f"the header of {file} cannot be read: {problem}", hint="save it as UTF-8") from None
    _check_different(names, file)
    return tuple(names)


def _check_different(names: Sequence[str], file: str) -> None:
    """Raise FileProblem where two columns have one name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FileProblem(f"two columns of {file} are called `{name}`", hint="rename one of them")
        seen.add(name)


def decode(block: Block, reading: Reading, separator: str) -> Batch:
    """The batch of a block."""
    return _fast_path(block, reading, separator) or _slow_path(block, reading, separator)


class _Plain(NamedTuple):
    """A block in which every row has all its cells and is one line.

    text         its bytes, with the placeholder for the newlines within cells
    rows         how many they are
    quote        what may be about a cell; None where nothing is
    sentinel     a byte that is not in it
    placeholder  what stands for a newline within a cell; empty where there is none
    """

    text: bytes
    rows: int
    quote: str | None
    sentinel: bytes
    placeholder: bytes = b""


def _fast_path(block: Block, reading: Reading, separator: str) -> Batch | None:
    """The batch of a block in which every row is plain and every number a number; None where one may not be."""
    plain = _plain(block, len(reading.columns), separator)
    if plain is None or (plain.placeholder and reading.unwritable):
        return None
    try:
        lines = lines_of(plain.text, plain.sentinel)
        numbers = columns_of(plain.text, separator, reading.columns, reading.needed, pl.Float64, plain.quote)
        passthrough = lines
        if not reading.verbatim:
            cells = columns_of(plain.text, separator, reading.columns, reading.columns, pl.String, plain.quote)
            passthrough = cells.with_columns(numbers.get_columns())
    except pl.exceptions.PolarsError:
        return None
    heights = {len(frame) for frame in (lines, numbers, passthrough) if frame.width}
    if heights != {plain.rows} or not are_numbers(numbers) or not _whole(plain.text, lines[LINE], block.line):
        return None
    if reading.unwritable and _holds_unwritable(plain.text, passthrough, reading):
        return None
    if plain.placeholder:
        newline = pl.col(pl.String).str.replace_all(plain.placeholder.decode(), "\n", literal=True)
        passthrough = passthrough.with_columns(newline)
    return Batch(passthrough, numbers.select(named(reading.needed)), plain.rows, block.start)


def _holds_unwritable(text: bytes, passthrough: pl.DataFrame, reading: Reading) -> bool:
    """Whether a cell of what goes through is one that the output cannot hold."""
    return has_open_quotes(text) if reading.verbatim else unwritable(passthrough, reading.unwritable).count() > 0


def _plain(block: Block, columns: int, separator: str) -> _Plain | None:
    """A block made plain; None where that cannot be."""
    quoted = has_quotes(separator) and b'"' in block.text
    text = block.text.replace(b"\r\n", b"\n") if quoted else block.text
    absent = list(islice((byte for byte in _ABSENT if byte not in text), 2))
    if len(absent) < 2 or not text or b"\0" in text:
        return None
    if not quoted:
        return _Plain(text, block.lines, None, absent[0]) if even(block, columns, separator.encode()) else None
    from gradcli.data import byte_scan

    unfolded = byte_scan.unfold_newlines(text, block.lines, columns, separator.encode(), absent[1])
    # Of a return before a newline within a cell nobody would know afterwards.
    if unfolded is None or (unfolded[1] and b"\r" in block.text):
        return None
    text, newlines = unfolded
    return _Plain(text, block.lines - newlines, '"', absent[0], absent[1] if newlines else b"")


def _whole(text: bytes, lines: pl.Series, line: int) -> bool:
    """Whether no line is empty, and none has a return but at its end, where polars takes off one.

    Without the newlines, and the returns before them, the bytes are those of the lines.
    """
    lengths = lines.str.len_bytes()
    if lengths.null_count() or not lengths.min():
        return False
    returns = count(text, b"\r", line) if b"\r" in text else 0
    return int(lengths.sum()) + len(lines) + returns == len(text)


def _slow_path(block: Block, reading: Reading, separator: str) -> Batch:
    places = [reading.columns.index(name) for name in reading.needed]

    def read(text: str) -> Row | None:
        if not text:
            return None
        cells = _split(text, separator)
        if len(cells) != len(reading.columns):
            raise BrokenRowError(_ragged(len(cells), reading, quoted='"' in text and not has_quotes(separator)))
        check_writable(zip(reading.columns, cells, strict=True), reading)
        return Row((text,) if reading.verbatim else tuple(cells), tuple(cells[place] for place in places))

    return parse_rows(_rows(block, separator), read, reading, block.file, block.start)


def _ragged(cells: int, reading: Reading, *, quoted: bool) -> str:
    """What is wrong with a row of so many cells."""
    found = "1 cell" if cells == 1 else f"{cells:,} cells"
    hint = ", for TSV has no quotes" if quoted else ""
    return f"{found} in a table of {len(reading.columns):,} columns{hint}"


def _rows(block: Block, separator: str) -> Iterator[tuple[int, bytes]]:
    """The rows of a block, each with the number of its first line. The lines behind a quote without an end are rows."""
    line, size = block.line, 0
    for how in (separator, TAB):
        for row in rows(block.text[size:], how):
            yield line, row.rstrip(b"\r\n")
            line += row.count(b"\n")
            size += len(row)


def _split(text: str, separator: str) -> list[str]:
    """The cells of a row, as RFC 4180 has it, or IANA for TSV. Raises BrokenRowError."""
    if not has_quotes(separator) or '"' not in text:
        return text.split(separator)
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        raise BrokenRowError("the quotes do not match") from None
