"""Columns whose cells are lists of numbers, which fill an array: x[1], x[2], …; and what is wrong with a list.

Depends on `gradcli.compiler.list_columns` for columns of polars.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gradcli.compiler.list_columns import apart, fits, is_of_lists
from gradcli.data.batch import Reading, not_numeric, unnamed
from gradcli.data.json_objects import number_cell
from gradcli.data.row_by_row import Misfit
from gradcli.errors import FileProblem
from gradcli.shapes import Shape, entry_names, flattened, shape_text


def columns(rows: pl.DataFrame, reading: Reading, file: str) -> pl.DataFrame:
    """The numbers that a formula takes, null where a list is not of its shape. Raises FileProblem for others."""
    entries = {each.name: each for name, shape in reading.lists.items() for each in _apart(rows, name, shape, file)}
    return pl.DataFrame([entries[name] if name in entries else _numbers(rows, name, file) for name in reading.needed])


def _numbers(rows: pl.DataFrame, name: str, file: str) -> pl.Series:
    if not rows.schema[name].is_numeric():
        raise not_numeric(rows, name, file)
    return rows[name].cast(pl.Float64)


def _apart(rows: pl.DataFrame, name: str, shape: Shape, file: str) -> Iterator[pl.Series]:
    column = rows[name]
    if not is_of_lists(column.dtype, shape):
        reason = f"column `{name}` of {file} has no lists of numbers of the shape {shape_text(shape)}"
        raise FileProblem(f"{reason}: it is {column.dtype}", hint="bind the name of another column")
    fit = fits(column, shape)
    whole = column if fit.all() else column.set(~fit.fill_null(value=True), None)
    yield from apart(whole, name, shape)


def misfits(rows: pl.DataFrame, reading: Reading) -> dict[int, Misfit]:
    """The rows with a list that is not of its shape, or with none."""
    found: dict[int, Misfit] = {}
    for name, shape in reading.lists.items():
        column = unnamed(rows[name])
        for row in (~fits(column, shape)).fill_null(value=False).arg_true().to_list():
            found.setdefault(row, Misfit(name, _why(column[row].to_list(), shape)))
        for row in column.is_null().arg_true().to_list():
            found.setdefault(row, Misfit(name, "the cell is empty"))
    return found


def cells(found: Mapping[str, Any], reading: Reading) -> tuple[object, ...]:
    """What an object of JSON has for each number that the formula takes."""
    arrays = {name: _entries(name, found.get(name), shape) for name, shape in reading.lists.items()}
    entries = {name: cell for array in arrays.values() for name, cell in array.items()}
    return tuple(entries[name] if name in entries else number_cell(found.get(name)) for name in reading.needed)


def _entries(name: str, value: Any, shape: Shape) -> dict[str, object]:
    """The entries of a list, as number cells or as what is wrong with it."""
    array = flattened(value) if isinstance(value, list) else None
    if array and array.shape == shape:
        return {each: number_cell(cell) for each, cell in array.named(name).items()}
    why = "the cell is empty" if value is None else _why(value, shape)
    return dict.fromkeys(entry_names(name, shape), Misfit(name, why))


def _why(value: Any, shape: Shape) -> str:
    """What is wrong with a list."""
    if not isinstance(value, list):
        return f"a list of {shape[0]:,} is needed, and this is none"
    array = flattened(value)
    if not value or (array and len(array.shape) == len(shape) == 1):
        has = "1 entry" if len(value) == 1 else f"{len(value):,} entries"
        return f"the list has {has}, and {shape[0]:,} are needed"
    its = f"is of the shape {shape_text(array.shape)}" if array else "has rows of different lengths"
    return f"the list {its}, and {shape_text(shape)} is needed"
