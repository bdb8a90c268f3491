"""Series that end, as polynomials: (x^3 - 1)/(x - 1) is 3 + 3*t + t^2 at x = 1 + t, which is x^2 + x + 1.

Depends on `gradcli.diagnose.nonfinite.series`. That a series ends is guessed from its last terms, and has to be tried.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest

from gradcli.diagnose.nonfinite.series import Coefficient, Series
from gradcli.diagnose.nonfinite.simple_forms import DENOMINATOR, ratio
from gradcli.graph.graph import Graph

ZEROS = 3
"""So many terms that are 0 are taken for the end."""


def polynomial(graph: Graph, series: Series, by: int, start: float | None) -> Iterator[int]:
    """The polynomial in `by` that a series in its distance from the number `start` may be."""
    terms = [series.term(power) for power in range(series.known)]
    if start is None or not any(terms) or any(terms[-ZEROS:]):
        return
    if start == 0.0:
        yield _sum(graph, terms, by)
    elif all(term is None or term.fixed for term in terms):
        factors = [Fraction(term.value if term else 0).limit_denominator(DENOMINATOR) for term in terms]
        yield _sum(graph, [_coefficient(graph, factor) for factor in _moved(factors, Fraction(start))], by)


def _moved(factors: Sequence[Fraction], start: Fraction) -> list[Fraction]:
    """The factors of the powers of x where these are of the powers of x - start, by Horner's rule."""
    moved: list[Fraction] = []
    for factor in reversed(factors):
        shifted = [-start * old for old in moved]
        moved = [up + old for up, old in zip_longest([Fraction(0), *moved], shifted, fillvalue=Fraction(0))]
        moved[0] += factor
    return moved


def _coefficient(graph: Graph, factor: Fraction) -> Coefficient | None:
    node = ratio(graph, float(factor)) if factor else None
    return None if node is None else Coefficient(node, float(factor), fixed=True)


def _sum(graph: Graph, terms: Sequence[Coefficient | None], by: int) -> int:
    """The highest power first; what is negative is taken away."""
    total = -1
    for power, term in reversed([*enumerate(terms)]):
        if term is None:
            continue
        negative = term.fixed and term.value < 0 and total >= 0
        node = _power(graph, ratio(graph, -term.value) if negative else None, term, by, power)
        total = node if total < 0 else graph.node("sub" if negative else "add", (total, node))
    return total


def _power(graph: Graph, magnitude: int | None, term: Coefficient, by: int, power: int) -> int:
    """One term, or its magnitude."""
    factor = term.node if magnitude is None else magnitude
    if not power:
        return factor
    raised = by if power == 1 else graph.node("pow", (by, graph.constant(float(power))))
    return raised if graph.value_of(factor) == 1.0 else graph.node("mul", (factor, raised))
