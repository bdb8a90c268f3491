"""Bessel functions of any order and the beta function of any positive numbers are right to an ulp. The truth is mpmath's."""

import math
import random

import families
import pytest
from measure import ulps
from mpmath import mp

from gradcli import gradient, value
from gradcli.evaluate.scalar import MEANINGS

ORDERS = [0, 1, -1, 2, 30, -31, 99, 100, 101, 500, -777, 1000]


@pytest.mark.parametrize("order", ORDERS)
def test_any_order_at_any_double(order: int) -> None:
    source = random.Random(order)
    points = [source.choice((-1, 1)) * 10 ** source.uniform(-span, span) for span in (1, 3, 300) for _ in range(8)]
    with mp.workdps(60):
        for x in (*points, *(abs(order) + off for off in (-40.5, 0.25, 40.5))):
            assert ulps(MEANINGS["bessel_j"](float(order), x), bessel_j(order, mp.mpf(x))) <= 1, x
            assert ulps(MEANINGS["bessel_i"](float(order), x), families.bessel_i(order, mp.mpf(x))) <= 1, x


def bessel_j(order: int, x: mp.mpf) -> mp.mpf:
    """J_n; where it swings, mpmath's of the orders 0 and 1 by the recurrence (DLMF 10.6.1): of high ones it finds none."""
    if abs(x) < max(200, abs(order)):
        return mp.re(mp.besselj(order, x))
    before, now = mp.besselj(0, x), mp.besselj(1, x)
    for n in range(abs(order)):
        before, now = now, 2 * (n + 1) / x * now - before
    return -before if order < 0 and order % 2 else before


@pytest.mark.parametrize(
    ("formula", "truth", "slope"),
    [
        ("beta(a, 1e-10)", 1e10, None),
        ("beta(a, a)", 1e5, None),
        ("lbeta(a, 1)", 1e300, -1e-300),
        ("beta(a, 1)", 5e-300, -math.inf),
    ],
)
def test_the_beta_function_far_out(formula: str, truth: float, slope: float | None) -> None:
    at, other = (
        mp.mpf(truth),
        {"1e-10": mp.mpf("1e-10"), "a": mp.mpf(truth), "1": mp.mpf(1)}[formula.split(", ")[1][:-1]],
    )
    with mp.workdps(400):
        logarithm = mp.loggamma(at) + mp.loggamma(other) - mp.loggamma(at + other)
        expected = logarithm if formula.startswith("l") else mp.exp(logarithm)
        assert ulps(value(formula, a=truth), expected) <= 1
    if slope is not None:
        assert gradient(formula, a=truth) == {"a": slope}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("j0(x)", 0.22389077914123567), ("j1(x)", 0.5767248077568734), ("i0(x)", 2.2795853023360673),
        ("i1(x)", 1.590636854637329), ("jv(2, x)", 0.35283402861563773), ("betaln(x, 3)", -2.4849066497880004),
        ("beta = x; j0 = 3; beta*j0", 6.0), ("i1 = x^2; i1*i0(0)", 4.0),
    ],
)  # fmt: skip
def test_names_are_those_of_functions_before_parentheses_alone(text: str, expected: float) -> None:
    assert value(text, x=2) == expected
