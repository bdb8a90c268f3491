"""Zeros that no digits tell, and algebra does: an identity is 0 and settled, and what is almost one is what it is.

mpmath, with 50 digits, says which of them are identities.
"""

from collections.abc import Callable
from typing import Any

import pytest
from mpmath import mp

import gradcli
import gradcli.proof.exact_values

half = mp.mpf(1) / 2
IDENTITIES: dict[str, tuple[Callable[..., Any], dict[str, float]]] = {
    # of log(985/256) SymPy would make logarithms of primes
    "cos(2*log(1 + y^2)) - 1 + 2*sin(log(1 + y^2))^2": (
        lambda y: mp.cos(2 * mp.log(1 + y**2)) - 1 + 2 * mp.sin(mp.log(1 + y**2)) ** 2,
        {"y": 1.6875},
    ),
    "x*(cos(2*log(10.61)) - 1 + 2*sin(log(10.61))^2)": (
        lambda x: x * (mp.cos(2 * mp.log("10.61")) - 1 + 2 * mp.sin(mp.log("10.61")) ** 2),
        {"x": 2.0},
    ),
    "digamma(x + 1) - digamma(x) - 1/x": (lambda x: mp.digamma(x + 1) - mp.digamma(x) - 1 / x, {"x": 2.3}),
    "polygamma(1, x + 1) - polygamma(1, x) + 1/x^2": (lambda x: mp.psi(1, x + 1) - mp.psi(1, x) + x**-2, {"x": 2.3}),
    "lgamma(x + 1) - lgamma(x) - log(x)": (lambda x: mp.loggamma(x + 1) - mp.loggamma(x) - mp.log(x), {"x": 2.3}),
    "gamma(x + 1) - x*gamma(x)": (lambda x: mp.gamma(x + 1) - x * mp.gamma(x), {"x": -1.5}),
    "gamma(2*x) - 2^(2*x - 1)/sqrt(pi)*gamma(x)*gamma(x + 1/2)": (
        lambda x: mp.gamma(2 * x) - 2 ** (2 * x - 1) / mp.sqrt(mp.pi) * mp.gamma(x) * mp.gamma(x + half),
        {"x": 2.3},
    ),
    "atan(x) + atan(1/x) - pi/2": (lambda x: mp.atan(x) + mp.atan(1 / x) - mp.pi / 2, {"x": 2.125}),
    "atan(x) + atan(1/x) + pi/2": (lambda x: mp.atan(x) + mp.atan(1 / x) + mp.pi / 2, {"x": -2.125}),
    "atan2(x, y) + atan2(y, x) - pi/2": (
        lambda x, y: mp.atan2(x, y) + mp.atan2(y, x) - mp.pi / 2,
        {"x": -1.0, "y": 2.0},
    ),
    "x*(16*atan(1/5) - 4*atan(1/239) - pi)": (
        lambda x: x * (16 * mp.atan(1 / mp.mpf(5)) - 4 * mp.atan(1 / mp.mpf(239)) - mp.pi),
        {"x": 2.0},
    ),
    "2*atan(x) - asin(2*x/(1 + x^2))": (lambda x: 2 * mp.atan(x) - mp.asin(2 * x / (1 + x**2)), {"x": 0.3}),
    "acos(x) + acos(-x) - pi": (lambda x: mp.acos(x) + mp.acos(-x) - mp.pi, {"x": 0.3}),
}
"""Formula → the same for mpmath, and a point."""
NEARLY = "10^-60"


@pytest.mark.parametrize("text", IDENTITIES)
def test_an_identity_is_zero_and_so_are_its_slopes(text: str) -> None:
    identity, point = IDENTITIES[text]
    with mp.workdps(50):
        assert abs(identity(*map(mp.mpf, point.values()))) < 1e-45
    answer = gradcli.answer(text, point)
    assert (answer.value, *answer.gradient.values()) == (0.0, *[0.0] * len(point))
    assert not [notice for notice in answer.notices if notice.kind == "unsettled"]


@pytest.mark.parametrize("text", IDENTITIES)
def test_what_is_almost_an_identity_is_what_it_is(text: str) -> None:
    assert gradcli.answer(f"{text} + {NEARLY}", IDENTITIES[text][1]).value == 1e-60


@pytest.mark.parametrize(
    ("text", "point", "truth"),
    [
        ("atan(x) + atan(1/x) - pi/2", {"x": -2.125}, lambda: -mp.pi),
        ("atan2(x, y) + atan2(y, x) - pi/2", {"x": -1.0, "y": -2.0}, lambda: -2 * mp.pi),
        ("2*atan(x) - asin(2*x/(1 + x^2))", {"x": 3.0}, lambda: 4 * mp.atan(3) - mp.pi),
    ],
)
def test_elsewhere_it_is_off_by_turns(text: str, point: dict[str, float], truth: Callable[[], Any]) -> None:
    with mp.workdps(50):
        assert gradcli.answer(text, point, precision="exact").value == float(truth())
