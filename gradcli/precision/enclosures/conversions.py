"""What is settled, as the numbers that others use: the nearest double, one of mpmath, a fraction, a bound in words.

Depends on `gradcli.precision.enclosures.balls`. mpmath is loaded for decimals alone.
"""

from math import inf, nan
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from gradcli.graph.written import quotient
from gradcli.precision.enclosures.balls import NAN, UNKNOWN, Enclosure, as_ball, is_finite, is_huge, is_moderate

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

LONGEST_EXPONENT, LOG10_OF_2 = 10**18, 0.30103
MOST = 1 << 20
"""No more bits are compared."""
BELOW = fmpq(1, 2) ** 1075
"""What is smaller is 0 as a double."""


def fraction(x: Enclosure) -> tuple[int, int] | None:
    """Numerator and denominator of what is a rational for certain."""
    return (int(x.p), int(x.q)) if type(x) is fmpq else None


def nearest(x: Enclosure) -> float | None:
    """The double that is nearest to all that an enclosure holds; None where the two ends have others, or no number."""
    if type(x) is fmpq:
        return quotient(int(x.p), int(x.q))
    if not is_finite(x):
        return nan if x is NAN else None if x is UNKNOWN else inf if x > 0 else -inf
    with ctx.workprec(128):
        low, high = (_dyadic(end) for end in (x.lower(), x.upper()))
    return low if low == high else None


def middle(x: Enclosure) -> float:
    """The double nearest to the middle of a ball; that of what is no ball."""
    if type(x) is arb and is_finite(x):
        return _dyadic(x.mid())
    exact = nearest(x)
    return nan if exact is None else exact


def is_below_doubles(x: Enclosure) -> bool:
    """Whether it rounds to 0, whatever it is."""
    return is_finite(x) and bool(abs(x) < BELOW)


def is_beyond_doubles(x: Enclosure, near: float) -> bool:
    """Whether it is none that a double can hold: it is finite and rounds to infinity, or to 0."""
    return is_finite(x) and (abs(near) == inf or (near == 0 and x != 0))


def number(x: Enclosure, digits: int) -> "Number":
    """The middle as a number of mpmath, with so many digits if it is a fraction that never ends."""
    from mpmath.libmp import from_man_exp

    from gradcli.precision.multiprecision_kernels import MP

    if not is_finite(x):
        return MP.nan if x is NAN or x is UNKNOWN else MP.inf if x > 0 else -MP.inf
    if type(x) is fmpq:
        with MP.workdps(digits):
            return MP.mpf(int(x.p)) / int(x.q)
    man, exponent = x.mid().man_exp()
    return MP.make_mpf(from_man_exp(int(man), int(exponent)))


def ends(x: Enclosure, digits: int) -> "tuple[Number, Number]":
    """The ends of a ball, each to so many digits; a fraction twice."""
    if type(x) is not arb:
        return number(x, digits), number(x, digits)
    with ctx.workprec(4 * digits + 64):
        return number(x.lower(), digits), number(x.upper(), digits)


def are_apart(x: Enclosure, y: Enclosure) -> bool:
    """Whether two are certainly not the same: balls that do not overlap, or an infinity or NaN beside another thing."""
    if x is UNKNOWN or y is UNKNOWN or x is y:
        return False
    if not (is_finite(x) and is_finite(y)):
        return is_moderate(x) or is_moderate(y) or not (is_huge(x) and is_huge(y))
    with ctx.workprec(max(_bits(x), _bits(y)) + ctx.prec):  # a rational beside a ball becomes one, as narrow at least
        return bool(x != y)


def _bits(x: Enclosure) -> int:
    """How many bits tell a ball from its neighbours: those of its middle, or more if that is short."""
    if type(x) is not arb or x.is_exact():
        return 0 if type(x) is fmpq else x.bits()
    return max(x.bits(), min(x.rel_accuracy_bits(), MOST))


def certain_digits(x: Enclosure) -> int:
    """How many decimals of a number are certain."""
    return max(0, int(x.rel_accuracy_bits() * LOG10_OF_2)) if is_finite(x) and type(x) is arb else 0


def bound(x: Enclosure) -> str:
    """A negative power of ten that the magnitude is below: 1e-2000, 10^(-3.28e3518). Empty where none is known."""
    with ctx.workprec(128):
        exponent = as_ball(x).abs_upper().log() / arb(10).log() if is_finite(x) and type(x) is arb else arb(0)
        if not exponent < 0:
            return ""
        if exponent > -LONGEST_EXPONENT:
            return f"1e{int(exponent.upper().ceil().fmpz())}"
        mantissa, _, power = exponent.upper().mid().str(4, radius=False).partition("e+")
        return f"10^({mantissa[:5]}e{power})"


def _dyadic(ball: arb) -> float:
    """The double nearest to an exact ball."""
    man, exponent = (int(part) for part in ball.man_exp())
    way = -1.0 if man < 0 else 1.0
    if man.bit_length() + exponent > 1100:
        return way * inf
    if man.bit_length() + exponent < -1100:
        return way * 0.0
    return quotient(man << exponent, 1) if exponent >= 0 else quotient(man, 1 << -exponent)
