"""Everything that happened in one evaluation: every value, every local derivative, every contribution.

Depends on `gradcli.evaluate.gradient`; the numbers come from the same graph that a bare gradient is evaluated on.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.derivatives import Edge
from gradcli.errors import Span, listed, shortened
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import expression_texts, number_text
from gradcli.language.program import Program

LONGEST_TEXT = 200


class Contribution(NamedTuple):
    """One line of the backward pass: upstream × partial = contribution, flowing from `node` to its operand.

    position  which operand of `node` it is
    local     the node of the partial: its formula, of a conditional one the branch that is taken here
    adjoint   the adjoint of `operand` once this contribution is added
    taken     False where the operand has no influence here (a branch not taken): the contribution is exactly 0
    """

    node: int
    position: int
    operand: int
    upstream: float
    partial: float
    contribution: float
    adjoint: float
    local: int
    taken: bool


class Trace(NamedTuple):
    """One evaluation, node by node.

    nodes          the nodes that the output depends on, operands before users
    values         node → its value
    adjoints       node → the derivative of the output by it; nodes that lead to no chosen variable have none
    contributions  in the order in which the backward pass visits them; none for a value alone
    """

    program: Program
    point: Point
    nodes: tuple[int, ...]
    values: dict[int, float]
    adjoints: dict[int, float]
    contributions: tuple[Contribution, ...]

    def records(self) -> "Iterator[Node]":
        """The nodes with all that is known of each."""
        partials = {(entry.node, entry.position): entry.partial for entry in self.contributions}
        texts = expression_texts(self.program.graph, self.nodes, LONGEST_TEXT)
        return (_record(self, node, text, partials) for node, text in zip(self.nodes, texts, strict=True))

    def __repr__(self) -> str:
        """What was evaluated, and how much happened."""
        point = listed([f"{name}={number_text(value)}" for name, value in self.point.bindings.items()])
        value = f"{self.program.name} = {number_text(self.point.value)}"
        return f"<trace of {shortened(self.program.source.text)!r} at {point}: {value}, {len(self.nodes):,} nodes>"

    def _repr_html_(self) -> str:
        """A row a node, for a notebook."""
        from gradcli.emit.html import table  # here and below: no command needs what a notebook does

        rows = ((node.text, node.value, "" if node.adjoint is None else node.adjoint) for node in self.records())
        return table(("node", "value", "adjoint"), rows)

    def _repr_latex_(self) -> str:
        """Value and gradient, for a notebook."""
        from gradcli.emit.aligned import aligned_numbers

        return aligned_numbers(self.program, self.point.value, self.point.gradient)


class Node(NamedTuple):
    """One node of a trace; its adjoint and its partials, by its operands, are None where no derivative needs them."""

    id: int
    operator: str
    name: str | None
    text: str
    inputs: tuple[int, ...]
    value: float
    adjoint: float | None
    partials: tuple[float | None, ...]
    span: Span | None
    spans: tuple[Span, ...]


def trace(program: Program, bindings: Mapping[str, float], wrt: Mapping[str, int] | None = None) -> Trace:
    """Evaluate a program and its gradient by `wrt` (its variables by default), keeping every number on the way.

    With an empty `wrt` it is the forward pass alone.
    """
    gradient = Gradient(program, wrt, edges=True)
    derivative = gradient.derivative
    wanted = {program.output, *derivative.gradient, *derivative.adjoints.values()}
    for edge in derivative.edges:
        wanted.update((edge.upstream, edge.partial, edge.contribution, edge.adjoint, edge.guard))
    values = evaluate_all(program.graph, reachable(program.graph, wanted), bindings)
    nodes = tuple(node for node, flag in enumerate(reachable(program.graph, [program.output])) if flag)
    contributions = tuple(_contribution(program.graph, edge, values) for edge in derivative.edges)
    return Trace(
        program,
        gradient.point(bindings, values),
        nodes,
        {node: values[node] for node in nodes},
        {node: values[adjoint] for node, adjoint in derivative.adjoints.items()},
        contributions,
    )


def _record(trace: Trace, node: int, text: str, partials: Mapping[tuple[int, int], float]) -> Node:
    graph = trace.program.graph
    inputs = graph.operands[node]
    return Node(
        id=node,
        operator=graph.operators[node],
        name=str(graph.leaves[node]) if graph.operators[node] == VARIABLE else graph.names.get(node),
        text=text,
        inputs=inputs,
        value=trace.values[node],
        adjoint=trace.adjoints.get(node),
        partials=tuple(partials.get((node, position)) for position in range(len(inputs))),
        span=graph.span(node),
        spans=graph.spans(node),
    )


def _contribution(graph: Graph, edge: Edge, values: Sequence[float]) -> Contribution:
    return Contribution(
        node=edge.node,
        position=edge.position,
        operand=edge.operand,
        upstream=values[edge.upstream],
        partial=values[edge.partial],
        contribution=values[edge.contribution],
        adjoint=values[edge.adjoint],
        local=_chosen(graph, edge.partial, values),
        taken=bool(values[edge.guard]),
    )


def _chosen(graph: Graph, node: int, values: Sequence[float]) -> int:
    """The branch of a conditional that these values take."""
    while graph.operators[node] == "where":
        condition, if_true, if_false = graph.operands[node]
        node = if_true if values[condition] else if_false
    return node
