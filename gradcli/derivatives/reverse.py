"""The reverse sweep: from a graph and an output to the graph of its gradient.

Depends on `gradcli.derivatives.rules`. Every adjoint is a node; the sweep appends to the graph it is given, which
changes no node that is there. The method is reverse accumulation (Griewank and Walther, Evaluating Derivatives,
chapter 3); what it adds is the guard: the condition under which an adjoint is active at all.
"""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import NamedTuple

from gradcli.derivatives.rules import VARIADIC, Rule, rules, scale, tie, variadic_rule
from gradcli.graph.graph import CONSTANT, Graph, PausedCollector
from gradcli.graph.simplify import FOLDS, product, simplified, total
from gradcli.graph.walk import dependent

UNVISITED = -1


class Edge(NamedTuple):
    """One contribution of the backward pass, every number of it a node.

    node, position  whose operand it flows to; `operand` is that operand
    upstream        the adjoint of `node`
    partial         the local derivative of `node` by the operand
    contribution    upstream × partial, or exactly 0 where the operand has no influence
    adjoint         the adjoint of the operand once this contribution is added
    guard           the condition under which the operand has influence at all
    """

    node: int
    position: int
    operand: int
    upstream: int
    partial: int
    contribution: int
    adjoint: int
    guard: int


class Derivative(NamedTuple):
    """The gradient of one output. `gradient` and `adjoints` are nodes of `graph`.

    gradient  one node for each node asked for, in that order
    adjoints  node → its adjoint, for every node on the way (only with edges)
    edges     the contributions in the order in which the sweep visits them (only if asked for)
    """

    graph: Graph
    output: int
    gradient: tuple[int, ...]
    adjoints: dict[int, int]
    edges: tuple[Edge, ...]


def differentiate(
    graph: Graph, output: int, wrt: Sequence[int], *, edges: bool = False, tails: bool = True, defined: bool = False
) -> Derivative:
    """The derivatives of `output` by the nodes `wrt`, as nodes appended to `graph`.

    They keep their digits at the ends of the range of doubles; without `tails` they are a textbook's, to be read. With
    `defined` they are NaN where they lead through a node that is NaN. With `edges`, every contribution is recorded for
    a person to read. A derivative that is 0 by its structure is the constant 0. Derivatives of derivatives are taken by
    calling this again on the result; a constant that has a name can be one of `wrt`, and must then be so from the first
    call on, for other constants are folded.
    """
    if not wrt:
        return Derivative(graph, output, (), {}, ())
    with PausedCollector():
        sweep = _Sweep(graph, output, wrt, tells=edges, tails=tails, defined=defined)
        sweep.run()
        return sweep.derivative(wrt)


class _Rules(dict[str, tuple[Rule | None, ...]]):
    """The rules of one sweep, each found when its operator is first met."""

    def __init__(self, find: Callable[[str], tuple[Rule | None, ...]]) -> None:
        self.find = find

    def __missing__(self, operator: str) -> tuple[Rule | None, ...]:
        self[operator] = found = self.find(operator)
        return found


class _Sweep:
    """The state of one sweep: an adjoint for each node, and the guard of those that are not always active.

    The value of a guarded adjoint is meaningless where its guard is false; `settled` makes it 0 there.
    """

    def __init__(
        self, graph: Graph, output: int, wrt: Sequence[int], *, tells: bool, tails: bool, defined: bool
    ) -> None:
        self.graph, self.output, self.tells = graph, output, tells
        self.rules = _Rules(partial(rules, tails=tails, defined=defined))
        self.variadic_rule = partial(variadic_rule, tails=tails, defined=defined)
        self.edges: list[Edge] = []
        self.adjoints = [UNVISITED] * (output + 1)
        self.guards: dict[int, int] = {}
        self.matters = dependent(graph, wrt, output)
        self.one = self.adjoints[output] = graph.constant(1.0)
        self.build = Graph.node if any(graph.operators[node] is CONSTANT for node in wrt) else simplified

    def run(self) -> None:
        """Visit the nodes from the output down: below a node stand all its operands, above it all its users."""
        operators, operands, adjoints, matters = self.graph.operators, self.graph.operands, self.adjoints, self.matters
        for node in range(self.output, -1, -1):
            if adjoints[node] != UNVISITED and matters[node] and operands[node]:
                visit = self.visit_variadic if operators[node] in VARIADIC else self.visit
                visit(node, operators[node], operands[node])

    def visit(self, node: int, operator: str, operands: tuple[int, ...]) -> None:
        """Send the adjoint of a node to its operands.

        What is nearly always so is done here, in the one loop that decides how long a sweep takes: an operand that
        always has influence. `send` does the rest.
        """
        matters, adjoints, guards = self.matters, self.adjoints, self.guards
        arguments = [operand if matters[operand] else self.literal(operand) for operand in operands]
        arguments.append(node)
        for position, rule in enumerate(self.rules[operator]):
            operand = operands[position]
            if rule is None or not matters[operand]:
                continue
            if rule.active or guards:
                self.send(node, position, operand, rule, arguments)
                continue
            upstream, partial, before = adjoints[node], self.partial(rule, arguments), adjoints[operand]
            contribution = after = self.contribution(upstream, partial)
            if before != UNVISITED:
                after = total(self.graph, before, contribution, self.build)
            adjoints[operand] = after
            if self.tells:
                self.edges.append(Edge(node, position, operand, upstream, partial, contribution, after, self.one))

    def visit_variadic(self, node: int, operator: str, operands: tuple[int, ...]) -> None:
        """The same for an operator of any number of operands, all of which follow one rule."""
        zeros = [self.graph.is_number(operand, 0.0) for operand in operands]
        rule = self.variadic_rule(operator, beside_zero=any(zeros))
        rivals = [operand for operand, zero in zip(operands, zeros, strict=True) if not zero]
        ties = self.ties(node, operator, rivals)
        scaled = self.scaled(node, operator, operands)
        for position, operand in enumerate(operands):
            if rule is not None and self.matters[operand]:
                self.send(node, position, operand, rule, [operand, node, ties, scaled[position], scaled[-1]])

    def scaled(self, node: int, operator: str, operands: tuple[int, ...]) -> tuple[int, ...]:
        """The operands and the result once the operator's factor has brought them all into range."""
        factor = scale(operator)
        if factor is None:
            return (*operands, node)
        by = factor.put(self.graph, [node], self.build)
        moved = tuple([self.graph.node("mul", (by, operand)) for operand in operands])
        return (*moved, self.graph.node(operator, moved))

    def literal(self, operand: int) -> int:
        """An operand that is arithmetic on literals, such as -2 or 1/3, as the literal it comes to."""
        if self.graph.operators[operand] not in FOLDS or self.build is not simplified:
            return operand
        folded = simplified(self.graph, self.graph.operators[operand], self.graph.operands[operand])
        return operand if self.graph.value_of(folded) is None else folded

    def ties(self, node: int, operator: str, rivals: Sequence[int]) -> int:
        """How many operands share the gradient: those that meet the operator's condition of a tie.

        A literal 0 is no rival: where it ties, it wins. An operand without rivals is alone.
        """
        condition = tie(operator)
        if condition is None or len(rivals) == 1:
            return self.one
        tied = [condition.put(self.graph, (rival, node)) for rival in rivals]
        return reduce(lambda count, other: self.graph.node("add", (count, other)), tied) if tied else self.one

    def partial(self, rule: Rule, arguments: list[int]) -> int:
        """The local derivative that a rule gives on these operands."""
        if rule.unit:
            return self.one
        return arguments[rule.slot] if rule.slot >= 0 else rule.partial.put(self.graph, arguments, self.build)

    def contribution(self, upstream: int, partial: int) -> int:
        """upstream × partial; upstream/x where the partial is 1/x, which is rounded once and not twice."""
        graph = self.graph
        if partial == self.one:
            return upstream
        if upstream == self.one:
            return partial
        if graph.operators[partial] == "div" and graph.operands[partial][0] == self.one:
            return self.build(graph, "div", (upstream, graph.operands[partial][1]), 0, 0)
        return product(graph, upstream, partial, self.build)

    def send(self, node: int, position: int, operand: int, rule: Rule, arguments: list[int]) -> None:
        """Add upstream × partial to the adjoint of an operand, and tell of it, unless it has no influence at all."""
        guard = self.guard(node, rule, arguments)
        if guard is not None and self.graph.value_of(guard) == 0.0:
            return
        upstream, partial = self.adjoints[node], self.partial(rule, arguments)
        contribution = self.contribution(upstream, partial)
        self.receive(operand, contribution, guard)
        if self.tells:
            active = self.one if guard is None else guard
            self.record(Edge(node, position, operand, upstream, partial, contribution, self.adjoints[operand], active))

    def guard(self, node: int, rule: Rule, arguments: list[int]) -> int | None:
        """The condition under which a contribution of `node` counts; None for always."""
        inherited = self.guards.get(node)
        if rule.active is None:
            return inherited
        own = rule.active.put(self.graph, arguments, simplified)
        if self.graph.value_of(own) == 1.0:
            return inherited
        return own if inherited is None else simplified(self.graph, "and", (inherited, own))

    def receive(self, operand: int, contribution: int, guard: int | None) -> None:
        """Add a contribution to an adjoint. A sum is active where one of its terms is."""
        before, guards = self.adjoints[operand], self.guards
        if before == UNVISITED:
            self.adjoints[operand] = contribution
        else:
            earlier = guards.pop(operand, None) if guards else None
            if earlier != guard:
                before, contribution = self.settled(before, earlier), self.settled(contribution, guard)
                guard = None if earlier is None or guard is None else simplified(self.graph, "or", (earlier, guard))
            self.adjoints[operand] = total(self.graph, before, contribution, self.build)
        if guard is not None:
            guards[operand] = guard

    def settled(self, adjoint: int, guard: int | None) -> int:
        """An adjoint that is exactly 0 where its guard is false."""
        if guard is None:
            return adjoint
        return simplified(self.graph, "where", (guard, adjoint, self.graph.constant(0.0)))

    def record(self, edge: Edge) -> None:
        """Keep a contribution for the story of the backward pass, every number of it 0 where its guard is false."""
        upstream = self.settled(edge.upstream, self.guards.get(edge.node))
        contribution = self.settled(edge.contribution, edge.guard)
        adjoint = self.settled(edge.adjoint, self.guards.get(edge.operand))
        self.edges.append(edge._replace(upstream=upstream, contribution=contribution, adjoint=adjoint))

    def derivative(self, wrt: Sequence[int]) -> Derivative:
        """What the sweep found."""
        found: dict[int, int] = {}
        for node in range(self.output + 1) if self.tells else wrt:
            if node <= self.output and self.adjoints[node] != UNVISITED and self.matters[node]:
                found[node] = self.settled(self.adjoints[node], self.guards.get(node))
        zero = self.graph.constant(0.0)
        gradient = tuple(found.get(node, zero) for node in wrt)
        return Derivative(self.graph, self.output, gradient, found, tuple(self.edges))
