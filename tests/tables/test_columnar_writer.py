"""Frames as Parquet and Arrow: what was written is what polars reads, and what goes wrong is told as it was."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import polars as pl
import pytest

from gradcli.data.columnar_writer import GROUP, write
from gradcli.data.options import TableFormat
from gradcli.errors import FileProblem

READ: dict[TableFormat, Callable[[Any], pl.DataFrame]] = {
    TableFormat.parquet: pl.read_parquet,
    TableFormat.arrow: pl.read_ipc,
    TableFormat.arrows: pl.read_ipc_stream,
}
FORMS = pytest.mark.parametrize("form", READ)
FRAME = pl.DataFrame({"x": [1.5, float("nan"), -0.0, None], "s": ["a", "", "ü", None]})


@FORMS
def test_what_is_written_reads_back(form: TableFormat) -> None:
    out = BytesIO()
    write([FRAME.head(0), FRAME, FRAME.head(1)], form, out)
    assert READ[form](BytesIO(out.getvalue())).equals(pl.concat([FRAME, FRAME.head(1)]))


@FORMS
def test_a_table_without_rows_has_its_columns(form: TableFormat) -> None:
    out = BytesIO()
    write([FRAME.head(0)], form, out)
    found = READ[form](BytesIO(out.getvalue()))
    assert (found.schema, len(found)) == (FRAME.schema, 0)


@FORMS
def test_a_column_that_changes_its_type_is_an_error(form: TableFormat) -> None:
    with pytest.raises(FileProblem, match="column `x` is Float64 in the first rows and String in others"):
        write([FRAME, FRAME.with_columns(pl.col("x").cast(pl.String))], form, BytesIO())


@FORMS
def test_what_making_frames_raises_is_raised(form: TableFormat) -> None:
    def frames() -> Iterator[pl.DataFrame]:
        yield FRAME
        raise FileProblem("line 3: no number")

    with pytest.raises(FileProblem, match="line 3"):
        write(frames(), form, BytesIO())


@FORMS
def test_what_writing_raises_is_raised(form: TableFormat) -> None:
    class Full(BytesIO):
        def write(self, content: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write([FRAME], form, Full())


def test_groups_of_parquet_are_even_whatever_the_frames_are() -> None:
    frame, in_parts, at_once = pl.DataFrame({"x": range(2 * GROUP)}), BytesIO(), BytesIO()
    write([frame.head(0), *frame.iter_slices(50_000)], TableFormat.parquet, in_parts)
    write([frame], TableFormat.parquet, at_once)
    assert in_parts.getvalue() == at_once.getvalue()
