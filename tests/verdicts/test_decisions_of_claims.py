"""A proof covers the pieces that were seen: beyond a boundary far from the first points there are points too."""

import pytest
from checked import judged

from gradcli.claims.case import Finding
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.proof.boundaries import boundaries


def finding(text: str, claim: str, seconds: float = 20.0, **fixed: float) -> Finding:
    return judged(text, f"df/dx = {claim}", seconds=seconds, **fixed).findings[0]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("relu(x - 50)", "0"),
        ("relu(x - 5000)^2", "0"),
        ("max(x, 1000)", "0"),
        ("clip(x, -200, 200)", "1"),
        ("where(x > 300, x^2, x)", "1"),
        ("hard_tanh(x/1000)", "1/1000"),
        ("leaky_relu(x + 500)", "1"),
        ("elu(x + 500)", "1"),
        ("abs(x - 0.123456) + abs(x + 77)", "sign(x - 0.123456) + 1"),
        ("softsign(x - 500)", "1/(1 + 500 - x)^2"),
        ("cbrt(x - 500)", "1/(3*abs(500 - x)^(2/3)) + relu(x - 400)"),
        ("relu(x - 1000)*relu(y - 1000)", "0"),
        ("min(x, y + 1e6)", "1"),
        ("x^2 + 0*y", "where(x > 1000 and y > 1000, 0, 2*x)"),
        ("x^2", "where(x > 1e6, 0, 2*x)"),
        ("x^2", "where(x < 1e-9 and x > 0, 0, 2*x)"),
        ("x^2", "where(x == 3000000, 0, 2*x)"),
        ("x^2", "where((x - 12345)^2 < 1, 0, 2*x)"),
        ("x^2", "where(exp(x) > 1e308*1e30, 0, 2*x)"),
        ("x^2", "2*x + relu(x - 100)"),
        ("x^2", "2*x + floor(abs(x)/1e5)"),
        ("x^2", "2*x*(1 + step(x - 1e4))"),
        ("relu(x)", "where(x >= 0, 1, 0) + where(x == 0, 5, 0)"),
    ],
)
def test_a_claim_that_is_wrong_beyond_a_boundary_is_refuted(text: str, claim: str) -> None:
    assert finding(text, claim).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("relu(x)", "step(x)"),
        ("relu(x - 50)", "step(x - 50)"),
        ("abs(x)*y", "x/abs(x)*y"),
        ("max(x, y)", "where(x > y, 1, 0)"),
        ("max(x, y, 2)", "where(x > y and x > 2, 1, 0)"),
        ("where(x > 300, x^2, x)", "where(x > 300, 2*x, 1)"),
        ("clip(x, -200, 200)", "where(abs(x) < 200, 1, 0)"),
        ("hard_tanh(x)", "where(abs(x) < 1, 1, 0)"),
        ("softsign(x)", "1/(1 + abs(x))^2"),
        ("cbrt(x)", "cbrt(x)/(3*x)"),
        ("floor(x)*x^2", "floor(x)*x + x*floor(x)"),
        ("abs(x^2 + 1)*x^2", "abs(x^2 + 1)*2*x + x^2*sign(x^2 + 1)*2*x"),
        ("x^m", "m*x^(m - 1)"),
        ("hypot(x, y)", "x/hypot(x, y)"),
    ],
)
def test_a_right_claim_about_pieces_is_proved(text: str, claim: str) -> None:
    assert finding(text, claim).verdict == "proved"


def test_where_one_outcome_is_never_met_nothing_is_told_and_the_decision_is_named() -> None:
    found = finding("x^2", "where((x - 12345.678)^2 + cos(x) < -0.9999, 0, 2*x)")
    assert found.verdict == "unchecked"
    assert "no point was found on the other side of `(x - 12345.678)^2 + cos(x) < -0.9999`" in found.reason


def test_what_decides_within_the_derivative_for_its_digits_alone_does_not_count() -> None:
    assert finding("x^2.5", "2.5*x^1.5").verdict == "proved"
    assert finding("m^x", "m^x*log(m)").verdict == "proved"


@pytest.mark.parametrize("text", ["x > 1e-200", "x > -3e5", "abs(x) > 7.25", "x^3 > 1e30", "1e300*(1e300*x) > 1"])
def test_both_sides_of_a_boundary_are_found(text: str) -> None:
    program = parse(text)
    found = [{"x": 2.0}, *boundaries(program.graph, [program.output], ["x"], [{"x": 2.0}], 5.0)]
    assert {evaluate(program.graph, [program.output], point)[0] for point in found} == {0.0, 1.0}


def test_the_boundary_itself_is_found_where_a_double_is_on_it() -> None:
    program = parse("x == 7.25 and y < 3")
    asked = [at for at, operator in enumerate(program.graph.operators) if operator in ("eq", "lt", "and")]
    found = boundaries(program.graph, asked, ["x", "y"], [{"x": 2.0, "y": 2.0}], 5.0)
    assert {"x": 7.25, "y": 2.0} in found


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("where(y > x, where(x > 1e6, x*y, x), y^2)", "where(y > x, 1, 0)"),
        ("where(x > y, relu(x - 50), 0)", "0"),
        ("x^2*y", "2*x*y + where(x > y, where(y > 50, 1, 0), 0)"),
        ("relu(x - y)*relu(y - z)*relu(z - 1e3)", "0"),
    ],
)
def test_pieces_behind_several_decisions_are_not_proved_unless_they_were_met(text: str, claim: str) -> None:
    found = finding(text, claim)
    assert found.verdict in ("refuted", "unchecked")
    assert found.verdict == "refuted" or "found" in found.reason


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("where(x > 0, where(x > 1, x^2, x), -x)", "where(x > 0, where(x > 1, 2*x, 1), -1)"),
        ("abs(x)*abs(y)", "sign(x)*abs(y)"),
        ("relu(x)*relu(y)", "(x > 0)*relu(y)"),
    ],
)
def test_pieces_that_were_all_met_are_proved(text: str, claim: str) -> None:
    assert finding(text, claim).verdict == "proved"


def test_without_time_a_piece_that_was_not_met_is_no_agreement() -> None:
    found = finding("where(x > y, where(y > 1e9, x, 0), 0)", "0", seconds=0.0)
    assert (found.verdict, "but no point" in found.reason) == ("unchecked", True)


def test_remainders_of_numbers_beyond_the_doubles_are_followed() -> None:
    found = finding("sin(x)^2*((x + 10^400) % 64)", "2*sin(x)*cos(x)*((x + 10^400) % 64) + 1 - cos(x)^2", x=1.5)
    assert found.verdict == "proved"
