"""Bessel and beta functions and their derivatives in mpmath, of any operands: truths that `truth.py` holds."""

from collections.abc import Callable
from functools import cache
from math import comb
from typing import Any

from mpmath import mp

Real = Any
NEAREST = mp.mpf(10) ** -40
"""As near to 0 as makes no difference where there is no pole."""


def bessel_j(k: Real, n: Real, x: Real) -> Real:
    """The k-th derivative of J_n from the orders beside (DLMF 10.6.7), with room for what they cancel."""
    k, n = int(k), int(n)
    with mp.workprec(mp.prec + 60):
        return (
            mp.re(mp.fsum((-1) ** j * comb(k, j) * mp.besselj(n - k + 2 * j, x) for j in range(k + 1))) / mp.mpf(2) ** k
        )


def bessel_i(n: Real, x: Real) -> Real:
    """I_n, by its parity to the left of 0, cut off where no double could tell."""
    return (-1 if x < 0 and n % 2 else 1) * mp.besseli(abs(int(n)), min(abs(x), mp.mpf(10) ** 7))


def bessel_i_slope(n: Real, x: Real) -> Real:
    """Half the sum of the orders beside (DLMF 10.29.1)."""
    return (bessel_i(n - 1, x) + bessel_i(n + 1, x)) / 2


def lbeta(a: Real, b: Real) -> Real:
    """The logarithm of the beta function (DLMF 5.12.1), with room for what cancels."""
    least, most = sorted((a, b))
    with mp.workprec(mp.prec + 60 + max(0, int(mp.mag(most)))):
        fall = mp.loggamma(most) - mp.loggamma(a + b)
    with mp.workprec(mp.prec + 60):
        return mp.loggamma(least) + fall


def beta(a: Real, b: Real) -> Real:
    """The beta function, cut off where no double could tell."""
    with mp.workprec(mp.prec + 60):
        return mp.exp(max(lbeta(a, b), mp.mpf(-99999)))


def lbeta_slope(k: Real, n: Real, a: Real, b: Real) -> Real:
    """The logarithm's derivatives are differences of polygamma functions."""
    k, n = int(k), int(n)
    if k + n == 0:
        return lbeta(a, b)
    if k and n:
        return -mp.psi(k + n - 1, added(a, b))
    return fall(k + n - 1, a, b) if k else fall(k + n - 1, b, a)


def fall(order: int, x: Real, y: Real) -> Real:
    """psi of an order at x, less that at x + y; of what is nothing beside x, by the first terms of Taylor's series."""
    apart = int(mp.mag(x) - mp.mag(y))
    if apart > mp.prec:
        return -y * mp.psi(order + 1, x)
    with mp.workprec(mp.prec + max(0, apart) + 20):
        return mp.psi(order, x) - mp.psi(order, x + y)


def added(x: Real, y: Real) -> Real:
    """x + y, of any two magnitudes that matter."""
    with mp.workprec(2 * mp.prec):
        return x + y


def beta_slope(k: Real, n: Real, a: Real, b: Real) -> Real:
    """By Leibniz's rule; where there is no pole at 0, with what is near enough to it."""
    k, n = int(k), int(n)
    if k + n == 0:
        return beta(a, b)
    if k and n:
        a, b = max(a, NEAREST), max(b, NEAREST)
    if lbeta(a, b) < -9999:
        return mp.exp(mp.mpf(-99999))
    with mp.workprec(mp.prec + (280 * (k + n) if k and n and min(a, b) < 1e-3 else 20)):
        mixed = cache(lambda order: lbeta_slope(1, order, a, b))
        return leibniz(k, n, lbeta(a, b), lambda i, j: mixed(i + j - 1) if i and j else lbeta_slope(i, j, a, b))


def leibniz(k: int, n: int, log: Real, log_slope: Callable[[int, int], Real]) -> Real:
    """The derivatives of an exponential from those of its exponent."""
    logs = {(i, j): log_slope(i, j) for i in range(k + 1) for j in range(n + 1)}
    found = {(0, 0): mp.exp(log)}
    for j in range(1, n + 1):
        found[0, j] = mp.fsum(comb(j - 1, q) * found[0, q] * logs[0, j - q] for q in range(j))
    for i in range(1, k + 1):
        for j in range(n + 1):
            places = [(p, q) for p in range(i) for q in range(j + 1)]
            found[i, j] = mp.fsum(comb(i - 1, p) * comb(j, q) * found[p, q] * logs[i - p, j - q] for p, q in places)
    return found[k, n]
