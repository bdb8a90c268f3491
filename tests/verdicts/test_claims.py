"""A claim is proved, agrees or is refuted; a refuted one gets a point, and the mistake that people make."""

import time

import pytest

from gradcli.claims.judge import Outcome, judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import LanguageError, Source

LOSS = "y = x*w; L = (y - target)^2"
NETWORK = "h1 = tanh(w1*x); h2 = tanh(w2*h1); L = (h2 - t)^2"
CROSS_ENTROPY = "s = sigmoid(a*x + b); L = -(t*log(s) + (1 - t)*log(1 - s))"
SOFTMAX = "p = exp(a)/(exp(a) + exp(b) + exp(c)); L = -log(p)"
DEEP = "; ".join(f"h{at} = tanh({f'h{at - 1}' if at else 'x'}*w{at} + b{at})" for at in range(8))
DEEP += "; L = (h7 - t)^2*exp(-h3) + sin(h2*h5)/(1 + h1^2)"


def judged(text: str, *claims: str, seconds: float = 2.0, **fixed: float) -> Outcome:
    program, read = read_claims(Source(text), [Source(claim, "--claim") for claim in claims], fixed)
    return judge_claims(program, read, fixed, seconds)


@pytest.mark.one_in(12)
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (LOSS, "dL/dy = 2*(y - target)"),
        (LOSS, "∂L/∂w = 2*(x*w - target)*x"),
        (LOSS, "dy/dw = x"),
        (LOSS, "dL/dw == 2*(y - target)*x"),
        (LOSS, "∂/∂w = 2*(y - target)*x"),
        (LOSS, "dL/dw = dL/dy * dy/dw"),
        (LOSS, "dL/dw = (dL/dy)*(dy/dw)  # the chain rule"),
        (LOSS, "d²L/dw² = 2*x^2"),
        (LOSS, "d2L/dw2 = 2*x^2"),
        (LOSS, "∂²L/∂w∂target = -2x"),
        ("(x*w-2)**2", "dL/dw = 2*(x*w-2)*x"),
        ("(x*w-2)**2", "dL/dw = 2*L/(x*w-2)*x"),
        ("(x*w-2)**2", "df/dw = 2*f/(x*w-2)*x"),
        ("f*x", "dg/df = g/f"),
        ("x^3 + sin(x)", "d/dx = 3x² + cos(x)"),
        (NETWORK, "dL/dw1 = 2*(h2 - t)*(1 - h2^2)*w2*(1 - h1^2)*x"),
        (CROSS_ENTROPY, "dL/da = (s - t)*x"),
        (SOFTMAX, "dL/da = p - 1"),
        (SOFTMAX, "dL/db = exp(b)/(exp(a) + exp(b) + exp(c))"),
        ("0.1*x^3", "df/dx = 0.3*x^2"),
        ("log(1 + exp(x))", "df/dx = 1/(1 + exp(-x))"),
        ("sin(x)^2", "df/dx = sin(2*x)"),
        ("|x|", "df/dx = x/|x|"),
        ("sqrt(x^2)", "df/dx = x/abs(x)"),
        ("max(x, y)*x", "df/dx = if x > y then 2*x else y"),
        ("f(a) = a^2; L = 3*f(x)", "dL/dx = 6*f(x)/x"),
        ("target = 2; L = (x - target)^2", "dL/dtarget = -2*(x - target)"),
        ("`a b`^2", "df/d`a b` = 2*`a b`"),
        (DEEP, "dL/dw4 = dL/dh4*(1 - h4^2)*h3"),
        (r"\frac{1}{2}w^2x", r"\frac{dL}{dw} = wx"),
        (r"L = w^{3}\theta_1", r"$\frac{\partial^2 L}{\partial w \partial \theta_1} = 3w^2$"),
        (LOSS, r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y}\frac{\partial y}{\partial w}"),
        (LOSS, r"\partial L/\partial w = 2(y - \mathrm{target})x"),
        (r"f(x) = \frac{1}{2}x^2", r"\frac{\mathrm{d}}{\mathrm{d}x} f(x) &= x"),
        (r"\mathcal{L} = \hat{y}^2", r"\partial_{\hat{y}} \mathcal{L} = 2\hat{y}"),
        ("x^3", r"\left.\frac{df}{dx}\right|_{x=2} = 12"),
    ],
)
def test_a_right_claim_is_proved(text: str, claim: str) -> None:
    finding = judged(text, claim).findings[0]
    assert (finding.verdict, finding.counterexample) == ("proved", None)


@pytest.mark.parametrize(
    ("text", "claim", "said"),
    [
        (LOSS, "dL/dw = 2*(y - target)", "the inner derivative ∂y/∂w = x is missing"),
        ("sin(3*x)", "df/dx = cos(3*x)", "the inner derivative ∂(3*x)/∂x = 3 is missing"),
        ("sin(3*x) + x^2", "df/dx = cos(3*x) + 2*x", "the inner derivative ∂(3*x)/∂x = 3 is missing"),
        (NETWORK, "dL/dw1 = 2*(h2 - t)*w2*(1 - h1^2)*x", "the inner derivative ∂h2/∂(w2*h1)"),
        (LOSS, "dL/dw = (y - target)*x", "the exponent 2 of `L` is not brought down"),
        (LOSS, "dL/dw = 2*(y - target)^2*x", "the exponent of `L` is not lowered by one"),
        (LOSS, "dL/dw = -2*(y - target)*x", "the sign is wrong"),
        (LOSS, "dL/dtarget = 2*(y - target)", "the minus sign of ∂(y - target)/∂target = -1 is lost"),
        ("cos(x)", "df/dx = sin(x)", "the sign of ∂cos(x)/∂x = -sin(x) is wrong"),
        (LOSS, "dL/dw = 2*(y - target)*w", "∂y/∂w = x, the other factor, and the claim has `w` itself"),
        (LOSS, "dL/dw = 0", "the claim is 0"),
        (LOSS, "dL/dw = 3*(y - target)*x", "3/2 times the derivative"),
        ("log2(x)", "df/dx = 1/x", "log(2) times the derivative"),
        (LOSS, "dL/dw = y", "the value of `y`"),
        (LOSS, "dL/dw = 2*(y - target)*x + y", "the term `y` is too much"),
        (LOSS, "dL/dw = 2*(y - target)*x + 1", "off by the constant 1"),
        (NETWORK, "dL/dw1 = 2*(h2-t)*(1-h1^2)*w2*(1-h1^2)*x", "is 1 - h2², and the claim has 1 - h1²"),
        (NETWORK, "dL/dw1 = 2*(h2-t)*(1-h2^2)*w2*(1-(w1*x)^2)*x", "the argument in place of the value"),
        (CROSS_ENTROPY, "ds/da = a*(1 - a)*x", "∂s/∂(a*x + b) is s*(1 - s), and the claim has a*(1 - a)"),
        (NETWORK, "dL/dw2 = 2*(h2 - t)*(1 - h2)*h1", "is 1 - h2², and the claim has 1 - h2"),
        (CROSS_ENTROPY, "ds/da = (1 - s)*x", "is s*(1 - s), and the claim has 1 - s"),
        (NETWORK, "dL/dw1 = 2*(h2 - t)*(1 - h2^2)", "the derivative by `w2*h1`; the chain goes on"),
        ("a = x*w; b = x + w; a*b", "df/dx = w*b", "the path through `b` is missing"),
        ("x*sin(x)", "df/dx = x*cos(x)", "`x` also acts directly in `x*sin(x)`"),
        ("x*sin(x)", "df/dx = cos(x)", "not the product of the derivatives"),
        ("sin(x)/x", "df/dx = cos(x)", "not the quotient of the derivatives"),
        ("x*sin(x)", "df/dx = sin(x) - x*cos(x)", "the sign of ∂(x*sin(x))/∂sin(x) = x is wrong"),
        ("3*sin(3*x) + x", "df/dx = 9*cos(x) + 1", "the derivative of `sin` is taken at `x`, and belongs at `3*x`"),
        ("x + sin(3*x)", "df/dx = 1 + 3*sin(3*x)", "`sin(3*x)` itself stands where its derivative"),
        ("a/b", "df/db = -a/b", "the denominator is not squared"),
        ("sin(2*pi*x)", "df/dx = 6.28319*cos(2*pi*x)", "agree to 6 digits: a constant is rounded"),
    ],
)
def test_the_mistake_is_recognised(text: str, claim: str, said: str) -> None:
    finding = judged(text, claim).findings[0]
    assert finding.verdict == "refuted"
    assert said in finding.diagnosis


def test_the_counterexample_is_a_simple_point_with_both_numbers() -> None:
    example = judged("(x*w - 2)^2", "dL/dw = 2*(x*w - 2)").findings[0].counterexample
    assert example == ({"x": 2.0, "w": 3.0}, 8.0, 16.0)


def test_the_first_wrong_step_is_named_and_what_follows_is_not_blamed() -> None:
    wrong = "2*(h2 - t)*(1 - h1^2)*w2"
    outcome = judged(NETWORK, "dL/dh2 = 2*(h2 - t)", f"dL/dh1 = {wrong}", f"dL/dw1 = {wrong}*(1 - h1^2)*x")
    assert [finding.verdict for finding in outcome.findings] == ["proved", "refuted", "refuted"]
    assert outcome.chain == "the first wrong step is the one from `h2` to `h1`: dL/dh2 is right, dL/dh1 is not"
    assert outcome.findings[2].diagnosis == "the step is right, and carries the mistake of dL/dh1 on"


def test_a_chain_that_is_wrong_from_the_start() -> None:
    outcome = judged(LOSS, "dL/dw = (y - target)*x", "dL/dy = y - target")
    assert "from `L` to `y`" in outcome.chain


def test_claims_beside_each_other_are_no_chain() -> None:
    assert judged("x*y", "df/dx = y", "df/dy = 2*x").chain == ""


def test_a_bound_variable_keeps_its_value() -> None:
    assert judged("(x*w - 2)^2", "df/dw = 4*(2*w - 2)", x=2).findings[0].verdict == "proved"
    assert judged("(x*w - 2)^2", "df/dw = 16", x=2, w=3).findings[0].verdict == "proved"
    finding = judged("(x*w - 2)^2", "df/dw = 8", x=2, w=3).findings[0]
    assert finding.verdict == "refuted"
    assert finding.counterexample == ({"x": 2, "w": 3}, 8.0, 16.0)


@pytest.mark.parametrize(("claim", "verdict"), [("0.01", "agrees"), ("0.0099", "agrees"), ("0.0098", "refuted")])
def test_a_number_is_right_if_its_digits_are(claim: str, verdict: str) -> None:
    assert judged("tanh(x)", f"df/dx = {claim}", x=3).findings[0].verdict == verdict


def test_a_convention_at_one_point_refutes_nothing() -> None:
    assert judged("relu(x - 2)", "df/dx = x >= 2").findings[0].verdict != "refuted"
    assert judged("relu(x)", "df/dx = 1", x=0).findings[0].verdict == "agrees"


def test_digits_that_cancel_refute_nothing() -> None:
    assert judged("tanh(100*x)", "df/dx = 100*(1 - tanh(100*x)^2)").findings[0].verdict == "proved"
    assert judged("tanh(x)", "df/dx = 1 - tanh(x)^2", seconds=0, x=300).findings[0].verdict == "agrees"


def test_a_claim_without_a_value_where_there_is_a_derivative() -> None:
    assert judged("x^2", "df/dx = 2*x*sqrt(-x)/sqrt(-x)").findings[0].verdict == "unchecked"
    assert judged("x^2", "df/dx = nan").findings[0].verdict == "unchecked"
    assert judged("x^2", "df/dx = 3*x*sqrt(-x)/sqrt(-x)").findings[0].verdict == "refuted"


def test_a_removable_gap_refutes_nothing() -> None:
    assert judged("x^2", "df/dx = 2*(x^2 - 4)/(x - 2) - 4").findings[0].verdict == "proved"


@pytest.mark.parametrize("text", ["log(-1 - x^2)", "sqrt(-x^2 - y^2 - 1)*y", "x*nan", "x/0"])
def test_a_formula_without_a_domain(text: str) -> None:
    finding = judged(text, "df/dx = 1").findings[0]
    assert (finding.verdict, finding.reason) == ("unchecked", "no point was found where df/dx has a value")


@pytest.mark.parametrize(
    "text", ["asin(x*y*z)", "log(a - b)*sqrt(c - a)", "acosh(x)", "log(log(x))", "sqrt(1 - x^2 - y^2)", "x^y^z"]
)
def test_a_narrow_domain_is_found(text: str) -> None:
    program, (claim,) = read_claims(Source(text), [Source("d/dx = 0" if "x" in text else "d/da = 0")])
    assert judge_claims(program, [claim], {}, 1.0).findings[0].verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "message", "span"),
    [
        ("", "no claim", (0, 1)),
        ("2*x", "no claim", (0, 3)),
        ("dL/dw", "no claim", (0, 5)),
        ("L'''(w) = 2", "no claim", (0, 11)),
        ("L = 2", "a claim is about a derivative, and `L` is a value", (0, 1)),
        ("d((y - 2)^2)/dw = 2", "what is differentiated is the output or a named node", (1, 12)),
        ("dL/dw = x, y = w", "a claim is about a derivative, and `y` is a value", (11, 12)),
        ("dL/dw = (2 = 3)", "a single = defines a name", (11, 12)),
        ("dL/dw = if x = 2 then 3 else 4", "a single = defines a name", (13, 14)),
        ("dL/dw = 2 = ", "nothing follows `=`", (10, 11)),
        ("dL/d = 2", "no claim", (0, 8)),
        ("dL/dw = 2*(x", "`)` of `(` is missing", (10, 11)),
        ("dL/dw = sni(x)", "no function `sni`", (8, 11)),
        ("dL/dw = 2*q", "`q` is no variable and no named node", (10, 11)),
        ("dL/dq = 2", "`q` is no variable and no named node", (4, 5)),
        ("dM/dw = 2", "`M` is no variable and no named node", (1, 2)),
        ("dL/dpi = 2", "`pi` is neither", (4, 6)),
        ("dL/d2 = 2", "`2` is neither", (4, 5)),
        ("dL/d(x*w) = 2", "`(x*w)` is neither", (4, 9)),
        ("dL/dw = 1; 2", "one expression", (11, 12)),
        ("dL/dw = __import__('os')", "there is no function", (8, 18)),
        ("dL/dw = dL/dy * 'a'", "no strings", (16, 17)),
        ("dL/dw = x.real", "no attributes", (9, 10)),
    ],
)
def test_a_mistake_in_a_claim_is_shown_in_the_claim(claim: str, message: str, span: tuple[int, int]) -> None:
    with pytest.raises(LanguageError) as caught:
        read_claims(Source(LOSS), [Source(claim, "--claim")])
    assert message in caught.value.message
    assert caught.value.span == span
    assert caught.value.source == Source(claim, "--claim")


@pytest.mark.parametrize(
    ("text", "claim", "hint"),
    [
        ("x^2*y", "2*x*y", "write it as df/dx = …"),
        ("L = `a b`^2", "2*`a b`", "write it as dL/d`a b` = …"),
        ("x^2", "df/dX = 2*x", "did you mean x?"),
        ("rate*time", "df/dtimes = rate", "did you mean time?"),
        ("x^2", "df/dx = 2*х", "`х` is not `x`"),
        ("x^2", "df/dy = 2*x", "the names there are: x, f"),
    ],
)
def test_a_mistake_in_a_claim_gets_a_hint(text: str, claim: str, hint: str) -> None:
    with pytest.raises(LanguageError) as caught:
        read_claims(Source(text), [Source(claim)])
    assert hint in caught.value.hint


@pytest.mark.slow
def test_a_claim_about_fifty_operations_is_decided_in_time() -> None:
    began = time.monotonic()
    right = "2*(h7 - t)*exp(-h3)*(1 - h7^2)*h6"
    outcome = judged(DEEP, f"dL/dw7 = {right}", "dL/dw0 = dL/dh0*x", f"dL/dw7 = {right}*h6")
    assert [finding.verdict for finding in outcome.findings] == ["proved", "refuted", "refuted"]
    assert time.monotonic() - began < 3


FIFTY = [
    (
        " + ".join(f"sin({at}*x + p)/{at}" for at in range(1, 13)),
        "df/dx = " + " + ".join(f"cos({at}*x + p)" for at in range(1, 13)),
    ),
    (
        "*".join(f"(1 + x^2/{at}^2)" for at in range(1, 14)),
        "df/dx = f*(" + " + ".join(f"2*x/({at}^2 + x^2)" for at in range(1, 14)) + ")",
    ),
    ("Z = " + " + ".join(f"exp(z{at})" for at in range(25)) + "; log(Z) - z0", "df/dz1 = exp(z1)/Z"),
]
"""Formulas of 50 operations or more, and a right claim about each."""


@pytest.mark.parametrize(("text", "right"), FIFTY, ids=["waves", "product", "softmax"])
def test_claims_about_fifty_operations_are_decided_in_time(text: str, right: str) -> None:
    began = time.monotonic()
    assert [finding.verdict for finding in judged(text, right).findings] == ["proved"]
    assert [finding.verdict for finding in judged(text, f"{right} + 1").findings] == ["refuted"]
    assert time.monotonic() - began < 2 * 3


def test_a_proof_that_takes_long_is_given_up_and_it_is_said() -> None:
    began = time.monotonic()
    finding = judged("sin(64*x)", "df/dx = 64*(2*(2*(2*cos(8*x)^2 - 1)^2 - 1)^2 - 1)", seconds=0.3).findings[0]
    assert (finding.verdict, finding.reason.partition("; ")[2]) == ("agrees", "time ran out before a proof")
    assert time.monotonic() - began < 3


def test_without_time_the_numbers_decide_and_it_is_said() -> None:
    finding = judged("x", "df/dx = cos(x)^2 + sin(x)^2", seconds=0).findings[0]
    assert finding.verdict == "agrees"
    assert "time ran out before a proof" in finding.reason


def test_a_missing_path_is_told_by_the_textbook_rule() -> None:
    (finding,) = judged("x^x", "df/dx = x*x^(x-1)").findings
    assert finding.diagnosis.endswith("with ∂(x^x)/∂x = x^x*log(x)")
