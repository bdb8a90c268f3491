"""Arithmetic as it is shown: 1 + 0.82436 + 0.82436 = 2.64872, in rounded numbers for which it holds.

Depends on nothing but the numbers. Shown numbers are taken as exact: `=` stands where they give the shown result in the
shown digits, with one digit more if need be; `≈` elsewhere.
"""

from collections.abc import Callable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation
from functools import reduce
from typing import NamedTuple

from gradcli.precision.beyond import Beyond

MOST_TERMS = 8
"""A sum of more terms shows the first of them."""
EXACT = Context(prec=2000, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Digits for the sum of numbers that are far from each other, and exponents for any product."""

APART = Decimal("0.1")
"""A share by which a result differs that has lost its digits."""

Compute = Callable[[Sequence[Decimal]], Decimal]


CANCELLED = "  (the shown digits are too few)"


class Balance(NamedTuple):
    """Numbers in the digits that are shown, and whether they give the result: `=` or `≈`.

    computed  what the shown numbers give
    """

    numbers: list[str]
    sign: str
    result: str
    computed: Decimal

    @property
    def remark(self) -> str:
        """What is to be said where the shown numbers give nothing like the result."""
        return CANCELLED if cancelled(self.computed, self.result) else ""


def rounded(value: float, digits: int) -> str:
    """A number for reading: `digits` significant digits, no sign on zero, no plus in an exponent."""
    if isinstance(value, Beyond):
        return _far(value, digits)
    text = f"{value + 0.0:.{digits}g}"
    return _short(*text.split("e")) if "e" in text else text


def _far(value: Beyond, digits: int) -> str:
    """The same of a number beyond the doubles; a decimal keeps its zeros."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    shown = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return value.text or (_short(shown, exponent) if exponent else shown)


def _short(mantissa: str, exponent: str) -> str:
    return f"{mantissa}e{int(exponent)}"


def product(factors: Sequence[float], result: float, digits: int) -> str:
    """8 × 2 = 16."""
    shown = balanced(factors, result, digits, multiplied)
    return f"{' × '.join(shown.numbers)} {shown.sign} {shown.result}"


def total(terms: Sequence[float], result: float, digits: int) -> str:
    """1 - 0.5 + 2 = 2.5, of many terms the first."""
    shown = balanced(terms, result, digits, added)
    return f"{terms_text(shown.numbers)} {shown.sign} {shown.result}{shown.remark}"


def step(before: float, lr: float, slope: float, after: float, digits: int) -> Balance:
    """The numbers of 3 - 0.1 × 16 = 1.4."""
    return balanced((before, lr, slope), after, digits, lambda them: added((them[0], -multiplied(them[1:]))))


def terms_text(numbers: Sequence[str]) -> str:
    """Terms with their signs between them, of many the first."""
    first, *rest = numbers[:MOST_TERMS]
    signed = (f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)
    hidden = len(numbers) - len(rest) - 1
    return first + "".join(signed) + (f" + … ({hidden:,} more)" if hidden else "")


def balanced(numbers: Sequence[float], result: float, digits: int, compute: Compute) -> Balance:
    """The numbers in so many digits if they give the result there, or with one more; else in so many, with `≈`."""
    for tried in (digits, digits + 1, digits):
        texts, shown = [rounded(number, tried) for number in numbers], rounded(result, tried)
        computed = _computed(texts, compute)
        sign = "≈" if any(map(is_far, (*texts, shown))) else relation(computed, shown, tried)
        if sign == "=":
            break
    return Balance(texts, sign, shown, computed)


def cancelled(computed: Decimal, shown: str) -> bool:
    """Whether a number that is computed from shown ones has no digit in common with the shown one, which is no 0."""
    given = decimal(shown)
    told = computed.is_finite() and given.is_finite() and given != 0
    return told and bool(EXACT.abs(EXACT.subtract(computed, given)) > EXACT.multiply(EXACT.abs(given), APART))


def relation(computed: Decimal, shown: str, digits: int) -> str:
    """`=` where a number that is computed from shown ones gives a shown one, else `≈`."""
    given = decimal(shown)
    if not (computed.is_finite() and given.is_finite()):
        return "="
    return "=" if Decimal(f"{computed:.{digits}g}") == given else "≈"


def added(terms: Sequence[Decimal]) -> Decimal:
    """The exact sum."""
    return reduce(EXACT.add, terms, Decimal(0))


def multiplied(factors: Sequence[Decimal]) -> Decimal:
    """The exact product."""
    return reduce(EXACT.multiply, factors, Decimal(1))


def _computed(texts: Sequence[str], compute: Compute) -> Decimal:
    numbers = [decimal(text) for text in texts]
    return compute(numbers) if all(number.is_finite() for number in numbers) else Decimal("NaN")


def is_far(text: str) -> bool:
    """Whether a shown number is so far from 1 that nothing can be computed with it: 10^(-2.2e19)."""
    return text.startswith(("10^", "-10^"))


def decimal(text: str) -> Decimal:
    """A shown number; NaN for one whose exponent has too many digits."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")
