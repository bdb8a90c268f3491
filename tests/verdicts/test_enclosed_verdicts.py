"""Verdicts where digits cancel: two precisions that agree prove nothing, so both sides are enclosed."""

import pytest
from checked import judged

from gradcli.evaluate.gradient import Point
from gradcli.language import parse
from gradcli.verify import Verification, verify


def verdict(text: str, claim: str, **fixed: float) -> str:
    return judged(text, claim, **fixed).findings[0].verdict


def verified(text: str, slope: float, value: float, **fixed: float) -> Verification:
    program = parse(text)
    (name,) = fixed
    return verify(program, Point(fixed, value, {name: slope}), program.variables)


STEP = "(1-1/(1+exp(-z)))*exp(z)"


@pytest.mark.parametrize("z", [1000, 2000, 5000])
def test_a_wrong_slope_is_never_accepted(z: float) -> None:
    assert verdict(STEP, "df/dz = -1", z=z) == "refuted"
    assert verdict(STEP, "df/dz = 0", z=z) == "refuted"
    assert verdict(STEP, "df/dz = exp(-z)/(1+exp(-z))^2", z=z) in ("proved", "agrees")


def test_the_truth_is_told_where_it_is_0_as_a_double() -> None:
    found = judged(STEP, "df/dz = 0", z=1000).findings[0]
    assert found.apart[1].startswith("5.07595889754")
    assert found.apart[1].endswith("e-435")


@pytest.mark.parametrize(
    ("text", "right", "wrong", "fixed"),
    [
        ("(1-normal_cdf(x))/exp(-x^2/2)", "x*(1-normal_cdf(x))/exp(-x^2/2) - 1/sqrt(2*pi)", "-1/sqrt(2*pi)", {"x": 45}),
        ("log(1-tanh(x)^2)", "-2*tanh(x)", "-2", {"x": 300}),
        ("log(-log(1-(1-exp(-exp(x)))))", "1", "exp(-exp(x))", {"x": 7}),
        ("(x + 10^500) - 10^500", "1", "0", {"x": 2}),
        ("exp(log(x) + 10^-400)", "exp(10^-400)", "1", {"x": 3}),
        ("exp(log(x))", "1", "1 + 10^-30", {"x": 3}),
        ("(x/cosh(6000))*cosh(6000)", "1", "1 + 10^-40", {"x": 3}),
    ],
)
def test_what_cancels_is_told_apart(text: str, right: str, wrong: str, fixed: dict[str, float]) -> None:
    assert verdict(text, f"df/dx = {right}", **fixed) in ("proved", "agrees")
    assert verdict(text, f"df/dx = {wrong}", **fixed) in ("refuted", "unchecked")


def test_its_own_slope_is_held_against_taylor_arithmetic() -> None:
    found = verified(STEP, 0.0, 1.0, z=1000)
    assert found.verdict == "proved"
    assert found.gradient["z"].reference.startswith("5.0759588975494567652918")


@pytest.mark.parametrize(("text", "x"), [("x*log(x) + 1", 0.0), ("1/x", 0.0), ("sqrt(x)", 0.0), ("nan*x", 1.0)])
def test_what_is_not_finite_is_unchecked(text: str, x: float) -> None:
    found = verified(text, float("nan"), float("nan"), x=x)
    assert found.verdict == "unchecked"
    assert found.reason


def test_beside_a_negative_base_nothing_is_claimed() -> None:
    assert verdict("x^m", "df/dx = 2*m*x^(m-1)", x=-2, m=3) == "refuted"
    assert verdict("x^m", "df/dx = m*x^(m-1)", x=-2, m=3) in ("proved", "agrees")


NEAR_ROOT = "acosh(1 + x/10^10000)*10^5000"
"""sqrt(2*x) to 10,000 digits, whose slope at 2 is 1/2; with less digits on the way nothing is known of it."""


@pytest.mark.parametrize(("claim", "said"), [("1/2", "agrees"), ("1/3", "refuted"), ("0", "refuted")])
def test_a_claim_waits_for_tens_of_thousands_of_digits(claim: str, said: str) -> None:
    assert verdict(NEAR_ROOT, f"df/dx = {claim}", x=2.0) == said


def test_it_is_said_whether_it_is_the_digits_or_the_time_that_do_not_do() -> None:
    found = judged("acosh(1 + x/10^400000)*10^200000", "df/dx = 1/2", x=2.0).findings[0]
    assert found.verdict == "unchecked"
    assert "no time" not in found.reason
