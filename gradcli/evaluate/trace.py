"""Everything that happened in one evaluation: every value, every local derivative, every contribution.

Depends on `gradcli.evaluate.gradient`; the numbers come from the same graph that a bare gradient is evaluated on. They
are doubles here, rule by rule; `gradcli.passes` makes of them those that lead to the answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from gradcli.derivatives import Derivative, Edge
from gradcli.errors import Span, listed, shortened
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import expression_texts, number_text
from gradcli.language.program import Program

LONGEST_TEXT = 200
NOTHING: Mapping[int, Any] = MappingProxyType({})
NO_DERIVATIVE = Derivative(Graph(), 0, (), {}, ())

Numbers = Callable[[Graph, Sequence[int], Mapping[str, float]], tuple[Sequence[float], Mapping[int, float]]]
"""Graph, nodes, bindings → the values of all that these need, by index, and what doubles give where that is another."""


class Zero(StrEnum):
    """Why a gradient is 0."""

    NOT_TAKEN = "branch not taken"
    FLAT = "local derivative 0"
    CONVENTION = "convention at the kink"
    UPSTREAM = "upstream 0"
    CANCEL = "contributions cancel"
    INDEPENDENT = "does not depend"
    UNDERFLOW = "below the smallest double"
    LEVELS = "levels off at infinity"


class Contribution(NamedTuple):
    """One line of the backward pass: upstream × partial = contribution, flowing from `node` to its operand.

    position  which operand of `node` it is
    local     the node of the partial: its formula, of a conditional one the branch that is taken here
    adjoint   the adjoint of `operand` once this contribution is added
    taken     False where the operand has no influence here (a branch not taken): the contribution is exactly 0
    zero      why the contribution is 0; None where it is not
    side      1 or -1 where the partial is that beside a kink, as the variables grow or fall; 0 for the rule's own
    double    the contribution in doubles, where that is another number
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
    zero: Zero | None = None
    side: int = 0
    double: float | None = None


class Trace(NamedTuple):
    """One evaluation, node by node.

    nodes          the nodes that the output depends on, operands before users
    values         node → its value; of an array that the output needs an entry of, all are there
    adjoints       node → the derivative of the output by it; nodes that lead to no chosen variable have none
    contributions  in the order in which the backward pass visits them; none for a value alone
    zeros          node → why its adjoint is 0
    doubles        node → its value and its adjoint in doubles, where one of them is another number
    ruled          node → its adjoint rule by rule, where left and right of a kink agree on another
    derivative     the formulas of all this, by the rules
    """

    program: Program
    point: Point
    nodes: tuple[int, ...]
    values: dict[int, float]
    adjoints: dict[int, float]
    contributions: tuple[Contribution, ...]
    zeros: Mapping[int, Zero] = NOTHING
    doubles: "Mapping[int, Doubles]" = NOTHING
    ruled: Mapping[int, float] = NOTHING
    derivative: Derivative = NO_DERIVATIVE

    def records(self) -> "Iterator[Node]":
        """The nodes with all that is known of each."""
        partials = {(entry.node, entry.position): entry.partial for entry in self.contributions}
        texts = expression_texts(self.program.graph, self.nodes, LONGEST_TEXT)
        return (_record(self, node, text, partials) for node, text in zip(self.nodes, texts, strict=True))

    def incoming(self) -> dict[int, list[Contribution]]:
        """Node → the contributions that it gets, the output's users first."""
        found: dict[int, list[Contribution]] = {}
        for entry in self.contributions:
            found.setdefault(entry.operand, []).append(entry)
        return found

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


class Doubles(NamedTuple):
    """What double precision gives of a node; its adjoint is None where it has none."""

    value: float
    adjoint: float | None


class Node(NamedTuple):
    """One node of a trace; its adjoint and its partials, by its operands, are None where no derivative needs them.

    zero    why its adjoint is 0; None where it is not
    double  its value and its adjoint in doubles, where one of them is another number
    """

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
    zero: Zero | None = None
    double: Doubles | None = None


def in_doubles(
    graph: Graph, nodes: Sequence[int], bindings: Mapping[str, float]
) -> tuple[list[float], dict[int, float]]:
    """The numbers of plain double precision."""
    return evaluate_all(graph, reachable(graph, nodes), bindings), {}


def trace(
    program: Program,
    bindings: Mapping[str, float],
    wrt: Mapping[str, int] | None = None,
    numbers: Numbers = in_doubles,
    gradient: Gradient | None = None,
) -> Trace:
    """Evaluate a program and its gradient by `wrt` (its variables by default), keeping every number on the way.

    With an empty `wrt` it is the forward pass alone. `gradient` is that of the same, with its edges, if it is known.
    """
    gradient = gradient or Gradient.of(program, wrt, edges=True)
    derivative = gradient.derivative
    wanted = {*program.outputs, *derivative.gradient, *derivative.adjoints.values()}
    for edge in derivative.edges:
        wanted.update((edge.upstream, edge.partial, edge.contribution, edge.adjoint, edge.guard))
    nodes = tuple(node for node, flag in enumerate(reachable(program.graph, program.outputs)) if flag)
    others = _other_entries(program, nodes, bindings)
    values, doubles = numbers(program.graph, [*wanted.union(nodes, others)], bindings)
    contributions = tuple(_contribution(program.graph, edge, values, doubles) for edge in derivative.edges)
    return Trace(
        program,
        gradient.point(bindings, values),
        nodes,
        {node: values[node] for node in (*nodes, *others)},
        {node: values[adjoint] for node, adjoint in derivative.adjoints.items()},
        contributions,
        doubles=dict(_doubles(nodes, derivative.adjoints, values, doubles)) if doubles else {},
        derivative=derivative,
    )


def _other_entries(program: Program, nodes: Sequence[int], bindings: Mapping[str, float]) -> list[int]:
    """The entries that the output does not need, of arrays of which it needs one."""
    if not program.arrays:
        return []
    from gradcli.evaluate.other_entries import other_entries  # few programs have arrays

    return other_entries(program, nodes, bindings)


def _doubles(
    nodes: Sequence[int], adjoints: Mapping[int, int], values: Sequence[float], doubles: Mapping[int, float]
) -> Iterator[tuple[int, Doubles]]:
    """The nodes of which doubles give another value, or another adjoint."""
    for node in nodes:
        pair = [at for at in (node, adjoints.get(node)) if at is not None]
        if any(at in doubles for at in pair):
            value, *adjoint = [doubles.get(at, values[at]) for at in pair]
            yield node, Doubles(value, adjoint[0] if adjoint else None)


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
        zero=trace.zeros.get(node),
        double=trace.doubles.get(node),
    )


def _contribution(graph: Graph, edge: Edge, values: Sequence[float], doubles: Mapping[int, float]) -> Contribution:
    return Contribution(
        node=edge.node,
        position=edge.position,
        operand=edge.operand,
        upstream=values[edge.upstream],
        partial=values[edge.partial],
        contribution=values[edge.contribution],
        adjoint=values[edge.adjoint],
        local=edge.partial if edge.partial in graph.operands[edge.node] else _chosen(graph, edge.partial, values),
        taken=bool(values[edge.guard]),
        double=doubles.get(edge.contribution),
    )


def _chosen(graph: Graph, node: int, values: Sequence[float]) -> int:
    """The branch of a conditional that these values take."""
    while graph.operators[node] == "where":
        condition, if_true, if_false = graph.operands[node]
        node = if_true if values[condition] else if_false
    return node
