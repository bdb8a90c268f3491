"""What flows back along each arrow, as nodes of the graph: so that it can be computed at any bindings.

Depends on `gradcli.derivatives`. Where a picture is folded, an arrow stands for all ways between two boxes: its local
derivative is that of a box's formula by another box, taken on its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.derivatives import Edge, differentiate
from gradcli.derivatives.rules import VARIADIC, rule_at
from gradcli.drawing.picture import Picture
from gradcli.evaluate.trace import Trace
from gradcli.graph.graph import Graph
from gradcli.graph.simplify import product, simplified, total
from gradcli.graph.template import template
from gradcli.passes.textbook import shown_local
from gradcli.passes.titles import local_derivative


class Flow(NamedTuple):
    """One contribution of the backward pass; all but `arrow` are nodes of the graph.

    arrow    its index in the picture
    after    the adjoint of the operand once this is added
    guard    whether the operand has influence at all
    counts   whether the operation passes anything to this operand, whatever comes from upstream
    formula  the local derivative as it is read, and the node that it means: it holds as long as both agree
    """

    arrow: int
    upstream: int
    partial: int
    contribution: int
    after: int
    guard: int
    counts: int
    formula: str = ""
    means: int = -1


class Flows(NamedTuple):
    """The flows in the order of the sweep, and node → its adjoint, for the boxes that have one."""

    flows: list[Flow]
    adjoints: Mapping[int, int]
    gradient: Mapping[str, int]


def flows(trace: Trace, picture: Picture, wrt: Mapping[str, int], names: Mapping[int, str]) -> Flows:
    """The backward pass of what is drawn."""
    derivative = trace.derivative
    gradient = dict(zip(wrt, derivative.gradient, strict=True))
    none = dict.fromkeys(wrt.values(), trace.program.graph.constant(0.0))  # where nothing comes back
    if picture.whole:
        told = _whole(trace, picture, derivative.edges, names)
    else:
        told = _folded(trace, picture, derivative.adjoints)
    return Flows([*told], none | derivative.adjoints, gradient)


def _whole(trace: Trace, picture: Picture, edges: Sequence[Edge], names: Mapping[int, str]) -> Iterator[Flow]:
    """An edge of the sweep for each arrow that has one."""
    nodes = {box.key: box.node for box in picture.boxes}
    arrows = {(nodes[arrow.target], arrow.position): at for at, arrow in enumerate(picture.arrows)}
    for edge, entry in zip(edges, trace.contributions, strict=True):
        arrow = arrows[edge.node, edge.position]
        counts = _counts(trace.program.graph, edge)
        flow = Flow(arrow, edge.upstream, edge.partial, edge.contribution, edge.adjoint, edge.guard, counts)
        yield flow._replace(formula=local_derivative(trace, entry, names), means=shown_local(trace, entry))


def _counts(graph: Graph, edge: Edge) -> int:
    """The condition of the operator's own rule, as a node."""
    operator, operands, one = graph.operators[edge.node], graph.operands[edge.node], graph.constant(1.0)
    rule = rule_at(graph, edge.node, edge.position)
    if operator in VARIADIC:
        operands = (edge.operand, edge.node, one, edge.operand)
    return one if rule is None or rule.active is None else rule.active.put(graph, (*operands, edge.node))


def _folded(trace: Trace, picture: Picture, adjoints: Mapping[int, int]) -> Iterator[Flow]:
    """A box's formula is differentiated by the boxes in it, the output's first."""
    graph, nodes = trace.program.graph, {box.key: box.node for box in picture.boxes}
    into: dict[int, list[tuple[int, int]]] = {}
    for at, arrow in enumerate(picture.arrows):
        into.setdefault(nodes[arrow.target], []).append((at, nodes[arrow.source]))
    sums: dict[int, int] = {}
    for node in sorted(into, reverse=True):
        arrows = [(at, operand) for at, operand in into[node] if operand in adjoints]
        partials = local_derivatives(
            graph, node, [operand for _, operand in into[node]], [operand for _, operand in arrows]
        )
        for (at, operand), partial in zip(arrows, partials, strict=True):
            if node not in adjoints or graph.value_of(partial) == 0.0:
                continue
            contribution = _product(graph, adjoints[node], partial)
            sums[operand] = total(graph, sums[operand], contribution, simplified) if operand in sums else contribution
            yield _flow(graph, at, adjoints[node], partial, contribution, sums[operand])


def _flow(graph: Graph, arrow: int, upstream: int, partial: int, contribution: int, after: int) -> Flow:
    """What tells whether it counts is in its upstream and in its partial."""
    own = _guard(graph, partial)
    return Flow(arrow, upstream, partial, contribution, after, _both(graph, _guard(graph, upstream), own), own)


def _guard(graph: Graph, node: int) -> int:
    """The condition of what is exactly 0 where a branch is not taken: that of where(condition, …, 0)."""
    guarded = graph.operators[node] == "where" and graph.value_of(graph.operands[node][2]) == 0.0
    return graph.operands[node][0] if guarded else graph.constant(1.0)


def _both(graph: Graph, one: int, other: int) -> int:
    return simplified(graph, "and", (one, other))


def _product(graph: Graph, upstream: int, partial: int) -> int:
    """upstream × partial, and 0 where one of them does not count, whatever the other is."""
    guard = _both(graph, _guard(graph, upstream), _guard(graph, partial))
    found = product(graph, upstream, partial, simplified)
    return found if graph.value_of(guard) else simplified(graph, "where", (guard, found, graph.constant(0.0)))


def local_derivatives(graph: Graph, node: int, parts: Sequence[int], by: Sequence[int]) -> list[int]:
    """The derivatives of a node by some of its parts, as nodes appended to the graph; the parts are held for variables.

    >>> from gradcli.language.notation import expression_text
    >>> from gradcli.language.program import parse
    >>> program = parse("y = x*w; (y - 2)^2 + y")
    >>> y = program.definitions["y"]
    >>> (slope,) = local_derivatives(program.graph, program.output, [y], [y])
    >>> expression_text(program.graph, slope)
    '1 + 2*(y - 2)'
    """
    apart, copies = Graph(), dict[int, int]()
    for at in _above(graph, node, parts):
        copies[at] = _copied(graph, apart, copies, at, part=at in parts)
    slopes = differentiate(apart, copies[node], [copies[part] for part in by]).gradient
    names = [f"p{part}" for part in parts]
    return [template(apart, slope, names).put(graph, parts, simplified) for slope in slopes]


def _copied(graph: Graph, apart: Graph, copies: Mapping[int, int], at: int, *, part: bool) -> int:
    if part:
        return apart.variable(f"p{at}")
    if (literal := graph.value_of(at)) is not None:
        return apart.constant(literal)
    return apart.node(graph.operators[at], tuple([copies[operand] for operand in graph.operands[at]]))


def _above(graph: Graph, node: int, parts: Sequence[int]) -> list[int]:
    """The nodes that a node is made of down to its parts, operands first."""
    found, pending, ends = {node}, [node], set(parts)
    while pending:
        at = pending.pop()
        if at not in ends or at == node:
            fresh = {*graph.operands[at]} - found
            pending += fresh
            found |= fresh
    return sorted(found)
