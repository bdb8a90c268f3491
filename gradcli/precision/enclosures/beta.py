"""The beta function of positive balls, its logarithm, and the derivatives of both; not finite where nothing is known.

Depends on `special`, and on python-flint.
"""

from functools import cache
from itertools import product
from math import comb

from flint import arb

from gradcli.precision.enclosures import special

MOST = 60
"""The highest order of derivatives of beta itself that is followed."""


def lbeta(a: arb, b: arb) -> arb:
    """From gamma functions beside 1, where nothing is small: (a + b)/(a*b) is exact in the logarithm."""
    poles: arb = ((a + b) / (a * b)).log()
    return poles + special.lgamma(1 + a) + special.lgamma(1 + b) - special.lgamma(1 + a + b)


def beta(a: arb, b: arb) -> arb:
    """Its exponential, which has no bounds."""
    found: arb = lbeta(a, b).exp()
    return found


def lbeta_slope(k: int, n: int, a: arb, b: arb) -> arb:
    """The derivative of lbeta, k times by a and n times by b (DLMF 5.12.1)."""
    if k + n == 0:
        return lbeta(a, b)
    of_one = arb(0) if k and n else _psi(k + n - 1, a if k else b)
    return of_one - _psi(k + n - 1, a + b)


def beta_slope(k: int, n: int, a: arb, b: arb) -> arb:
    """The same of beta, by Leibniz's rule on beta' = beta*lbeta'."""
    if k + n > MOST:
        return arb.nan()
    log_slope = cache(lambda i, j: lbeta_slope(i, j, a, b))

    @cache
    def slope(i: int, j: int) -> arb:
        if i + j == 0:
            return beta(a, b)
        inner = product(range(max(i, 1)), range(j + 1 if i else j))
        weights = ((p, q, comb(i - 1, p) * comb(j, q) if i else comb(j - 1, q)) for p, q in inner)
        return sum((weight * slope(p, q) * log_slope(i - p, j - q) for p, q, weight in weights), arb(0))

    found: arb = slope(k, n)
    return found


def _psi(order: int, x: arb) -> arb:
    """A polygamma function of any order."""
    found: arb = special.polygamma(order, x) if order else x.digamma()
    return found
