"""Columns of polars whose cells are lists of one shape: taken apart to a column for each entry, and put together.

Depends on polars and on `gradcli.shapes`.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from gradcli.shapes import Index, Shape, entry_names, grouped, indices


def is_of_lists(kind: pl.DataType, shape: Shape) -> bool:
    """Whether the cells of a type may be lists of numbers of a shape."""
    for _ in shape:
        if not isinstance(kind, pl.List | pl.Array):
            return False
        kind = kind.inner  # type: ignore[assignment]  # a type's own, and no class of types
    return kind.is_numeric()


def fits(column: pl.Series, shape: Shape) -> pl.Series:
    """Flags of the lists that are of a shape; null for one that is null, or has a null among its lists.

    >>> fits(pl.Series([[1, 2], [3], None]), (2,)).to_list()
    [True, False, None]
    """
    kind = column.dtype
    found = column.arr.len() if isinstance(kind, pl.Array) else column.list.len()
    flags = found == shape[0]
    for place in range(shape[0] if shape[1:] else 0):
        flags &= fits(entry(column, (place + 1,)), shape[1:])
    return flags


def entry(column: pl.Series, index: Index) -> pl.Series:
    """One entry of every list; null where there is none."""
    for place in index:
        of_arrays = isinstance(column.dtype, pl.Array)
        lists = column.arr if of_arrays else column.list
        column = lists.get(place - 1, null_on_oob=True)
    return column


def apart(column: pl.Series, name: str, shape: Shape) -> Iterable[pl.Series]:
    """A column of doubles for every entry: x[1], x[2], …"""
    for each, index in zip(entry_names(name, shape), indices(shape), strict=True):
        yield entry(column, index).cast(pl.Float64).alias(each)


def joined(frame: pl.DataFrame, shapes: Mapping[str, Shape]) -> pl.DataFrame:
    """A table in which the entries of each array are one column of lists, at the place of the first; null where one is.

    >>> joined(pl.DataFrame({"x[1]": [1.0], "x[2]": [2.0], "y": [3.0]}), {"x": (2,)}).row(0)
    ([1.0, 2.0], 3.0)
    """
    if not shapes:
        return frame
    found = grouped(dict.fromkeys(frame.columns), shapes)
    return pl.DataFrame([_whole(frame, name, it.shape) if it else frame[name] for name, it in found.items()])


def _whole(frame: pl.DataFrame, name: str, shape: Shape) -> pl.Series:
    entries = [frame[each] for each in entry_names(name, shape)]
    flat = pl.select(pl.concat_arr(*map(pl.lit, entries))).to_series()
    whole = flat.reshape((len(frame), *shape)) if shape[1:] else flat
    nulls = [pl.lit(each.is_not_null()) for each in entries if each.null_count()]
    found = pl.select(pl.when(pl.all_horizontal(nulls)).then(pl.lit(whole))).to_series() if nulls else whole
    return found.alias(name)
