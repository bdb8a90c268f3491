"""The exact road: rows one by one, each with its own verdict. Slower, and taken only where a block is not plain.

Depends on polars for the batches.
"""

import re
from collections.abc import Callable, Iterable
from math import isinf
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import Batch, Fault, Reading
from gradcli.data.options import OnError

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPECIAL = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)

LONGEST_SHOWN = 40


class NotNumberError(ValueError):
    """A cell that is no number: why."""


class BrokenRowError(ValueError):
    """A line that is no row of the table: why."""


class Row(NamedTuple):
    """What goes through, and the texts or numbers of the cells that the formula takes."""

    kept: tuple[object, ...]
    cells: tuple[object, ...]


def number(cell: object) -> float:
    """The double nearest to what a cell says. Raises NotNumberError."""
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


def exact(
    rows: Iterable[tuple[int, bytes]], read: Callable[[str], Row | None], reading: Reading, file: str, start: int
) -> Batch:
    """A batch out of numbered rows. `read` raises BrokenRowError for no row, and gives None for an empty line."""
    kept: list[tuple[object, ...]] = []
    numbers: list[tuple[float | None, ...]] = []
    faults: list[Fault] = []
    for line, raw in rows:
        try:
            row = read(decoded(raw))
        except BrokenRowError as problem:
            faults.append(Fault(file, f"line {line:,}", "", str(problem)))
            if reading.on_error is OnError.fail:
                break
            continue
        if row is None:
            continue
        values, fault = _numbers(row.cells, reading, file, line)
        if fault:
            faults.append(fault)
        if fault and reading.on_error is OnError.fail:
            break
        if not fault or reading.on_error is OnError.null:
            kept.append(_with_numbers(row.kept, values, reading))
            numbers.append(values)
    return _batch(kept, numbers, faults, reading, start)


def _numbers(
    cells: tuple[object, ...], reading: Reading, file: str, line: int
) -> tuple[tuple[float | None, ...], Fault | None]:
    """The numbers of a row; all of them None, and a fault, where one of them is none."""
    values: list[float] = []
    for name, cell in zip(reading.needed, cells, strict=True):
        try:
            values.append(number(cell))
        except NotNumberError as problem:
            return (None,) * len(cells), Fault(
                file, f"line {line:,}", name, str(problem), reading.on_error is OnError.null
            )
    return tuple(values), None


def _with_numbers(kept: tuple[object, ...], values: tuple[float | None, ...], reading: Reading) -> tuple[object, ...]:
    """What goes through, with its numbers as numbers."""
    if reading.verbatim:
        return kept
    known = dict(zip(reading.needed, values, strict=True))
    return tuple(known.get(name, cell) for name, cell in zip(reading.columns, kept, strict=True))


def _batch(
    kept: list[tuple[object, ...]],
    numbers: list[tuple[float | None, ...]],
    faults: list[Fault],
    reading: Reading,
    start: int,
) -> Batch:
    columns = pl.DataFrame(numbers, schema=dict.fromkeys(reading.needed, pl.Float64), orient="row")
    return Batch(pl.DataFrame(kept, schema=reading.kept, orient="row"), columns, len(kept), start, faults)


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
