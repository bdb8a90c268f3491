"""Arrays in tables: columns x[1], x[2] or a column of lists fill them, and gradients come out in the same form."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from conftest import Gradcli

LOSS = "L = (w @ x - y)^2"
W, X, Y = np.array([1.0, 0.5]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 1.0])
RESIDUES = 2 * (X @ W - Y)
"""dL/dy with another sign, by hand; dL/dw is it times x, dL/dx it times w."""
LOSSES, BY_W, BY_X = RESIDUES**2 / 4, RESIDUES[:, None] * X, RESIDUES[:, None] * W


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    frame = pl.DataFrame({"x": X.astype(int).tolist(), "y": Y})
    frame.write_ndjson("lists.ndjson")
    frame.write_parquet("lists.parquet")
    frame.with_columns(pl.col("x").cast(pl.Array(pl.Float64, 2))).write_ipc("lists.arrow")
    frame.write_ipc_stream("lists.arrows")
    pl.DataFrame({"x[1]": X[:, 0], "x[2]": X[:, 1], "y": Y}).write_csv("entries.csv")
    Path("w.csv").write_text("1,0.5\n")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["ndjson", "parquet", "arrow", "arrows"])
def test_a_column_of_lists_has_a_gradient_of_lists(gradcli: Gradcli, form: str) -> None:
    code, out, err = gradcli("map", LOSS, f"lists.{form}", "--w", "@w.csv", "--only", "--to", "ndjson")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["L"] for row in rows] == LOSSES.tolist()
    assert [row["d_x"] for row in rows] == BY_X.tolist()
    assert [row["d_w"] for row in rows] == BY_W.tolist()


@pytest.mark.usefixtures("folder")
def test_columns_of_entries_have_gradients_by_entry(gradcli: Gradcli) -> None:
    assert gradcli("map", LOSS, "entries.csv", "--w", "@w.csv", "--wrt", "x, w[2]", "--only").out.splitlines() == [
        "L,d_x[1],d_x[2],d_w[2]",
        *(",".join(map(str, row)) for row in np.column_stack([LOSSES, BY_X, BY_W[:, 1]]).tolist()),
    ]
    matrix = '"M[1,1]","M[2,1]"\n1,2\n'
    Path("m.csv").write_text(matrix)
    assert gradcli("map", "sum(M)", "m.csv", "--only").out == 'f,"d_M[1,1]","d_M[2,1]"\n3.0,1.0,1.0\n'


@pytest.mark.usefixtures("folder")
def test_a_table_of_another_form_has_lists_where_it_can(gradcli: Gradcli) -> None:
    assert gradcli("map", LOSS, "lists.ndjson", "--w", "@w.csv", "--out", "out.parquet").code == 0
    found = pl.read_parquet("out.parquet")
    np.testing.assert_array_equal(found["x"].to_numpy(), X)
    np.testing.assert_array_equal(found["d_x"].to_numpy(), BY_X)
    header = gradcli("map", LOSS, "lists.parquet", "--w", "@w.csv", "--to", "csv", "--only").out.splitlines()[0]
    assert header == "L,d_w[1],d_w[2],d_x[1],d_x[2],d_y"


@pytest.mark.usefixtures("folder")
def test_one_record_has_arrays(gradcli: Gradcli) -> None:
    record = json.loads(gradcli("map", LOSS, "lists.ndjson", "--w", "@w.csv", "--reduce", "sum").out)
    assert record["d_w"] == BY_W.sum(0).tolist()
    assert record["d_x"] == BY_X.sum(0).tolist()


BAD: list[tuple[Any, str]] = [
    ([3], "column `x`: the list has 1 entry, and 2 are needed"),
    (None, "column `x`: the cell is empty"),
    ([1, None], "column `x[2]`: the cell is empty"),
    ([], "column `x`: the list has 0 entries, and 2 are needed"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("bad", "reason"), BAD)
def test_a_list_that_does_not_fit_is_a_bad_row(gradcli: Gradcli, bad: object, reason: str) -> None:
    frame = pl.DataFrame({"x": [[1, 2], bad, [3, 4]]}, schema={"x": pl.List(pl.Int64)})
    frame.write_parquet("bad.parquet")
    Path("bad.ndjson").write_text("".join(json.dumps(row) + "\n" for row in frame.to_dicts()))
    for file, place in (("bad.parquet", "row 2"), ("bad.ndjson", "line 2")):
        stopped = gradcli("map", "sum(x)", file, "--only", "--to", "ndjson")
        assert stopped.code == 4
        assert stopped.err.startswith(f"error: {file}, {place}, {reason}\n")
        assert stopped.out == '{"f":3.0,"d_x":[1.0,1.0]}\n'
        kept = gradcli("map", "sum(x)", file, "--only", "--to", "ndjson", "--on-error", "null").out
        assert kept.splitlines()[1:] == ['{"f":null,"d_x":null}', '{"f":7.0,"d_x":[1.0,1.0]}']


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "header", "message", "mend"),
    [
        ("sum(x)", "x[1],x[3]", "x is neither a column of t.csv nor bound", "but none is called `x[2]`"),
        ("z: [2]; sum(z)", "x[1],x[2]", "z is neither a column of t.csv nor bound", "bind --z @z.csv"),
        ("x: [3]; sum(x)", "x[1],x[2]", "`x` is bound with the shape [2], and declared as `x: [3]`", "that shape"),
        ("sum(x)", "x,x[1]", "`x` is a column of the table, and the array of which", "rename one of them"),
    ],
)
def test_columns_that_are_no_array_are_told(gradcli: Gradcli, text: str, header: str, message: str, mend: str) -> None:
    Path("t.csv").write_text(f"{header}\n1,2\n")
    code, out, err = gradcli("map", text, "t.csv")
    assert code in (2, 4)
    assert not out
    assert message in err.splitlines()[0]
    assert mend in err


@pytest.mark.usefixtures("folder")
def test_a_declared_shape_holds_whatever_the_first_row_has(gradcli: Gradcli) -> None:
    Path("t.ndjson").write_text('{"x":[1]}\n{"x":[3,-0]}\n{"x":["NaN",1]}\n')
    code, out, err = gradcli("map", "x: [2]; sum(x^2)", "t.ndjson", "--on-error", "skip", "--only")
    assert (code, out) == (3, '{"f":9.0,"d_x":[6.0,-0.0]}\n{"f":"NaN","d_x":["NaN",2.0]}\n')
    assert "t.ndjson, line 1, column `x`: the list has 1 entry, and 2 are needed" in err
