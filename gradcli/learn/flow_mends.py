"""What would mend a flow: the same graph with another activation, or with a skip connection over each layer.

Depends on the graph and on the rows of activations.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.language.program import Program
from gradcli.operators import activations as rows

OTHERS = ("tanh", "relu", "softplus", "silu")
"""Activations that are tried in the place of another one."""
ACTIVATIONS = frozenset(row.name for row in rows.ACTIVATIONS) | {"tanh"}


Layers = Mapping[str, tuple[int, ...]]
"""Name -> the nodes of its entries, in the order of the graph."""


def others(program: Program, layers: Layers) -> Iterator[tuple[str, Program, dict[str, tuple[int, ...]]]]:
    """What is tried -> the program then, and its layers."""
    graph = program.graph
    used = {graph.operators[at] for at in range(program.written) if graph.operators[at] in ACTIVATIONS}
    if len(used) == 1:
        (old,) = used
        for new in OTHERS:
            if new != old:
                yield f"{new} in place of {old}", *_rebuilt(program, layers, {old: new}, skip=False)
    inner = [nodes for name, nodes in layers.items() if name in program.definitions or name in program.arrays]
    if len({len(nodes) for nodes in inner[:-1]}) == 1:
        yield "a skip connection over each layer", *_rebuilt(program, layers, {}, skip=True)


def _rebuilt(
    program: Program, layers: Mapping[str, tuple[int, ...]], renamed: Mapping[str, str], *, skip: bool
) -> tuple[Program, dict[str, tuple[int, ...]]]:
    """The program with other activations, or with what comes into each layer added to what comes out."""
    graph, new, moved = program.graph, Graph(), dict[int, int]()
    before = _before([*layers.values()]) if skip else {}
    for at in range(program.written):
        operator, operands = graph.operators[at], tuple(moved[operand] for operand in graph.operands[at])
        if operator == VARIABLE:
            moved[at] = new.variable(str(graph.leaves[at]))
        elif operator == CONSTANT:
            moved[at] = new.constant(graph.value_of(at) or 0.0)
        else:
            moved[at] = new.node(renamed.get(operator, operator), operands)
        if at in before and (at != program.output or operator in ACTIVATIONS):  # a loss is no layer
            moved[at] = new.node("add", (moved[at], moved[before[at]]))
    variables = {name: moved[node] for name, node in program.variables.items()}
    other = program._replace(
        graph=new, output=moved[program.output], variables=variables, definitions={}, written=len(new)
    )
    return other, {name: tuple(moved[node] for node in nodes) for name, nodes in layers.items()}


def _before(layers: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each entry of a layer that of the one before, where both have as many."""
    pairs = pairwise(layers)
    return {
        node: old
        for before, after in pairs
        if len(before) == len(after)
        for old, node in zip(before, after, strict=True)
    }
