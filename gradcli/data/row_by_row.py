"""The slow path: rows one by one, each with its own verdict. Slower, and taken only where a block is not plain.

Depends on polars for the batches.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from math import isinf
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import LINE, Batch, Fault, Reading, named
from gradcli.data.options import OnError

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPECIAL = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)

LONGEST_SHOWN = 40


class NotNumberError(ValueError):
    """A cell that is no number: why."""


class Misfit(NamedTuple):
    """A cell that is no list of the shape that its column has: the column, and why."""

    column: str
    reason: str


class BrokenRowError(ValueError):
    """A line that is no row of the table: why."""


class Row(NamedTuple):
    """What goes through, and the texts or numbers of the cells that the formula takes."""

    passthrough: tuple[object, ...]
    cells: tuple[object, ...]


def number(cell: object) -> float:
    """The double nearest to what a cell says. Raises NotNumberError.

    >>> number(" .5"), number("1e-400"), number("-INF")
    (0.5, 0.0, -inf)
    """
    if isinstance(cell, float):
        return cell
    if not isinstance(cell, str):
        raise NotNumberError("the cell is empty" if cell is None else f"`{_shown(repr(cell))}` is not a number")
    text = cell.strip(" \t")
    if _DECIMAL.fullmatch(text):
        value = float(text)
        if isinf(value):
            raise NotNumberError(f"`{_shown(text)}` is beyond the largest double")
        return value
    if _SPECIAL.fullmatch(text):
        return float(text)
    raise NotNumberError(f"`{_shown(text)}` is not a number" if text else "the cell is empty")


def parse_rows(
    rows: Iterable[tuple[int, bytes]], read: Callable[[str], Row | None], reading: Reading, file: str, start: int
) -> Batch:
    """A batch out of numbered rows. `read` raises BrokenRowError for no row, and gives None for an empty line."""
    passthrough: list[tuple[object, ...]] = []
    numbers: list[tuple[float | None, ...]] = []
    faults: list[Fault] = []
    for line, raw in rows:
        row, values, fault = _judged(raw, read, reading, partial(Fault, file, f"line {line:,}"))
        if fault:
            faults.append(fault)
        if fault and reading.on_error is OnError.fail:
            break
        if row and (not fault or fault.left_empty):
            passthrough.append(row.passthrough)
            numbers.append(values)
    columns = pl.DataFrame(numbers, schema=dict.fromkeys(reading.needed, pl.Float64), orient="row")
    beside = columns.select(named([name for name in reading.needed if name in reading.columns])).get_columns()
    names = [LINE] if reading.verbatim else reading.columns
    cells = pl.DataFrame(passthrough, schema=dict.fromkeys(names, pl.String), orient="row")
    return Batch(cells if reading.verbatim else cells.with_columns(beside), columns, len(numbers), start, faults)


def _judged(
    raw: bytes, read: Callable[[str], Row | None], reading: Reading, fault: Callable[..., Fault]
) -> tuple[Row | None, tuple[float | None, ...], Fault | None]:
    """A row, its numbers, all None where one of them is none, and what is wrong with it; `fault` knows its place."""
    try:
        row = read(decoded(raw))
    except BrokenRowError as problem:
        return None, (), fault("", str(problem))
    values: list[float] = []
    for name, cell in zip(reading.needed, row.cells, strict=True) if row else ():
        if isinstance(cell, Misfit):
            empty = (None,) * len(reading.needed)
            return row, empty, fault(*cell, reading.on_error is OnError.null)
        try:
            values.append(number(cell))
        except NotNumberError as problem:
            empty = (None,) * len(reading.needed)
            return row, empty, fault(name, str(problem), reading.on_error is OnError.null)
    return row, tuple(values), None


def decoded(raw: bytes) -> str:
    """The text of a row. Raises BrokenRowError."""
    if b"\0" in raw:
        raise BrokenRowError(f"byte {raw.index(0) + 1} of the row is NUL")
    try:
        return raw.decode()
    except UnicodeDecodeError as problem:
        byte = raw[problem.start]
        raise BrokenRowError(f"byte {problem.start + 1} of the row is 0x{byte:02x}, which is not UTF-8") from None


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
