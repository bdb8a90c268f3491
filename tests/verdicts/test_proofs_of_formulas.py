"""Formulas of physics, statistics and learning whose derivatives algebra proves once it knows the signs at the point."""

import pytest
import sympy
from checked import checked

from gradcli.derivatives import differentiate
from gradcli.language import parse
from gradcli.proof.evidence import comparison
from gradcli.proof.generators import Generators
from gradcli.proof.half_tangents import Angles
from gradcli.proof.normal_form import multiplies_out_to_zero
from gradcli.proof.signs import Signs

FORMULAS = [
    ("((x - m)^2)^(p/2)", {"x": 0.5, "m": 0.9, "p": 1.7}),
    ("((x - m)^2/s^2)^(p/2)*exp(-(x - m)^2/s)", {"x": 0.5, "m": 0.9, "p": 1.7, "s": 2.0}),
    ("sin(x)^p*cos(x)^q", {"x": 0.3, "p": 0.5, "q": 1.3}),
    ("x^(a - 1)*(1 - x)^(b - 1)*exp(lgamma(a + b) - lgamma(a) - lgamma(b))", {"x": 0.3, "a": 0.5, "b": 0.7}),
    ("x^(a - 1)*(1 - x)^(b - 1)*gamma(a + b)/(gamma(a)*gamma(b))", {"x": 0.3, "a": 0.5, "b": 0.7}),
    ("(x*(1 - x))^a*(1 + x)^b", {"x": 0.3, "a": 0.5, "b": 0.7}),
    ("a*b*x^(a - 1)*(1 - x^a)^(b - 1)", {"x": 0.3, "a": 0.5, "b": 0.7}),
    ("(1 - x)^a*(x - 2)^2*(3 - x)^b", {"x": 0.3, "a": 0.5, "b": 0.7}),
    ("(a - x)^p*(b - x)^q*(x - c)^r", {"x": 0.3, "a": 0.5, "b": 0.7, "c": 0.1, "p": 0.3, "q": 1.2, "r": -0.4}),
    ("((a - x)*(b - x))^p", {"x": 0.9, "a": 0.5, "b": 0.7, "p": 0.3}),
    ("((a - x)*(b - x))^p/((x - a)*(x - b))^q", {"x": 0.9, "a": 0.5, "b": 0.7, "p": 0.3, "q": 0.8}),
    ("sqrt(1 - (x/r)^2)^n*(1 + x/r)^m", {"x": 0.3, "r": 2.0, "n": 0.5, "m": 1.4}),
    ("(2*m*(E - V)/h^2)^(s/2)", {"m": 1.0, "E": 3.0, "V": 1.0, "h": 0.7, "s": 1.3}),
    ("((dT1 - dT2)/log(dT1/dT2))^n", {"dT1": 3.0, "dT2": 2.0, "n": 0.7}),
    ("(1 - 1/x)^a*(1/x - 1/y)^b", {"x": 1.5, "y": 2.0, "a": 0.7, "b": 0.3}),
    ("(q - 1)^(-1)*(1 - x^q - (1 - x)^q)", {"x": 0.3, "q": 1.7}),
    ("log(x^a + (1 - x)^a)/(1 - a)", {"x": 0.3, "a": 1.7}),
    ("(p^a*q^(1 - a) + (1 - p)^a*(1 - q)^(1 - a))^(1/(a - 1))", {"p": 0.3, "q": 0.4, "a": 1.7}),
    ("(1 - tanh(x)^2)^p*tanh(x)^q", {"x": 0.3, "p": 2.2, "q": 0.4}),
    ("sin(x)^(2*a)*(1 - sin(x)^2)^b", {"x": 0.3, "a": 0.7, "b": 0.4}),
    ("(1 - ecc*cos(E))^p*(1 - ecc^2)^q", {"ecc": 0.3, "E": 0.7, "p": 0.5, "q": 0.4}),
    ("abs(x - a)^p*abs(x - b)^q", {"x": 0.3, "a": 0.5, "b": 0.1, "p": 1.3, "q": 0.7}),
    ("log(x*y/z)^p*z^p", {"x": 0.9, "y": 1.4, "z": 0.3, "p": 0.4}),
    ("logb(x, y)^p", {"x": 1.9, "y": 1.4, "p": 0.3}),
    ("gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))*p^k*(1 - p)^(n - k)", {"n": 4.5, "k": 1.3, "p": 0.3}),
    ("gamma(k + r)/(gamma(r)*gamma(k + 1))*(1 - p)^k*p^r", {"k": 2.5, "r": 1.3, "p": 0.3}),
    ("(1 - p)^k*p^r*(1 - 2*p)^s", {"k": 2.5, "r": 1.3, "p": 0.3, "s": 0.6}),
    ("((b - x)/(b - a))^p*((x - a)/(b - a))^q", {"a": 0.1, "b": 0.9, "x": 0.4, "p": 0.8, "q": 1.3}),
    ("log(((b - x)/(b - a))^p*((x - a)/(b - a))^q)", {"a": 0.1, "b": 0.9, "x": 0.4, "p": 0.8, "q": 1.3}),
    (
        "normal_cdf((log(x) - m)/s)^p*(1 - normal_cdf((log(x) - m)/s))^q",
        {"x": 0.4, "m": 0.1, "s": 0.6, "p": 0.8, "q": 1.3},
    ),
    ("1/M*((2/(g + 1))*(1 + (g - 1)/2*M^2))^((g + 1)/(2*(g - 1)))", {"g": 1.4, "M": 1.7}),
    ("sqrt(sin(a)^2*sin(b)^2)", {"a": -0.3, "b": 0.5}),
]


@pytest.mark.one_in(13)
@pytest.mark.parametrize(("text", "bindings"), FORMULAS)
def test_powers_and_logarithms_are_proved_by_the_signs_of_their_factors(text: str, bindings: dict[str, float]) -> None:
    found = checked(text, **bindings)
    assert {name: check.verdict for name, check in found.gradient.items()} == dict.fromkeys(bindings, "proved")


@pytest.mark.one_in(24)
@pytest.mark.parametrize(("text", "bindings"), FORMULAS)
def test_a_formula_in_letters_has_the_number_of_the_formula(text: str, bindings: dict[str, float]) -> None:
    program = parse(text)
    for by in program.variables.values():
        gradient = differentiate(program.graph, program.output, [by]).gradient[0]
        found = comparison(program.graph, program.output, gradient, by, bindings)
        assert found
        generators = Generators(Signs(found.at), {}, Angles(whole=True))
        rational = generators.in_generators(found.sympy)
        assert abs(generators.signs.number(rational) - found.sympy.evalf(50, subs=found.at)) < sympy.Float("1e-40")


X, Y, P = sympy.Dummy(real=True), sympy.Dummy(real=True), sympy.Dummy(real=True)


@pytest.mark.parametrize(
    ("difference", "at", "zero"),
    [
        (sympy.Abs(X) - X, {X: 2}, True),
        (sympy.Abs(X) - X, {X: -2}, False),
        (sympy.Abs(X) - X, {}, False),
        (sympy.log(X**2) - 2 * sympy.log(X), {X: 2}, True),
        (sympy.log(X**2) - 2 * sympy.log(-X), {X: -2}, True),
        (sympy.log(X**2) - 2 * sympy.log(X), {}, False),
        (sympy.log(X * Y) - sympy.log(X) - sympy.log(Y), {X: 2, Y: 3}, True),
        (sympy.log(X * Y) - sympy.log(X) - sympy.log(Y), {X: -2, Y: -3}, False),
        (sympy.log(X * Y) - sympy.log(-X) - sympy.log(-Y), {X: -2, Y: -3}, True),
        ((X * Y) ** P - X**P * Y**P, {X: 2, Y: 3, P: 5}, True),
        ((X * Y) ** P - X**P * Y**P, {}, False),
        (sympy.sqrt((X - Y) ** 2) - (Y - X), {X: 2, Y: 3}, True),
        (sympy.sqrt((X - Y) ** 2) - (Y - X), {X: 3, Y: 2}, False),
        (sympy.sqrt((X - Y) ** 2) - (Y - X), {X: 2, Y: 2}, False),
        (sympy.log(1 + X**2) + sympy.log(1 / (1 + X**2)), {}, True),
        (sympy.sqrt(1 + X**2) ** 3 - (1 + X**2) * sympy.sqrt(1 + X**2), {}, True),
        (sympy.sqrt(sympy.tan(X) ** 2) - sympy.tan(X), {X: 2}, False),
        (sympy.sqrt(sympy.tan(X) ** 2) + sympy.tan(X), {X: 2}, True),
    ],
)
def test_a_sign_is_used_where_it_is_known_and_there_alone(
    difference: sympy.Expr, at: dict[sympy.Dummy, int], zero: bool
) -> None:
    assert multiplies_out_to_zero(difference, {name: sympy.Integer(number) for name, number in at.items()}) is zero


def test_a_sign_is_not_read_from_what_cancels() -> None:
    signs = Signs({X: sympy.Rational(1, 3)})
    assert signs.sign(X - sympy.Rational(1, 3) + sympy.Rational(1, 10**40)) == 0
    assert signs.sign(X - sympy.Rational(1, 4)) == 1
