"""JSON, an object a line: blocks of rows → batches.

Depends on polars for the quick road; where a block is not plain, `cells` reads it row by row.
"""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from gradcli.data.batch import LINE, Batch, Reading
from gradcli.data.cells import BrokenRowError, Row, exact
from gradcli.data.separated import lines_of, plain
from gradcli.data.text import Block, count
from gradcli.errors import FileProblem

_MARK = b"\x01"
"""A byte that JSON never holds: the separator where a line is one cell."""


def names(line: bytes, file: str) -> tuple[str, ...]:
    """The columns of a table, as its first row has them. Raises FileProblem."""
    try:
        return tuple(_object(line.decode()))
    except (UnicodeDecodeError, BrokenRowError) as problem:
        raise FileProblem(f"{file}, line 1: {problem}", hint='write an object a line: {"x": 2}') from None


def decode(block: Block, reading: Reading) -> Batch:
    """The batch of a block."""
    return (_quick(block, reading) if reading.verbatim else None) or _exact(block, reading)


def _quick(block: Block, reading: Reading) -> Batch | None:
    """The batch of a block in which every line is plain; None where one may not be."""
    if not reading.needed:
        return None
    try:
        numbers = pl.read_ndjson(block.text, schema=dict.fromkeys(reading.needed, pl.Float64))
        lines = lines_of(block.text, _MARK)
    except pl.exceptions.PolarsError:
        return None
    if not len(numbers) == len(lines) == block.lines or not plain(numbers):
        return None
    if not _single(block, lines[LINE], reading) or _loses_sign(lines[LINE], numbers):
        return None
    return Batch(lines, numbers, len(lines), block.start)


def _single(block: Block, lines: pl.Series, reading: Reading) -> bool:
    """Whether every key of the formula comes once in a line (polars would take the first), and no new one is there."""
    return all(_once(block, lines, name) for name in reading.needed) and all(
        _absent(block.text, name) for name in reading.fresh
    )


def _once(block: Block, lines: pl.Series, name: str) -> bool:
    """Whether a key, which every line has, comes once in each: if one of its bytes does, there is no need to look."""
    key = _key(name)
    if any(count(block.text, byte) == block.lines for byte in _bytes(name)):
        return True
    return bool((lines.str.count_matches(key, literal=True) == 1).all())


def _absent(text: bytes, name: str) -> bool:
    """Whether a key is nowhere in a text; mostly there is a byte of it that is not."""
    return any(byte not in text for byte in _bytes(name)) or _key(name).encode() not in text


def _bytes(name: str) -> list[bytes]:
    return [bytes([byte]) for byte in name.encode()]


def _loses_sign(lines: pl.Series, numbers: pl.DataFrame) -> bool:
    """Whether there may be an integer -0, which polars reads without its sign."""
    zero = any((column == 0.0).any() for column in numbers)
    return bool(zero and lines.str.contains(r":\s*-0\s*[,}]").any())


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _exact(block: Block, reading: Reading) -> Batch:
    known = set(reading.columns)

    def read(text: str) -> Row | None:
        if not text.strip():
            return None
        found = _object(text)
        if taken := next((name for name in reading.fresh if name in found), None):
            raise BrokenRowError(f"there is a `{taken}` already")
        kept: tuple[object, ...] = (text,)
        if not reading.verbatim:
            if more := next((name for name in found if name not in known), None):
                raise BrokenRowError(f"the first row has no `{more}`, so there is no column for it")
            kept = tuple(_text(text, name, found.get(name)) for name in reading.columns)
        return Row(kept, tuple(_cell(found.get(name)) for name in reading.needed))

    return exact(_rows(block), read, reading, block.file, block.start)


def _rows(block: Block) -> Iterator[tuple[int, bytes]]:
    yield from enumerate(block.text.split(b"\n")[:-1], block.line)


class _Number(str):
    """A number of JSON, as it is written."""


def _object(text: str) -> dict[str, Any]:
    """The object of a line. Raises BrokenRowError, also where a key comes twice."""

    def different(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at]))
            raise BrokenRowError(f"the key `{twice}` comes twice")
        return found

    def constant(token: str) -> None:
        raise BrokenRowError(f"{token} is not JSON; write it as a string")

    try:
        found = json.loads(
            text, object_pairs_hook=different, parse_float=_Number, parse_int=_Number, parse_constant=constant
        )
    except json.JSONDecodeError as problem:
        raise BrokenRowError(f"this is not JSON: {problem.msg} at character {problem.pos + 1}") from None
    except RecursionError:
        raise BrokenRowError("the JSON is nested too deeply") from None
    if not isinstance(found, dict):
        raise BrokenRowError("this is no JSON object")
    return found


def _cell(value: Any) -> object:
    """What the formula may take: a number as it is written, or the string of one that JSON has no number for."""
    if value is None or isinstance(value, _Number):
        return value
    return float(value) if value in ("NaN", "Infinity", "-Infinity") else json.dumps(value, ensure_ascii=False)


def _text(row: str, name: str, value: Any) -> str | None:
    """A value as a cell of text; lists and objects as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(json.loads(row)[name], ensure_ascii=False)
