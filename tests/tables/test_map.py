"""`map`: what comes out of a table, and the outcome of everything that a table may have wrong."""

import csv
import io
import json
import math
import random
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from conftest import Gradcli
from shells import in_shell

from gradcli import gradient, value

if TYPE_CHECKING:
    from collections.abc import Callable

FORMULA = "(x*w + b - y)^2"
WEIGHTS = ("--w", "3", "--b", "0.5", "--wrt", "w,b")
TABLE = "x,note,y\n1,first,2\n-2.50,second,1e-3\n"
NUMBERS = [(1.0, 2.0), (-2.5, 0.001)]


def expected(x: float, y: float) -> list[float]:
    point = {"x": x, "y": y, "w": 3.0, "b": 0.5}
    slopes = gradient(FORMULA, point, wrt="w,b")
    return [value(FORMULA, point), slopes["w"], slopes["b"]]


def new_cells(text: str, separator: str = ",") -> list[list[float]]:
    return [[float(cell) for cell in row[-3:]] for row in list(csv.reader(io.StringIO(text), delimiter=separator))[1:]]


def test_rows_go_through_with_value_and_gradient_behind_them(gradcli: Gradcli) -> None:
    code, out, err = gradcli("map", FORMULA, *WEIGHTS, stdin=TABLE)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "x,note,y,f,d_w,d_b"
    assert [line[: len(given)] for line, given in zip(lines, TABLE.splitlines(), strict=True)] == TABLE.splitlines()
    assert new_cells(out) == [expected(*row) for row in NUMBERS]


def test_only_the_new_columns(gradcli: Gradcli) -> None:
    out = gradcli("map", FORMULA, *WEIGHTS, "--only", stdin=TABLE).out
    assert out.splitlines()[0] == "f,d_w,d_b"
    assert new_cells(out) == [expected(*row) for row in NUMBERS]


def test_by_every_variable_unless_told(gradcli: Gradcli) -> None:
    header = gradcli("map", FORMULA, *WEIGHTS[:4], "--only", stdin=TABLE).out.splitlines()[0]
    assert header == "f,d_x,d_w,d_b,d_y"


def test_adjoints_of_definitions(gradcli: Gradcli) -> None:
    out = gradcli("map", "r = x*w - y; L = r^2", "--w", "3", "--wrt", "w", "--adjoints", "r", "--only", stdin=TABLE).out
    assert out.splitlines()[:2] == ["L,d_w,d_r", "1.0,2.0,2.0"]


def test_columns_of_any_name(gradcli: Gradcli) -> None:
    out = gradcli("map", "`a b`*e", "--only", stdin="a b,e\n2,3\n").out
    assert out == "f,d_a b,d_e\n6.0,3.0,2.0\n"


def test_a_formula_of_no_column_has_the_same_value_in_every_row(gradcli: Gradcli) -> None:
    assert gradcli("map", "w^2", "--w", "3", stdin="x\n1\n2\n").out == "x,f,d_w\n1,9.0,6.0\n2,9.0,6.0\n"


def test_the_bindings_of_a_file_yield_to_columns(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text('{"x": 100, "w": 3}')
    assert gradcli("map", "x*w", "--bind", str(path), "--wrt", "w", stdin="x\n1\n").out == "x,f,d_w\n1,3.0,1.0\n"


def test_a_binding_and_files_in_any_order(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\n1\n")
    for arguments in (["x*w", str(path), "w=3"], ["w=3", "x*w", str(path)], ["--w", "3", "x*w", str(path)]):
        assert gradcli("map", *arguments, "--only", "--wrt", "w").out == "f,d_w\n3.0,1.0\n"


FORMS = ("csv", "tsv", "ndjson", "parquet", "arrow", "arrows")


@pytest.mark.one_in(9)
@pytest.mark.parametrize("given", FORMS)
@pytest.mark.parametrize("wanted", FORMS)
def test_every_form_from_every_form(gradcli: Gradcli, tmp_path: Path, given: str, wanted: str) -> None:
    source, first, second = tmp_path / "data.csv", tmp_path / f"first.{given}", tmp_path / f"second.{wanted}"
    source.write_text(TABLE)
    assert gradcli("map", FORMULA, *WEIGHTS, str(source), "--out", str(first)).code == 0
    assert gradcli("map", "g = x + f", str(first), "--wrt", "x", "--out", str(second)).code == 0
    out = gradcli("map", "h = g", str(second), "--wrt", "g", "--to", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["x", "note", "y", "f", "d_w", "d_b", "g", "d_x", "h", "d_g"]
    assert [row["note"] for row in rows] == ["first", "second"]
    assert [float(row["h"]) for row in rows] == [x + expected(x, y)[0] for x, y in NUMBERS]
    assert [[float(row[name]) for name in ("x", "y")] for row in rows] == [list(row) for row in NUMBERS]


def test_files_one_after_the_other(gradcli: Gradcli, tmp_path: Path) -> None:
    for name, numbers in (("a.csv", "1\n2\n"), ("b.csv", "3\n")):
        (tmp_path / name).write_text("x\n" + numbers)
    out = gradcli("map", "x^2", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--only", "--wrt", "x").out
    assert out == "f,d_x\n1.0,2.0\n4.0,4.0\n9.0,6.0\n"


def test_a_form_is_told_by_its_first_bytes(gradcli: Gradcli, tmp_path: Path) -> None:
    frame = pl.DataFrame({"x": [1.5]})
    contents = {"csv": b"x\n1.5\n", "tsv": b"x\ty\n1.5\t2\n", "ndjson": b'{"x": 1.5}\n'}
    for name in ("parquet", "ipc", "ipc_stream"):
        written = io.BytesIO()
        getattr(frame, f"write_{name}")(written)
        contents[name] = written.getvalue()
    for content in contents.values():
        assert gradcli("map", "2*x", "--to", "csv", "--only", stdin=content).out == "f,d_x\n3.0,2.0\n"


@pytest.mark.parametrize("how", ["mean", "sum", "min", "max"])
def test_one_record_of_all_rows(gradcli: Gradcli, how: str) -> None:
    numbers = [0.1 * at - 3 for at in range(1000)]
    table = "x\n" + "".join(f"{number!r}\n" for number in numbers)
    out = gradcli("map", "x^2", "--reduce", how, stdin=table).out
    squares, slopes = [number * number for number in numbers], [2 * number for number in numbers]
    makers: dict[str, Callable[[list[float]], float]] = {
        "mean": lambda all_: math.fsum(all_) / len(all_),
        "sum": math.fsum,
        "min": min,
        "max": max,
    }
    make = makers[how]
    assert out.splitlines()[0] == "f,d_x"
    assert [float(cell) for cell in out.splitlines()[1].split(",")] == pytest.approx(
        [make(squares), make(slopes)], rel=1e-15
    )


def test_floats_come_back_bit_by_bit(gradcli: Gradcli) -> None:
    bits = random.Random(7)
    numbers = [struct.unpack("<d", bits.randbytes(8))[0] for _ in range(20_000)]
    finite = [number for number in numbers if math.isfinite(number)]
    table = "x\n" + "".join(f"{number!r}\n" for number in finite)
    lines = gradcli("map", "-x", "--only", "--wrt", "x", stdin=table).out.splitlines()[1:]
    assert [struct.pack("<d", -float(line.partition(",")[0])) for line in lines] == [
        struct.pack("<d", number) for number in finite
    ]


def test_numbers_are_read_correctly_rounded(gradcli: Gradcli) -> None:
    digits = random.Random(11)
    texts = [f"{digits.randrange(10)}.{digits.getrandbits(90)}e{digits.randrange(-300, 300)}" for _ in range(20_000)]
    out = gradcli("map", "x", "--only", "--wrt", "x", stdin="x\n" + "\n".join(texts)).out
    assert [float(line.partition(",")[0]) for line in out.splitlines()[1:]] == [float(text) for text in texts]


def test_numbers_that_are_not_finite_are_written_and_counted(gradcli: Gradcli) -> None:
    code, out, err = gradcli("map", "1/x", "--only", stdin="x\n0\n1\nNaN\n")
    assert (code, out) == (3, "f,d_x\ninf,-inf\n1.0,-1.0\nNaN,NaN\n")
    assert "2 rows with a number that is not finite" in err
    out = gradcli("map", "1/x", stdin='{"x":0}\n{"x":"Infinity"}\n').out
    assert [json.loads(line) for line in out.splitlines()] == [
        {"x": 0, "f": "Infinity", "d_x": "-Infinity"},
        {"x": "Infinity", "f": 0.0, "d_x": -0.0},
    ]


# a cell → the number that it is, or a piece of what is said of it
CELLS: dict[str, float | str] = {
    "1": 1.0, " 1 ": 1.0, "\t1": 1.0, "+1": 1.0, ".5": 0.5, "5.": 5.0, "1e-400": 0.0, "-0": -0.0, "1E5": 1e5, '"2"': 2.0,
    "inf": math.inf, "-Infinity": -math.inf, "+INF": math.inf,
    "": "the cell is empty", "  ": "the cell is empty", '""': "the cell is empty", "NA": "`NA` is not a number",
    "null": "`null` is not a number", "1_000": "`1_000` is not a number", "0x10": "`0x10` is not a number",
    "1e400": "`1e400` is beyond the largest double", "-1e400": "beyond", "1d5": "not a number", "1e": "not a number",
    "True": "not a number", "٣": "not a number", "1 2": "not a number", "--1": "not a number", "1\xa0": "not a number",
    "9" * 400: "beyond the largest double",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "outcome"), CELLS.items(), ids=repr)
def test_a_cell_is_a_number_or_an_error(gradcli: Gradcli, cell: str, outcome: float | str) -> None:
    code, out, err = gradcli("map", "q = x", "--only", "--wrt", "x", stdin=f"x,z\n7,0\n{cell},0\n8,0\n")
    if isinstance(outcome, float):
        assert code == (0 if math.isfinite(outcome) else 3)
        assert struct.pack("<d", float(out.splitlines()[2].partition(",")[0])) == struct.pack("<d", outcome)
    else:
        assert (code, out) == (4, "q,d_x\n7.0,1.0\n")
        assert err.startswith("error: standard input, line 3, column `x`: ")
        assert outcome in err


JSON_CELLS: dict[str, float | str] = {
    "1": 1.0, "-0": -0.0, "-0.0": -0.0, "0": 0.0, "1e-400": 0.0, '"NaN"': math.nan, '"-Infinity"': -math.inf,
    "12345678901234567890123": 12345678901234567890123.0,
    "null": "the cell is empty", '"1"': "is not a number", "true": "`true` is not a number", "[1]": "is not a number",
    "1e400": "beyond the largest double", "NaN": "NaN is not JSON", "1_000": "not JSON", "0x10": "not JSON",
    '1,"x":2': "the key `x` comes twice",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "outcome"), JSON_CELLS.items(), ids=repr)
def test_a_value_of_json_is_a_number_or_an_error(gradcli: Gradcli, cell: str, outcome: float | str) -> None:
    code, out, err = gradcli("map", "q = x", "--only", "--wrt", "x", stdin=f'{{"x":7}}\n{{"x":{cell}}}\n{{"x":8}}\n')
    if isinstance(outcome, float):
        got = json.loads(out.splitlines()[1])["q"]
        assert struct.pack("<d", float(got)) == struct.pack("<d", outcome)
    else:
        assert (code, out) == (4, '{"q":7.0,"d_x":1.0}\n')
        assert err.startswith("error: standard input, line 2")
        assert outcome in err


def test_a_new_column_that_a_later_row_has(gradcli: Gradcli) -> None:
    table = '{"x":7}\n{"x":8,"q":2}\n'
    code, out, err = gradcli("map", "q = x", stdin=table)
    assert (code, out) == (4, '{"x":7,"q":7.0,"d_x":1.0}\n')
    assert "line 2: there is a `q` already" in err
    assert gradcli("map", "q = x", "--only", stdin=table).out == '{"q":7.0,"d_x":1.0}\n{"q":8.0,"d_x":1.0}\n'


ROWS = {
    "too few cells": (b"3", "1 cell in a table of 2 columns"),
    "too many cells": (b"3,4,5", "3 cells in a table of 2 columns"),
    "a NUL": (b"3,4\0", "byte 4 of the row is NUL"),
    "not UTF-8": (b"3,4\xff", "byte 4 of the row is 0xff, which is not UTF-8"),
    "quotes that do not match": (b'3,"4"5', "the quotes do not match"),
}


@pytest.mark.parametrize(("row", "reason"), ROWS.values(), ids=ROWS)
def test_a_line_that_is_no_row(gradcli: Gradcli, row: bytes, reason: str) -> None:
    table = b"x,y\n1,2\n" + row + b"\n5,6\n"
    code, out, err = gradcli("map", "x", stdin=table)
    assert (code, out) == (4, "x,y,f,d_x\n1,2,1.0,1.0\n")
    assert err.startswith(f"error: standard input, line 3: {reason}")
    for on_error in ("skip", "null"):
        code, out, err = gradcli("map", "x", "--on-error", on_error, stdin=table)
        assert (code, out) == (0, "x,y,f,d_x\n1,2,1.0,1.0\n5,6,5.0,1.0\n")
        assert f"1 row passed over; the first: standard input, line 3: {reason}" in err


def test_ragged_rows_that_even_out_are_seen(gradcli: Gradcli) -> None:
    code, _, err = gradcli("map", "x", stdin="x,y\n1\n1,2,3\n")
    assert code == 4
    assert "line 2: 1 cell in" in err


def test_a_quote_in_a_cell_is_a_letter(gradcli: Gradcli) -> None:
    table = 'x,y\n1,5" pipe\n2,b\n'
    assert gradcli("map", "x", stdin=table).out == 'x,y,f,d_x\n1,5" pipe,1.0,1.0\n2,b,2.0,1.0\n'


def test_a_quote_without_an_end_costs_one_line(gradcli: Gradcli) -> None:
    code, out, err = gradcli("map", "x", "--on-error", "skip", stdin='x,y\n1,a\n2,"b\n3,c\n4,d')
    assert (code, out) == (0, "x,y,f,d_x\n1,a,1.0,1.0\n3,c,3.0,1.0\n4,d,4.0,1.0\n")
    assert "1 row passed over; the first: standard input, line 3: the quotes do not match" in err


def test_rows_without_numbers_are_left_out_or_left_empty(gradcli: Gradcli) -> None:
    table = "x,y\n1,a\n,b\n3,c\nzero,d\n"
    code, out, err = gradcli("map", "x", "--on-error", "skip", stdin=table)
    assert (code, out) == (0, "x,y,f,d_x\n1,a,1.0,1.0\n3,c,3.0,1.0\n")
    assert "2 rows passed over; the first: standard input, line 3, column `x`: the cell is empty" in err
    code, out, err = gradcli("map", "x", "--on-error", "null", stdin=table)
    assert (code, out) == (0, "x,y,f,d_x\n1,a,1.0,1.0\n,b,,\n3,c,3.0,1.0\nzero,d,,\n")
    assert "2 rows left without new cells" in err
    lines = '{"x":1}\n{"x":null}\n{"x":\n'
    code, out, err = gradcli("map", "x", "--on-error", "null", stdin=lines)
    assert (code, out) == (0, '{"x":1,"f":1.0,"d_x":1.0}\n{"x":null,"f":null,"d_x":null}\n')
    assert "1 row passed over, 1 row left without new cells" in err


def test_empty_cells_of_a_columnar_table(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pl.DataFrame({"x": [1, None, 3], "s": ["a", "b", None]}).write_parquet(path)
    code, out, err = gradcli("map", "x", str(path), "--to", "csv")
    assert (code, out) == (4, "x,s,f,d_x\n1,a,1.0,1.0\n")
    assert "row 2, column `x`: the cell is empty" in err
    assert gradcli("map", "x", str(path), "--to", "csv", "--on-error", "skip").out.endswith("1.0\n3,,3.0,1.0\n")
    assert "\n,b,,\n" in gradcli("map", "x", str(path), "--to", "csv", "--on-error", "null").out


TEXTS = {
    "a byte-order mark": ("\ufeffx,y\n1,2\n", "x,y,f,d_x\n1,2,1.0,1.0\n"),
    "CRLF": ("x,y\r\n1,2\r\n", "x,y,f,d_x\n1,2,1.0,1.0\n"),
    "CRLF and a bad row": ("x,y\r\n1,2\r\n\r\nz,3\r\n", "x,y,f,d_x\n1,2,1.0,1.0\n"),
    "no newline at the end": ("x,y\n1,2", "x,y,f,d_x\n1,2,1.0,1.0\n"),
    "empty lines": ("x,y\n\n1,2\n\n\n", "x,y,f,d_x\n1,2,1.0,1.0\n"),
    "a header alone": ("x,y\n", "x,y,f,d_x\n"),
    "a header without a newline": ("x,y", "x,y,f,d_x\n"),
    "quotes": ('x,"y"\n1,"a,""b"\n', 'x,"y",f,d_x\n1,"a,""b",1.0,1.0\n'),
    "newlines in quotes": ('x,y\n1,"a\nb"\n2,c\n', 'x,y,f,d_x\n1,"a\nb",1.0,1.0\n2,c,2.0,1.0\n'),
}


@pytest.mark.parametrize(("text", "out"), TEXTS.values(), ids=TEXTS)
def test_texts_as_they_come(gradcli: Gradcli, text: str, out: str) -> None:
    assert gradcli("map", "x", stdin=text).out == out


# standard input, or a file's content; a piece of the message; the exit code
REFUSED = {
    "an empty file": (b"", ["x"], "standard input is empty", 4),
    "an empty first line": (b"\nx\n", ["x"], "begins with an empty line", 4),
    "a missing column": (b"a,b\n1,2\n", ["a*q"], "q is neither a column of standard input nor bound", 2),
    "doubled columns": (b"x,x\n1,2\n", ["x"], "two columns of standard input are called `x`", 4),
    "a column that is bound": (b"x,y\n1,2\n", ["x*y", "--x", "2"], "`x` is a column of standard input, and --x", 2),
    "a binding of no use": (b"x\n1\n", ["x", "--q", "2"], "--q is neither", 2),
    "a name that is taken": (b"x,f\n1,2\n", ["x"], "has a column `f` already", 4),
    "a slope that is taken": (b"x,d_x\n1,2\n", ["x"], "has a column `d_x` already", 4),
    "a header not UTF-8": (b"x\xff\n1\n", ["x"], "the header of standard input cannot be read", 4),
    "a header with an open quote": (b'x,"y\n1,2\n', ["x"], "cannot be read", 4),
    "JSON that is no object": (b"[1]\n", ["x", "--from", "ndjson"], "this is no JSON object", 4),
    "Parquet cut short": (b"PAR1" + b"\0" * 40, ["x"], "cannot read standard input", 4),
    "Arrow cut short": (b"ARROW1\0\0" + b"\0" * 40, ["x"], "cannot read standard input", 4),
    "a stream cut short": (b"\xff\xff\xff\xff\x10\0\0\0ab", ["x"], "standard input is cut short", 4),
    "an engine there is not": (b"x\n1\n", ["x", "--engine", "gpu"], "there is no engine `gpu`", 2),
    "an adjoint there is not": (b"x\n1\n", ["y = x; y^2", "--adjoints", "z"], "defines no `z`", 2),
    "wrt there is not": (b"x\n1\n", ["x", "--wrt", "z"], "does not depend on `z`", 2),
    "standard input twice": (b"x\n1\n", ["x", "-", "-"], "standard input cannot be two things", 2),
}


@pytest.mark.parametrize(("content", "arguments", "message", "code"), REFUSED.values(), ids=REFUSED)
def test_refused_before_any_work(
    gradcli: Gradcli, content: bytes, arguments: list[str], message: str, code: int
) -> None:
    answer = gradcli("map", *arguments, stdin=content)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("error: ")
    assert message in answer.err
    assert answer.err.splitlines()[-1].startswith("mend: ")


def test_a_missing_column_is_shown_in_the_formula_with_what_there_is(gradcli: Gradcli) -> None:
    err = gradcli("map", "size*w", stdin="sizes,y\n1,2\n").err
    assert "size, w are neither a column of standard input nor bound" in err
    assert "did you mean sizes?" in err
    assert "size=VALUE w=VALUE" in err
    assert "   ^^^^" in err


def test_files_that_cannot_be_read(gradcli: Gradcli, tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "Is a directory"), (tmp_path / "none.csv", "No such file")):
        code, out, err = gradcli("map", "x", str(path))
        assert (code, out) == (4, "")
        assert f"cannot read {path}: {reason}" in err


def test_files_of_different_columns(gradcli: Gradcli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "b.csv").write_text("x,z\n1,2\n")
    code, out, err = gradcli("map", "x", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))
    assert (code, out) == (4, "")
    assert "b.csv has other columns than" in err
    assert "x, z" in err


def test_a_column_of_text_in_a_columnar_table(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pl.DataFrame({"x": ["1"], "l": [[1]]}).write_parquet(path)
    code, _, err = gradcli("map", "x", str(path), "--to", "csv", "--only")
    assert code == 4
    assert "column `x` of" in err
    assert "is not numeric: it is String" in err
    code, out, err = gradcli("map", "w", "--w", "1", str(path), "--to", "csv")
    assert (code, out) == (4, "")
    assert "csv cannot hold the lists or structs of `l`" in err


@pytest.mark.slow
@pytest.mark.parametrize("wanted", ["parquet", "arrow", "arrows", "csv"])
def test_every_good_row_is_written_before_an_error(gradcli: Gradcli, tmp_path: Path, wanted: str) -> None:
    out, table = tmp_path / f"out.{wanted}", tmp_path / "data.csv"
    table.write_text("x\n" + "1\n" * 300_000 + "oops\n" + "2\n" * 300_000)
    done = in_shell(f"gradcli map x --to {wanted} {table} > {out}")
    assert done.returncode == 4
    assert "line 300,002, column `x`: `oops` is not a number" in done.stderr
    record = gradcli("map", "g = 1 + 0*x", str(out), "--to", "csv", "--reduce", "sum", "--wrt", "x").out
    assert record.splitlines()[1].partition(",")[0] == "300000.0"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("wanted", ["parquet", "arrow", "arrows", "csv"])
def test_an_error_between_blocks_is_that_error(gradcli: Gradcli, tmp_path: Path, wanted: str) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    out = str(tmp_path / f"out.{wanted}")
    done = in_shell(f"printf 'y\\n2\\n' | gradcli map x {tmp_path}/a.csv - --to {wanted} > {out}")
    assert done.returncode == 4
    assert "standard input has other columns" in done.stderr
    assert gradcli("map", "g = x", out, "--to", "csv", "--only", "--wrt", "x").out == "g,d_x\n1.0,1.0\n"


def test_an_error_before_the_first_row_leaves_the_columnar_file_that_was_there(
    gradcli: Gradcli, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"the one before")
    table = tmp_path / "data.parquet"
    pl.DataFrame({"x": ["a"]}).write_parquet(table)
    assert gradcli("map", "x", str(table), "--out", str(out)).code == 4
    assert out.read_bytes() == b"the one before"
    assert sorted(tmp_path.iterdir()) == [table, out]


def test_a_parquet_file_cut_short(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    pl.DataFrame({"x": list(range(1000))}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    code, out, err = gradcli("map", "x", str(path), "--to", "csv")
    assert (code, out) == (4, "")
    assert f"cannot read {path}" in err


@pytest.mark.slow
def test_a_hundred_thousand_columns(gradcli: Gradcli) -> None:
    count = 100_000
    header = ",".join(f"c{at}" for at in range(count))
    row = ",".join(str(at) for at in range(count))
    code, out, _ = gradcli("map", "c7 + c99999", "--only", stdin=f"{header}\n{row}\n{row}\n")
    assert (code, out) == (0, "f,d_c7,d_c99999\n" + "100006.0,1.0,1.0\n" * 2)


def test_the_same_record_as_grad_prints(gradcli: Gradcli) -> None:
    point = gradcli("grad", "x^2*y", "--x", "3", "--y", "0.1", "--format", "csv").out
    table = "\n".join(",".join(line.split(",")[:2]) for line in point.splitlines())
    mapped = list(csv.DictReader(io.StringIO(gradcli("map", "x^2*y", stdin=table).out)))
    for given, made in zip(csv.DictReader(io.StringIO(point)), mapped, strict=True):
        assert list(given) == list(made)
        assert [float(cell) for cell in given.values()] == [float(cell) for cell in made.values()]


@pytest.mark.parametrize("form", ["parquet", "arrow", "arrows"])
def test_files_with_columns_of_other_types_are_one_table_only_as_text(
    gradcli: Gradcli, tmp_path: Path, form: str
) -> None:
    paths = [str(tmp_path / f"{name}.parquet") for name in "ab"]
    for path, x in zip(paths, ([1, 2], [1.5, 2.5]), strict=True):
        pl.DataFrame({"x": x, "y": [1.0, 2.0]}).write_parquet(path)
    answer = gradcli("map", "x*y", *paths, "--to", form, "--out", str(tmp_path / "out"))
    assert (answer.code, "column `x` is Int64 in the first rows" in answer.err) == (4, True)
    assert gradcli("map", "x*y", *paths, "--to", "csv").out.count("\n") == 5
