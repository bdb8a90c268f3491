"""Rows as the bytes of a text: what Python's `csv` and `json` read is what was written."""

import csv
import io
import json
from math import inf, isnan, nan

import polars as pl
import pytest
from doubles import doubles
from hypothesis import given
from hypothesis import strategies as st

from gradcli.data.batch import LINE
from gradcli.data.options import TableFormat
from gradcli.data.text_writer import encoder, header
from gradcli.errors import FileProblem

CELL = st.text(st.sampled_from('ab",\n x1ü'), max_size=4)
NOTHING = pl.DataFrame()


def written(form: TableFormat, passthrough: pl.DataFrame, new_columns: pl.DataFrame, *, verbatim: bool = False) -> str:
    """The text of some rows."""
    return b"".join(encoder(form, verbatim=verbatim)(passthrough, new_columns)).decode()


@given(st.lists(st.tuples(CELL, doubles()), min_size=1))
def test_cells_of_csv_read_back(rows: list[tuple[str, float]]) -> None:
    texts, numbers = zip(*rows, strict=True)
    text = written(TableFormat.csv, pl.DataFrame({"s": texts}), pl.DataFrame({"f": numbers}))
    found = [(cell, float(number)) for cell, number in csv.reader(io.StringIO(text, newline=""))]
    assert repr(found) == repr(rows)


@given(st.lists(st.tuples(CELL, st.one_of(st.none(), doubles(), st.sampled_from([nan, inf, -inf]))), min_size=1))
def test_objects_of_json_read_back(rows: list[tuple[str, float | None]]) -> None:
    texts, numbers = zip(*rows, strict=True)
    frame = pl.DataFrame({"f": numbers}, schema={"f": pl.Float64})
    text = written(TableFormat.ndjson, pl.DataFrame({"s": texts}), frame)
    for line, (cell, number) in zip(text.splitlines(), rows, strict=True):
        found = json.loads(line)
        assert (list(found), found["s"]) == (["s", "f"], cell)
        expected = number if number is None or abs(number) < inf else "NaN" if isnan(number) else str(number)
        assert repr(found["f"]) == repr({"inf": "Infinity", "-inf": "-Infinity"}.get(str(expected), expected))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [('{"x":1}', '{"x":1,"f":2.0}'), ("{}", '{"f":2.0}'), ('{"x": 1} ', '{"x": 1,"f":2.0}')],
)
def test_new_fields_come_before_the_brace_of_a_line(line: str, wanted: str) -> None:
    lines, new = pl.DataFrame({LINE: [line]}), pl.DataFrame({"f": [2.0]})
    assert written(TableFormat.ndjson, lines, new, verbatim=True) == wanted + "\n"


def test_a_line_goes_through_as_it_came() -> None:
    lines, new = pl.DataFrame({LINE: ['1,"a""b"', "2.50,"]}), pl.DataFrame({"f": [0.1, None]})
    assert written(TableFormat.csv, lines, new, verbatim=True) == '1,"a""b",0.1\n2.50,,\n'
    assert written(TableFormat.tsv, NOTHING, pl.DataFrame({"f": [0.5], "d_x": [-2.0]})) == "0.5\t-2.0\n"


@pytest.mark.parametrize(
    ("form", "line", "names", "wanted"),
    [
        ("csv", 'x,"a b"', ["x", "a b"], 'x,"a b",f\n'),
        ("csv", "", ["x", 'a,"b'], 'x,"a,""b",f\n'),
        ("tsv", "x\ta b", ["x", "a b"], "x\ta b\tf\n"),
        ("ndjson", "", ["x"], ""),
    ],
)
def test_headers(form: str, line: str, names: list[str], wanted: str) -> None:
    assert header(TableFormat(form), line, names, ["f"]).decode() == wanted


def test_what_a_text_cannot_hold_is_an_error() -> None:
    new = pl.DataFrame({"f": [1.0]})
    with pytest.raises(FileProblem, match="csv cannot hold the bytes of `b`"):
        written(TableFormat.csv, pl.DataFrame({"b": [b"\xff"]}), new)
    with pytest.raises(FileProblem, match="csv cannot hold the lists or structs of `n`"):
        written(TableFormat.csv, pl.DataFrame({"n": [[1]]}), new)
    with pytest.raises(FileProblem, match="ndjson cannot hold the bytes of `n`"):
        written(TableFormat.ndjson, pl.DataFrame({"n": [[b"\xff"]]}), new)
    with pytest.raises(FileProblem, match="TSV cannot hold the name"):
        header(TableFormat.tsv, "", ["a\tb"], [])
