"""Long and deep programs: right answers in linear time, and an error, never a crash or a hang, at the limits."""

import time
from collections.abc import Callable
from math import sin

import pytest

from gradcli.derivatives import differentiate
from gradcli.errors import LimitError
from gradcli.evaluate.scalar import evaluate
from gradcli.evaluate.trace import trace
from gradcli.language import parse
from gradcli.language.notation import program_text

DEEP = 100_000


def iterated(function: Callable[[float], float], times: int, value: float) -> float:
    """A function applied again and again."""
    for _ in range(times):
        value = function(value)
    return value


LARGE = {
    "parentheses": ("(" * DEEP + "x" + ")" * DEEP, 2.0),
    "terms": ("x" + " + x" * 199_999, 400_000.0),
    "terms in parentheses": ("(x + " * DEEP + "x" + ")" * DEEP, 2.0 * (DEEP + 1)),
    "sin of sin": ("sin(" * DEEP + "x" + ")" * DEEP, iterated(sin, DEEP, 2.0)),
    "minus of minus": ("-(" * DEEP + "x" + ")" * DEEP, 2.0),
    "minus signs": ("-" * DEEP + "x", 2.0),
    "not": ("not " * DEEP + "x", 1.0),
    "bars": ("|" * DEEP + "-x" + "|" * DEEP, 2.0),
    "if then else": ("if x < 0 then 1 else " * DEEP + "x", 2.0),
    "a if c else b": ("1 if x < 0 else " * DEEP + "x", 2.0),
    "if in if": ("if " * 1000 + "x" + " then x else 0" * 1000, 2.0),
    "powers": ("0.5^" * DEEP + "x", iterated(lambda it: 0.5**it, DEEP, 2.0)),
    "roots": ("√" * 1000 + "x", 1.0),
    "products": ("(x)" * 1000, 2.0**1000),
    "statements": ("y0 = x\n" + "\n".join(f"y{i} = y{i - 1} + 1" for i in range(1, 50_000)), 50_001.0),
    "functions": ("f0(x) = x;" + ";".join(f"f{i}(x) = f{i - 1}(x)" for i in range(1, 10_000)) + "; f9999(x)", 2.0),
    "definitions and functions": (";".join(f"d{i} = x; f{i}(y) = y + d{i}" for i in range(10_000)) + "; f9999(x)", 4.0),
    "arguments": (f"max({'x, ' * DEEP}x)", 2.0),
    "calls": ("f(x) = x + 1; " + "f(" * DEEP + "x" + ")" * DEEP, DEEP + 2.0),
    "spaces and newlines": ("(" + " \n" * DEEP + "x" + "\n " * DEEP + ")", 2.0),
    "a comment": ("x # " + "(" * DEEP, 2.0),
    "a name": ("x" * DEEP, 2.0),
}


@pytest.mark.one_in(10)
@pytest.mark.parametrize("what", LARGE)
def test_large_program_has_its_value_soon(what: str) -> None:
    text, value = LARGE[what]
    began = time.perf_counter()
    program = parse(text)
    (variable,) = program.variables
    assert evaluate(program.graph, [program.output], {variable: 2.0}) == [pytest.approx(value, rel=1e-9)]
    assert time.perf_counter() - began < 10


@pytest.mark.slow
def test_large_program_has_its_gradient() -> None:
    program = parse("x" + "*0.5 + x" * 50_000)
    derivative = differentiate(program.graph, program.output, [program.node("x")])
    assert evaluate(program.graph, derivative.gradient, {"x": 3.0}) == [50_001 - 0.5 * 50_000]


def test_many_operands_of_one_call_have_their_gradient() -> None:
    names = [f"x{i}" for i in range(5_000)]
    program = parse(f"max({', '.join(names)})")
    derivative = differentiate(program.graph, program.output, list(program.variables.values()))
    assert len(program.graph) < 50_000
    point = dict.fromkeys(names, 1.0) | {"x7": 2.0, "x9": 2.0}
    slopes = dict(zip(names, evaluate(program.graph, derivative.gradient, point), strict=True))
    assert {name: slope for name, slope in slopes.items() if slope} == {"x7": 0.5, "x9": 0.5}


def test_large_program_is_printed_as_it_was_read() -> None:
    text = "sin(" * 20_000 + "x + 1" + ")" * 20_000
    assert program_text(parse(text)) == text


@pytest.mark.slow
def test_time_is_linear_in_the_length() -> None:
    def seconds(terms: int) -> float:
        text = " + ".join(f"sin({i}*x)^2" for i in range(terms))
        began = time.process_time()
        program_text(parse(text))
        return time.process_time() - began

    short = min(seconds(2_000) for _ in range(3))
    assert min(seconds(20_000) for _ in range(2)) < 10 * short * 3


@pytest.mark.sample(2)
@pytest.mark.slow
@pytest.mark.parametrize("doubled", ["f{0}(f{0}(x))", "f{0}(2x)*f{0}(3x + 1)"], ids=str)
def test_functions_that_unfold_without_end_are_stopped(doubled: str) -> None:
    text = "f0(x) = x*x + 1; " + "; ".join(f"f{i}(x) = {doubled.format(i - 1)}" for i in range(1, 60)) + "; f59(x)"
    began = time.perf_counter()
    with pytest.raises(LimitError, match="unfold to more than 1,000,000 operations") as caught:
        parse(text)
    assert time.perf_counter() - began < 15
    assert caught.value.span is not None
    assert "name a result" in caught.value.hint


def test_functions_may_share_what_they_unfold_to() -> None:
    text = "f0(x) = x/2 + 1; " + "; ".join(f"f{i}(x) = f{i - 1}(x)*f{i - 1}(x)/2" for i in range(1, 60)) + "; f59(x)"
    program = parse(text)
    assert len(program.graph) < 200
    assert evaluate(program.graph, [program.output], {"x": 2.0}) == [2.0]
    assert len(program_text(program)) <= 100_000


def test_definitions_that_share_functions_are_printed_within_a_limit() -> None:
    square = "f(x) = x*x; g(x) = " + "f(" * 12 + "x" + ")" * 12
    text = square + ";" + ";".join(f"y{i} = g({f'y{i - 1}' if i else 'x'})" for i in range(200)) + "; y199"
    assert len(program_text(parse(text))) < 300_000


def test_the_nodes_of_a_long_sum_are_told_in_linear_time() -> None:
    began = time.process_time()
    texts = [node.text for node in trace(parse("+".join(["x"] * 5000)), {"x": 1.0}).records()]
    assert time.process_time() - began < 5
    assert texts[2] == "x + x + x"
    assert {len(text) for text in texts[60:]} == {200}
