"""CSV and TSV: a header, and blocks of rows → batches.

Depends on polars for the quick road; where a block is not plain, `cells` reads it row by row.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, repeat

import polars as pl

from gradcli.data.batch import LINE, Batch, Reading
from gradcli.data.cells import BrokenRowError, Row, decoded, exact
from gradcli.data.text import LONGEST_ROW, Block, count, rows
from gradcli.errors import FileProblem

csv.field_size_limit(LONGEST_ROW)  # its own limit is 128 kB

_MARKS = tuple(bytes([byte]) for byte in range(1, 9))
"""Bytes that a plain text has not: to separate cells where a line is one, and to stand for a newline within a cell."""


def header(line: bytes, separator: str, file: str) -> tuple[str, ...]:
    """The names of the columns. Raises FileProblem."""
    try:
        names = _split(decoded(line).rstrip("\r\n"), separator)
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


def _quick(block: Block, reading: Reading, separator: str) -> Batch | None:
    """The batch of a block in which every row is plain and every number a number; None where one may not be."""
    quoted = b'"' in block.text
    text = block.text.replace(b"\r\n", b"\n") if quoted else block.text
    mark, fold = islice(chain((mark for mark in _MARKS if mark not in text), repeat(b"")), 2)
    if not fold or b"\0" in text or b"\r\r" in text:
        return None
    flat, folds = _flat(text, block, len(reading.columns), separator, fold, quoted=quoted) or (b"", 0)
    if not flat or (folds and b"\r" in block.text):
        return None
    try:
        kept = lines = lines_of(flat, mark)
        numbers, last = _doubles(flat, reading, separator, quoted=quoted)
        if not reading.verbatim:
            kept = _strings(flat, reading, separator, numbers, quoted=quoted)
    except pl.exceptions.PolarsError:
        return None
    if not len(lines) == len(last) == block.lines - folds or last.null_count() or not plain(numbers):
        return None
    if folds:
        kept = kept.with_columns(pl.col(pl.String).str.replace_all(fold.decode(), "\n", literal=True))
    return Batch(kept, numbers, len(lines), block.start)


def _flat(
    text: bytes, block: Block, columns: int, separator: str, fold: bytes, *, quoted: bool
) -> tuple[bytes, int] | None:
    """The text of a block with another byte for newlines within cells, and how many; None where it is not plain."""
    if quoted:
        from gradcli.data import quotes

        return quotes.flat(text, block.lines, columns, separator.encode(), fold)
    separators = count(text, separator.encode(), block.line)
    return (text, 0) if separators == block.lines * (columns - 1) else None


def lines_of(text: bytes, mark: bytes) -> pl.DataFrame:
    """The lines of a text, in one column; `mark` is a byte that is not in it."""
    return pl.read_csv(text, has_header=False, separator=mark.decode(), quote_char=None, schema={LINE: pl.String})


def plain(numbers: pl.DataFrame) -> bool:
    """Whether there is a number in every cell, and none so large that it may have been a decimal beyond the doubles."""
    return not any(column.null_count() or column.is_infinite().any() for column in numbers)


def _doubles(text: bytes, reading: Reading, separator: str, *, quoted: bool) -> tuple[pl.DataFrame, pl.Series]:
    """The columns of the formula, which polars reads correctly rounded; and the last column, null where it is missing.

    Where as many separators are there as should be, a row with too many is beside one with too few.
    """
    schema = {name: pl.Float64 if name in reading.needed else pl.String for name in reading.columns}
    last = len(reading.columns) - 1
    places = sorted({*(reading.columns.index(name) for name in reading.needed), last})
    read = _read(text, separator, schema, places, quoted=quoted)
    return read.select(reading.needed), read[reading.columns[last]]


def _strings(text: bytes, reading: Reading, separator: str, numbers: pl.DataFrame, *, quoted: bool) -> pl.DataFrame:
    """All cells as they are, but numbers where the formula takes them."""
    everywhere = range(len(reading.columns))
    read = _read(text, separator, dict.fromkeys(reading.columns, pl.String), everywhere, quoted=quoted)
    return read.with_columns(numbers.get_columns())


def _read(
    text: bytes, separator: str, types: Mapping[str, type[pl.DataType]], places: Sequence[int], *, quoted: bool
) -> pl.DataFrame:
    """Some columns of a text. An empty text is a text."""
    schema = {f"{at}": kind for at, kind in enumerate(types.values())}  # polars takes no names of its own here
    read = pl.read_csv(
        text,
        has_header=False,
        separator=separator,
        quote_char='"' if quoted else None,
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
        if not text.strip("\r"):
            return None
        cells = _split(text, separator)
        if len(cells) != len(reading.columns):
            raise BrokenRowError(f"{len(cells)} cells in a table of {len(reading.columns)} columns")
        return Row((text,) if reading.verbatim else tuple(cells), tuple(cells[place] for place in places))

    return exact(_rows(block, separator), read, reading, block.file, block.start)


def _rows(block: Block, separator: str) -> Iterator[tuple[int, bytes]]:
    """The rows of a block, each with the number of its first line. The lines behind a quote without an end are rows."""
    line, size = block.line, 0
    for row in rows(block.text, separator):
        yield line, row.rstrip(b"\r")
        line += 1 + row.count(b"\n")
        size += len(row) + 1
    yield from enumerate(block.text[size:].split(b"\n")[:-1], line)


def _split(text: str, separator: str) -> list[str]:
    """The cells of a row, as RFC 4180 has it. Raises BrokenRowError."""
    if '"' not in text:
        return text.split(separator)
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        raise BrokenRowError("the quotes do not match") from None
