"""Numbers that no double holds: to any computation the infinity or the zero next to them, to a reader their digits.

Depends on the standard library.
"""

from functools import cache
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Context, Decimal


class Beyond(float):
    """A number beyond the doubles, or between 0 and the least of them.

    >>> from decimal import Decimal
    >>> from math import inf
    >>> number = Beyond(inf, Decimal("1.9700711140170469e434"))
    >>> number > 1e308, f"{number:.6g}", number
    (True, '1.97007e+434', 1.9700711140170469e+434)
    """

    decimal: "Decimal"
    text: str

    def __new__(cls, near: float, decimal: "Decimal", text: str = "") -> "Beyond":
        """The double that stands for a number, and the number; a text where no Decimal holds it, which is NaN then."""
        number = super().__new__(cls, near)
        number.decimal, number.text = decimal, text
        return number

    def __repr__(self) -> str:
        """Its digits."""
        return self.text or f"{self.decimal:e}"

    def __format__(self, form: str) -> str:
        """Its digits, in a form for floats."""
        return self.text or format(self.decimal, form)


def is_zero(number: float) -> bool:
    """Whether a number is 0, and no smaller one than a double holds."""
    return number == 0 and not isinstance(number, Beyond)


def times(first: float, second: float) -> float:
    """The product; where that is beyond the doubles, or a factor is, with its digits."""
    product = first * second
    for far, other in ((first, second), (second, first)):
        if isinstance(far, Beyond) and far.text and other and isfinite(other) and not isinstance(other, Beyond):
            return _scaled(far, product, other)
    lost = not isfinite(product) or bool(product == 0 and first and second)
    return _exactly("multiply", first, second) if _needs_digits(first, second, lost=lost) else product


def _scaled(far: Beyond, near: float, factor: float) -> Beyond:
    """A number so far from 1 that a factor changes no digit that is known of it, but its sign."""
    text = far.text if factor > 0 else far.text.removeprefix("-") if far.text.startswith("-") else f"-{far.text}"
    return Beyond(near, far.decimal, text)


def plus(first: float, second: float) -> float:
    """The sum; where that is beyond the doubles, or a term is, with its digits."""
    total = first + second
    return _exactly("add", first, second) if _needs_digits(first, second, lost=not isfinite(total)) else total


def _needs_digits(first: float, second: float, *, lost: bool) -> bool:
    """Whether doubles do not do: a number is beyond them, or what they give of finite ones is."""
    far = isinstance(first, Beyond) or isinstance(second, Beyond)
    return far or (lost and isfinite(first) and isfinite(second))


@cache
def _exact() -> "Context":
    """Digits for what is shown, and exponents for any number."""
    from decimal import MAX_EMAX, MIN_EMIN, Context

    return Context(prec=40, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


def _exactly(operation: str, first: float, second: float) -> float:
    """What an operation of decimals gives, as a double if one holds it."""
    from decimal import Decimal  # few numbers need it, and every answer would wait for it

    numbers = [it.decimal if isinstance(it, Beyond) else Decimal(it) for it in (first, second)]
    found: Decimal = getattr(_exact(), operation)(*numbers)
    near = float(found)  # of a number without digits nothing is known
    return near if not found.is_finite() or (isfinite(near) and (near or not found)) else Beyond(near, found)
