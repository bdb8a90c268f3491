"""Plain arithmetic by polars: the very bits of an engine, and NumPy stays out."""

import subprocess
import sys
from math import copysign, inf, nan
from operator import add, mul, sub
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from examples import examples
from hypothesis import given, reject
from hypothesis import strategies as st

from gradcli.compiler.columns import Compiled
from gradcli.data.arithmetic import arithmetic, columns
from gradcli.data.batch import Batch
from gradcli.data.evaluate_batch import evaluated
from gradcli.data.plan import Plan
from gradcli.language import parse

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -7.0, 1 / 3, 5e-324, 1e-160, 1e154, -1e308, inf, -inf, nan]
TERMS = st.recursive(
    st.sampled_from(["x", "y", "w", "0", "3", "0.1"]),
    lambda term: st.one_of(
        st.builds("({} {} {})".format, term, st.sampled_from("+-*/"), term),
        st.builds("{}({})".format, st.sampled_from(["-", "abs", "sqrt"]), term),
        st.builds("({})^{}".format, term, st.sampled_from(["2", "3", "4", "-1", "-2"])),
    ),
    max_leaves=8,
)


def plan(text: str, engine: str = "auto", **bound: float) -> Plan:
    """The plan of a formula, for columns of all variables that are not bound."""
    program = parse(text, variables=["x", "y", "w"])
    compiled = Compiled(program, program.variables, engine=engine)
    return Plan(compiled, bound, tuple(name for name in compiled.formula.variables if name not in bound))


@examples(200)
@given(TERMS, st.sampled_from(NUMBERS))
def test_every_bit_is_that_of_an_engine(text: str, w: float) -> None:
    made = plan(text, w=w)
    if not made.arithmetic:
        reject()  # what columns rewrite, as sqrt(x^2 + y^2), and what is too long
    x, y = (column.ravel() for column in np.meshgrid(NUMBERS, NUMBERS))
    alone = Compiled(made.compiled.program, made.compiled.program.variables, engine="blocks")
    wanted = alone.rows({"x": x, "y": y, "w": w}, len(x))
    got = columns(made.arithmetic, {"x": pl.Series(x), "y": pl.Series(y), "w": w}, len(x))
    assert list(got) == list(wanted)
    for name, column in got.items():
        found, expected = column.to_numpy(), wanted[name]
        same = (found.view(np.int64) == expected.view(np.int64)) | (np.isnan(found) & np.isnan(expected))
        assert same.all(), (name, x[~same][0], y[~same][0], found[~same][0], expected[~same][0])


@pytest.mark.parametrize("w", [0.0, -0.0])
@pytest.mark.parametrize("sign", ["+", "-", "*"])
def test_a_zero_has_the_sign_that_ieee_754_gives_it(sign: str, w: float) -> None:
    zeros, meaning = [-0.0, 0.0], {"+": add, "-": sub, "*": mul}[sign]
    for text, expected in (
        (f"x{sign}w", [meaning(x, w) for x in zeros]),
        (f"w{sign}x", [meaning(w, x) for x in zeros]),
    ):
        made = plan(text, w=w).arithmetic
        assert made
        found = columns(made, {"x": pl.Series(zeros), "w": w}, 2)["f"]
        assert [copysign(1, number) for number in found] == [copysign(1, number) for number in expected]


@pytest.mark.parametrize("by", [3.0, 0.1, -7.0])
def test_a_quotient_is_rounded_once(by: float) -> None:
    made, numbers = plan(f"x/{by}").arithmetic, [float(number) for number in range(1, 200)]
    assert made
    found = columns(made, {"x": pl.Series(numbers)}, len(numbers))["f"]
    assert found.to_list() == [number / by for number in numbers]


@pytest.mark.parametrize("text", ["(x*w + 1 - y)^2", "x", "w", "1 + 1", "sqrt(x*y)/3 - abs(y)"])
def test_what_is_plain_arithmetic(text: str) -> None:
    assert plan(text).arithmetic


@pytest.mark.parametrize(
    "text", ["exp(x)", "x/y", "max(x, y)", "x^y", "where(x > 0, x, y)", "x^0.5", "+".join(["x*y"] * 70)]
)
def test_what_is_not(text: str) -> None:
    assert arithmetic(plan(text).compiled.formula) is None


@pytest.mark.parametrize("engine", ["blocks", "python"])
def test_an_engine_that_is_asked_for_computes(engine: str) -> None:
    assert plan("x*y", engine).arithmetic is None


def test_outputs_that_are_numbers_or_columns_of_the_table() -> None:
    batch = Batch(pl.DataFrame(), pl.DataFrame({"x": [1.5, -2.0]}), 2, 0)
    found, nonfinite_rows = evaluated(plan("x*w", w=3.0), batch)
    assert found.to_dict(as_series=False) == {"f": [4.5, -6.0], "d_x": [3.0, 3.0], "d_w": [1.5, -2.0]}
    assert nonfinite_rows == 0


def test_rows_without_numbers_stay_empty_and_others_may_be_strange() -> None:
    batch = Batch(pl.DataFrame(), pl.DataFrame({"x": [0.0, None, 2.0]}), 3, 0)
    found, nonfinite_rows = evaluated(plan("1/x"), batch)
    assert found.to_dict(as_series=False) == {"f": [inf, None, 0.5], "d_x": [-inf, None, -0.25]}
    assert nonfinite_rows == 1


@pytest.mark.one_in(8)
@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet", "arrow"])
@pytest.mark.parametrize(("text", "loaded"), [("(x*3 - y)^2", False), ("exp(x)*y", True)])
def test_numpy_is_loaded_for_what_needs_it(text: str, loaded: bool, form: str, tmp_path: Path) -> None:
    table, path = pl.DataFrame({"x": [1.0, 2.0], "y": [0.5, 4.0]}), tmp_path / f"t.{form}"
    write: dict[str, Callable[[Path], object]] = {
        "csv": table.write_csv,
        "ndjson": table.write_ndjson,
        "parquet": table.write_parquet,
    }
    write.get(form, table.write_ipc)(path)
    command = [sys.executable, "-X", "importtime", "-m", "gradcli", "map", text, str(path), "--to", "csv"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("x,y,f,d_x,d_y\n1.0,0.5,")
    assert (" numpy\n" in ran.stderr) is loaded
