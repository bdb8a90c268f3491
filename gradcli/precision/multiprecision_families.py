"""Families of functions, one of every whole order, and the beta function, in mpmath's real numbers.

Depends on `gradcli.precision.multiprecision_context`.
"""

from collections.abc import Callable
from functools import reduce
from itertools import accumulate, product, zip_longest
from math import comb

from gradcli.precision.multiprecision_context import (
    INF,
    LONG,
    MP,
    NAN,
    ONE,
    ZERO,
    Meaning,
    Number,
    is_finite,
    long_exp,
    reached,
    real,
)

HIGHEST_ORDER = 1000
REFLECTED = -100
"""Below it polygamma functions are taken by their reflection."""


def _is_order(n: Number) -> bool:
    return bool(MP.isint(n)) and 0 <= n <= HIGHEST_ORDER


def polygamma(n: Number, x: Number) -> Number:
    """The n-th derivative of digamma; at its poles infinite or NaN."""
    if not _is_order(n):
        return NAN
    try:
        if x < REFLECTED and is_finite(x):
            return _reflected(int(n), x)
        return real(MP.psi(int(n), reached(x)))
    except (ValueError, ZeroDivisionError):
        return INF if n % 2 else NAN


def _reflected(n: int, x: Number) -> Number:
    """(-1)^n ψ_n(1 - x) - π cot^(n)(πx) (DLMF 5.15.6), for mpmath would add up as many terms as x is long.

    A derivative of the cotangent c is a polynomial of it, by c' = -(1 + c^2); at its poles ZeroDivisionError is raised.
    """
    terms = [0, 1]
    for _ in range(n):
        slopes = [power * factor for power, factor in enumerate(terms)][1:]
        terms = [-(low + high) for low, high in zip_longest(slopes, [0, 0, *slopes], fillvalue=0)]
    cotangent = MP.cospi(x) / MP.sinpi(x)
    derivative = MP.pi ** (n + 1) * MP.polyval(terms[::-1], cotangent)
    return (-1) ** n * MP.psi(n, reached(1 - x)) - derivative


def _sinc_n(n: Number, x: Number) -> Number:
    """j_n(x)/x^n as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3 with 10.16.9)."""
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(reached(x)):
        return ZERO
    odd = list(accumulate(range(1, 2 * int(n) + 2, 2), lambda a, b: a * b))[-1]
    return MP.hyp0f1(n + MP.mpf(1.5), -x * x / 4) / odd


def _erfcx_slope(n: Number, x: Number) -> Number:
    """(-1)^n n! U((n + 1)/2, 1/2, x^2)/√π (DLMF 7.18.11) to the right; to the left the recurrence (DLMF 7.18.7)."""
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(reached(x)):
        return ZERO if x > 0 else INF * (-1) ** int(n)
    if x > 1:
        return (-1) ** int(n) * MP.factorial(n) * MP.hyperu((n + 1) / 2, MP.mpf(0.5), x * x) / MP.sqrt(MP.pi)
    with MP.extraprec(4 * int(n) + LONG):
        before, now = -2 / MP.sqrt(MP.pi), long_exp(x * x) * MP.erfc(x)
        for k in range(int(n)):
            before, now = now, 2 * x * now + (2 * k * before if k else before)
    return +now


def _exprel_slope(n: Number, x: Number) -> Number:
    """1F1(n + 1; n + 2; x)/(n + 1) (DLMF 13.4.1), far out by parts: I_n = (e^x - n I_(n-1))/x."""
    x = reached(x)
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(x):
        return INF if x > 0 else ZERO
    if abs(x) < LONG + n:
        return MP.hyp1f1(n + 1, n + 2, x) / (n + 1)
    power = long_exp(x)
    with MP.extraprec(int((n + 1) * MP.mag(x))):
        return reduce(lambda before, k: (power - k * before) / x, range(1, int(n) + 1), (power - 1) / x)


def _bessel_j(n: Number, x: Number) -> Number:
    """J_n, to the right of its order by the recurrence from J_0 and J_1 (DLMF 10.6.1), where mpmath may find none."""
    order, x = abs(int(n)), reached(x)
    if not is_finite(x):
        return ZERO
    if abs(x) <= order:
        return MP.besselj(n, x)
    before, now = MP.besselj(0, x), MP.besselj(1, x)
    for k in range(order):
        before, now = now, 2 * (k + 1) / x * now - before
    return -before if n < 0 and order % 2 else before


def _bessel_j_slope(k: Number, n: Number, x: Number) -> Number:
    """The k-th derivative of J_n (DLMF 10.6.7)."""
    if not (_is_order(k) and MP.isint(n) and abs(n) <= HIGHEST_ORDER) or x != x:
        return NAN
    neighbours = [(-1) ** j * comb(int(k), j) * _bessel_j(n - k + 2 * j, x) for j in range(int(k) + 1)]
    return sum(neighbours, ZERO) / 2**k


def _bessel_i(n: Number, x: Number) -> Number:
    x = reached(x)
    if not (MP.isint(n) and abs(n) <= HIGHEST_ORDER) or x != x:
        return NAN
    if not is_finite(x):
        return -INF if x < 0 and n % 2 else INF
    return MP.besseli(abs(n), x)


def _lbeta(a: Number, b: Number) -> Number:
    """From gamma functions beside 1, as wide as the greater one."""
    if not (a >= 0 and b >= 0) or (0 in (a, b) and INF in (a, b)):
        return NAN
    if 0 in (a, b) or INF in (a, b):
        return INF if 0 in (a, b) else -INF
    a, b = reached(a), reached(b)
    if INF in (a, b):
        return NAN
    with MP.extraprec(max(0, int(MP.mag(a + b))) + max(0, -int(MP.mag(a))) + max(0, -int(MP.mag(b)))):
        found = MP.log((a + b) / (a * b)) + MP.loggamma(1 + a) + MP.loggamma(1 + b) - MP.loggamma(1 + a + b)
    return +found


def _lbeta_slope(k: Number, n: Number, a: Number, b: Number) -> Number:
    """By polygamma functions (DLMF 5.12.1)."""
    if not (_is_order(k) and _is_order(n) and a > 0 and b > 0 and is_finite(a + b)):
        return NAN
    order = k + n - 1
    if order < 0:
        return _lbeta(a, b)
    return -polygamma(order, a + b) if k and n else _fall(order, a, b) if k else _fall(order, b, a)


def _fall(order: Number, x: Number, y: Number) -> Number:
    """ψ_n(x) - ψ_n(x + y), with room for what they cancel; of a y that is nothing beside x by the slope."""
    apart = int(MP.mag(x) - MP.mag(y))
    if apart > MP.prec:
        return -y * polygamma(order + 1, x)
    with MP.extraprec(max(0, apart) + LONG):
        found = polygamma(order, x) - polygamma(order, x + y)
    return +found


def _beta_slope(k: Number, n: Number, a: Number, b: Number) -> Number:
    """By Leibniz's rule on beta' = beta*lbeta'; by both operands with room for what cancels, as near to 0 as counts."""
    if not (_is_order(k) and _is_order(n) and a > 0 and b > 0 and is_finite(a + b)):
        return NAN
    lost = 0
    if k and n:
        a, b = (max(it, MP.ldexp(ONE, -MP.prec)) for it in (a, b))
        lost = -2 * int((k + n) * min(0, MP.mag(a), MP.mag(b)))
    with MP.extraprec(LONG + lost):
        found = _leibniz(int(k), int(n), _beta(a, b), lambda i, j: _lbeta_slope(MP.mpf(i), MP.mpf(j), a, b))
    return +found


def _leibniz(k: int, n: int, value: Number, log_slope: Callable[[int, int], Number]) -> Number:
    found = {(0, 0): value}
    for i, j in ((i, j) for i in range(k + 1) for j in range(n + 1) if i or j):
        inner = product(range(max(i, 1)), range(j + 1 if i else j))
        weights = ((p, q, comb(i - 1, p) * comb(j, q) if i else comb(j - 1, q)) for p, q in inner)
        found[i, j] = sum((weight * found[p, q] * log_slope(i - p, j - q) for p, q, weight in weights), ZERO)
    return found[k, n]


def _beta(a: Number, b: Number) -> Number:
    return long_exp(_lbeta(a, b))


ORDERED: dict[str, Meaning] = {
    "polygamma": polygamma,
    "sinc_n": _sinc_n,
    "erfcx": lambda x: _erfcx_slope(ZERO, x),
    "erfcx_slope": _erfcx_slope,
    "exprel": lambda x: _exprel_slope(ZERO, x),
    "exprel_slope": _exprel_slope,
    "bessel_j": lambda n, x: _bessel_j_slope(ZERO, n, x),
    "bessel_j_slope": _bessel_j_slope,
    "bessel_i": _bessel_i,
    "beta": _beta,
    "beta_slope": _beta_slope,
    "lbeta": _lbeta,
    "lbeta_slope": _lbeta_slope,
}
"""By the names of the rows."""
