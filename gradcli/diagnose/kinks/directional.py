"""A forward sweep in one direction: what the output comes to just beside a point, and how fast it moves there.

Depends on the rules of `gradcli.derivatives` and on the kernels. Every node carries a limit, which differs from its
value at the point where something below it jumps, and a rate; a node that nothing moves is still. To first order:
what only a second derivative could decide is NaN, never a guess.
"""

from collections.abc import Sequence
from math import copysign, inf, isclose, isfinite, isnan, nan, nextafter
from typing import NamedTuple

from gradcli.derivatives.kink_rules import Corner, corner, domain
from gradcli.derivatives.rules import VARIADIC, Rule, rules, tie, variadic_rule
from gradcli.diagnose.kinks.active import at_kink
from gradcli.evaluate.scalar import MEANINGS, run_template
from gradcli.graph.graph import Graph
from gradcli.graph.template import Template
from gradcli.graph.walk import dependent

IDLE = 1e-300
"""A rate for what moves at none, to be tried in both directions."""
SAME = 1e-100
"""Numbers beyond a jump that differ by no more do so by that rate alone."""


class Beside(NamedTuple):
    """The output just beside a point.

    value    its limit; NaN where it has none, or where the first order does not decide it
    rate     its derivative in the direction; NaN where there is none or it is not decided
    kinks    the nodes at a kink on whose side the output depends
    outside  whether the output is not defined there at all
    """

    value: float
    rate: float
    kinks: tuple[int, ...]
    outside: bool


def users(graph: Graph, node: int, output: int, needed: Sequence[int]) -> list[int]:
    """The nodes that move with `node` and on which the output depends, operands first."""
    flags = dependent(graph, [node], output)
    return [at for at in range(node + 1, output + 1) if flags[at] and needed[at]]


def beside(
    graph: Graph, values: Sequence[float], node: int, direction: float, moved: Sequence[int], output: int
) -> Beside:
    """The output where `node` moves in `direction` (1 or -1) and the nodes `moved` with it.

    The sign of a zero in `values` counts, so there should be none: it is the direction that tells the side.
    """
    sweep = _Sweep(graph, values, node, direction)
    for at in moved:
        sweep.visit(at)
    return sweep.seen(output, moved)


class _Sweep:
    """One sweep: the limit and the rate of each node, and which operands turned out to have no influence."""

    def __init__(self, graph: Graph, values: Sequence[float], node: int, direction: float) -> None:
        self.graph, self.values, self.limits = graph, values, [*values]
        self.rates = {node: direction}
        self.changed: set[int] = set()
        self.unused: set[tuple[int, int]] = set()
        self.kinks: list[int] = []
        self.outside: set[int] = set()

    def visit(self, node: int) -> None:
        """Give a node its limit and its rate, from those of its operands."""
        operands, rates = self.graph.operands[node], self.rates
        if not self.changed.isdisjoint(operands):
            meaning = MEANINGS[self.graph.operators[node]]
            self._settle(node, meaning(*[self.limits[operand] for operand in operands]))
        if any(operand in rates for operand in operands):
            self._move(node, self.graph.operators[node], operands)

    def seen(self, output: int, moved: Sequence[int]) -> Beside:
        """What the sweep found at the output, and the kinks that had a say in it."""
        heard = self._heard(output, moved)
        kinks = tuple(node for node in self.kinks if node in heard)
        limit, rate = self.limits[output], self.rates.get(output)
        outside = output in self.outside or (rate is None and isnan(limit))
        return Beside(limit, rate or (nan if isnan(limit) else 0.0), kinks, outside)

    def _move(self, node: int, operator: str, operands: tuple[int, ...]) -> None:
        limits = [self.limits[operand] for operand in operands]
        if any(map(isnan, limits)):
            self._follow_outside(node, operator, operands, limits)
        elif self._leaves(node, operator, operands, limits):
            self._lose(node)
            return
        edge = corner(operator)
        if edge and at_kink(self.graph, node, self.limits):
            if edge.beside or any(self.rates.get(operand) for operand in operands):
                self.kinks.append(node)
            self._turn(node, operator, edge, limits)
        else:
            self._advance(node, operator, operands, limits)
        limit = self.limits[node]
        if isnan(limit) or (node in self.rates and not isfinite(limit)):
            self._lose(node)

    def _follow_outside(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> None:
        """An operator is outside with its operands, unless it makes a number of none, as comparisons do."""
        lost = [operand for operand, limit in zip(operands, limits, strict=True) if isnan(limit)]
        if self.outside.issuperset(lost) and isnan(MEANINGS[operator](*limits)):
            self.outside.add(node)

    def _leaves(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> bool:
        """Whether the operator may be undefined a little further on in the direction in which its operands move.

        An operand that moves at no rate that is known, such as x^2 at 0, may move either way: there are two answers.
        """
        condition = domain(operator)
        if condition is None:
            return False
        rates = [self.rates.get(operand) for operand in operands]
        nearby = [_nudged(limits, rates, idle) for idle in (-inf, inf)]
        if all(run_template(condition, at) for at in nearby):
            return False
        if all(isnan(MEANINGS[operator](*at)) for at in nearby):
            self.outside.add(node)
        return True

    def _turn(self, node: int, operator: str, edge: Corner, limits: list[float]) -> None:
        """A kinked operator at its kink: the side is chosen by the rates of its operands."""
        operands = self.graph.operands[node]
        rates = [self.rates.get(operand, 0.0) for operand in operands]
        if operator in VARIADIC:
            self._bend(node, MEANINGS[operator](*self._tied(node, operator, limits, rates)))
            return
        undecided = edge.beside and not any(self.rates.get(operand) for operand in operands)
        if undecided or any(map(isnan, rates)):
            self._lose(node)
            return
        arguments = (*limits, *rates, self.limits[node])
        if edge.turn:
            self._bend(node, run_template(edge.turn, arguments))
        if edge.beside:
            limit = self._jumped(edge.beside, operands, limits, self.limits[node])
            self._lose(node) if isnan(limit) else self._settle(node, limit)

    def _jumped(self, beside: Template, operands: tuple[int, ...], limits: list[float], found: float) -> float:
        """The value beyond a jump; NaN where it depends on which way an operand goes that moves at no rate."""
        rates = [self.rates.get(operand) for operand in operands]
        ways = [[way if rate == 0 else rate or 0.0 for rate in rates] for way in (-IDLE, 0.0, IDLE)]
        down, still, up = (run_template(beside, (*limits, *way, found)) for way in ways)
        return still if isclose(down, up, abs_tol=SAME) else nan

    def _bend(self, node: int, rate: float) -> None:
        """The rate beyond a kink. A side that is flat though all that moves has a rate is exactly flat: it is still."""
        if rate or not all(self.rates.get(operand, 1.0) for operand in self.graph.operands[node]):
            self.rates[node] = rate

    def _tied(self, node: int, operator: str, limits: list[float], rates: list[float]) -> list[float]:
        """The rates of the operands that tie; the others have no influence."""
        condition = tie(operator)
        tied = [condition is None or bool(run_template(condition, (at, self.limits[node]))) for at in limits]
        self.unused.update((node, position) for position, with_it in enumerate(tied) if not with_it)
        return [rate for rate, with_it in zip(rates, tied, strict=True) if with_it]

    def _advance(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> None:
        """A smooth operator: the sum of partial × rate over the operands that move it."""
        found = self.limits[node]
        total, moves = 0.0, False
        for position, (operand, rule) in enumerate(zip(operands, _rules(operator, len(operands)), strict=True)):
            rate = self.rates.get(operand)
            arguments = (
                (limits[position], found, 1.0, limits[position], found) if operator in VARIADIC else (*limits, found)
            )
            if rule and rule.active and not run_template(rule.active, arguments):
                self.unused.add((node, position))
            elif rule and rate is not None:
                total, moves = total + rate * run_template(rule.partial, arguments), True
            elif rate is not None and (isnan(limits[position]) or not (limits[position] or corner(operator))):
                self._lose(node)
                return
        if moves:
            self.rates[node] = total

    def _settle(self, node: int, limit: float) -> None:
        """Give a node a limit that may differ from its value."""
        self.limits[node] = limit
        if limit != self.values[node]:
            self.changed.add(node)

    def _lose(self, node: int) -> None:
        """Nothing can be told of this node beside the point."""
        self.rates[node] = self.limits[node] = nan
        self.changed.add(node)
        self.unused.difference_update([(node, position) for position in range(len(self.graph.operands[node]))])

    def _heard(self, output: int, moved: Sequence[int]) -> set[int]:
        """The nodes that had a say in the output."""
        heard, operands, unused = {output}, self.graph.operands, self.unused
        for node in reversed(moved):
            if node in heard:
                heard.update(at for position, at in enumerate(operands[node]) if (node, position) not in unused)
        return heard


def _nudged(limits: Sequence[float], rates: Sequence[float | None], idle: float) -> list[float]:
    """The numbers just beside the limits, on the side to which the rates point, or `idle` where they do not tell."""
    ways = [None if rate is None else idle if not rate or isnan(rate) else copysign(inf, rate) for rate in rates]
    return [limit if way is None else nextafter(limit, way) for limit, way in zip(limits, ways, strict=True)]


def _rules(operator: str, arity: int) -> tuple[Rule | None, ...]:
    """A rule for each operand."""
    return (variadic_rule(operator, beside_zero=False),) * arity if operator in VARIADIC else rules(operator)
