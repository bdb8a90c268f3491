"""JSON, an object a line: blocks of rows → batches.

Depends on polars for the fast path; where a block is not plain, `row_by_row` reads it row by row.
"""

import json
import re
from collections.abc import Collection, Iterator
from functools import partial

import polars as pl

from gradcli.data import ndjson_template
from gradcli.data.batch import LINE, Batch, Reading
from gradcli.data.blocks import Block, count
from gradcli.data.json_objects import HALF_CHARACTER, cell_text, number_cell, parse_object
from gradcli.data.plain_text import are_numbers, lines_of
from gradcli.data.row_by_row import BrokenRowError, Row, decoded, parse_rows
from gradcli.data.row_ends import BETWEEN_OBJECTS, BOM
from gradcli.data.writable import check_writable
from gradcli.errors import FileProblem
from gradcli.shapes import Shape, flattened

_SENTINEL = b"\x01"
"""A byte that JSON never holds: the separator where a line is one cell."""
_ESCAPED = re.compile(rb'\\[u/](?:[^"\\]|\\.)*"(\s*:)?')
"""A string with a letter written otherwise; a key with one may be another in disguise: `"\\u0078"` is x."""


def names(line: bytes, file: str) -> tuple[str, ...]:
    """The columns of a table, as its first row has them. Raises FileProblem."""
    try:
        found = tuple(parse_object(decoded(line)))
        if any(map(HALF_CHARACTER.search, found)):
            raise BrokenRowError("a key has half a character")
        return found
    except BrokenRowError as problem:
        raise FileProblem(f"{file}, line 1: {problem}", hint='write an object a line: {"x": 2}') from None


def shapes(line: bytes, columns: Collection[str]) -> dict[str, Shape]:
    """The shapes of those of some columns that have lists, as the first row has them."""
    found = parse_object(decoded(line), once=())
    arrays = {name: flattened(found[name]) for name in columns if isinstance(found[name], list)}
    return {name: array.shape for name, array in arrays.items() if array}


def decode(block: Block, reading: Reading) -> Batch:
    """The batch of a block."""
    return (_fast_path(block, reading) if reading.verbatim else None) or _slow_path(block, reading)


def _fast_path(block: Block, reading: Reading) -> Batch | None:
    """The batch of a block in which every line is plain; None where one may not be."""
    if not reading.needed or block.text.startswith(BOM):  # which polars would take off
        return None
    try:
        lines = lines_of(block.text, _SENTINEL)
        numbers = _of_template(block, lines[LINE], reading)
        if numbers is None:
            numbers = _parsed(block, lines[LINE], reading)
    except pl.exceptions.PolarsError:
        return None
    return None if numbers is None else Batch(lines, numbers, len(lines), block.start)


def _of_template(block: Block, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The numbers of lines that are all written alike; None where they are not."""
    numbers = ndjson_template.numbers(block.text, lines, reading)
    return None if numbers is None or len(numbers) != block.lines or not are_numbers(numbers) else numbers


def _parsed(block: Block, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The numbers of lines of plain JSON; None where one may not be."""
    found = pl.read_ndjson(block.text, schema={name: _kind(reading, name) for name in reading.sources})
    numbers = found
    if reading.lists:
        from gradcli.data import lists  # here and below: few tables have any

        numbers = lists.columns(found, reading, block.file)
    if not len(numbers) == len(lines) == block.lines or not are_numbers(numbers):
        return None
    return None if not _single(block, lines, reading) or _loses_sign(lines, numbers) else numbers


def _kind(reading: Reading, name: str) -> pl.DataType:
    """The type of a column that the formula takes: numbers, or lists in lists of them."""
    kind: pl.DataType = pl.Float64()
    for _ in reading.lists.get(name, ()):
        kind = pl.List(kind)
    return kind


def _single(block: Block, lines: pl.Series, reading: Reading) -> bool:
    """Whether every key of the formula comes once in a line (polars would take the first), and no new one is there."""
    escaped = b"\\u" in block.text or b"\\/" in block.text
    disguised = escaped and any(string[1] for string in _ESCAPED.finditer(block.text))
    once = all(_once(block, lines, name) for name in reading.sources)
    return once and not disguised and all(_absent(block.text, name) for name in reading.taken)


def _once(block: Block, lines: pl.Series, name: str) -> bool:
    """Whether a key, which every line has, comes once in each: if one of its bytes does, there is no need to look."""
    key = _key(name)
    if any(count(block.text, byte, block.line) == block.lines for byte in _bytes(name)):
        return True
    return bool((lines.str.count_matches(key, literal=True) == 1).all())


def _absent(text: bytes, name: str) -> bool:
    """Whether a key is nowhere in a text; mostly there is a byte of it that is not, or no string like it.

    >>> _absent(b'{"x":"f"}', "f"), _absent(b'{"x":1,"f" :2}', "f")
    (True, False)
    """
    key = _key(name).encode()
    if any(byte not in text for byte in _bytes(name)) or key not in text:
        return True
    return re.search(re.escape(key) + rb"\s*:", text) is None


def _bytes(name: str) -> list[bytes]:
    """The bytes of a key, one by one."""
    return [bytes([byte]) for byte in _key(name)[1:-1].encode()]


def _loses_sign(lines: pl.Series, numbers: pl.DataFrame) -> bool:
    """Whether there may be an integer -0, which polars reads without its sign."""
    zero = any((column == 0.0).any() for column in numbers)
    return bool(zero and lines.str.contains(r"[:\[,]\s*-0\s*[,}\]]").any())


def _key(name: str) -> str:
    """A key as a line has it, between quotes."""
    return json.dumps(name, ensure_ascii=False)


def _slow_path(block: Block, reading: Reading) -> Batch:
    return parse_rows(_rows(block), partial(_row, reading=reading), reading, block.file, block.start)


def _row(text: str, reading: Reading) -> Row | None:
    """A line as a row; None where it is empty. Raises BrokenRowError."""
    if not text.strip(" \t\r"):
        return None
    # What goes through as it came may have a key twice; a cell cannot hold both.
    found = parse_object(text, once=reading.sources if reading.verbatim else reading.columns)
    if taken := next((name for name in reading.taken if name in found), None):
        raise BrokenRowError(_too_late(taken, reading))
    texts: tuple[str | None, ...] = (text if found else "{}",)
    if not reading.verbatim:
        if more := found.keys() - reading.columns:
            name = next(name for name in found if name in more)
            raise BrokenRowError(f"the first row has no `{name}`, so there is no column for it")
        texts = tuple(cell_text(name, found.get(name)) for name in reading.columns)
        check_writable(zip(reading.columns, texts, strict=True), reading)
    if reading.lists:
        from gradcli.data import lists

        return Row(texts, lists.cells(found, reading))
    return Row(texts, tuple(number_cell(found.get(name)) for name in reading.needed))


def _too_late(name: str, reading: Reading) -> str:
    """Why a row may not have a key."""
    if name in reading.elsewhere:
        return f"the key `{name}` comes too late: the first row has none, so that `{name}` is bound, or a constant"
    return f"there is a `{name}` already"


def _rows(block: Block) -> Iterator[tuple[int, bytes]]:
    """The rows of a block, each with the number of its line."""
    for line, text in enumerate(block.text.split(b"\n")[:-1], block.line):
        for row in BETWEEN_OBJECTS.split(text) if b"\r" in text else [text]:
            yield line, row
