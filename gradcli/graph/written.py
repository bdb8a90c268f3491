"""Numbers as they are written: 0.1 is a tenth, and the double next to it is what plain arithmetic makes of it.

Depends on nothing. A literal is the decimal that is written, which nearly always is the shortest that is read as its
double, so a float says it all; a `Written` holds what no float does. A binding is its double, unless it is a `Written`.
"""

from math import gcd, inf, isfinite

Ratio = tuple[int, int]
"""Numerator and denominator."""

LONGEST, FARTHEST = 1000, 5000
"""The characters and the exponent that a number may have, to be written out as a ratio."""
SURE = 15
"""Digits that every double keeps, if it is not below NORMAL."""
LEAST, NORMAL, LARGEST = 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308
WHOLE = 2.0**53
"""Up to here every whole number is a double."""


class Written(float):
    """The double nearest to a number, infinite or 0 where none is near; and the number, in lowest terms.

    >>> tenth = Written(0.1, (1, 10))
    >>> tenth, -tenth == -0.1, (-tenth).ratio
    (0.1, True, (-1, 10))
    """

    __slots__ = ("ratio",)
    ratio: Ratio

    def __new__(cls, near: float, ratio: Ratio) -> "Written":
        """The double and the ratio."""
        number = super().__new__(cls, near)
        number.ratio = ratio
        return number

    def __getnewargs__(self) -> tuple[float, Ratio]:  # type: ignore[override]  # a float has none but itself
        """What a copy is made of."""
        return float(self), self.ratio

    def __neg__(self) -> "Written":
        """The number with its other sign."""
        over, under = self.ratio
        return Written(-float(self), (-over, under))


def literal(text: str) -> float | None:
    """A number of a formula: a float where its shortest decimal is what is written; None for one too far from 1.

    >>> literal("0.10"), literal("1e-999").ratio[0], literal("1e999999999")
    (0.1, 1, None)
    """
    near, ratio = float(text), _ratio(text)
    if ratio is None or (isfinite(near) and ratio == _ratio(repr(near))):
        return near if ratio else None
    return Written(near, ratio)


def typed(text: str) -> float | None:
    """A number that a person gives a variable: a float if it is that double; None for one too far from 1."""
    ratio, near = _ratio(text), float(text)
    if ratio is None or not ratio[0]:
        return near if ratio else None  # a zero has a sign
    return rational(*ratio)


def rational(over: int, under: int) -> float:
    """The number over/under: a float if it is that double.

    >>> rational(1, 2), rational(1, 3), rational(1, 3).ratio
    (0.5, 0.3333333333333333, (1, 3))
    """
    near, shared = quotient(over, under), gcd(over, under)
    ratio = over // shared, under // shared
    return near if isfinite(near) and near.as_integer_ratio() == ratio else Written(near, ratio)


def quotient(over: int, under: int) -> float:
    """The double nearest to a ratio: division of whole numbers rounds rightly, subnormal results too."""
    try:
        return over / under
    except OverflowError:
        return inf if over > 0 else -inf


def as_written(number: float) -> Ratio:
    """What a finite literal is: the decimal that is written, not in lowest terms.

    >>> as_written(0.1), as_written(1e22), as_written(-0.25)
    ((1, 10), (10000000000000000000000, 1), (-25, 100))
    """
    if type(number) is Written:
        return number.ratio
    if -WHOLE <= number <= WHOLE and number == int(number):
        return int(number), 1
    text = repr(float(number))
    whole, _, part = text.partition(".")
    if "e" in text:
        return _ratio(text) or number.as_integer_ratio()
    return int(whole + part), 10 ** len(part)


def as_given(number: float) -> Ratio:
    """What a variable is bound to, if that is finite: the double, unless more is known.

    >>> as_given(0.1) == (0.1).as_integer_ratio(), as_given(rational(1, 10))
    (True, (1, 10))
    """
    return number.ratio if isinstance(number, Written) else number.as_integer_ratio()


def shift(number: float, ratio: Ratio) -> float:
    """How far a number is from its double, rounded, but to 0 only where it is that double; infinite where that is.

    >>> shift(0.5, (1, 2)), shift(0.1, (1, 10)), shift(0.0, (1, 10**999))
    (0.0, -5.551115123125783e-18, 5e-324)
    """
    if not isfinite(number):
        return inf
    over, under = ratio
    double, unit = number.as_integer_ratio()
    apart = over * unit - double * under
    return quotient(apart, under * unit) or LEAST * ((apart > 0) - (apart < 0))


def decimal_text(number: Written) -> str:
    """The decimal that is written, in as few characters as it has digits: 1e999."""
    from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal  # few formulas have such a number

    exact = Context(prec=LONGEST + 2 * FARTHEST, Emin=MIN_EMIN, Emax=MAX_EMAX)
    over, under = map(Decimal, number.ratio)
    return str(exact.divide(over, under).normalize(exact)).lower().replace("e+", "e")


def _ratio(text: str) -> Ratio | None:
    """The number of a decimal in lowest terms; None where its exponent is too large to be written out."""
    mantissa, _, exponent = text.lower().replace("_", "").partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).rstrip("0")
    if not digits.lstrip("+-0"):
        return 0, 1
    if len(exponent.lstrip("+-0")) > SURE or len(digits) > LONGEST:
        return None
    power = int(exponent or 0) + len(whole) - len(digits)
    if abs(power) > FARTHEST + LONGEST or abs(int(exponent or 0)) > FARTHEST:
        return None
    if power >= 0:
        return int(digits) * 10**power, 1
    over, under = int(digits), 10**-power
    shared = gcd(over, under)
    return over // shared, under // shared
