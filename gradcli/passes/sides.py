"""The passes on one side of a kink: where left and right agree on a gradient, the local derivatives that give it.

Depends on `gradcli.diagnose.kinks.directional` for the sweep that tells the side, and on the rules of the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose, nan
from typing import NamedTuple

from gradcli.derivatives import differentiate
from gradcli.derivatives.rules import VARIADIC, kink_rule, rules
from gradcli.diagnose.kinks.directional import Sweep
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.scalar import evaluate, run_template
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent
from gradcli.operators.table import OPERATORS
from gradcli.passes.zeros import counts

NOISE = 1e-9
APART = 0.6180339887498949
"""The variables move at rates whose ratios are no simple numbers, so that no two of them tie by accident."""


def beside(found: Trace, answer: Point, wrt: Mapping[str, int]) -> Trace | None:
    """The trace as it is where the variables grow a little, or fall: that which gives the answer, if one does."""
    for side in (1, -1):
        moved = _moved(found, wrt, side)
        if all(isclose(moved.adjoints.get(wrt[name], 0.0), it, rel_tol=NOISE) for name, it in _named(answer)):
            return moved
    return None


def _named(answer: Point) -> Iterator[tuple[str, float]]:
    return ((name, slope) for name, slope in answer.gradient.items() if slope == slope)


def _moved(found: Trace, wrt: Mapping[str, int], side: int) -> Trace:
    """The trace with the local derivatives beside the point."""
    graph, output = found.program.graph, found.program.output
    rates = {node: side / (1 + APART * number) for number, node in enumerate(dict.fromkeys(wrt.values()))}
    flags = dependent(graph, rates, output)
    moved = [node for node in found.nodes if flags[node] and node not in rates]
    values = [0.0] * (output + 1)
    for node in found.nodes:
        values[node] = found.values[node] + 0.0  # of one zero: the rates tell the side
    sweep = Sweep(graph, values, rates)
    for node in moved:
        sweep.visit(node)
    return summed(found, [_local(found, sweep, entry, side) for entry in found.contributions])


def at_infinity(found: Trace) -> Trace:
    """The trace of what levels off at infinity: there nothing comes back, where the rules have 0 times an infinity."""
    return summed(found, found.contributions, nothing=0.0)


def _local(found: Trace, sweep: Sweep, entry: Contribution, side: int) -> Contribution:
    """A contribution with the local derivative beside the point."""
    graph, taken = found.program.graph, (entry.node, entry.position) not in sweep.inactive
    if entry.node in sweep.kinks:
        partial = _partials(graph, sweep, entry.node)[entry.position]
        taken = taken and partial != 0.0
    elif taken == counts(found, entry):
        return entry._replace(taken=taken)
    else:
        partial = _partial(graph, sweep, entry)
    partial = partial if taken else 0.0
    return entry._replace(taken=taken, partial=partial, local=graph.constant(partial), side=side)


def _partial(graph: Graph, sweep: Sweep, entry: Contribution) -> float:
    """The local derivative by the rule, at the limits of the operands."""
    operator = graph.operators[entry.node]
    rule = None if operator in VARIADIC else rules(operator)[entry.position]
    if rule is None or not sweep.changed.intersection(graph.operands[entry.node]):
        return entry.partial
    limits = [sweep.limits[operand] for operand in graph.operands[entry.node]]
    return run_template(rule.partial, (*limits, sweep.limits[entry.node]))


def _partials(graph: Graph, sweep: Sweep, node: int) -> list[float]:
    """The local derivatives of an operator at its kink: those of its directional derivative by the rates."""
    operator, operands = graph.operators[node], graph.operands[node]
    rates = [sweep.tangents.get(operand, 0.0) for operand in operands]
    if operator in VARIADIC:
        tied = [position for position in range(len(operands)) if (node, position) not in sweep.inactive]
        found = _gradient_of(operator, [rates[position] for position in tied])
        return [found[tied.index(at)] if at in tied else 0.0 for at in range(len(operands))]
    rule = kink_rule(operator)
    if rule is None or rule.directional is None:
        return [0.0] * len(operands)
    graph_, row = Graph(), OPERATORS[operator]
    holes = [graph_.variable(name) for name in (*row.operands, *(f"d{name}" for name in row.operands), "result")]
    output = rule.directional.put(graph_, holes)
    moving = holes[len(operands) : 2 * len(operands)]
    slopes = differentiate(graph_, output, moving).gradient
    limits = [sweep.limits[operand] for operand in operands]
    numbers = (*limits, *rates, sweep.limits[node])
    return evaluate(graph_, slopes, {str(graph_.leaves[hole]): at for hole, at in zip(holes, numbers, strict=True)})


def _gradient_of(operator: str, rates: Sequence[float]) -> list[float]:
    """The local derivatives of a variadic operator by operands of these values."""
    graph = Graph()
    operands = tuple(graph.variable(f"d{number}") for number in range(len(rates)))
    output = graph.node(operator, operands)
    bindings = {f"d{number}": rate for number, rate in enumerate(rates)}
    return evaluate(graph, differentiate(graph, output, operands).gradient, bindings)


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
