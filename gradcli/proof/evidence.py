"""What SymPy's own derivative says of gradcli's: the same formula, the same number, or another one.

Depends on `gradcli.proof.comparison` for the formula and on `gradcli.proof.rising` for the number.
"""

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.precision.multiprecision_kernels import MP, Number
from gradcli.proof.comparison import FAILURES, Comparison, comparison
from gradcli.proof.rising import gap
from gradcli.time_limit import within

ALGEBRA = 0.8
"""The share of the time that algebra may take; the rest is for numbers."""


class Evidence(NamedTuple):
    """What was found.

    proved  whether SymPy shows that both are the same formula
    gap     where it does not: the difference at the point, 0 where no precision tells them apart; None if not known
    """

    proved: bool = False
    gap: Number | None = None


def evidence(
    graph: Graph, output: int, gradient: int, by: int, bindings: Mapping[str, Any], seconds: float
) -> Evidence:
    """Hold node `gradient` against SymPy's derivative of `output` by node `by`, around a point, for so many seconds."""
    until = time.monotonic() + seconds
    algebra = seconds * ALGEBRA
    found = within(algebra, lambda: comparison(graph, output, gradient, by, bindings), None)
    if found is None:
        return Evidence()
    if within(algebra - seconds + until - time.monotonic(), found.is_proved, False):
        return Evidence(proved=True)
    return _by_numbers(found, until - time.monotonic())


def _by_numbers(found: Comparison, seconds: float) -> Evidence:
    """What the numbers say where algebra is silent."""
    try:
        apart = within(seconds, lambda: gap(found.sympys, found.own, found.at), None)
    except FAILURES:
        return Evidence()
    return Evidence(gap=None if apart is None else MP.mpf(str(apart)))
