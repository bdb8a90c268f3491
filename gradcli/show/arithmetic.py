"""Equations between rounded numbers that hold as they stand: 1 + 0.82436 + 0.82436 = 2.64872.

Depends on `gradcli.show.wording`. The shown numbers are taken as exact: `=` stands where they give the shown result in
the shown digits, with one digit more if need be; `≈` elsewhere.
"""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from math import prod

from gradcli.show.wording import rounded

MOST_TERMS = 6
"""A sum of more terms shows the first of them."""
EXACT = Context(prec=2000)
"""Digits for the sum of numbers that are far from each other."""

Compute = Callable[[Sequence[Decimal]], Decimal]


def product(factors: Sequence[float], result: float, digits: int) -> str:
    """8 × 2 = 16."""
    return _equation(factors, result, digits, " × ".join, lambda them: prod(them, start=Decimal(1)))


def total(terms: Sequence[float], result: float, digits: int) -> str:
    """1 - 0.5 + 2 = 2.5, of many terms the first."""
    few = terms[:MOST_TERMS]
    more = f" + … ({len(terms) - len(few):,} more)" if len(few) < len(terms) else ""
    return _equation(terms, result, digits, lambda texts: _signed(texts[: len(few)]) + more, _sum)


def update(before: float, lr: float, slope: float, after: float, digits: int) -> str:
    """3 - 0.1 × 16 = 1.4."""

    def joined(texts: Sequence[str]) -> str:
        return "{} - {} × {}".format(*texts)

    return _equation((before, lr, slope), after, digits, joined, lambda them: _sum((them[0], -them[1] * them[2])))


def relation(computed: Decimal, shown: str, digits: int) -> str:
    """`=` where a number that is computed from shown ones gives a shown one, else `≈`."""
    given = Decimal(shown)
    if not (computed.is_finite() and given.is_finite()):
        return "="
    return "=" if Decimal(f"{computed:.{digits}g}") == given else "≈"


def _equation(
    numbers: Sequence[float], result: float, digits: int, joined: Callable[[Sequence[str]], str], compute: Compute
) -> str:
    """The equation in so many digits if it holds there, or with one more; else in so many, with `≈`."""
    for tried in (digits, digits + 1, digits):
        texts, shown = [rounded(number, tried) for number in numbers], rounded(result, tried)
        sign = relation(_computed(texts, compute), shown, tried)
        if sign == "=":
            break
    return f"{joined(texts)} {sign} {shown}"


def _computed(texts: Sequence[str], compute: Compute) -> Decimal:
    numbers = [Decimal(text) for text in texts]
    return compute(numbers) if all(number.is_finite() for number in numbers) else Decimal("NaN")


def _sum(terms: Sequence[Decimal]) -> Decimal:
    found = Decimal(0)
    for term in terms:
        found = EXACT.add(found, term)
    return found


def _signed(texts: Sequence[str]) -> str:
    """Terms with their signs between them."""
    first, *rest = texts
    return first + "".join(f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)
