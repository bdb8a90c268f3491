"""The verdicts: what is proved, what agrees, what is refuted, and what is said of kinks, NaN and lost digits."""

import json
import math

import pytest
from checked import checked

from gradcli.derivatives import differentiate, reverse, rules
from gradcli.derivatives.rules import RESULT, Rule
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.graph.simplify import simplified
from gradcli.language import parse, parse_template
from gradcli.verify import verify


def test_the_loss_of_the_tutorial_is_proved() -> None:
    assert checked("(x*w-2)**2", x=2, w=3).record() == {
        "verdict": "proved",
        "digits": 50,
        "value": {"reference": "16", "ulp": 0.0},
        "gradient": {
            "x": {"verdict": "proved", "reference": "24", "ulp": 0.0},
            "w": {"verdict": "proved", "reference": "16", "ulp": 0.0},
        },
    }


def test_a_definition_is_a_variable_of_its_own() -> None:
    found = checked("y = x*w; e = y - target; e^2", ["y", "e", "target", "x"], x=2, w=3, target=2)
    assert found.verdict == "proved"
    assert [check.reference for check in found.gradient.values()] == ["8", "8", "-8", "24"]


@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    "text",
    [
        "sigmoid(w*x + b)*tanh(w*x) + log(1 + exp(-x))",
        "-(b*log(sigmoid(w*x)) + (1 - b)*log(1 - sigmoid(w*x)))",
        "tanh(w*tanh(w*tanh(w*x + b) + b) + b)",
        "exp(-(x - b)^2/(2*w^2))/(w*sqrt(tau))",
        "sqrt(x^2 + w^2)/atan2(w, x)^1.5",
        "mish(x)*gelu(w) + selu(b) - softplus(x*b)",
        "sin(x)*cos(w)/tan(b) + x^w^b",
        "max(x, w)*abs(b - x) + clip(x, -1, 1) + (x % b) + where(x > w, x, w)",
    ],
)
def test_ordinary_formulas_are_proved(text: str) -> None:
    assert checked(text, x=0.5, w=0.3, b=0.7).verdict == "proved"


# -- refuted


@pytest.mark.parametrize(
    ("text", "wrong", "bindings"),
    [
        ("(x*w - 2)^2", "w*(x*w - 2)", {"x": 2.0, "w": 3.0}),
        ("sin(x)", "-cos(x)", {"x": 0.5}),
        ("exp(x)", "exp(x) + 1e-9", {"x": 1.0}),
        ("x^3", "3*x", {"x": 0.5}),
        ("x^2", "0*x + inf", {"x": 0.5}),
        ("sqrt(x)^3", "sqrt(x)", {"x": 4.0}),
        ("tanh(x)", "1 - tanh(x)", {"x": 0.1}),
    ],
)
def test_a_wrong_derivative_is_refuted(text: str, wrong: str, bindings: dict[str, float]) -> None:
    program = parse(text)
    right = differentiate(program.graph, program.output, (program.variables["x"],))
    graph, variables = program.graph, program.variables
    claim = parse(wrong)
    nodes: list[int] = []
    for index, operator in enumerate(claim.graph.operators):
        operands = tuple(nodes[at] for at in claim.graph.operands[index])
        leaf = claim.graph.leaves.get(index)
        if isinstance(leaf, str):
            nodes.append(variables[leaf])
        else:
            nodes.append(graph.node(operator, operands) if leaf is None else graph.constant(leaf))
    tampered = right._replace(gradient=(nodes[claim.output],))
    point = Gradient(program, {"x": variables["x"]}).at(bindings)
    found = verify(program, point, {"x": variables["x"]}, tampered)
    assert found.verdict == found.gradient["x"].verdict == "refuted"
    assert found.reason
    assert found.gradient["x"].reason


def test_a_wrong_derivative_is_refuted_at_a_kink_too() -> None:
    program = parse("relu(x)*w")
    right = differentiate(program.graph, program.output, tuple(program.variables.values()))
    graph = program.graph
    twice = simplified(graph, "mul", (graph.constant(2.0), right.gradient[0]))
    point = Gradient(program).at({"x": 0.0, "w": 3.0})
    found = verify(program, point, program.variables, right._replace(gradient=(twice, right.gradient[1])))
    assert found.gradient["x"].verdict == "refuted"
    assert found.gradient["w"].verdict != "refuted"
    assert "beside `relu(x)`" in found.gradient["x"].reason


def test_only_what_a_wrong_rule_spoils_is_refuted_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = rules.rules, Rule(parse_template("0.5", ("x", RESULT)), None, False, -1)
    spoiled = {"sin": (wrong,)}
    monkeypatch.setattr(reverse, "rules", lambda name, **how: spoiled.get(name) or right(name, **how))
    found = checked("w*x + sin(b)", x=0.5, w=0.3, b=0.7)
    assert [check.verdict for check in found.gradient.values()] == ["proved", "proved", "refuted"]
    assert found.reason == (
        "Taylor arithmetic on the formula gives another number; gradcli gives 0.5 for 0.76484218728448845"
    )
    record = json.loads(json.dumps(found.record(), allow_nan=False))
    assert record["reason"] == record["gradient"]["b"]["reason"] == found.reason


# -- kinks


@pytest.mark.parametrize(
    ("text", "bindings", "answer", "words"),
    [
        ("relu(x)", {"x": 0}, "0", "0 from the left and 1 from the right; 0 is a convention"),
        ("abs(x)", {"x": 0}, "0", "-1 from the left and 1 from the right; 0 is a convention"),
        ("max(x, 1)", {"x": 1}, "0.5", "`max(x, 1)` has a kink exactly here"),
        ("step(x)", {"x": 0}, "0", "Infinity from the left and 0 from the right"),
        ("floor(x)", {"x": 2}, "0", "`floor(x)` has a kink exactly here"),
        ("clip(x, -1, 1)", {"x": 1}, "1", "1 from the left and 0 from the right; 1 is a convention"),
        ("x % 3", {"x": 6}, "1", "has a kink exactly here"),
        ("where(x > 0, sqrt(x), 0)", {"x": 0}, "0", "0 from the left and Infinity from the right"),
        ("abs(sin(pi*x))", {"x": 1}, None, "3.14159 from the right"),
    ],
)
def test_a_convention_at_a_kink_is_named(text: str, bindings: dict[str, float], answer: str | None, words: str) -> None:
    check = checked(text, **bindings).gradient["x"]
    assert check.verdict == "agrees"
    assert answer in (None, check.reference)
    assert words in check.reason


def test_a_smooth_function_with_a_kink_inside_its_definition_is_proved() -> None:
    assert checked("softplus(x)", x=0).verdict == "proved"


def test_kinks_that_cancel_leave_a_derivative() -> None:
    program = parse("relu(x) - relu(-x)")
    answered = [verify(program, Point({"x": 0.0}, 0.0, {"x": slope}), program.variables) for slope in (0.0, 1.0)]
    assert [found.verdict for found in answered] == ["refuted", "agrees"]
    assert "the slopes from both sides are 1" in answered[0].gradient["x"].reason


def test_a_branch_not_taken_is_not_there() -> None:
    found = checked("where(x > 0, sqrt(x), 0)", x=-1)
    assert found.verdict == "proved"
    assert found.gradient["x"].reference == "0"


# -- numbers that are not finite


@pytest.mark.parametrize(
    ("text", "bindings", "verdict"),
    [
        ("1/x", {"x": 0.0}, "unchecked"),
        ("log(x)", {"x": 0.0}, "unchecked"),
        ("log(x)", {"x": -1.0}, "unchecked"),
        ("sqrt(x)", {"x": 0.0}, "unchecked"),
        ("sqrt(x)", {"x": -1.0}, "unchecked"),
        ("cbrt(x)", {"x": 0.0}, "unchecked"),
        ("x^x", {"x": 0.0}, "unchecked"),
        ("sqrt(x)^2", {"x": 0.0}, "unchecked"),
        ("x^2.5", {"x": 0.0}, "agrees"),
        ("inf*x", {"x": 1.0}, "unchecked"),
        ("x*2", {"x": math.nan}, "unchecked"),
        ("x*2", {"x": math.inf}, "unchecked"),
        ("nan*x", {"x": 1.0}, "unchecked"),
        ("gamma(x)", {"x": -2.0}, "unchecked"),
    ],
)
def test_what_is_not_finite_is_not_refuted(text: str, bindings: dict[str, float], verdict: str) -> None:
    found = checked(text, **bindings)
    assert found.verdict == verdict
    assert verdict == "proved" or found.reason or found.gradient["x"].reference in ("Infinity", "-Infinity")
    json.dumps(found.record(), allow_nan=False)


def test_a_double_that_overflows_is_told_from_a_wrong_derivative() -> None:
    found = checked("1/(1 + exp(-x))", x=-1000)
    assert found.verdict == "proved"
    assert found.value.reference == "5.0759588975494567652918094795743369193055992828928e-435"
    assert found.value.ulp < 1
    assert checked("1/(1 + exp(-x))", x=1000).value == ("1", 0.0, "")
    assert checked("exp(x)", x=800).value.ulp == 0.0


def test_lost_digits_are_told() -> None:
    found = checked("(1e16 + x) - 1e16", x=1)
    assert found.verdict == "proved"
    assert found.value.reference == "1"
    assert found.value.ulp == 2.0**52
    assert found.value.notice == "double precision lost digits: it gives 0.0 for 1"


def test_digits_that_cancel_are_found_again() -> None:
    assert checked("(1 + exp(-x)) - 1", x=1000).gradient["x"].reference.endswith("e-435")
    assert checked("tanh(x)", x=1e5).verdict == "proved"
    assert checked("tanh(1e60*x)", x=0).verdict == "proved"
    assert checked("sin(pi)").value.reference == "0"


def test_a_formula_without_variables_has_a_value_to_check() -> None:
    found = checked("pi/4")
    assert found.verdict == "agrees"
    assert found.value.reference == "0.78539816339744830961566084581987572104929234984378"
    assert found.gradient == {}
