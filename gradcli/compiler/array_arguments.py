"""Arguments of a formula with arrays: each of its shape, the same in every row, or with the rows before it.

Depends on `arguments` and `columns`.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcli.compiler import arguments
from gradcli.compiler.arguments import as_doubles, as_rows, common_shape
from gradcli.compiler.columns import Compiled
from gradcli.compiler.engine import Array, Column
from gradcli.compiler.python.function import Answer
from gradcli.compiler.result import Result
from gradcli.errors import BindingError
from gradcli.shapes import Array as Entries
from gradcli.shapes import Shape, entry_names, grouped

Shapes = Mapping[str, Shape]


def over_arrays(
    compiled: Compiled, scalar: Answer, wrt: Sequence[str], shapes: Shapes, given: Mapping[str, Any]
) -> Result:
    """The result for one argument a variable; `shapes` are those of the variables and definitions that are arrays.

    What stands before the shape of an argument are its rows; those of all broadcast, and of all results stand before
    their shapes. One row, of no shape, is computed as that of floats is.
    Raises BindingError for an argument of another shape, and what `over_columns` raises.
    """
    arrays = {name: as_doubles(name, value) for name, value in given.items()}
    rows = common_shape([_rows(name, array, shapes.get(name, ())) for name, array in arrays.items()])
    columns = _columns(arrays, shapes, rows)
    if not rows:
        value, slopes = scalar(*(columns[name] for name in compiled.formula.variables))
        return Result(value, _gathered(slopes, shapes, rows))
    values, *others = compiled.rows(columns, int(np.prod(rows))).values()
    return Result(values.reshape(rows), _gathered(dict(zip(wrt, others, strict=True)), shapes, rows))


def _rows(name: str, array: Array, shape: Shape) -> Shape:
    """What stands before the shape of an argument. Raises BindingError where it has another."""
    at = array.ndim - len(shape)
    if at < 0 or array.shape[at:] != shape:
        takes = f"{shape}, or (rows, {', '.join(map(str, shape))})"
        raise BindingError(f"`{name}` has the shape {array.shape}, and the formula takes {takes}", hint=f"pass {takes}")
    return array.shape[:at]


def _columns(arrays: Mapping[str, Array], shapes: Shapes, rows: Shape) -> dict[str, Any]:
    """A column, or a number, for every entry."""
    found: dict[str, Column] = {}
    for name, array in arrays.items():
        shape = shapes.get(name)
        found |= split(name, array, shape, rows) if shape else {name: as_rows(array, rows)}
    return found


def split(name: str, array: Array, shape: Shape, rows: Shape) -> dict[str, Column]:
    """A column of these rows for every entry of an array; numbers where it is the same in all rows."""
    if array.shape == shape:
        return dict(zip(entry_names(name, shape), array.ravel().tolist(), strict=True))
    whole = np.broadcast_to(array, (*rows, *shape)).reshape(-1, array[(0,) * (array.ndim - len(shape))].size)
    return dict(zip(entry_names(name, shape), np.ascontiguousarray(whole.T), strict=True))


def _gathered(slopes: Mapping[str, Any], shapes: Shapes, rows: Shape) -> dict[str, Any]:
    """The derivatives, those of whole arrays as arrays, the rows first."""
    found = grouped(slopes, shapes)
    return {name: _stacked(it, rows) if isinstance(it, Entries) else _reshaped(it, rows) for name, it in found.items()}


def _stacked(entries: "Entries[Any]", rows: Shape) -> Array:
    return np.stack(list(entries.entries), axis=-1).reshape(*rows, *entries.shape)


def _reshaped(slope: Any, rows: Shape) -> Any:
    return slope.reshape(rows) if rows else slope


def over_table(compiled: Compiled, shapes: Shapes, table: Any, named: Mapping[str, Any]) -> Any:
    """The outputs as a DataFrame, of arrays that are columns of lists, or a column for each entry: `x[1]`.

    The derivatives by columns of lists, and by arrays beside the table, are such columns too, but for pandas, which has
    none: there `d_x[1]` is a column. Raises what `arguments.over_table` does.
    """
    pandas = sys.modules.get("pandas")
    of_pandas = bool(pandas and isinstance(table, pandas.DataFrame))
    table = table if of_pandas else arguments.as_frame(table)
    entries, wholes = dict[str, Any](), dict[str, Shape]()
    for name, shape in shapes.items():
        if name in named or (not of_pandas and name in table.columns):
            found = named[name] if name in named else table[name]
            entries |= _entries(name, found, shape, len(table))
            wholes[f"d_{name}"] = shape
    wanted = {name: it for name, it in {**named, **entries}.items() if name in compiled.formula.variables}
    others = {name: it for name, it in named.items() if name not in shapes}
    outputs = arguments.over_table(compiled, table, {**wanted, **others})
    if of_pandas:
        return outputs
    from gradcli.compiler.list_columns import joined

    return joined(outputs, wholes)


def _entries(name: str, given: Any, shape: Shape, length: int) -> dict[str, Any]:
    """A column, a number, or a Series for every entry of an array. Raises BindingError where it has another shape."""
    if not hasattr(given, "cast"):  # of a Series of polars
        array = as_doubles(name, given)
        common_shape([_rows(name, array, shape), (length,)])
        return {**split(name, array, shape, (length,))}
    from gradcli.compiler.list_columns import apart, fits, is_of_lists

    if not is_of_lists(given.dtype, shape) or not fits(given, shape).all():
        raise BindingError(
            f"`{name}` has rows that are not of the shape {shape}", hint="give every row as many numbers"
        )
    return {each.name: each for each in apart(given, name, shape)}
