"""Numbers that no double holds: to any computation the infinity or the zero next to them, to a reader their digits.

Depends on the standard library.
"""

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class Beyond(float):
    """A number beyond the doubles, or between 0 and the least of them.

    >>> from decimal import Decimal
    >>> from math import inf
    >>> number = Beyond(inf, Decimal("1.9700711140170469e434"))
    >>> number > 1e308, f"{number:.6g}", number
    (True, '1.97007e+434', 1.9700711140170469e+434)
    """

    decimal: "Decimal"

    def __new__(cls, near: float, decimal: "Decimal") -> "Beyond":
        """The double that stands for a number, and the number."""
        number = super().__new__(cls, near)
        number.decimal = decimal
        return number

    def __repr__(self) -> str:
        """Its digits."""
        return f"{self.decimal:e}"

    def __format__(self, form: str) -> str:
        """Its digits, in a form for floats."""
        return format(self.decimal, form)


def times(first: float, second: float) -> float:
    """The product; where that is beyond the doubles, or a factor is, with its digits."""
    product = first * second
    far = isinstance(first, Beyond) or isinstance(second, Beyond)
    lost = not isfinite(product) or (product == 0 and first and second)
    if not far and not (lost and isfinite(first) and isfinite(second)):
        return product
    from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal  # few numbers need it, and every answer would wait for it

    exact = Context(prec=40, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
    factors = [it.decimal if isinstance(it, Beyond) else Decimal(it) for it in (first, second)]
    found = exact.multiply(*factors)
    near = float(found)
    return near if not found.is_finite() or (isfinite(near) and (near or not found)) else Beyond(near, found)
