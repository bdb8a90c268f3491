"""The Python face: a few names, with documentation, and an import that costs next to nothing."""

import inspect
import pickle
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import polars
import pytest
from prose import written_anew

import gradcli
from gradcli.operators.spellings import SHAPED, SPELLINGS
from gradcli.operators.table import OPERATORS

face: Any = gradcli
"""The same, for arguments of a wrong type."""
HEAVY = ("sympy", "mpmath", "numpy", "rich", "pydantic", "scipy", "polars", "llvmlite")
FORMULA = "y = x*w; L = (y - 2)^2"


def loaded(code: str, among: tuple[str, ...] = HEAVY) -> set[str]:
    """Which heavy libraries a program has loaded at its end."""
    report = f"{code}\nimport sys; print(*(set(sys.modules) & set({among})))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_public_names_are_the_listed_ones() -> None:
    for name in gradcli.__all__:
        getattr(gradcli, name)
    own = {name for name, thing in vars(gradcli).items() if not name.startswith("_") and not inspect.ismodule(thing)}
    assert own - {"TYPE_CHECKING"} == set(gradcli.__all__) <= set(dir(gradcli))
    assert not hasattr(gradcli, "nothing")


def test_the_docstring_names_the_public_face() -> None:
    told = textwrap.dedent((gradcli.__doc__ or "").partition("The public face:\n\n")[2].partition("\n\n")[0])
    listed = [re.split(r"\s{2,}", line)[0] for line in told.splitlines()]
    assert sorted(name for line in listed for name in line.split(", ")) == sorted(gradcli.__all__)


@pytest.mark.slow
def test_no_module_takes_the_place_of_a_function() -> None:
    code = """
import pkgutil, gradcli
from importlib import import_module
for module in pkgutil.walk_packages(gradcli.__path__, "gradcli."):
    import_module(module.name)
for _ in range(2):
    gradcli.value("x", x=1), gradcli.gradient("x", x=1), gradcli.value_and_gradient("x", x=1)
    gradcli.answer("x", x=1), gradcli.trace("x", x=1), gradcli.check("x", x=1)
    gradcli.rules(), gradcli.parse("x"), gradcli.compile("x")(1), gradcli.explain("x", x=1)
called = {name for name in gradcli.__all__ if name.islower()}
numbers = {"value", "gradient", "value_and_gradient", "answer", "trace", "explain"}
print(called == {*numbers, "check", "rules", "parse", "compile"})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    places = {path.name.partition(".")[0] for path in Path(gradcli.__path__[0]).iterdir()}
    assert not places & {*gradcli.__all__}


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(gradcli.__path__[0]) / "py.typed").exists()


@pytest.mark.parametrize("name", gradcli.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(gradcli, name))


def test_the_example_in_the_documentation_is_right() -> None:
    example = textwrap.dedent((gradcli.__doc__ or "").split("\n\n")[2]).strip()
    head = textwrap.dedent((gradcli.__doc__ or "").split("\n\n")[1]).strip()
    page = f"```python\n{head}\n{example}\n```\n".replace('{"x"', "{'x'").replace('"w": 16', "'w': 16")
    assert written_anew(page) == page


def test_value_and_gradient() -> None:
    assert gradcli.value(FORMULA, x=2, w=3) == 16.0
    assert gradcli.gradient(FORMULA, x=2, w=3) == {"x": 24.0, "w": 16.0}


def test_numbers_come_in_a_mapping_or_as_keywords() -> None:
    assert gradcli.value(FORMULA, {"x": 2, "w": 3}) == 16.0
    assert gradcli.value(FORMULA, {"x": 2, "w": 99}, w=3) == 16.0
    assert gradcli.value("`unit price`*2", {"unit price": 3}) == 6.0
    assert gradcli.value("expression + bindings", expression=1, bindings=2) == 3.0
    assert gradcli.gradient("e*x", e=2, x=3) == {"e": 3.0, "x": 2.0}


def test_a_mapping_may_hold_more_than_the_formula_uses() -> None:
    assert gradcli.value("x", {"x": 1, "y": 2}) == 1.0


def test_the_answer_is_the_best_there_is() -> None:
    assert gradcli.value("log(1+exp(x))", x=1000) == 1000.0
    assert gradcli.gradient("relu(x)-relu(-x)", x=0) == {"x": 1.0}
    assert gradcli.value_and_gradient("x - sin(x)", x=1e-5).value == 1.6666666666583337e-16
    assert gradcli.value("log(1+exp(x))", x=1000, precision="double") == float("inf")


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [("log(1+exp(x))", 1000.0, 1.0), ("log(cosh(x))", 1000.0, float("nan")), ("relu(x)-relu(-x)", 0.0, 0.0)],
)
def test_what_is_compiled_promises_less(text: str, x: float, slope: float) -> None:
    assert gradcli.gradient(text, x=x) == {"x": 1.0}
    assert gradcli.compile(text)(x).gradient["x"] == pytest.approx(slope, nan_ok=True)


def test_an_answer_tells_all() -> None:
    answer = gradcli.answer("y = abs(x); y*w", x=0, w=2, wrt="x", precision=20)
    assert (answer.value, answer.gradient, answer.bindings) == (0.0, {"x": 0.0}, {"x": 0.0, "w": 2.0})
    assert (answer.kinks, answer.precision, answer.settled, answer.finite) == ({"x": (-2.0, 2.0)}, "20", True, True)
    assert [notice.kind for notice in answer.notices] == ["kink"]
    assert [node.text for node in answer.nodes] == ["x", "abs(x)", "w", "y*w"]
    assert answer.trace.adjoints[answer.program.node("y")] == 2.0


def test_an_answer_may_be_beyond_the_doubles() -> None:
    answer = gradcli.answer("exp(x)", x=800, precision=20)
    assert (answer.value, answer.finite) == (float("inf"), True)
    assert answer.decimals == ("2.7263745721125665674e+347", {"x": "2.7263745721125665674e+347"})


def test_an_answer_without_names_is_a_value() -> None:
    answer = gradcli.answer("x", x=1, wrt=[])
    assert (answer.value, answer.gradient, answer.kinks) == (1.0, {}, {})


@pytest.mark.parametrize(
    "number",
    [
        "0.1",
        "1/10",
        Decimal("0.1"),
        Decimal("0.1000000000000000000001"),
        Fraction(1, 10),
        np.float64(0.1),
        np.array(0.1),
    ],
)
def test_a_number_is_as_it_is_typed(number: Any) -> None:
    assert gradcli.value("x", x=number) == gradcli.value("x", {"x": number}) == 0.1


def test_integers_become_the_nearest_double() -> None:
    assert gradcli.value("x", x=2**53 + 1) == gradcli.value("x", x=str(2**53 + 1)) == 2.0**53


@pytest.mark.parametrize("wrt", ["w,y", " w , `y`", ["w", "y"], ("w", "y"), {"w": 1, "y": 2}])
def test_names_to_differentiate_by_are_a_text_or_a_list(wrt: Any) -> None:
    assert list(gradcli.gradient(FORMULA, x=2, w=3, wrt=wrt).items()) == [("w", 16.0), ("y", 8.0)]
    assert list(gradcli.compile(FORMULA, wrt=wrt)(2.0, 3.0).gradient) == ["w", "y"]


def test_a_check_gives_verdicts() -> None:
    assert gradcli.check(FORMULA, claims="dL/dw = 2*(y - 2)*x").verdict == "proved"
    found = face.check(FORMULA, claims=["dL/dw = 2*(y - 2)*x", "dL/dx = 2*(y - 2)"], x=2)
    assert [finding.verdict for finding in found.findings] == ["proved", "refuted"]
    assert gradcli.check("x^2*y", {"y": "2"}, wrt=["x"]).verdict == "proved"
    program = gradcli.parse("e*x", variables=["e"])
    assert gradcli.check(program, claims="df/dx = e").verdict == "proved"


def test_the_rules_are_the_table() -> None:
    assert {row.name for row in gradcli.rules()} == {*OPERATORS, *(row.name for row in (*SPELLINGS, *SHAPED))}
    assert [row.name for row in gradcli.rules("logistic")] == ["sigmoid"]
    assert isinstance(gradcli.rules("*")[0], gradcli.Operator)


def test_the_version_is_that_of_the_package() -> None:
    assert gradcli.__version__ == version("gradcli")
    assert loaded("import gradcli", among=("importlib.metadata",)) == set()


SHOWN: dict[str, Callable[[], Any]] = {
    "program": lambda: gradcli.parse(FORMULA + "  # <b>"),
    "answer": lambda: gradcli.answer(FORMULA + "  # <b>", x=2, w=3),
    "digits": lambda: gradcli.answer(FORMULA, x=2, w=3, precision=20),
    "trace": lambda: gradcli.trace("y = x < 2; y*w # <b>", x=2, w=3),
    "result": lambda: gradcli.compile(FORMULA)(2.0, 3.0),
    "claims": lambda: gradcli.check(FORMULA, claims="dL/dw = 2*(y - 2) + 0*(x<3)"),
    "audit": lambda: gradcli.check("x<1", x=2),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_shows_what_the_face_gives(name: str) -> None:
    thing = SHOWN[name]()
    assert len(repr(thing)) < 200
    html, latex = thing._repr_html_(), thing._repr_latex_()
    assert not re.sub(r"</?(table|tr|th|td|code|p)>", "", html).count("<")
    assert latex.startswith("\\begin{align*}\n")
    assert latex.endswith("\\end{align*}\n")


def test_a_result_of_arrays_has_no_latex() -> None:
    result = gradcli.compile("x^2")([1.0, 2.0])
    assert result._repr_latex_() is None
    assert "[1. 4.]" in result._repr_html_()


def test_what_is_shown() -> None:
    program, answer, trace = (SHOWN[name]() for name in ("program", "answer", "trace"))
    assert repr(program) == f"gradcli.parse({FORMULA + '  # <b>'!r})"
    assert repr(answer) == f"<answer to {FORMULA + '  # <b>'!r}: value=16.0, gradient={{'x': 24.0, 'w': 16.0}}>"
    assert repr(trace) == "<trace of 'y = x < 2; y*w # <b>' at x=2, w=3: f = 0, 5 nodes>"
    assert "<tr><td>dL/dw</td><td>16</td></tr>" in answer._repr_html_()
    assert "L &= {\\left(y - 2\\right)}^{2} = 16" in answer._repr_latex_()


def test_a_compiled_formula_says_what_it_is() -> None:
    f = gradcli.compile(FORMULA)
    assert (f.__name__, f.formula, f.variables) == ("L", FORMULA, ("x", "w"))
    assert inspect.getdoc(f) == f"L(x, w): value and gradient of {FORMULA}"


def test_a_pandas_table_gives_one() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"x": [1, 2], "w": [3.0, None]}, index=["a", "b"])
    found = gradcli.compile(FORMULA, wrt="w")(frame, x=2)
    assert isinstance(found, pandas.DataFrame)
    assert list(found.index) == ["a", "b"]
    assert found.loc["a"].to_dict() == {"L": 16.0, "d_w": 16.0}
    assert found.loc["b"].isna().all()


def test_wrt_chooses_and_orders() -> None:
    assert list(gradcli.gradient(FORMULA, x=2, w=3, wrt="w, y").items()) == [("w", 16.0), ("y", 8.0)]


def test_a_program_is_parsed_once_and_used_often() -> None:
    program = gradcli.parse(FORMULA)
    assert list(program.variables) == ["x", "w"]
    assert [gradcli.value(program, x=x, w=3) for x in (0, 1, 2)] == [4.0, 1.0, 16.0]
    assert gradcli.gradient(program, x=2, w=3, wrt="y") == {"y": 8.0}


def test_a_trace_keeps_every_number() -> None:
    trace = gradcli.trace(FORMULA, x=2, w=3)
    assert trace.point == gradcli.Point({"x": 2.0, "w": 3.0}, 16.0, {"x": 24.0, "w": 16.0})
    assert trace.values[trace.program.node("y")] == 6.0
    assert trace.adjoints[trace.program.node("y")] == 8.0
    last = trace.contributions[-1]
    assert (last.upstream, last.partial, last.contribution, last.adjoint) == (8.0, 2.0, 16.0, 16.0)


def test_the_contributions_of_a_trace_add_up() -> None:
    trace = gradcli.trace("sin(x)*x + x^2/exp(x)", x=0.7)
    sums = dict.fromkeys(trace.adjoints, 0.0)
    for entry in trace.contributions:
        assert entry.upstream * entry.partial == entry.contribution
        sums[entry.operand] += entry.contribution
    sums[trace.program.output] = 1.0
    assert sums == pytest.approx(trace.adjoints)


def test_not_finite_is_a_number_and_no_error() -> None:
    assert gradcli.value("1/x", x=0) == float("inf")
    assert gradcli.gradient("1/x", x=0) == {"x": float("-inf")}


def test_a_compiled_formula_takes_numbers_by_place_or_by_name() -> None:
    f = gradcli.compile(FORMULA, wrt="w, y")
    assert f.variables == ("x", "w")
    for result in (f(2.0, 3.0), f(x=2.0, w=3.0), f(2, w=3), f(np.float64(2), np.int8(3)), f.scalar(2.0, 3.0)):
        assert result == gradcli.Result(16.0, {"w": 16.0, "y": 8.0})


@pytest.mark.parametrize("text", ["self*w", "first*type", "`unit price`*float", "lambda*w", "twin*missing"])
def test_a_variable_may_have_any_name(text: str) -> None:
    f = gradcli.compile(text)
    one, other = f.variables
    wanted = gradcli.Result(6.0, {one: 3.0, other: 2.0})
    assert f(2.0, 3.0) == f(**{other: 3.0, one: 2.0}) == f(2, **{other: 3.0}) == f.scalar(2.0, 3.0) == wanted


def test_a_formula_without_variables_is_called_without_arguments() -> None:
    assert gradcli.compile("2*3")() == gradcli.Result(6.0, {})


@pytest.mark.parametrize("text", ["x*w + sin(x)*w", "max(x, w)*x", "(x - w)/0 + log(x)"])
def test_a_program_is_made_ready_once(text: str) -> None:
    program = gradcli.parse(text)
    asked = [repr(gradcli.answer(program, x=x, w=3).gradient) for x in (0.5, 3, 2, 0.5)]
    size = len(program.graph)
    again = pickle.loads(pickle.dumps(program))
    assert asked == [repr(gradcli.answer(program, x=x, w=3).gradient) for x in (0.5, 3, 2, 0.5)]
    assert asked[-1] == asked[0] == repr(gradcli.answer(again, x=0.5, w=3).gradient)
    assert len(program.graph) == size


def test_a_result_is_a_pair_with_names() -> None:
    result = gradcli.compile("x^2")(3.0)
    value, gradient = result
    assert (value, gradient) == (result.value, result.gradient) == (9.0, {"x": 6.0})
    assert repr(result) == "Result(value=9.0, gradient={'x': 6.0})"
    assert pickle.loads(pickle.dumps(result)) == result != gradcli.Result(9.0, {"x": 5.0})
    assert isinstance(result, gradcli.Result)


def test_a_compiled_formula_takes_arrays_that_broadcast() -> None:
    value, gradient = gradcli.compile(FORMULA, wrt="w")(x=np.arange(3)[:, None], w=np.array([1, 3], dtype=np.float32))
    assert value.tolist() == [[4, 4], [1, 1], [0, 16]]
    assert gradient["w"].tolist() == [[0, 0], [-2, 2], [0, 16]]
    assert gradcli.compile("x*2")([1, True, 0.5]).value.tolist() == [2, 2, 1]


class ArrowTable:
    """A table of any library that speaks Arrow's C stream interface."""

    def __init__(self, frame: polars.DataFrame) -> None:
        self.schema, self._frame = frame.columns, frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def test_a_compiled_formula_takes_tables_and_series() -> None:
    f = gradcli.compile(FORMULA, wrt="w")
    frame = polars.DataFrame({"w": [3, None, 1], "other": ["a", "b", "c"], "x": [2.0, 1.0, float("nan")]})
    wanted = {"L": [16.0, None, "nan"], "d_w": [16.0, None, "nan"]}
    for table in (frame, ArrowTable(frame)):
        assert told(f(table)) == wanted
    assert told(f(frame, x=2)) == {"L": [16.0, None, 0.0], "d_w": [16.0, None, 0.0]}
    value, gradient = f(frame["x"], frame["w"])
    assert told(polars.DataFrame([value, gradient["w"]])) == wanted
    assert f(polars.Series([2.0]), 3.0).value.to_list() == [16.0]


def told(frame: polars.DataFrame) -> dict[str, list[object]]:
    """A table whose NaN is equal to itself."""
    return {
        name: ["nan" if number is not None and isnan(number) else number for number in column]
        for name, column in frame.to_dict(as_series=False).items()
    }


@pytest.mark.parametrize("engine", ["auto", "llvm", "blocks", "python"])
def test_every_engine_has_a_python_face(engine: str) -> None:
    f = gradcli.compile("exp(x)*w", engine=engine, threads=2)
    assert f(np.linspace(0, 1, 5), 2.0).gradient["w"] == pytest.approx(np.exp(np.linspace(0, 1, 5)), rel=1e-15)


def test_a_compiled_formula_can_be_pickled() -> None:
    f = gradcli.compile(gradcli.parse("e*x^2", variables=["e"]), wrt="x", engine="blocks", threads=2)
    again = pickle.loads(pickle.dumps(f))
    assert repr(again) == repr(f) == "gradcli.compile('e*x^2', wrt='x', engine='blocks', threads=2)"
    assert again(3.0, 2.0) == f(3.0, 2.0) == gradcli.Result(12.0, {"x": 12.0})


def test_a_compiled_formula_serves_many_threads() -> None:
    f = gradcli.compile(FORMULA)
    rows = [np.full(1000, float(n)) for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda x: f(x, 1.0).value[-1], rows))
    assert got == [(n - 2.0) ** 2 for n in range(64)]


def test_compiling_loads_no_heavy_library() -> None:
    assert loaded("import gradcli; gradcli.compile('sin(x)')(1)") == set()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: gradcli.value("x +"), gradcli.LanguageError, "nothing follows"),
        (lambda: gradcli.value("x*w", x=1), gradcli.BindingError, "no value for w"),
        (lambda: gradcli.gradient("x", x=1, wrt="q"), gradcli.BindingError, "does not depend on `q`"),
        (lambda: gradcli.trace("x*w", {"x": 1}), gradcli.BindingError, "no value for w"),
        (lambda: gradcli.compile("x*w")(1.0), gradcli.BindingError, "no value for w"),
        (lambda: gradcli.compile("`x y`*w")(1.0, 2.0, 3.0), gradcli.BindingError, "3 arguments for 2 variables"),
        (lambda: gradcli.compile("x*w")(1.0, x=2.0), gradcli.BindingError, "twice an argument for `x`"),
        (lambda: gradcli.compile("`x y`*w")(w=2.0, q=3.0), gradcli.BindingError, "no variable `q`"),
        (lambda: gradcli.compile("x*w")("2", 3.0), gradcli.BindingError, "`x` is not made of numbers"),
        (lambda: gradcli.compile("x")(np.array([2**53 + 1])), gradcli.BindingError, "`x` has numbers that no double"),
        (lambda: gradcli.compile("x*w")(polars.DataFrame({"x": [1]})), gradcli.BindingError, "no column for w"),
        (lambda: gradcli.compile("`x y`")(polars.DataFrame({"x y": [1]}), q=1), gradcli.BindingError, "no variable q"),
        (lambda: gradcli.compile("x")([1, [2, 3]]), gradcli.BindingError, "`x` is not made of numbers"),
        (
            lambda: gradcli.compile("x")(polars.DataFrame({"x": [{"a": 1}]})),
            gradcli.BindingError,
            "more than one column",
        ),
        (
            lambda: gradcli.compile("x*w")(polars.DataFrame({"x": [1]}), w=np.ones((1, 1))),
            gradcli.BindingError,
            "`w` is",
        ),
        (lambda: gradcli.compile("x*w")(np.ones(2), np.ones(3)), gradcli.BindingError, "shapes that do not fit"),
        (lambda: gradcli.compile("x", engine="cuda"), gradcli.GradcliError, "no engine `cuda`"),
        (lambda: gradcli.compile("x")(10**400), gradcli.BindingError, "`x` is beyond the largest double"),
        (lambda: gradcli.value("x", x=1, q=2), gradcli.BindingError, "no variable `q`"),
        (lambda: gradcli.value("y = 2; x*y", x=1, y=2), gradcli.BindingError, "`y` is defined in the formula"),
        (lambda: gradcli.value("x", x="abc"), gradcli.BindingError, "`abc` is a variable"),
        (lambda: gradcli.value("x", x=""), gradcli.BindingError, "x has no value"),
        (lambda: gradcli.value("x", x="2+-0.1"), gradcli.BindingError, "may be an uncertainty"),
        (lambda: face.value("x", x=None), gradcli.BindingError, "`x` is no number: it is of the type NoneType"),
        (lambda: face.value("x", x=np.complex64(1)), gradcli.BindingError, "of the type complex64"),
        (lambda: face.value("x", x=np.bytes_(b"1")), gradcli.BindingError, "of the type bytes_"),
        (lambda: face.value("x", "x"), gradcli.UsageError, "bindings are a mapping"),
        (lambda: face.gradient("x", x=1, wrt=np.array("x")), gradcli.UsageError, "`wrt` takes names"),
        (lambda: face.parse("x", variables=5), gradcli.UsageError, "`variables` takes names"),
        (lambda: face.check("x", seconds=10**400), gradcli.UsageError, "from 0 to 1,000,000"),
        (lambda: face.value("x", x=b"1"), gradcli.BindingError, "of the type bytes"),
        (lambda: face.value("x", x=1j), gradcli.BindingError, "of the type complex"),
        (lambda: face.value("x", x=np.complex64(1j)), gradcli.BindingError, "of the type complex64"),
        (lambda: face.value("x + y", x=np.ones(1), y={1}), gradcli.BindingError, "of the type set"),
        (lambda: gradcli.value("x", x=Decimal("sNaN")), gradcli.BindingError, "of the type Decimal"),
        (lambda: gradcli.value("x", x="1e9999999"), gradcli.BindingError, "too far from 1"),
        (lambda: gradcli.value("x", x=Decimal("1e9999999")), gradcli.BindingError, "too far from 1"),
        (lambda: face.value("x", 2), gradcli.UsageError, "bindings are a mapping"),
        (lambda: face.value("x", {1: 2}), gradcli.UsageError, "bindings are a mapping"),
        (lambda: face.value(None), gradcli.UsageError, "a formula is a text or a Program"),
        (lambda: face.parse(b"x"), gradcli.UsageError, "a formula is a text or a Program"),
        (lambda: face.compile(3), gradcli.UsageError, "a formula is a text or a Program"),
        (lambda: face.gradient("x", x=1, wrt=3), gradcli.UsageError, "`wrt` takes names"),
        (lambda: face.gradient("x", x=1, wrt=[3]), gradcli.UsageError, "`wrt` takes names"),
        (lambda: face.value("x", x=1, precision=None), gradcli.UsageError, "is no precision"),
        (lambda: gradcli.value("x", x=1, precision=10**6), gradcli.UsageError, "is no precision"),
        (lambda: face.check("x", claims=[3]), gradcli.UsageError, "a claim is a text"),
        (lambda: gradcli.check("x", claims="df/dx = 1", wrt="x"), gradcli.UsageError, "`wrt` is for a check without"),
        (lambda: gradcli.check("x", seconds=float("nan")), gradcli.UsageError, "`seconds` is a number"),
        (lambda: gradcli.compile("x", threads=0), gradcli.UsageError, "`threads` is a whole number"),
        (lambda: gradcli.rules("nothing"), gradcli.UsageError, "no operator `nothing`"),
    ],
)
def test_errors_say_what_is_wrong(call: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        call()
    assert isinstance(caught.value, gradcli.GradcliError)
    assert caught.value.hint


@pytest.mark.parametrize(("values", "named"), [((1.0, 2.0, 3.0), {}), ((1.0, 2.0), {"q": 3.0})])
def test_what_python_cannot_bind_is_an_error_of_python(values: tuple[float, ...], named: dict[str, float]) -> None:
    with pytest.raises(TypeError, match=r"f\(\)"):
        gradcli.compile("x*w")(*values, **named)


def test_an_error_knows_its_place() -> None:
    with pytest.raises(gradcli.LanguageError) as caught:
        gradcli.parse("x + )")
    assert caught.value.source
    assert (caught.value.span, caught.value.source.text) == ((4, 5), "x + )")


def test_an_error_as_a_text_shows_its_place_and_the_mend() -> None:
    with pytest.raises(gradcli.LanguageError) as caught:
        gradcli.parse("y = 2;\n√x + 数)")
    assert str(caught.value).splitlines() == [
        "`)` closes nothing",
        "   in expression, line 2:",
        "   √x + 数)",
        "          ^",
        f"mend: {caught.value.hint}",
    ]
    assert str(gradcli.BindingError("\x1b[2J")) == "\ufffd[2J"


def test_importing_loads_no_heavy_library() -> None:
    assert loaded("import gradcli; gradcli.gradient('sin(x)', x=1); gradcli.gradient('norm(x)', x=[3, 4])") == set()


def test_importing_loads_no_engine() -> None:
    engines = ("ast", "numpy", "gradcli.compiler", "gradcli.compiler.function", "gradcli.compiler.python.function")
    assert loaded("import gradcli", among=engines) == set()
    assert loaded("import gradcli; gradcli.Function", among=engines) == {*engines} - {"numpy"}


@pytest.mark.parametrize("form", ["json", "plain", "csv", "markdown", "latex"])
def test_answers_for_machines_load_no_heavy_library(form: str) -> None:
    arguments = ["grad", "(x*w-2)**2", "--x", "2", "--w", "3", "--format", form]
    assert loaded(f"from gradcli.cli.main import run; run({arguments})") == set()


def test_a_table_loads_rich_and_nothing_else() -> None:
    arguments = ["grad", "x^2", "--x", "2", "--format", "table"]
    assert loaded(f"from gradcli.cli.main import run; run({arguments})") == {"rich"}


def test_names_come_in_a_text_or_in_a_list() -> None:
    for names in ("w, x,", ["w", "x"], ("w", "x"), np.array(["w", "x"])):
        assert gradcli.gradient("x*w", x=2, w=3, wrt=names) == {"w": 2.0, "x": 3.0}
    assert [*gradcli.parse("gamma*x", variables="gamma, x").variables] == ["gamma", "x"]


def test_what_a_mask_hides_is_no_number() -> None:
    value, gradient = gradcli.compile("(x*w - 2)^2")(np.ma.array([1.0, 99.0], mask=[False, True]), 2.0)
    assert value[0] == 0
    assert np.isnan([value[1], gradient["x"][1], gradient["w"][1]]).all()


def test_a_claim_about_an_update_takes_a_rate() -> None:
    claims = ["dL/dw = 2*(y - 2)*x", "w_new = w - lr*gradient"]
    assert gradcli.check(FORMULA, claims=claims, lr="0.1").verdict == "proved"
    with pytest.raises(gradcli.LanguageError, match="no learning rate"):
        gradcli.check(FORMULA, claims=claims)
    with pytest.raises(gradcli.UsageError, match="`lr` is for claims about an update"):
        gradcli.check(FORMULA, lr=0.1)
