"""The passes on one side of a kink: where left and right agree on a gradient, the local derivatives that give it.

Depends on `gradcli.precision.expansions.beside`, which expands every node to either side, and on the rules of the
table, which hold beside the kink as they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isclose, nan
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from gradcli.derivatives.rules import VARIADIC, rule_at, tie
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.passes.zeros import counts
from gradcli.precision.enclosures import is_available
from gradcli.proof import algebra

if TYPE_CHECKING:
    from gradcli.precision.expansions.beside import Beside

NOISE = 1e-9
APART = Fraction(0.6180339887498949)
"""The variables move at rates whose ratios are no simple numbers, so that no two of them tie by accident."""
SECONDS = 3.0


def beside(found: Trace, answer: Point, wrt: Mapping[str, int]) -> Trace | None:
    """The trace as it is where the variables grow a little, or fall: that which gives the answer, if one does."""
    if not is_available():
        return None
    from gradcli.precision.expansions.beside import Surroundings  # python-flint: only where a kink is met

    program = found.program
    there = Surroundings(program.graph, program.output, answer.bindings, monotonic() + SECONDS, algebra)
    nodes = dict.fromkeys(wrt.values())
    for side in (1, -1):
        rates = {node: side / (1 + APART * number) for number, node in enumerate(nodes)}
        around = there.beside(rates)
        moved = summed(found, [_local(found, around, entry, side) for entry in found.contributions])
        if all(isclose(moved.adjoints.get(wrt[name], 0.0), it, rel_tol=NOISE) for name, it in _named(answer)):
            return moved
    return None


def at_infinity(found: Trace) -> Trace:
    """The trace of what levels off at infinity: there nothing comes back, where the rules have 0 times an infinity."""
    return summed(found, found.contributions, nothing=0.0)


def _named(answer: Point) -> Iterator[tuple[str, float]]:
    return ((name, slope) for name, slope in answer.gradient.items() if slope == slope)


def _local(found: Trace, there: "Beside", entry: Contribution, side: int) -> Contribution:
    """A contribution with the local derivative that the rule gives beside the point."""
    graph = found.program.graph
    rule = rule_at(graph, entry.node, entry.position)
    if rule is None or entry.node not in there.moved:
        return entry
    condition = tie(graph.operators[entry.node]) if graph.operators[entry.node] in VARIADIC else None
    taken = rule.active is None or there.holds(rule.active, entry.node, entry.position, condition) is not False
    partial = there.limit(rule.partial, entry.node, entry.position, condition) if taken else 0.0
    if partial != partial or (taken == counts(found, entry) and isclose(partial, entry.partial, rel_tol=NOISE)):
        return entry._replace(taken=taken)
    return entry._replace(taken=taken, partial=partial, local=graph.constant(partial), side=side)


class _Sum(NamedTuple):
    """An adjoint so far; whether anything of it counts."""

    number: float = 0.0
    active: bool = False


def summed(found: Trace, entries: Sequence[Contribution], nothing: float = nan) -> Trace:
    """The trace with these local derivatives: upstream, contributions and adjoints anew; `nothing` is 0 times inf."""
    sums: dict[int, _Sum] = {found.program.output: _Sum(1.0, active=True)}
    told: list[Contribution] = []
    for entry in entries:
        above, before = sums.get(entry.node, _Sum()), sums.get(entry.operand, _Sum())
        active = above.active and entry.taken
        contribution = above.number * entry.partial if active else 0.0
        contribution = contribution if contribution == contribution else nothing
        after = _Sum(before.number + contribution, before.active or active)
        sums[entry.operand] = after
        told.append(entry._replace(upstream=above.number, contribution=contribution, adjoint=after.number))
    adjoints = {node: sums.get(node, _Sum()).number for node in found.adjoints}
    return found._replace(contributions=tuple(told), adjoints=adjoints)
