"""Claims of the kinds that people have: the right ones are proved, and a small mistake is always seen."""

import pytest
from known_claims import KnownClaim, known_claims

from gradcli.claims.case import Finding
from gradcli.claims.judge import judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source

UNPROVED = {"(a*x^r+(1-a)*y^r)^(1/r)"}
"""A sum that may be negative, to a power that may be whole: it agrees, and no algebra shows it."""
every_claim = pytest.mark.parametrize("known", known_claims(), ids=lambda known: f"{known.text}: {known.left}")


def finding(text: str, claim: str) -> Finding:
    """What becomes of one claim, with time enough on a busy machine."""
    program, read = read_claims(Source(text), [Source(claim)])
    return judge_claims(program, read, {}, 30.0).findings[0]


@pytest.mark.slow
@pytest.mark.sample(5)
@every_claim
def test_what_is_right_is_proved(known: KnownClaim) -> None:
    found = finding(known.text, f"{known.left} = {known.right}")
    assert found.verdict == ("agrees" if known.text in UNPROVED else "proved")


@pytest.mark.slow
@pytest.mark.sample(5)
@every_claim
def test_a_small_mistake_is_refuted(known: KnownClaim) -> None:
    assert finding(known.text, f"{known.left} = {known.wrong}").verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("x^x", "x^x*(log(x)+1)"),  # where it has values, x is positive
        ("sin(b*x)^n*(a*x)^m", "b*n*(a*x)^m*sin(b*x)^n*cos(b*x)/sin(b*x) + m*(a*x)^m*sin(b*x)^n/x"),  # of any sign
        ("sqrt(x^2)", "x/abs(x)"),  # a case for each sign
        ("sin(x)*sin(2*x)*sin(3*x)", "(cos(2*x) + 2*cos(4*x) - 3*cos(6*x))/2"),  # angles by their least part
        ("gamma(x+1)/gamma(x)", "1"),
        ("cbrt(x^2+1)", "2*x/(3*(x^2+1)^(2/3))"),  # a decision that falls in one way only
        ("relu(x)-relu(-x)", "1"),  # two decisions about the same
        ("relu(x-1)+relu(x-2)+relu(x+1)", "where(x>1,1,0)+where(x>2,1,0)+where(x>-1,1,0)"),
        ("max(x,y)", "where(x>y,1,where(x==y,0.5,0))"),  # a piece that is an edge
        ("x/(1+abs(x))", "1/(1+abs(x))^2"),
    ],
)
def test_each_way_of_proving_is_needed(text: str, right: str) -> None:
    assert finding(text, f"df/dx = {right}").verdict == "proved"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("x^2", "2*x*sqrt((x-1e30)^2)/(1e30-x)"),  # beyond 1e30 it has the other sign
        ("sin(x)", "cos(x)*asin(sin(x/1e30))/(x/1e30)"),
        ("log(x-1)+x^2", "1/(x-1)+2*x*sqrt((x-1e30)^2)/(1e30-x)"),
        ("where(x==1,5,x^2)", "2*x*abs(x-1)/(x-1)"),
        ("x*m", "m*(x^m)^(1/m)/x"),  # x^m of a negative x is positive where m is even
        ("x^2", "2*x*(x^x)^(1/x)/x"),
    ],
)
def test_what_is_right_on_one_side_only_is_not_proved(text: str, claim: str) -> None:
    assert finding(text, f"df/dx = {claim}").verdict != "proved"
