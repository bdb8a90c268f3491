"""Sines and cosines as rational functions of tan(u/2), where u is the least part of which all angles are multiples.

Depends on SymPy. An angle is a sum of terms, and tan((u + v)/2) a rational function of tan(u/2) and tan(v/2)
(DLMF 4.21.4), tan(n u/2) one of tan(u/2) by de Moivre's formula (DLMF 4.21.34).
"""

from math import comb
from typing import Any

import sympy

from gradcli.proof.sympy_families import Formula

MOST_TIMES = 12
"""No tangent of more times an angle is written out."""

CIRCULAR: dict[Any, Any] = {
    sympy.sin: lambda t: 2 * t / (1 + t**2),
    sympy.cos: lambda t: (1 - t**2) / (1 + t**2),
    sympy.tan: lambda t: 2 * t / (1 - t**2),
    sympy.cot: lambda t: (1 - t**2) / (2 * t),
}
"""Functions of u over t, which is tan(u/2)."""


class Angles:
    """The least parts of the angles that were met, term by term. They are all known once a second walk meets the same.

    With `whole`, every angle is one by itself: it is soon seen what is equal so.
    """

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.least: dict[Formula, Formula] = {}

    def parts(self, angle: Formula) -> list[tuple[Formula, int]]:
        """Angles and how many times they are taken: all together this angle."""
        if self.whole:
            return [(angle, 1)]
        return [self._part(*term.as_coeff_Mul(rational=True)) for term in sympy.Add.make_args(angle)]

    def _part(self, factor: Formula, rest: Formula) -> tuple[Formula, int]:
        least = self.least[rest] = abs(factor).gcd(self.least.get(rest, factor))
        times = int(factor / least)
        return (least * rest, times) if abs(times) <= MOST_TIMES else (factor * rest, 1)


def of_multiple(tangent: Formula, times: int) -> Formula:
    """tan(n u) over tan(u)."""
    n = abs(times)
    if n == 1:
        return times * tangent
    above = sum((-1) ** (k // 2) * comb(n, k) * tangent**k for k in range(1, n + 1, 2))
    below = sum((-1) ** (k // 2) * comb(n, k) * tangent**k for k in range(0, n + 1, 2))
    return (1 if times > 0 else -1) * above / below


def of_sum(first: Formula, second: Formula) -> Formula:
    """tan(u + v) over both tangents."""
    return (first + second) / (1 - first * second)
