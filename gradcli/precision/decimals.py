"""Numbers of mpmath in decimals, and the doubles beside them: which is the nearest, and how far away is one?

Depends on `gradcli.precision.multiprecision_kernels`.
"""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from gradcli.precision.multiprecision import SPARE
from gradcli.precision.multiprecision_kernels import INF, MP, Number, is_finite

LONG = 3000
"""Bits of an exponent's power from which on mpmath would raise 10 to it, whose bits may be thousands."""
LONGEST_EXPONENT = 2**60
"""Beyond so many bits a number is told by its logarithm: its exponent alone would fill a line."""
BRIEF = 8
APART = (17, 25, 50)
"""Digits in which two numbers are shown until they differ."""
FINEST = 2000
PLACES = 6
"""Decimals of a distance in ulp: what stays of a difference quotient's own error is less."""


def number_text(number: Number, digits: int) -> str:
    """A number in decimals, without trailing zeros; NaN, Infinity, -Infinity as DESIGN's JSON has them."""
    if not is_finite(number):
        return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"
    if number and abs(MP.mag(number)) > LONG:
        return _scientific(number, digits)
    with MP.workdps(digits + SPARE), _any_length():
        # Rounded first: mpmath writes out every digit that a number has before it cuts them.
        mantissa, e, exponent = MP.nstr(+number, digits).partition("e")
    return str(mantissa.removesuffix(".0") + e + exponent)


def _scientific(number: Number, digits: int) -> str:
    """A number far from 1 in decimals, by its logarithm."""
    with MP.workdps(digits + SPARE), MP.extraprec(2 * int(MP.mag(number)).bit_length()):
        logarithm = MP.log10(abs(number))
        exponent = int(MP.floor(logarithm))
        mantissa = MP.nstr(MP.mpf(10) ** (logarithm - exponent), digits, min_fixed=-INF, max_fixed=INF)
    if mantissa.startswith("10"):  # 9.99… rounded up
        mantissa, exponent = "1.0", exponent + 1
    with _any_length():
        return f"{'-' if number < 0 else ''}{mantissa.removesuffix('.0')}e{exponent:+d}"


@contextmanager
def _any_length() -> Iterator[None]:
    """Let integers be written however long they are: digits by the thousand, and exponents of exponentials.

    Python's limit guards against texts of strangers; here the precision that was asked for is the limit.
    """
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(limit)


def brief_text(number: Number) -> str:
    """A number in a few digits: 2.2339948e308, or -10^(2.9956574e302) where the exponent has too many."""
    if not (is_finite(number) and number and abs(MP.mag(number)) > LONGEST_EXPONENT):
        return number_text(number, BRIEF).replace("e+", "e")
    with MP.workdps(BRIEF + SPARE):
        return f"{'-' if number < 0 else ''}10^({number_text(MP.log10(abs(number)), BRIEF)})".replace("e+", "e")


def told_apart(first: Number, second: Number) -> tuple[str, str]:
    """Two numbers in as few digits as show that they differ; where those are many, the first by its distance."""
    told = [(number_text(first, digits), number_text(second, digits)) for digits in APART]
    shown = told[0][1]
    with MP.workdps(FINEST):
        apart = first - second
    by_distance = (f"{shown} {'-' if apart < 0 else '+'} {number_text(abs(apart), 3)}" if apart else shown), shown
    return next((texts for texts in told if texts[0] != texts[1]), by_distance)


def ulps(double: float, reference: Number) -> float:
    """How far a double is from a number, in units in the last place of the double nearest to it.

    NaN where just one of them is NaN; infinite where just one of them is beyond the doubles.
    """
    near = nearest(reference)
    if double == near and math.isinf(near):
        return 0.0
    if double != double or near != near:
        return 0.0 if double != double and near != near else math.nan
    if math.isinf(double) or math.isinf(near):
        return math.inf
    with MP.workdps(100):
        return round(nearest(abs(MP.mpf(double) - reference) / MP.mpf(math.ulp(near))), PLACES)


def nearest(number: Number) -> float:
    """The double nearest to a number, a tie to the even one, subnormal ones too; infinite beyond the largest."""
    if not is_finite(number):
        return float(number)
    sign = 1 if number >= 0 else -1
    if not number or MP.mag(number) < -1100:
        return math.copysign(0.0, sign)
    if MP.mag(number) > 1025:
        return math.copysign(math.inf, sign)
    whole, shift = sign * int(number.man), int(number.exp)
    try:
        return float(whole << shift) if shift >= 0 else whole / (1 << -shift)
    except OverflowError:
        return math.copysign(math.inf, sign)
