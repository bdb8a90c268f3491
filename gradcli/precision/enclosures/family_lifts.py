"""The slopes of families of functions, one of every whole order, and of the beta function, where operands move.

Depends on `moving`, and on `gradcli.precision.enclosures.meanings` for values. An order that moves has no slope.
"""

from flint import fmpq

from gradcli.precision.enclosures.balls import ONE, UNKNOWN, ZERO, Enclosure
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.moving import Lift, Tangent, is_still, plus, times


def _sinc_n(_: Enclosure, n: Tangent, x: Tangent) -> Enclosure:
    """(j_n(x)/x^n)' = -j_(n+1)(x)/x^n (DLMF 10.51.2)."""
    further = MEANINGS["sinc_n"](plus(n.value, ONE), x.value)
    return times(fmpq(-1), x.value, further, x.slope) if is_still(n) else UNKNOWN


def _next_order(operator: str) -> Lift:
    """A family of derivatives: the slope of one order is the next."""
    return lambda _, n, x: times(MEANINGS[operator](plus(n.value, ONE), x.value), x.slope) if is_still(n) else UNKNOWN


def _bessel(operator: str, sign: int) -> Lift:
    """Half the sum of the orders beside, or half their difference (DLMF 10.6.1, 10.29.1); other orders stay."""

    def lift(_: Enclosure, *operands: Tangent) -> Enclosure:
        *before, n, x = operands
        if not all(map(is_still, [*before, n])):
            return UNKNOWN
        lower, upper = (
            MEANINGS[operator](*[it.value for it in before], plus(n.value, fmpq(step)), x.value) for step in (-1, 1)
        )
        return times(fmpq(1, 2), plus(lower, times(fmpq(sign), upper)), x.slope)

    return lift


def _digamma_fall(x: Tangent, y: Tangent) -> Enclosure:
    """The slope of lbeta by x, times that of x."""
    if is_still(x):
        return ZERO
    of_sum = MEANINGS["digamma"](plus(x.value, y.value))
    return times(MEANINGS["sub"](MEANINGS["digamma"](x.value), of_sum), x.slope)


def _lbeta(_: Enclosure, a: Tangent, b: Tangent) -> Enclosure:
    return plus(_digamma_fall(a, b), _digamma_fall(b, a))


def _beta(value: Enclosure, a: Tangent, b: Tangent) -> Enclosure:
    return times(value, _lbeta(value, a, b))


def _one_more(operator: str) -> Lift:
    """A family of derivatives by two operands: one order more by each of them that moves."""

    def lift(_: Enclosure, k: Tangent, n: Tangent, a: Tangent, b: Tangent) -> Enclosure:
        if not (is_still(k) and is_still(n)):
            return UNKNOWN
        orders = (plus(k.value, ONE), n.value), (k.value, plus(n.value, ONE))
        moving = [(order, x) for order, x in zip(orders, (a, b), strict=True) if not is_still(x)]
        slopes = [times(MEANINGS[operator](*order, a.value, b.value), x.slope) for order, x in moving]
        return plus(ZERO, *slopes)

    return lift


FAMILIES: dict[str, Lift] = {
    **{name: _next_order(name) for name in ("polygamma", "erfcx_slope", "exprel_slope")},
    "sinc_n": _sinc_n,
    "bessel_j": _bessel("bessel_j", -1),
    "bessel_j_slope": _bessel("bessel_j_slope", -1),
    "bessel_i": _bessel("bessel_i", 1),
    "lbeta": _lbeta,
    "beta": _beta,
    **{name: _one_more(name) for name in ("lbeta_slope", "beta_slope")},
}
"""By the names of the rows."""
