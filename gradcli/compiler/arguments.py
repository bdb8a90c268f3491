"""Arrays, Series and tables as arguments of a formula.

Depends on `columns`; on polars only where its Series or a table comes, on pandas where a table of it comes.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcli.compiler.columns import Compiled
from gradcli.compiler.engine import Array, Column
from gradcli.compiler.result import Result
from gradcli.errors import BindingError, listed


def over_columns(compiled: Compiled, names: Sequence[str], values: Sequence[Any]) -> Result:
    """The result for one argument a variable: numbers, arrays that broadcast, or polars Series.

    Raises BindingError for what is no number, or more than a double can hold.
    """
    polars, given = sys.modules.get("polars"), dict(zip(compiled.formula.variables, values, strict=True))
    length = next((len(value) for value in values if polars and isinstance(value, polars.Series)), None)
    if length is not None:
        return _result(names, _frame(compiled, given, length).get_columns())
    arrays = {name: as_doubles(name, value) for name, value in given.items()}
    shape = common_shape([array.shape for array in arrays.values()])
    columns = {name: as_rows(array, shape) for name, array in arrays.items()}
    outputs = compiled.rows(columns, int(np.prod(shape)))
    return _result(names, [output.reshape(shape)[()] for output in outputs.values()])


def over_table(compiled: Compiled, table: Any, named: Mapping[str, Any]) -> Any:
    """The outputs as a DataFrame; arguments beside the table take precedence over its columns.

    table  a polars DataFrame, or whatever has Arrow's PyCapsule interface, for one of polars: a row with a null gives
           nulls. A pandas DataFrame gives one of pandas, with the same index; what stands beside it goes by position,
           whatever its own index

    Raises what `over_columns` raises, and BindingError for a variable without a column.
    """
    pandas = sys.modules.get("pandas")
    if pandas and isinstance(table, pandas.DataFrame):
        return _over_pandas(compiled, table, named)
    frame = as_frame(table)
    return _frame(compiled, _given(compiled, frame, named), frame.height)


def as_frame(table: Any) -> Any:
    """A table that is none of pandas as one of polars. Raises BindingError for what is no table."""
    import polars

    try:
        return table if isinstance(table, polars.DataFrame) else polars.DataFrame(table)
    except (polars.exceptions.PolarsError, TypeError, ValueError) as problem:
        raise BindingError(f"this is no table: {problem}", hint="pass a DataFrame, or numbers by name") from None


def _over_pandas(compiled: Compiled, table: Any, named: Mapping[str, Any]) -> Any:
    """The outputs as a pandas DataFrame; a missing number is NaN."""
    given = _given(compiled, table, named)
    columns = {name: _of_pandas(name, it) if hasattr(it, "iloc") else it for name, it in given.items()}
    return type(table)(_outputs(compiled, columns, len(table)), index=table.index)


def _of_pandas(name: str, column: Any) -> Any:
    """A column of pandas as an array, whose missing numbers are NaN."""
    try:
        return column.to_numpy(na_value=np.nan)
    except ValueError:
        raise _no_numbers(name, column.dtype) from None


def _given(compiled: Compiled, table: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """An argument or a column of the table for each variable."""
    unknown = [name for name in named if name not in compiled.formula.variables]
    missing = [name for name in compiled.formula.variables if name not in named and name not in table.columns]
    if missing or unknown:
        problem, columns = "no column for" if missing else "the formula has no variable", [*map(str, table.columns)]
        raise BindingError(f"{problem} {listed(missing or unknown)}", hint=f"the columns are {listed(columns)}")
    return {name: named[name] if name in named else table[name] for name in compiled.formula.variables}


def _frame(compiled: Compiled, given: Mapping[str, Any], length: int) -> Any:
    """The outputs for Series, arrays and numbers, as a polars DataFrame."""
    import polars

    nulls = [value for value in given.values() if isinstance(value, polars.Series) and value.null_count()]
    outputs = polars.DataFrame(_outputs(compiled, given, length))
    for series in nulls:
        outputs = outputs.select(polars.when(series.is_not_null()).then(polars.all()))
    return outputs


def _outputs(compiled: Compiled, given: Mapping[str, Any], length: int) -> dict[str, Array]:
    """The outputs for as many rows as a table has."""
    arrays = {name: as_doubles(name, value) for name, value in given.items()}
    flat = next((name for name, array in arrays.items() if array.ndim > 1), None)
    if flat is not None:
        raise BindingError(f"`{flat}` is more than one column", hint="pass one number a row")
    (rows,) = common_shape([(length,), *[array.shape for array in arrays.values()]])
    return compiled.rows({name: as_rows(array, (rows,)) for name, array in arrays.items()}, rows)


def _result(names: Sequence[str], outputs: Sequence[Any]) -> Result:
    value, *slopes = outputs
    return Result(value, dict(zip(names, slopes, strict=True)))


def as_doubles(name: str, value: Any) -> Array:
    """An argument as doubles of the same numbers; a null of polars as NaN, as is what a mask hides."""
    try:
        given = np.ma.filled(value.astype(float), np.nan) if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    except (TypeError, ValueError):
        raise _no_numbers(name, type(value).__name__) from None
    if given.dtype.kind not in "fiub":
        raise _no_numbers(name, given.dtype)
    with np.errstate(all="ignore"):
        array = given.astype(float)
        if not np.array_equal(array.astype(given.dtype), given, equal_nan=given.dtype.kind == "f"):
            problem = f"`{name}` has numbers that no double can hold: its type is {given.dtype}"
            raise BindingError(problem, hint="round them to doubles, if that is meant")
    return array


def _no_numbers(name: str, kind: object) -> BindingError:
    return BindingError(f"`{name}` is not made of numbers: its type is {kind}", hint="pass numbers")


def common_shape(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The shape to which all broadcast."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError as error:
        problem = f"the arguments have shapes that do not fit: {', '.join(map(str, shapes))}"
        raise BindingError(problem, hint="pass arrays that broadcast against each other") from error


def as_rows(array: Array, shape: tuple[int, ...]) -> Column:
    """An array as a column of the rows that a shape has; a number stays one."""
    return float(array) if array.ndim == 0 else np.ascontiguousarray(np.broadcast_to(array, shape).ravel())
