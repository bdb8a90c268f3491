"""Columns are computed from formulas that keep their digits, and these are the same functions as those typed."""

import pytest

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.walk import reachable
from gradcli.language import parse
from gradcli.precision.decimals import ulps
from gradcli.precision.multiprecision import evaluate as precisely
from gradcli.rewriting.formula import Formula, formula
from gradcli.rewriting.stabilize import stable
from gradcli.rewriting.stable_forms import STABLE

SIDES = (700.0, 37.0, 7.25, 1.0, 0.3, 1e-9, 1e-300)
POINTS = [(sign * a, b) for sign in (-1, 1) for a in SIDES for b in (-3.0, 650.0)]
LOGISTIC = "p = 1/(1 + exp(-(w*x + b))); -(y*log(p) + (1 - y)*log(1 - p))"


def compiled(text: str, adjoints: tuple[str, ...] = ()) -> Formula:
    program = parse(text)
    return formula(program, program.variables, adjoints)


def numbers(it: Formula, point: dict[str, float]) -> list[float]:
    return evaluate(it.graph, list(it.outputs.values()), point)


def operators(text: str, *kept: str) -> set[str]:
    program = parse(text)
    graph, nodes = stable(program.graph, [program.output], [program.node(name) for name in kept])
    needed = reachable(graph, [nodes[program.output]])
    return {graph.operators[node] for node, flag in enumerate(needed) if flag and graph.operands[node]}


@pytest.mark.one_in(8)
@pytest.mark.parametrize("typed", STABLE)
def test_value_and_slopes_are_right_to_the_last_digits(typed: str) -> None:
    program = parse(typed)
    slopes = differentiate(program.graph, program.output, tuple(program.variables.values())).gradient
    for a, b in POINTS:
        point = {name: number for name, number in {"a": a, "b": b}.items() if name in program.variables}
        truths = precisely(program.graph, [program.output, *slopes], point, 300, seconds=30.0)
        for number, truth in zip(numbers(compiled(typed), point), truths, strict=True):
            assert ulps(number, truth) <= 5, (point, number, truth)


@pytest.mark.parametrize(("typed", "better"), STABLE.items())
def test_a_formula_is_found_with_other_formulas_in_it(typed: str, better: str) -> None:
    assert operators(f"a = x*y; exp2({typed})") == operators(f"a = x*y; exp2({better})")


def test_what_was_rewritten_is_part_of_the_next() -> None:
    assert operators(LOGISTIC) == {"mul", "add", "sub", "neg", "softplus"}


def test_no_infinity_and_no_lost_digit_where_the_formula_typed_has_them() -> None:
    point = {"w": 3.0, "x": 20.0, "b": 0.0, "y": 1.0}
    loss, *slopes = numbers(compiled(LOGISTIC), point)
    assert loss == pytest.approx(8.75651076269652e-27, rel=1e-15)
    assert slopes[0] == pytest.approx(-20 * 8.75651076269652e-27, rel=1e-15)


def test_a_definition_whose_adjoint_is_asked_for_stays() -> None:
    assert operators(LOGISTIC, "p") == {"mul", "add", "sub", "neg", "sigmoid", "log"}
    it = compiled(LOGISTIC, ("p",))
    point = {"w": 3.0, "x": 0.25, "b": 0.5, "y": 0.25}
    found = dict(zip(it.outputs, numbers(it, point), strict=True))
    p = 1 / (1 + 2.718281828459045**-1.25)
    assert found["d_p"] == pytest.approx((p - 0.25) / (p * (1 - p)), rel=1e-14)
    assert found["d_b"] == pytest.approx(p - 0.25, rel=1e-14)


def test_what_keeps_its_digits_is_left_alone() -> None:
    program = parse("(x*w - 2)^2 + log(x) + 1/exp2(x)")
    graph, nodes = stable(program.graph, [program.output], ())
    assert graph is program.graph
    assert nodes[program.output] == program.output


@pytest.mark.parametrize(
    "typed",
    ["1 - exp(a)", "cos(a) - 1", "erf(a) - 1", "tanh(a)^2 - 1", "cosh(a)/sinh(a)", "(1 + exp(a))/exp(a)", "exp(a)/1"],
)
def test_what_has_an_order_is_not_taken_for_the_other_one(typed: str) -> None:
    program = parse(typed)
    (number,) = evaluate(program.graph, [program.output], {"a": 0.7})
    assert numbers(compiled(typed), {"a": 0.7})[0] == pytest.approx(number, rel=1e-14)


def test_a_number_with_a_name_stays_apart() -> None:
    it = compiled("a = 2; a*x + 2*log(1 + x)", ("a",))
    assert dict(zip(it.outputs, numbers(it, {"x": 3.0}), strict=True))["d_a"] == 3.0
