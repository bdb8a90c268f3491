"""JSON, an object a line: blocks of rows → batches.

Depends on polars for the quick road; where a block is not plain, `cells` reads it row by row.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import polars as pl

from gradcli.data import ndjson_template
from gradcli.data.batch import LINE, Batch, Reading
from gradcli.data.blocks import Block, count
from gradcli.data.delimited import lines_of, plain
from gradcli.data.line_ends import BETWEEN_OBJECTS, BOM
from gradcli.data.row_by_row import BrokenRowError, Row, decoded, exact
from gradcli.data.writable import check_writable
from gradcli.errors import FileProblem

_MARK = b"\x01"
"""A byte that JSON never holds: the separator where a line is one cell."""
_ESCAPED = re.compile(rb'\\[u/](?:[^"\\]|\\.)*"(\s*:)?')
"""A string with a letter written otherwise; a key with one may be another in disguise: `"\\u0078"` is x."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character of UTF-16, which JSON can write alone: `"\\ud800"`."""


def names(line: bytes, file: str) -> tuple[str, ...]:
    """The columns of a table, as its first row has them. Raises FileProblem."""
    try:
        found = tuple(_object(decoded(line)))
        if any(map(_HALF.search, found)):
            raise BrokenRowError("a key has half a character")
        return found
    except BrokenRowError as problem:
        raise FileProblem(f"{file}, line 1: {problem}", hint='write an object a line: {"x": 2}') from None


def decode(block: Block, reading: Reading) -> Batch:
    """The batch of a block."""
    return (_quick(block, reading) if reading.verbatim else None) or _exact(block, reading)


def _quick(block: Block, reading: Reading) -> Batch | None:
    """The batch of a block in which every line is plain; None where one may not be."""
    if not reading.needed or block.text.startswith(BOM):  # which polars would take off
        return None
    try:
        lines = lines_of(block.text, _MARK)
        numbers = _alike(block, lines[LINE], reading)
        if numbers is None:
            numbers = _parsed(block, lines[LINE], reading)
    except pl.exceptions.PolarsError:
        return None
    return None if numbers is None else Batch(lines, numbers, len(lines), block.start)


def _alike(block: Block, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The numbers of lines that are all written alike; None where they are not."""
    numbers = ndjson_template.numbers(block.text, lines, reading)
    return None if numbers is None or len(numbers) != block.lines or not plain(numbers) else numbers


def _parsed(block: Block, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The numbers of lines of plain JSON; None where one may not be."""
    numbers = pl.read_ndjson(block.text, schema=dict.fromkeys(reading.needed, pl.Float64))
    if not len(numbers) == len(lines) == block.lines or not plain(numbers):
        return None
    return None if not _single(block, lines, reading) or _loses_sign(lines, numbers) else numbers


def _single(block: Block, lines: pl.Series, reading: Reading) -> bool:
    """Whether every key of the formula comes once in a line (polars would take the first), and no new one is there."""
    escaped = b"\\u" in block.text or b"\\/" in block.text
    disguised = escaped and any(string[1] for string in _ESCAPED.finditer(block.text))
    once = all(_once(block, lines, name) for name in reading.needed)
    return once and not disguised and all(_absent(block.text, name) for name in reading.taken)


def _once(block: Block, lines: pl.Series, name: str) -> bool:
    """Whether a key, which every line has, comes once in each: if one of its bytes does, there is no need to look."""
    key = _key(name)
    if any(count(block.text, byte, block.line) == block.lines for byte in _bytes(name)):
        return True
    return bool((lines.str.count_matches(key, literal=True) == 1).all())


def _absent(text: bytes, name: str) -> bool:
    """Whether a key is nowhere in a text; mostly there is a byte of it that is not, or no string like it."""
    key = _key(name).encode()
    if any(byte not in text for byte in _bytes(name)) or key not in text:
        return True
    return re.search(re.escape(key) + rb"\s*:", text) is None


def _bytes(name: str) -> list[bytes]:
    return [bytes([byte]) for byte in _key(name)[1:-1].encode()]


def _loses_sign(lines: pl.Series, numbers: pl.DataFrame) -> bool:
    """Whether there may be an integer -0, which polars reads without its sign."""
    zero = any((column == 0.0).any() for column in numbers)
    return bool(zero and lines.str.contains(r":\s*-0\s*[,}]").any())


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _exact(block: Block, reading: Reading) -> Batch:
    known = set(reading.columns)
    # What goes through as it came may have a key twice; a cell cannot hold both.
    once = reading.needed if reading.verbatim else reading.columns

    def read(text: str) -> Row | None:
        if not text.strip(" \t\r"):
            return None
        found = _object(text, once)
        if taken := next((name for name in reading.taken if name in found), None):
            raise BrokenRowError(_too_late(taken, reading))
        kept: tuple[object, ...] = (text if found else "{}",)
        if not reading.verbatim:
            if more := next((name for name in found if name not in known), None):
                raise BrokenRowError(f"the first row has no `{more}`, so there is no column for it")
            kept = texts = tuple(_text(name, found.get(name)) for name in reading.columns)
            check_writable(zip(reading.columns, texts, strict=True), reading)
        return Row(kept, tuple(_cell(found.get(name)) for name in reading.needed))

    return exact(_rows(block), read, reading, block.file, block.start)


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


class _Number(str):
    """A number of JSON, as it is written."""


class _Object(dict[str, Any]):
    """An object of JSON, and its keys, of which one may come twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.names = [name for name, _ in pairs]

    def twice(self, among: Collection[str] | None = None) -> str | None:
        """A key that comes twice, of some or of all; None where none does."""
        if len(self) == len(self.names):
            return None
        asked = self if among is None else among
        return next((name for name, count in Counter(self.names).items() if count > 1 and name in asked), None)


def _object(text: str, once: Collection[str] | None = None) -> _Object:
    """The object of a line. Raises BrokenRowError, also where one of the keys `once`, or any, comes twice."""

    def constant(token: str) -> None:
        raise BrokenRowError(f"{token} is not JSON; write it as a string")

    try:
        found = json.loads(
            text, object_pairs_hook=_Object, parse_float=_Number, parse_int=_Number, parse_constant=constant
        )
    except json.JSONDecodeError as problem:
        raise BrokenRowError(f"this is not JSON: {problem.msg} at character {problem.pos + 1}") from None
    except RecursionError:
        raise BrokenRowError("the JSON is nested too deeply") from None
    if not isinstance(found, _Object):
        raise BrokenRowError("this is no JSON object")
    if (twice := found.twice(once)) is not None:
        raise BrokenRowError(f"the key `{twice}` comes twice")
    return found


def _cell(value: Any) -> object:
    """What the formula may take: a number as it is written, or the string of one that JSON has no number for."""
    if value is None or isinstance(value, _Number):
        return value
    return float(value) if value in ("NaN", "Infinity", "-Infinity") else json.dumps(value, ensure_ascii=False)


def _text(name: str, value: Any) -> str | None:
    """A value as a cell of text; lists and objects as JSON. Raises BrokenRowError for what a cell cannot hold."""
    if value is None:
        return None
    try:
        text = value if isinstance(value, str) else _json(value)
    except RecursionError:
        raise BrokenRowError(f"the JSON of `{name}` is nested too deeply") from None
    if _HALF.search(text):
        raise BrokenRowError(f"the text of `{name}` has half a character, which only JSON can write")
    return text


def _json(value: Any) -> str:
    """A value as JSON, its numbers as they were written. Raises BrokenRowError for a key that comes twice."""
    if isinstance(value, _Object):
        if (twice := value.twice()) is not None:
            raise BrokenRowError(f"the key `{twice}` comes twice within a cell")
        return "{" + ", ".join(f"{_json(name)}: {_json(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
