"""A forward sweep in one direction: what the output comes to just beside a point, and how fast it moves there.

Depends on the rules of `gradcli.derivatives` and on the kernels. Every node carries a limit, which differs from its
value at the point where something below it jumps, and a tangent; a node that nothing moves has none. To first order:
what only a second derivative could decide is NaN, never a guess.
"""

from collections.abc import Mapping, Sequence
from math import copysign, inf, isclose, isfinite, isnan, nan, nextafter
from typing import NamedTuple

from gradcli.derivatives.rules import VARIADIC, KinkRule, Rule, domain, kink_rule, rules, tie, variadic_rule
from gradcli.diagnose.kinks.active import is_active
from gradcli.evaluate.scalar import MEANINGS, run_template
from gradcli.graph.graph import Graph
from gradcli.graph.template import Template

CLOSE = 2.0**-40
"""What counts as equal: the two sides add up like terms in different orders."""
IDLE = 1e-300
"""A tangent for what moves at none, to be tried in both directions."""
SAME = 1e-100
"""Numbers beyond a jump that differ by no more do so by that tangent alone."""


class OneSided(NamedTuple):
    """The output on one side of a point, as one node moves there.

    value       its limit; NaN where it has none or it is not known; that at the point unless the output jumps
    derivative  its one-sided derivative; NaN where it has none or it is not known
    defined     whether the output is defined there at all
    """

    value: float
    derivative: float
    defined: bool


def swept(
    graph: Graph, values: Sequence[float], node: int, direction: float, moved: Sequence[int], output: int
) -> tuple[OneSided, list[int]]:
    """The output on the side to which `node` moves, and the kinks that have a say in it.

    `direction` is 1 or -1, `moved` are the `users` of the node. The sign of a zero in `values` counts, so there should
    be none: it is the direction that tells the side. At x = 0, to the left, abs(x) falls as x grows and floor(x) is -1:

    >>> from gradcli.language import parse
    >>> graph = parse("abs(x) + floor(x)").graph
    >>> swept(graph, [0.0, 0.0, 0.0, 0.0], node=0, direction=-1.0, moved=[1, 2, 3], output=3)
    (OneSided(value=-1.0, derivative=-1.0, defined=True), [1, 2])
    """
    sweep = Sweep(graph, values, {node: direction})
    for at in moved:
        sweep.visit(at)
    influencing = sweep.influencing(output, moved)
    return sweep.seen(output, direction), [at for at in sweep.kinks if at in influencing]


class Sweep:
    """One sweep: the limit and the tangent of each node, and which operands turned out to have no influence.

    `rates` are the tangents of the nodes that are moved.
    """

    def __init__(self, graph: Graph, values: Sequence[float], rates: Mapping[int, float]) -> None:
        self.graph, self.values, self.limits = graph, values, [*values]
        self.tangents = dict(rates)
        self.changed: set[int] = set()
        self.inactive: set[tuple[int, int]] = set()
        self.kinks: list[int] = []
        self.undefined: set[int] = set()

    def visit(self, node: int) -> None:
        """Give a node its limit and its tangent, from those of its operands."""
        operator, operands = self.graph.operators[node], self.graph.operands[node]
        if not self.changed.isdisjoint(operands):
            self._set_limit(node, MEANINGS[operator](*[self.limits[operand] for operand in operands]))
        if any(operand in self.tangents for operand in operands):
            self._move(node, operator, operands)

    def seen(self, output: int, direction: float) -> OneSided:
        """What the sweep found at the output; a derivative is per growth of the node, to whichever side it moved."""
        limit, tangent = self.limits[output], self.tangents.get(output)
        undefined = output in self.undefined or (tangent is None and isnan(limit))
        still = nan if isnan(limit) else 0.0
        return OneSided(limit, direction * tangent if tangent else still, not undefined)

    def influencing(self, output: int, moved: Sequence[int]) -> set[int]:
        """The nodes that have a say in the output."""
        found, operands, inactive = {output}, self.graph.operands, self.inactive
        for node in reversed(moved):
            if node in found:
                found.update(at for position, at in enumerate(operands[node]) if (node, position) not in inactive)
        return found

    def _move(self, node: int, operator: str, operands: tuple[int, ...]) -> None:
        limits = [self.limits[operand] for operand in operands]
        if any(map(isnan, limits)):
            self._propagate_undefined(node, operator, operands, limits)
        elif self._leaves_domain(node, operator, operands, limits):
            self._set_unknown(node)
            return
        rule = kink_rule(operator)
        if rule and is_active(self.graph, node, self.limits):
            self._turn(node, operator, rule, limits)
        else:
            self._advance(node, operator, operands, limits)
        limit = self.limits[node]
        if isnan(limit) or (node in self.tangents and not isfinite(limit)):
            self._set_unknown(node)

    def _propagate_undefined(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> None:
        """An operator is undefined with its operands, unless it makes a number of none, as comparisons do."""
        lost = [operand for operand, limit in zip(operands, limits, strict=True) if isnan(limit)]
        if self.undefined.issuperset(lost) and isnan(MEANINGS[operator](*limits)):
            self.undefined.add(node)

    def _leaves_domain(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> bool:
        """Whether the operator may be undefined a little further on in the direction in which its operands move.

        An operand of no tangent that is known, such as x^2 at 0, may move either way: there are two answers.
        """
        condition = domain(operator)
        if condition is None:
            return False
        tangents = [self.tangents.get(operand) for operand in operands]
        nearby = [_nudged(limits, tangents, idle) for idle in (-inf, inf)]
        if all(run_template(condition, at) for at in nearby):
            return False
        if all(isnan(MEANINGS[operator](*at)) for at in nearby):
            self.undefined.add(node)
        return True

    # -- at a kink

    def _turn(self, node: int, operator: str, rule: KinkRule, limits: list[float]) -> None:
        """A kinked operator at its kink: the side is chosen by the tangents of its operands.

        Where x moves at -2, abs(x) at 0 moves at abs(-2), and floor(x) at 3 jumps to 2.
        """
        tangents = [self.tangents.get(operand, 0.0) for operand in self.graph.operands[node]]
        moves = any(tangents)
        if moves or rule.one_sided_limit:
            self.kinks.append(node)
        if operator in VARIADIC:
            self._bend(node, MEANINGS[operator](*self._tied(node, operator, limits, tangents)))
        elif any(map(isnan, tangents)) or (rule.one_sided_limit and not moves):
            self._set_unknown(node)
        else:
            self._pass(node, rule, limits, tangents)

    def _pass(self, node: int, rule: KinkRule, limits: list[float], tangents: list[float]) -> None:
        """The same where all operands have a tangent: what the table says of the kink."""
        found = self.limits[node]
        if rule.directional:
            self._bend(node, run_template(rule.directional, (*limits, *tangents, found)))
        if rule.one_sided_limit:
            self._set_limit(node, self._jumped(node, rule.one_sided_limit, limits, found))

    def _jumped(self, node: int, one_sided_limit: Template, limits: list[float], found: float) -> float:
        """The value beyond a jump; NaN where it depends on which way an operand goes that moves at no tangent."""
        tangents = [self.tangents.get(operand) for operand in self.graph.operands[node]]
        ways = [[way if tangent == 0 else tangent or 0.0 for tangent in tangents] for way in (-IDLE, 0.0, IDLE)]
        down, still, up = (run_template(one_sided_limit, (*limits, *way, found)) for way in ways)
        return still if isclose(down, up, abs_tol=SAME) else nan

    def _bend(self, node: int, tangent: float) -> None:
        """The tangent beyond a kink. A side that is flat though all that moves has one is exactly flat: it is still."""
        if tangent or not all(self.tangents.get(operand, 1.0) for operand in self.graph.operands[node]):
            self.tangents[node] = tangent

    def _tied(self, node: int, operator: str, limits: list[float], tangents: list[float]) -> list[float]:
        """The tangents of the operands that tie; the others have no influence."""
        condition = tie(operator)
        tied = [condition is None or bool(run_template(condition, (at, self.limits[node]))) for at in limits]
        self.inactive.update((node, position) for position, with_it in enumerate(tied) if not with_it)
        return [tangent for tangent, with_it in zip(tangents, tied, strict=True) if with_it]

    # -- where it is smooth

    def _advance(self, node: int, operator: str, operands: tuple[int, ...], limits: list[float]) -> None:
        """A smooth operator: the sum of partial × tangent over the operands that move it."""
        found = self.limits[node]
        total, moves = 0.0, False
        for position, (operand, rule) in enumerate(zip(operands, _rules(operator, len(operands)), strict=True)):
            tangent = self.tangents.get(operand)
            arguments = (
                (limits[position], found, 1.0, limits[position], found) if operator in VARIADIC else (*limits, found)
            )
            if rule and rule.active and not run_template(rule.active, arguments):
                self.inactive.add((node, position))
            elif rule and tangent is not None:
                total, moves = total + tangent * run_template(rule.partial, arguments), True
            elif tangent is not None and (isnan(limits[position]) or not (limits[position] or kink_rule(operator))):
                self._set_unknown(node)
                return
        if moves:
            self.tangents[node] = total

    def _set_limit(self, node: int, limit: float) -> None:
        """Give a node a limit that may differ from its value."""
        self.limits[node] = limit
        if limit != self.values[node]:
            self.changed.add(node)

    def _set_unknown(self, node: int) -> None:
        """Nothing can be told of this node beside the point."""
        self.tangents[node] = nan
        self._set_limit(node, nan)
        self.inactive.difference_update([(node, position) for position in range(len(self.graph.operands[node]))])


def _nudged(limits: Sequence[float], tangents: Sequence[float | None], idle: float) -> list[float]:
    """The numbers just beside the limits, on the side to which the tangents point, or `idle` where they do not tell."""
    ways = [None if at is None else idle if not at or isnan(at) else copysign(inf, at) for at in tangents]
    return [limit if way is None else nextafter(limit, way) for limit, way in zip(limits, ways, strict=True)]


def _rules(operator: str, arity: int) -> tuple[Rule | None, ...]:
    """A rule for each operand."""
    return (variadic_rule(operator, beside_zero=False),) * arity if operator in VARIADIC else rules(operator)
