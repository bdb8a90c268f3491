"""One class for all engines: sums, threads, pieces of a table, and what happens when an engine cannot serve."""

import sys
from fractions import Fraction
from importlib.util import find_spec
from itertools import pairwise
from math import fsum, inf, isnan, nan
from typing import Any

import numpy as np
import pytest
from agreement import Column
from hypothesis import given
from hypothesis import strategies as st

from gradcli.compiler.columns import Compiled
from gradcli.compiler.engine import REDUCTION
from gradcli.compiler.engines import switchover_row
from gradcli.compiler.summation import GREATEST, compensated
from gradcli.errors import BindingError, UsageError
from gradcli.language import parse
from gradcli.rewriting.formula import formula
from gradcli.rewriting.lowering import UnsupportedOperator

MACHINE_CODE = "gradcli.compiler.llvm"
LENGTH = 3 * REDUCTION + 1234
LOSS = "(x*w + b - y)^2"


def compiled(text: str = LOSS, **options: Any) -> Compiled:
    program = parse(text)
    return Compiled(program, program.variables, **options)


@pytest.fixture(scope="module")
def columns() -> dict[str, np.ndarray | float]:
    source = np.random.default_rng(11)
    x = source.normal(size=LENGTH) * 10 ** source.uniform(-8, 8, LENGTH)
    return {"x": x, "y": source.normal(size=LENGTH), "w": 1.25, "b": -0.5}


@pytest.fixture
def no_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if llvmlite were not installed."""
    assert find_spec(MACHINE_CODE), "what is blocked here must be there"
    monkeypatch.setitem(sys.modules, MACHINE_CODE, None)


def same(left: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> bool:
    """Whether two results have the same bits."""
    return {name: x.tobytes() for name, x in left.items()} == {name: x.tobytes() for name, x in right.items()}


def test_outputs_are_named_and_ordered() -> None:
    program = parse("y = x*w; L = (y - 2)^2")
    got = Compiled(program, {"w": program.node("w")}, adjoints=["y"], engine="blocks").rows({"x": 2.0, "w": 3.0}, 1)
    assert {name: column.tolist() for name, column in got.items()} == {"L": [16.0], "d_w": [16.0], "d_y": [8.0]}


def test_an_output_that_is_called_like_a_derivative_is_an_error() -> None:
    program = parse("d_x = x^2; d_x")
    with pytest.raises(UsageError, match="called `d_x`"):
        formula(program, program.variables)


@pytest.mark.parametrize("engine", ["blocks", "llvm"])
def test_sums_are_right_to_the_last_digit(columns: dict[str, Column], engine: str) -> None:
    machine = compiled(engine=engine)
    rows = machine.rows(columns, LENGTH)
    assert machine.sums(columns, LENGTH) == {name: fsum(column.tolist()) for name, column in rows.items()}


@pytest.mark.parametrize("threads", [2, 3, 8])
@pytest.mark.parametrize("engine", ["blocks", "llvm"])
def test_threads_change_no_bit(columns: dict[str, Column], engine: str, threads: int) -> None:
    alone, shared = compiled(engine=engine), compiled(engine=engine, threads=threads)
    assert same(alone.rows(columns, LENGTH), shared.rows(columns, LENGTH))
    assert alone.sums(columns, LENGTH) == shared.sums(columns, LENGTH)


@pytest.mark.parametrize("engine", ["blocks", "python", "llvm", "auto"])
def test_sums_of_no_rows_are_zero(engine: str) -> None:
    assert compiled("x*2", engine=engine).sums({"x": np.empty(0)}, 0) == {"f": 0.0, "d_x": 0.0}
    assert compiled("x*2", engine=engine).rows({"x": np.empty(0)}, 0)["f"].shape == (0,)


@pytest.mark.parametrize(
    ("numbers", "total"), [([1.0, inf], inf), ([-inf, 3.0], -inf), ([inf, -inf], nan), ([nan, 1.0], nan)]
)
@pytest.mark.parametrize("engine", ["blocks", "python", "llvm"])
def test_sums_that_are_not_finite(engine: str, numbers: list[float], total: float) -> None:
    x = np.array(numbers * 100)
    got = compiled("x*1", engine=engine).sums({"x": x}, len(x))
    assert got["d_x"] == len(x)
    assert got["f"] == total or (isnan(total) and isnan(got["f"]))


def test_a_sum_that_overflows_is_infinite() -> None:
    assert compiled("x", engine="blocks").sums({"x": np.full(3, 1e308)}, 3)["f"] == inf


@pytest.mark.parametrize("length", [0, 1, 5, 63, 64, 65, 129, 8191, 20_001, 43_690])
def test_compensated_sums(length: int) -> None:
    source = np.random.default_rng(length)
    array = source.normal(size=length) * 10 ** source.uniform(-20, 20, length)
    array = np.concatenate([array, -array[: length // 2]])
    source.shuffle(array)
    assert fsum(compensated(array, np.empty(len(array)))) == fsum(array.tolist())


@given(st.lists(st.floats(-GREATEST / 2, GREATEST / 2), min_size=1, max_size=99))
def test_sums_have_half_as_many_digits_again(numbers: list[float]) -> None:
    array = np.array(numbers)
    error = Fraction(sum(map(Fraction, compensated(array, np.empty_like(array)))) - sum(map(Fraction, numbers)))
    assert abs(error) <= Fraction(max(map(abs, numbers))) / 2**84


@pytest.mark.parametrize("number", [5e-324, -1e-310, 2.0**-1022, 1 - 2**-53, GREATEST / 2, -GREATEST / 2])
def test_the_longest_sums_overflow_nowhere(number: float) -> None:
    array = np.full(REDUCTION, number)
    assert fsum(compensated(array, np.empty(REDUCTION))) == number * REDUCTION


@pytest.mark.parametrize("numbers", [[GREATEST, 1.0], [1e308, 1e308], [inf, 1.0], [inf, -inf], [nan, 1.0]])
def test_sums_that_could_overflow_are_plain(numbers: list[float]) -> None:
    array = np.array(numbers)
    with np.errstate(all="ignore"):
        assert repr(compensated(array, np.empty(2))) == repr([float(array.sum())])


@pytest.mark.parametrize("cuts", [(1,), (1000, 70_000), (REDUCTION, 2 * REDUCTION), (131_071, 131_073)])
def test_a_table_gives_the_same_bits_in_any_pieces(columns: dict[str, Column], cuts: tuple[int, ...]) -> None:
    text = "exp(x*1e-9)*sin(w*y) + log(abs(y) + b^2)"
    whole = compiled(text, switchover=2 * REDUCTION).rows(columns, LENGTH)
    pieces, bounds = [], (0, *cuts, LENGTH)
    for start, stop in pairwise(bounds):
        piece = {name: x if isinstance(x, float) else x[start:stop] for name, x in columns.items()}
        pieces.append(compiled(text, switchover=2 * REDUCTION).rows(piece, stop - start, start=start))
    assert same(whole, {name: np.concatenate([piece[name] for piece in pieces]) for name in whole})
    first, last = slice(0, 2 * REDUCTION), slice(2 * REDUCTION, None)
    blocks, code = (compiled(text, engine=engine).rows(columns, LENGTH) for engine in ("blocks", "llvm"))
    assert same({name: x[first] for name, x in whole.items()}, {name: x[first] for name, x in blocks.items()})
    assert same({name: x[last] for name, x in whole.items()}, {name: x[last] for name, x in code.items()})


def test_machine_code_comes_sooner_for_longer_formulas() -> None:
    short, long, slow = (
        switchover_row(compiled(text).formula)
        for text in ("x*2", "+".join(f"sin({n}*x)" for n in range(99)), "digamma(x)")
    )
    assert short > long > slow >= REDUCTION
    assert {short % REDUCTION, long % REDUCTION, slow % REDUCTION} == {0}


@pytest.mark.usefixtures("no_machine_code")
def test_auto_does_without_machine_code() -> None:
    assert compiled("x*2", switchover=0).rows({"x": np.array([1.5])}, 1)["f"] == 3.0


@pytest.mark.usefixtures("no_machine_code")
def test_an_engine_that_is_missing_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match="needs llvmlite") as caught:
        compiled("x*2", engine="llvm").rows({"x": np.array([1.5])}, 1)
    assert ".[data]" in caught.value.hint


def test_an_engine_that_cannot_serve_names_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UnsupportedOperator("digamma")

    monkeypatch.setattr("gradcli.compiler.llvm.llvm_engine", refuse)
    with pytest.raises(UsageError, match="`llvm` does not have `digamma`"):
        compiled("digamma(x)", engine="llvm").rows({"x": np.array([1.5])}, 1)
    assert compiled("digamma(x)", switchover=0).rows({"x": np.array([1.0])}, 1)["f"] == -0.5772156649015329


def test_an_engine_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="no engine `cuda`"):
        compiled(engine="cuda")


def test_a_variable_without_a_column() -> None:
    with pytest.raises(BindingError, match="no value for w, y"):
        compiled("x*w + y").rows({"x": np.array([1.5])}, 1)
