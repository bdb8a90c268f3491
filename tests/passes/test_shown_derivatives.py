"""Local derivatives are shown as a textbook writes them, over the operands and the result; the numbers are the rules'."""

import math

import pytest
from conftest import Gradcli

import gradcli
from gradcli.passes.titles import local_derivative, titles
from gradcli.precision.beyond import Beyond


def shown(formula: str, wrt: list[str] | None = None, /, **bindings: float) -> list[str]:
    """The local derivatives of the output, by its operands in order, as tables show them."""
    found = gradcli.trace(formula, bindings, wrt=wrt)
    entries = [entry for entry in found.contributions if entry.node == found.program.output]
    return [local_derivative(found, entry, titles(found)) for entry in entries]


@pytest.mark.parametrize(
    ("formula", "form"),
    [
        ("tanh(x)", "1 - f^2"), ("h = tanh(x)", "1 - h^2"), ("sigmoid(x)", "f*(1 - f)"),
        ("erf(x)", "2/sqrt(pi)*exp(-x^2)"), ("normal_cdf(x)", "exp(-x^2/2)/sqrt(2*pi)"),
        ("gelu(x)", "normal_cdf(x) + x*exp(-x^2/2)/sqrt(2*pi)"), ("silu(x)", "sigmoid(x)*(1 + x*(1 - sigmoid(x)))"),
        ("mish(x)", "tanh(softplus(x)) + x*sigmoid(x)/cosh(softplus(x))^2"), ("sinc(x)", "(cos(x) - f)/x"),
        ("asin(x)", "1/sqrt(1 - x^2)"), ("acos(x)", "-1/sqrt(1 - x^2)"), ("atanh(x)", "1/(1 - x^2)"),
        ("acosh(x + 1)", "1/sqrt(v1^2 - 1)"), ("asinh(x)", "1/sqrt(x^2 + 1)"), ("softsign(x)", "1/(1 + abs(x))^2"),
        ("log2(x)", "1/(x*log(2))"), ("log10(x)", "1/(x*log(10))"), ("log(x, 2)", "1/(x*log(2))"), ("log(x, e)", "1/x"),
        ("1/x", "-1/x^2"), ("-3/x", "3/x^2"), ("x/2", "0.5"),
        ("x^2", "2*x"), ("x^3", "3*x^2"), ("x^1.5", "1.5*x^0.5"), ("x^0.1", "0.1*x^-0.9"), ("x^(-2)", "-2*x^-3"),
        ("n = 3; x^n", "n*x^2"), ("2^x", "f*log(2)"), ("e^x", "f"), ("sin(x)", "cos(x)"), ("sqrt(x)", "1/(2*f)"),
    ],
)  # fmt: skip
def test_it_is_the_form_of_a_course(formula: str, form: str) -> None:
    assert shown(formula, x=0.25) == [form]


def test_each_operand_has_its_own() -> None:
    assert shown("x/y", x=3.0, y=2.0) == ["1/y", "-x/y^2"]
    assert shown("x^y", x=3.0, y=2.0) == ["y*x^(y - 1)", "f*log(x)"]
    assert shown("x^w", x=3.0, w=0.0) == ["w*x^(w - 1)", "f*log(x)"]
    assert shown("atan2(y, x)", y=1.0, x=1.0) == ["x/(x^2 + y^2)", "-y/(x^2 + y^2)"]


@pytest.mark.parametrize(
    ("formula", "bindings", "forms"),
    [
        ("x/y", {"x": 1e-310, "y": 0.5}, ["1/y", "-x/y^2"]),
        ("atan2(y, x)", {"y": 1e200, "x": 1e201}, ["x/(x^2 + y^2)", "-y/(x^2 + y^2)"]),
        ("hypot(x, y)", {"x": 1e-310, "y": 1e-311}, ["x/f", "y/f"]),
        ("elu(x, a)", {"x": -800.0, "a": 1e300}, ["a*exp(x)", "expm1(x)"]),
        ("x^7", {"x": 1e-60}, ["7*x^6"]),
        ("silu(x)", {"x": -710.0}, ["sigmoid(x)*(1 + x*(1 - sigmoid(x)))"]),
        ("gamma(x)", {"x": -172.3}, ["f*digamma(x)"]),
    ],
)
def test_a_form_that_keeps_digits_in_a_tail_is_not_shown(
    formula: str, bindings: dict[str, float], forms: list[str]
) -> None:
    assert shown(formula, **bindings) == forms


def test_a_textbook_form_that_doubles_overflow_in_is_shown() -> None:
    assert shown("logaddexp(x, y)", x=1000.0, y=3.0) == ["exp(x)/(exp(x) + exp(y))", "exp(y)/(exp(x) + exp(y))"]
    assert shown("exp(x)/exp(y)", x=1000.0, y=1000.0) == ["1/v2", "-v1/v2^2"]


def test_where_the_textbook_form_has_no_number_and_the_derivative_has_the_rule_is_shown() -> None:
    assert shown("sinc(x)", x=0.0) == ["-x*sinc_n(1, x)"]


def test_what_does_not_count_or_stands_beside_a_kink_stays_a_number() -> None:
    assert shown("x^y", x=0.0, y=2.0) == ["y*x^(y - 1)", "0"]
    assert shown("relu(x) - relu(-x)", x=0.0) == ["1", "-1"]


def test_a_constant_by_which_a_derivative_is_asked_for_keeps_its_name() -> None:
    assert shown("n = 3; x^n", ["x", "n"], x=2.0) == ["n*x^(n - 1)", "f*log(x)"]


def test_the_numbers_are_those_of_the_rule(gradcli: Gradcli) -> None:
    page = gradcli("grad", "tanh(x)", "--x", "20", "--format", "table").out
    assert "= 1 - f^2 1 × 1.69934e-17 = 1.69934e-17 1.69934e-17" in " ".join(page.split())
    told = gradcli("explain", "tanh(x)", "--x", "20").out
    assert "df/dx = 1 - f^2 = 1 - 1^2 ≈ 1.69934e-17" in told


def test_explain_tells_it_with_numbers(gradcli: Gradcli) -> None:
    told = gradcli("explain", "h = tanh(w*x)", "--w", "0.5", "--x", "2").out
    assert "dh/du1 = 1 - h^2 = 1 - 0.7615942^2 = 0.4199743" in told
    assert "df/dx = (cos(x) - f)/x = (cos(2) - 0.454649)/2 = -0.435398" in gradcli("explain", "sinc(x)", "--x", "2").out


def test_a_local_derivative_beyond_the_doubles_has_a_textbook_form_too() -> None:
    found = gradcli.trace("1/exp(x)", {"x": -800.0})
    (entry,) = (entry for entry in found.contributions if entry.node == found.program.output)
    assert isinstance(entry.partial, Beyond)
    assert math.isinf(entry.partial)
    assert local_derivative(found, entry, titles(found)) == "-1/v1^2"
