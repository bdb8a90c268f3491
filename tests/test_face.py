"""The Python face: a few names, with documentation, and an import that costs next to nothing."""

import inspect
import subprocess
import sys
import textwrap

import pytest
from prose import written_anew

import gradcli

HEAVY = ("sympy", "mpmath", "numpy", "rich", "pydantic", "scipy", "polars")
FORMULA = "y = x*w; L = (y - 2)^2"


def loaded(code: str) -> set[str]:
    """Which heavy libraries a program has loaded at its end."""
    report = f"{code}\nimport sys; print(*(set(sys.modules) & set({HEAVY})))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_public_names_are_the_listed_ones() -> None:
    own = {name for name, thing in vars(gradcli).items() if not name.startswith("_") and not inspect.ismodule(thing)}
    assert own - {"Mapping"} == set(gradcli.__all__)


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


def test_names_beyond_the_formula_are_no_error() -> None:
    assert gradcli.value("x", {"x": 1, "y": 2}) == 1.0


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


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: gradcli.value("x +"), gradcli.LanguageError, "nothing follows"),
        (lambda: gradcli.value("x*w", x=1), gradcli.BindingError, "no value for w"),
        (lambda: gradcli.gradient("x", x=1, wrt="q"), gradcli.BindingError, "does not depend on `q`"),
        (lambda: gradcli.trace("x*w", {"x": 1}), gradcli.BindingError, "no value for w"),
    ],
)
def test_errors_say_what_is_wrong(call, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        call()
    assert isinstance(caught.value, gradcli.GradcliError)
    assert caught.value.hint


def test_an_error_knows_its_place() -> None:
    with pytest.raises(gradcli.LanguageError) as caught:
        gradcli.parse("x + )")
    assert (caught.value.span, caught.value.source.text) == ((4, 5), "x + )")


def test_importing_loads_no_heavy_library() -> None:
    assert loaded("import gradcli; gradcli.gradient('sin(x)', x=1)") == set()


@pytest.mark.parametrize("form", ["json", "plain", "csv", "markdown", "latex"])
def test_answers_for_machines_load_no_heavy_library(form: str) -> None:
    arguments = ["grad", "(x*w-2)**2", "--x", "2", "--w", "3", "--format", form]
    assert loaded(f"from gradcli.cli.main import run; run({arguments})") == set()


def test_a_table_loads_rich_and_nothing_else() -> None:
    arguments = ["grad", "x^2", "--x", "2", "--format", "table"]
    assert loaded(f"from gradcli.cli.main import run; run({arguments})") == {"rich"}
