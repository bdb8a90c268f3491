"""A template: a piece of graph with holes, to be put into another graph as often as needed.

Depends on `gradcli.graph`. User functions, derivative rules and definitions of composites are all templates.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.walk import reachable

T = TypeVar("T")
Build = Callable[[Graph, str, tuple[int, ...], int, int], int]
"""Appends an operator on operands to a graph, with the place in the text: `Graph.node` or `simplified`."""


class Step(NamedTuple):
    """One node of a template: its operator over slots, or a literal."""

    operator: str
    slots: tuple[int, ...]
    literal: float
    start: int
    end: int


class Template(NamedTuple):
    """Slots 0 … len(parameters)-1 are the holes; each step fills the next slot; `output` is the slot of the result.

    places  slot, start and end of each place in the text that means what a slot holds, beyond the first of a step
    """

    parameters: tuple[str, ...]
    steps: tuple[Step, ...]
    output: int
    places: tuple[tuple[int, int, int], ...] = ()

    @property
    def literal(self) -> float | None:
        """The number that the whole template is; None if it is more than a number."""
        return self.steps[0].literal if len(self.steps) == 1 and self.steps[0].operator == CONSTANT else None

    def run(self, operands: Sequence[T], meanings: Mapping[str, Callable[..., T]], read: Callable[[float], T]) -> T:
        """What the result means where the holes do what `operands` do; `read` gives literals their meaning."""
        slots = [*operands]
        for operator, inputs, literal, _, _ in self.steps:
            given = read(literal) if operator == CONSTANT else meanings[operator](*[slots[slot] for slot in inputs])
            slots.append(given)
        return slots[self.output]

    def put(self, graph: Graph, arguments: Sequence[int], build: Build = Graph.node) -> int:
        """Fill the holes with nodes of `graph`, append what is missing, and give the node of the result."""
        return self.fill(graph, arguments, build)[self.output] if self.steps else arguments[self.output]

    def fill(self, graph: Graph, arguments: Sequence[int], build: Build = Graph.node) -> list[int]:
        """The same, with the nodes of all slots."""
        slots = [*arguments]
        for operator, inputs, literal, start, end in self.steps:
            if operator is CONSTANT:
                slots.append(graph.constant(literal, start, end))
            else:
                slots.append(build(graph, operator, tuple([slots[slot] for slot in inputs]), start, end))
        return slots


def template(graph: Graph, output: int, parameters: Sequence[str], *, placed: bool = False) -> Template:
    """The part of a graph that makes `output`, with its variables as holes: `parameters`, then the others.

    With `placed` it knows all its places in the text.
    """
    needed = reachable(graph, [output])
    variables = {name: node for name, node in graph.variables().items() if node <= output and needed[node]}
    names = (*parameters, *(name for name in variables if name not in parameters))
    slot_of = {variables[name]: slot for slot, name in enumerate(names) if name in variables}
    steps: list[Step] = []
    for index, flag in enumerate(needed):
        if flag and graph.operators[index] != VARIABLE:
            slot_of[index] = len(names) + len(steps)
            steps.append(_step(graph, index, slot_of))
    return Template(names, tuple(steps), slot_of[output], tuple(_places(graph, slot_of)) if placed else ())


def _places(graph: Graph, slot_of: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    for node, slot in slot_of.items():
        known = None if graph.operators[node] == VARIABLE else graph.span(node)
        yield from ((slot, *span) for span in graph.spans(node) if span != known)


def _step(graph: Graph, index: int, slot_of: dict[int, int]) -> Step:
    value = graph.value_of(index)
    slots = tuple(slot_of[operand] for operand in graph.operands[index])
    operator = graph.operators[index] if value is None else CONSTANT
    return Step(operator, slots, 0.0 if value is None else value, *(graph.span(index) or (0, 0)))
