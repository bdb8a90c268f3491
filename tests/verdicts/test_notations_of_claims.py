"""A derivative is claimed in the notations that people have for it: quotients, primes, subscripts, gradients."""

import pytest
from checked import judged

from gradcli.claims.parse import read_claims
from gradcli.errors import GradcliError, LanguageError, Source

LOSS = "y = x*w; L = (y - target)^2"
OWN = "g(a) = a^2; L = 3*g(x)"
TWO = "f(a, b) = a^2*b"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("x^3", "f'(x) = 3x²"),
        ("x^3", "f′(x) = 3x²"),
        ("x^3", "f' = 3x²"),
        ("x^3", "f'(2) = 12"),
        ("x^3", "f'(-1) = 3"),
        ("x^3", "f'(x=1/2) = 3/4"),
        ("x^3", "f''(x) = 6x"),
        ("x^3", "f″(2) = 12"),
        ("x^3", "df/dx(2) = 12"),
        ("x^3", "d²f/dx²(2) = 12"),
        ("x^3", "d/dx(2) = 12"),
        ("x^3", "f_x = 3x²"),
        ("x^3", "∂f/∂x: 3x²"),
        ("x^3", "df/dx: 3*x^2"),
        ("a*x^2", "df/dx(2) = 4a"),
        ("a*x^2", "f'(x) = 2a*x"),
        (LOSS, "L'(w) = 2*(y - target)*x"),
        (LOSS, "L_w = 2*(y - target)*x"),
        (LOSS, "L_w(x=2, w=3, target=2) = 16"),
        (LOSS, "y_w = x"),
        (LOSS, "L_y = 2*(y - target)"),
        (LOSS, "dL/dw(x=2, w=3, target=2) = 16"),
        (OWN, "g'(a) = 2a"),
        (OWN, "g'(x) = 2x"),
        (OWN, "g'(2) = 4"),
        (OWN, "dg/da = 2a"),
        (OWN, "L'(x) = 6x"),
        (TWO, "f'(a) = 2*a*b"),
        (TWO, "df/db = a^2"),
        ("y_new = x^2; L = y_new*w", "dL/dw = y_new"),
        ("`a b`^2", "f'(`a b`) = 2*`a b`"),
        ("w_new^2", "df/dw_new = 2*w_new"),
    ],
)
def test_a_notation_of_a_derivative(text: str, claim: str) -> None:
    finding = judged(text, claim, seconds=3.0).findings[0]
    assert (finding.verdict, finding.claim.text) == ("proved", claim)


def test_a_point_in_the_claim_shows_in_what_refutes_it_and_comes_before_what_is_bound() -> None:
    assert judged("x^3", "f'(2) = 11", x=5).findings[0].counterexample == ({"x": 2.0}, 11.0, 12.0)


@pytest.mark.parametrize("claim", ["f'(pi) = -1", "f'(pi/2) = 0", "f'(pi/3) = cos(pi/3) = 1/2"])
def test_a_point_that_no_double_is_refutes_nothing(claim: str) -> None:
    assert {finding.verdict for finding in judged("sin(x)", claim).findings} == {"agrees"}
    assert judged("sin(x)", "f'(pi) = -1.000001").verdict == "refuted"
    assert judged("a*sin(x)", "df/dx(pi) = -a").verdict == "agrees"
    assert judged("a*sin(x)", "df/dx(pi) = -a + 1e-9*a").verdict == "refuted"


def test_a_function_of_the_table_is_meant_by_its_name() -> None:
    assert judged("sin(3x)", "sin'(x) = cos(x)").verdict == "proved"
    assert judged("sin(3x)", "sin'(0) = 1", seconds=3.0).verdict == "proved"
    assert judged("sin(3x)", "sin'(x) = 3cos(3x)").verdict == "refuted"


def test_an_output_without_a_name_is_called_alike_on_both_sides() -> None:
    assert judged("y = x*w; (y - 2)^2", "dL/dw = dL/dy * dy/dw").verdict == "proved"
    assert judged("(x*w - 2)^2", "w_new = w - lr*dL/dw", rate=0.1, seconds=3.0).verdict == "proved"


def test_a_point_says_nothing_of_other_variables() -> None:
    finding = judged("a*x^2", "f'(x=2) = 4").findings[0]
    assert (finding.verdict, finding.reason) == ("unchecked", "a number needs a point: bind a")


@pytest.mark.parametrize(
    "gradient", ["∇L = ({})", "grad L = ({})", "∇L = [{}]", "grad(L): {}", "∇ = ({})", "∇L(x, w) = ({})"]
)
def test_a_gradient_is_a_claim_for_each_variable_in_their_order(gradient: str) -> None:
    outcome = judged("L = (x*w - 2)^2", gradient.format("2*(x*w - 2)*w, 3"), seconds=3.0)
    told = [(finding.claim.text, finding.claim.by, finding.verdict) for finding in outcome.findings]
    assert told == [("dL/dx = 2*(x*w - 2)*w", "x", "proved"), ("dL/dw = 3", "w", "refuted")]


def test_a_gradient_in_steps_at_a_point() -> None:
    outcome = judged("x^2*y", "∇f(2, 3) = (2*x*y, x^2) = (12, 5)", seconds=3.0)
    told = [(finding.claim.text, finding.verdict) for finding in outcome.findings]
    assert told == [
        ("df/dx = 2*x*y", "proved"),
        ("df/dx = 12", "proved"),
        ("df/dy = x^2", "proved"),
        ("df/dy = 5", "refuted"),
    ]


@pytest.mark.parametrize("text", ["dL/dx = 24, dL/dw = 16", "dL/dx = 24; dL/dw = 16", "dL/dx = 24\nL_w: 16"])
def test_several_claims_in_one_text(text: str) -> None:
    outcome = judged("L = (x*w - 2)^2", text, x=2, w=3, seconds=3.0)
    assert [(finding.claim.by, finding.verdict) for finding in outcome.findings] == [("x", "proved"), ("w", "proved")]


def test_a_comma_within_a_call_begins_no_claim() -> None:
    assert len(judged("max(x, y)", "df/dx = where(x > y, 1, 0)").findings) == 1


@pytest.mark.parametrize("claim", ["dF/dx = 0", "F'(x) = 0", "F_x = 0", "dF/dx(2) = 0"])
def test_by_what_is_nowhere_in_a_formula_the_derivative_is_0(claim: str) -> None:
    finding = judged("F = 4", claim).findings[0]
    assert (finding.verdict, finding.reason) == ("proved", "`x` is nowhere in F")
    assert judged("y = x*w; L = y^2 + t", "dy/dt = 0").findings[0].reason == "`t` is nowhere in y"


@pytest.mark.parametrize(
    ("text", "claim", "message", "span", "hint"),
    [
        ("F = 4", "dF/dx = 1", "`x` is no variable", (4, 5), "the names there are: F"),
        ("rate*time", "df/dtimes = 0", "`times` is no variable", (4, 9), "did you mean time?"),
        ("x^2", "df/dX = 0", "`X` is no variable", (4, 5), "did you mean x?"),
        ("x^2", "df/dх = 0", "`х` is no variable", (4, 5), "`х` is not `x`"),
        (
            LOSS,
            "∇L = (1, 2)",
            "3 components, by x, w, target, and here 2 are given",
            (5, 11),
            "(by x, by w, by target)",
        ),
        (LOSS, "∇L = 3", "3 components, by x, w, target, and here 1 is given", (5, 6), "(by x, by w, by target)"),
        (LOSS, "∇y = (1, 2, 3)", "2 components, by x, w, and here 3 are given", (5, 14), "(by x, by w)"),
        ("F = 4", "∇F = 0", "`F` depends on no variable", (0, 2), "dF/dx = 0"),
        (LOSS, "∇M = (1, 2)", "`M` is no variable", (1, 2), "names there are"),
        (LOSS, "∇L = (1, , 3)", "nothing follows `,`", (7, 8), "write what the derivative is"),
        (LOSS, "L'(2) = 3", "by one variable, and here are x, w, target", (0, 5), "write dL/dx = …"),
        (LOSS, "L' = 3", "by one variable, and here are x, w, target", (0, 2), "write dL/dx = …"),
        (LOSS, "dL/dw(2, 3) = 3", "each of x, w, target, and here 2 are given", (6, 10), "(x=2, w=2, target=2)"),
        (LOSS, "dL/dw(y=2) = 3", "`y` is defined by the formula", (8, 9), "the variables are: x, w, target"),
        (LOSS, "dL/dw(q=2) = 3", "`q` is no variable", (8, 9), "names there are"),
        (LOSS, "dL/dw(q) = 3", "`q` is no variable", (6, 7), "names there are"),
        (LOSS, "dL/dw(x=) = 3", "`x` has no value", (8, 9), "write a number"),
        (LOSS, "dL/dw(x=2*w) = 3", "the value of `x` must be a number", (10, 11), "write a number"),
        (LOSS, "L_q = 3", "`q` is no variable", (2, 3), "names there are"),
        (LOSS, "q_w = 3", "`q` is no variable", (0, 1), "names there are"),
        (LOSS, "q_r = 3", "this is no claim", (0, 3), "write it as dL/dx = …"),
        ("x^2", "d/dx (x^2) = 2x", "what is differentiated is the output", (6, 9), "df/dx = …"),
        (LOSS, "w_new = 3", "`w_new` is an update, and there is no learning rate", (0, 5), "add --lr 0.1"),
        (LOSS, "y_new = 3", "`y` is defined by the formula", (0, 1), "the variables are: x, w, target"),
        (LOSS, "dL/dw = 16, dL/dq = 3", "`q` is no variable", (16, 17), "names there are"),
        (LOSS, "dL/dw = 2 = sni(x)", "no function `sni`", (12, 15), "did you mean sin"),
    ],
)
def test_a_mistake_is_shown_where_it_is_with_its_mend(
    text: str, claim: str, message: str, span: tuple[int, int], hint: str
) -> None:
    with pytest.raises(GradcliError) as caught:
        read_claims(Source(text), [Source(claim, "--claim")])
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert (error.span, error.source) == (span, Source(claim, "--claim"))


def test_a_rate_without_an_update_and_a_rate_of_nothing() -> None:
    with pytest.raises(GradcliError, match="for claims about an update") as caught:
        read_claims(Source("lr*x"), [Source("df/dx = lr")], rate=0.1)
    assert "--let lr=" in caught.value.hint
    with pytest.raises(GradcliError, match="updates nothing"):
        read_claims(Source("w^2"), [Source("w_new = w")], rate=0.0)


@pytest.mark.parametrize(
    "claim",
    ["df/dx = 1 and df/dy = 1", "df/dx = 1 or df/dy = 7", "df/dx = 1 <= df/dy = 1", "df/dx = 1 and df/dy == 5"],
)
def test_claims_are_not_joined_by_words(claim: str) -> None:
    with pytest.raises(LanguageError, match="joins no claims"):
        judged("x + 5*y", claim)


def test_a_side_may_be_a_comparison() -> None:
    assert [it.verdict for it in judged("relu(x)", "df/dx = x > 0", seconds=5).findings] == ["proved"]
    assert [it.verdict for it in judged("relu(x)", "df/dx = (x > 0) = (0 < x)", seconds=5).findings] == [
        "proved",
        "proved",
    ]


def test_numbers_whose_order_is_open_are_named() -> None:
    with pytest.raises(LanguageError, match="in which order y, x stand here is open"):
        judged("y*x", "df/dx(2, 3) = 3")
    assert judged("y*x", "df/dx(x=2, y=3) = 3").findings[0].verdict == "agrees"
    assert judged("x*y", "df/dx(2, 3) = 3").findings[0].verdict == "agrees"


def test_a_zero_has_no_digit_that_is_right() -> None:
    assert judged("0.04*x", "df/dx(2) = 0.0").findings[0].verdict == "refuted"


@pytest.mark.parametrize(
    "claim", ["d²f/dx = 2x", "d³f/dx = 2x", "df²/dx = 2x", "dsin/dx = 2x", "dpi/dx = 2x", "e'(x) = 2x"]
)
def test_an_output_without_a_name_is_not_called_what_is_no_name(claim: str) -> None:
    with pytest.raises(LanguageError, match=r"(no variable and no|the output or a) named node"):
        judged("x^2", claim)


@pytest.mark.parametrize("claim", ["f'() = 2x", "df/dx() = 2x", "grad f() = (2x)", "f_x() = 2x"])
def test_a_point_without_numbers_is_none(claim: str) -> None:
    assert judged("x^2", claim).verdict == "proved"
    with pytest.raises(LanguageError):
        judged("x^2", claim.replace("()", "(=2)"))
