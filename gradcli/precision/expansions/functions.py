"""Functions of expansions at their poles, at their ends and far out, where no Taylor series has them.

Depends on `powers` and `strictness`.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import accumulate
from math import factorial, prod

from flint import arb, ctx, fmpq

from gradcli.precision.enclosures import balls, meanings
from gradcli.precision.enclosures.balls import kept
from gradcli.precision.expansions.arithmetic import compose, mul, neg, sub
from gradcli.precision.expansions.powers import HALF, HIGHEST, ONE, coefficients, div, raised, taylor
from gradcli.precision.expansions.series import (
    BOUNDED,
    CONSTANT,
    FLAT,
    LOGARITHM,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Expansion,
    constant,
    is_boundless,
    is_infinite,
    number_of,
    parted,
    sign,
)
from gradcli.precision.expansions.strictness import Meaning, strict


@strict("sin")
def sin(x: Expansion) -> Expansion:
    """The sine."""
    return _wave("sin", x)


@strict("cos")
def cos(x: Expansion) -> Expansion:
    """The cosine."""
    return _wave("cos", x)


def _wave(operator: str, x: Expansion) -> Expansion:
    """Sine and cosine: bounded in any case."""
    if is_infinite(x):
        return UNDEFINED
    found = UNKNOWN if is_boundless(x) else taylor(operator, x)
    return BOUNDED if found is UNKNOWN else found


@strict("erf")
def erf(x: Expansion) -> Expansion:
    """The error function."""
    return _sigmoid("erf", -1, 1, x)


@strict("erfc")
def erfc(x: Expansion) -> Expansion:
    """1 - erf(x)."""
    return _sigmoid("erfc", 2, 0, x)


def _sigmoid(operator: str, low: int, high: int, x: Expansion) -> Expansion:
    """A function that comes near to a number, faster than any power does, far out on both sides."""
    if is_boundless(x) or (x.terms and x.lead <= LOGARITHM):
        side = sign(x)
        return _beside(high if side > 0 else low, -side) if side else BOUNDED
    return taylor(operator, x)


def _beside(number: int, side: int) -> Expansion:
    return Expansion((), FLAT, side) if number == 0 else Expansion(((CONSTANT, fmpq(number)),), FLAT)


@strict("atan")
def atan(x: Expansion) -> Expansion:
    """Far out by the angle of 1/x."""
    if parted(x) is not None:
        return taylor("atan", x)
    side = sign(x)
    quarter = constant(kept(arb.pi() * (side or 0) / 2))
    return sub(quarter, taylor("atan", div(ONE, x))) if side else BOUNDED


@strict("atan2")
def atan2(y: Expansion, x: Expansion) -> Expansion:
    """By the octant (DLMF 4.23.26); where y is 0 it counts as above the cut."""
    over, beside = sign(y), sign(x)
    if beside == 1:
        return atan(div(y, x))
    if over:
        quarter = constant(kept(arb.pi() * over / 2))
        return sub(quarter, atan(div(x, y)))
    if over == 0 and beside is not None:
        return constant(kept(arb.pi())) if beside else UNDEFINED
    return BOUNDED


@strict("acos")
def acos(x: Expansion) -> Expansion:
    """A series within, a root at the ends: acos(x) = 2 asin(sqrt((1 - x)/2))."""
    end = _end(x)
    if end is None:
        return _within("acos", x)
    return _half_angle(x) if end > 0 else sub(constant(kept(arb.pi())), _half_angle(neg(x)))


@strict("asin")
def asin(x: Expansion) -> Expansion:
    """pi/2 - acos(x) at the ends."""
    return _within("asin", x) if _end(x) is None else sub(constant(kept(arb.pi() / 2)), acos(x))


def _half_angle(x: Expansion) -> Expansion:
    root = raised(mul(sub(ONE, x), HALF), HALF)
    return root if root is UNDEFINED or root is UNKNOWN else mul(constant(fmpq(2)), taylor("asin", root))


def _end(x: Expansion) -> int | None:
    """1 or -1, if that is what it tends to for certain."""
    parts = parted(x)
    return int(parts[0].p) if parts and type(parts[0]) is fmpq and abs(parts[0]) == 1 else None


def _within(operator: str, x: Expansion) -> Expansion:
    parts = parted(x)
    grows = sign(x) and (is_boundless(x) or (x.terms and x.lead < CONSTANT))
    return UNDEFINED if grows or (parts and abs(parts[0]) > 1) else taylor(operator, x)


@strict("gamma")
def gamma(x: Expansion) -> Expansion:
    """By its reflection (DLMF 5.5.3) at the poles and left of them."""
    parts = parted(x)
    if parts is None or not parts[0] <= 0:
        return taylor("gamma", x)
    wave = mul(taylor("sin_pi", x), taylor("gamma", sub(ONE, x)))
    return div(constant(kept(arb.pi())), wave)


def _order(n: Expansion, least: int = 0) -> int | Expansion:
    """A whole order that is followed; what there is where it is none: nothing, beside one that moves."""
    number, parts = number_of(n), parted(n)
    if type(number) is fmpq and number.q == 1 and least <= number <= HIGHEST:
        return int(number.p)
    return UNDEFINED if number is None and parts and sign(parts[1]) else UNKNOWN


@strict("polygamma")
def polygamma(n: Expansion, x: Expansion) -> Expansion:
    """From the Taylor series of lgamma, whose derivative of order n + 1 it is, right of 0."""
    parts, order = parted(x), _order(n)
    if isinstance(order, Expansion):
        return order
    if parts is None or not parts[0] > 0:
        return _reflected(x) if order == 0 and parts and parts[0] <= 0 else UNKNOWN
    skipped, cap = order + 1, ctx.cap
    ctx.cap = cap + skipped
    try:
        series = coefficients("lgamma", parts[0])
    finally:
        ctx.cap = cap
    falling = [reduce(lambda a, b: a * b, range(at + 1, at + skipped + 1)) for at in range(cap)]
    return compose([kept(series[at + skipped] * falling[at]) for at in range(cap)], parts[1]) if series else UNKNOWN


def _reflected(x: Expansion) -> Expansion:
    """digamma(1 - x) - pi cot(pi x) (DLMF 5.5.4)."""
    cotangent = div(taylor("cos_pi", x), taylor("sin_pi", x))
    return sub(polygamma(ZERO, sub(ONE, x)), mul(constant(kept(arb.pi())), cotangent))


def family(operator: str, least: Sequence[int] = (0,), raised: Sequence[int] = (0,)) -> Meaning:
    """A family of derivatives, where they are finite: the Taylor series by the orders that follow.

    `least` has the least of each order, `raised` for each operand behind them the order that is one more in its slope.
    """

    @strict(operator)
    def expanded(*operands: Expansion) -> Expansion:
        read = [_order(n, low) for n, low in zip(operands, least, strict=False)]
        lost, orders = [n for n in read if isinstance(n, Expansion)], [n for n in read if isinstance(n, int)]
        numbers = [number_of(x) for x in operands[len(least) :]]
        moving = [at for at, number in enumerate(numbers) if number is None]
        parts = parted(operands[len(least) + moving[0]]) if len(moving) == 1 else None
        if lost or parts is None:
            return next((n for n in lost if n is UNDEFINED), UNKNOWN)
        numbers[moving[0]], upper = parts[0], raised[moving[0]]
        steps = ([fmpq(n) + k * (at == upper) for at, n in enumerate(orders)] for k in range(ctx.cap))
        slopes = [meanings.MEANINGS[operator](*step, *numbers) for step in steps]
        return compose([kept(it / factorial(k)) for k, it in enumerate(slopes)], parts[1])

    return expanded


def bessel(operator: str, slope: Callable[[int, int, arb], arb]) -> Meaning:
    """A Bessel function of whole order, by its derivatives."""

    @strict(operator)
    def expanded(n: Expansion, x: Expansion) -> Expansion:
        order, parts = _order(n, -HIGHEST), parted(x)
        if isinstance(order, Expansion) or parts is None:
            return order if isinstance(order, Expansion) else UNKNOWN
        at = balls.as_ball(parts[0])
        return compose([kept(slope(k, order, at) / factorial(k)) for k in range(ctx.cap)], parts[1])

    return expanded


@strict("sinc_n")
def sinc_n(n: Expansion, x: Expansion) -> Expansion:
    """j_n(x)/x^n: at 0 as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3), else by recurrence (ibid. 10.51.1)."""
    order, parts = _order(n), parted(x)
    if isinstance(order, Expansion):
        return order
    if parts and type(parts[0]) is fmpq and parts[0] == 0:
        factors = accumulate(range(1, ctx.cap), lambda a, k: -a / (2 * k * (2 * (order + k) + 1)), initial=balls.ONE)
        return compose([it / prod(range(1, 2 * order + 2, 2)) for it in factors], mul(x, x))
    before, now = cos(x), div(sin(x), x)
    for k in range(order):
        above = sub(mul(constant(fmpq(2 * k + 1)), now), before)
        before, now = now, div(above, mul(x, x))
    return now
