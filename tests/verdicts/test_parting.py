"""A rule made wrong on purpose: is the first node where SymPy and gradcli part the one that it belongs to?"""

import json
from collections.abc import Callable

import pytest

from gradcli.derivatives import differentiate, reverse, rules
from gradcli.derivatives.rules import RESULT, Rule
from gradcli.evaluate.gradient import Gradient
from gradcli.graph.simplify import simplified
from gradcli.language import Program, parse, parse_template
from gradcli.operators.table import OPERATORS
from gradcli.verify import Verification, verify
from gradcli.verify.parting import first_parting

POINT = {"x": 0.5, "w": 0.3, "b": 0.7}
Spoil = Callable[[str, int, str], None]


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Put another partial in the place of one operand's."""

    def spoiled(operator: str, position: int, partial: str) -> None:
        right = rules.rules

        def wrong(name: str, *, tails: bool = True) -> tuple[Rule | None, ...]:
            found = right(name, tails=tails)
            if name != operator:
                return found
            own = parse_template(partial, (*OPERATORS[operator].operands, RESULT))
            rule = Rule(own, None, own.literal == 1.0, -1)
            return tuple(rule if at == position else it for at, it in enumerate(found))

        monkeypatch.setattr(reverse, "rules", wrong)

    return spoiled


def bound(program: Program) -> dict[str, float]:
    return {name: POINT[name] for name in program.variables}


def verified(text: str) -> Verification:
    program = parse(text)
    gradient = Gradient(program)
    return verify(program, gradient.at(bound(program)), program.variables, gradient.derivative)


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("text", "operator", "position", "partial", "named", "by"),
    [
        ("exp(w*tanh(w*x) + b)^2", "tanh", 0, "1 - result", "tanh(w*x)", "w*x"),
        ("tanh(w*tanh(w*x))", "tanh", 0, "1 - result", "tanh(w*tanh(w*x))", "w*tanh(w*x)"),
        ("w*x + sin(b)*tanh(x)", "sin", 0, "-cos(x)", "sin(b)", "b"),
        ("(w*x - b)^2/x", "div", 1, "result/y", "(w*x - b)^2/x", "x"),
        ("log(w*x/b)", "div", 1, "-result", "w*x/b", "b"),
        ("sqrt(b - x)*w", "sub", 1, "1", "b - x", "x"),
        ("exp(x)*log(b*x)", "mul", 0, "x", "exp(x)*log(b*x)", "exp(x)"),
        ("where(x > 0, tanh(x), sin(x))*sin(w)", "sin", 0, "1", "sin(w)", "w"),
        ("relu(x)*sigmoid(w*x)", "sigmoid", 0, "1 - result", "sigmoid(w*x)", "w*x"),
        ("x^b*w", "pow", 0, "x^(y - 1)", "x^b", "x"),
        ("cos(x*x + 1)", "mul", 0, "2*y", "x*x", "x"),
    ],
)
def test_the_node_whose_rule_is_wrong_is_named(
    spoil: Spoil, text: str, operator: str, position: int, partial: str, named: str, by: str
) -> None:
    spoil(operator, position, partial)
    found = verified(text)
    assert found.verdict == "refuted"
    assert found.parts
    graph = parse(text).graph
    start, end = found.parts.span or (0, 0)
    assert (found.parts.text, text[start:end]) == (named, named)
    assert found.parts.operand is not None
    assert graph.operands[found.parts.node][position] == found.parts.operand
    assert f"part first at `{named}`: its derivative by `{by}` is {found.parts.sympy}" in found.reason


def test_only_what_is_wrong_is_refuted_and_the_record_says_where(spoil: Spoil) -> None:
    spoil("sin", 0, "0.5")
    found = verified("w*x + sin(b)")
    assert {name: check.verdict for name, check in found.gradient.items()} == {
        "w": "proved",
        "x": "proved",
        "b": "refuted",
    }
    record = json.loads(json.dumps(found.record(), allow_nan=False))
    assert record["parts"] == {
        "node": 4,
        "text": "sin(b)",
        "span": [6, 12],
        "operand": 3,
        "gradcli": "0.5",
        "sympy": "0.76484218728448845",
    }
    assert record["reason"] == record["gradient"]["b"]["reason"]


@pytest.mark.slow
def test_what_is_right_has_no_parting() -> None:
    found = verified("exp(w*tanh(w*x) + b)^2")
    assert (found.verdict, found.parts) == ("proved", None)
    assert "parts" not in found.record()
    program = parse("w*tanh(w*x)/b - abs(x)^b + where(x > w, x^2, log(-x))")
    derivative = differentiate(program.graph, program.output, tuple(program.variables.values()), edges=True)
    assert first_parting(derivative, tuple(program.variables.values()), bound(program)) is None


def test_a_gradient_that_no_rule_explains_parts_at_its_variable() -> None:
    program = parse("x*w + x^2")
    graph, variables = program.graph, program.variables
    right = differentiate(graph, program.output, tuple(variables.values()))
    twice = simplified(graph, "mul", (graph.constant(2.0), right.gradient[1]))
    point = Gradient(program).at(bound(program))
    found = verify(program, point, variables, right._replace(gradient=(right.gradient[0], twice)))
    assert found.parts
    assert (found.parts.text, found.parts.operand) == ("w", None)
    assert (found.parts.gradcli, found.parts.sympy) == ("1", "0.5")
    assert "part first at `w`: the derivative by it is 0.5, and gradcli has 1" in found.reason


def test_an_adjoint_that_is_added_up_wrong_is_named_above_what_inherits_it() -> None:
    program = parse("y = x*w; sin(y) + y^2")
    graph, by = program.graph, tuple(program.variables.values())
    right = differentiate(graph, program.output, by, edges=True)
    shared = program.definitions["y"]
    wrong = right.adjoints | {shared: graph.node("cos", (shared,))}
    parted = first_parting(right._replace(adjoints=wrong), by, bound(program))
    assert parted
    assert (parted.node, parted.operand) == (shared, None)


def test_a_convention_at_a_kink_is_not_blamed(spoil: Spoil) -> None:
    spoil("tanh", 0, "1 - result")
    program = parse("abs(x)*w + tanh(w)")
    point = Gradient(program).at({"x": 0.0, "w": 0.3})
    derivative = differentiate(program.graph, program.output, tuple(program.variables.values()))
    found = verify(program, point, program.variables, derivative)
    assert found.parts
    assert found.parts.text == "tanh(w)"


@pytest.mark.slow
def test_a_long_chain_is_walked_by_its_local_derivatives(spoil: Spoil) -> None:
    spoil("cos", 0, "sin(x)")
    found = verified("-(x + " * 210 + "cos(w*x)" + ")" * 210)
    assert found.parts
    assert found.parts.text == "cos(w*x)"
