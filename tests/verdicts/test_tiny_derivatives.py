"""A derivative far below every double is a number: a factor in it is a mistake, and only what does not settle is 0."""

import pytest
from checked import judged

from gradcli.claims.case import Finding
from gradcli.show.claims import written


def finding(text: str, claim: str, **fixed: float) -> Finding:
    return judged(text, f"df/dx = {claim}", **fixed).findings[0]


CASES = [
    ("1/x", "-1/x^2", {"x": 1e308}),
    ("tanh(x)", "4*exp(-2*x)/(1 + exp(-2*x))^2", {"x": 1000}),
    ("tanh(x)", "1 - tanh(x)^2", {"x": 1000}),
    ("tanh(x)", "1 - tanh(x)^2", {"x": 3000}),
    ("-exp(-x)", "cosh(x) - sinh(x)", {"x": 2000}),
    ("erfc(x)", "-2*gauss(x)/sqrt(pi)", {"x": 40}),
    ("exp(x)", "exp(x)", {"x": -1e5}),
    ("1 + exp(x)", "exp(x)", {"x": -1e4}),
    ("x^4", "4*x^3", {"x": 1e-170}),
    ("gauss(x)", "-2*x*gauss(x)", {"x": 40}),
    ("u = exp(-1200); f = u*x", "u", {}),
    ("(relu(x) - relu(-x))*1e-300*1e-300", "1e-300*1e-300", {"x": 0}),
]


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("text", "claim", "fixed"), CASES)
def test_only_the_right_claim_about_a_tiny_derivative_passes(text: str, claim: str, fixed: dict[str, float]) -> None:
    assert finding(text, claim, **fixed).verdict in ("agrees", "proved")
    for wrong in ("2*({})", "-({})", "({})*(1 + 1e-9)", "0*({})"):
        assert finding(text, wrong.format(claim), **fixed).verdict == "refuted", wrong


def test_a_number_far_below_the_others_is_not_lost_beside_them() -> None:
    assert finding("relu(x)", "(1 + sign(x - 3 + x + abs(x - 3 - x)))/2", x=-1e-300).verdict == "agrees"
    assert finding("relu(x)", "1 - (1 + sign(x - 3 + x + abs(x - 3 - x)))/2", x=-1e-300).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("x^0", "sin(x)^2 + cos(x)^2 - 1"),
        ("exp(x)", "exp(x) + sin(x)^2 + cos(x)^2 - 1"),
        ("x^2", "2*x + log(exp(x)) - x"),
        ("exp(-1200)*x", "exp(-1200) + sin(x)^2 + cos(x)^2 - 1"),
    ],
)
def test_what_shrinks_as_digits_grow_is_nothing(text: str, claim: str) -> None:
    for fixed in ({}, {"x": 0.3}):
        assert finding(text, claim, **fixed).verdict in ("agrees", "proved")


def test_numbers_that_doubles_lose_are_told_in_decimals() -> None:
    told = [*written(judged("1/x", "df/dx = -2/x^2", x=1e308), "plain", "never", 6)]
    assert "the claim gives -2e-616, the derivative is -1e-616" in told[0]
    told = [*written(judged("erfc(x)", "df/dx = 0", x=30), "plain", "never", 6)]
    assert "the claim gives 0, the derivative is -1.5396476604099959e-391" in told[0]
