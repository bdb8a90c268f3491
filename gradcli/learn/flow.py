"""How the gradient flows through layers: what arrives at each, what each makes of it, and what would mend it.

Depends on `gradcli.evaluate.gradient`. A layer is a definition, or an array of them; its size is the norm of its
entries.
"""

from collections.abc import Mapping, Sequence
from math import hypot, inf, log
from typing import NamedTuple

from gradcli.errors import UsageError, listed
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.program import Program
from gradcli.learn.flow_mends import ACTIVATIONS, others
from gradcli.operators.table import OPERATORS
from gradcli.shapes import parted

STEADY = 0.8, 1.25
"""Between these factors a layer neither shrinks nor grows a gradient so much that it would be said."""
FAR = 100.0
"""By how much all layers together must change it for that to be said."""
SATURATED = 0.05
"""A slope below this share of the steepest is saturation."""


class Layer(NamedTuple):
    """One layer.

    nodes      the nodes of its entries
    size       of its values
    gradient   the size of the gradient that arrives at it
    factor     the size of the gradient of the layer before it, over that; None for the first
    saturated  how many of its activations have next to no slope, and of how many
    dead       how many have none at all
    """

    name: str
    nodes: tuple[int, ...]
    size: float
    gradient: float
    factor: float | None
    saturated: int
    dead: int
    activations: int


class Flow(NamedTuple):
    """The layers from the first to the last, and what they do to a gradient.

    factor     that of one layer, their geometric mean; NaN where there are none to compare
    verdict    vanishing, exploding, steady or dead
    weights    variable -> the size of its gradient
    mends      what was tried in the same graph -> the factor then
    """

    layers: tuple[Layer, ...]
    factor: float
    verdict: str
    weights: dict[str, float]
    mends: dict[str, float]


def flow(program: Program, bindings: Mapping[str, float], names: Sequence[str] = ()) -> Flow:
    """The flow of the gradient at the bindings, through the layers that are named, or all definitions on its way.

    Raises UsageError where there are not two of them.
    """
    layers = _layers(program, names)
    found, factor = measured(program, bindings, layers)
    gradient = Gradient(program).at(bindings).gradient
    mends = {what: measured(other, bindings, moved)[1] for what, other, moved in others(program, layers)}
    return Flow(found, factor, _verdict(found, factor), {name: abs(slope) for name, slope in gradient.items()}, mends)


def _layers(program: Program, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Name -> nodes, in the order of the graph; the one variable that only the first layer takes comes before."""
    graph, needed = program.graph, reachable(program.graph, [program.output])
    on_the_way = {
        name: node
        for name, node in program.definitions.items()
        if node <= program.output and needed[node] and graph.operands[node]
    }
    groups: dict[str, list[int]] = {}
    for name, node in on_the_way.items():
        groups.setdefault(_layer_of(program, name), []).append(node)
    wanted = {
        name: tuple(nodes)
        for name, nodes in groups.items()
        if not names or name in names or name.partition("[")[0] in names
    }
    missing = [
        name for name in names if name not in wanted and not any(each.partition("[")[0] == name for each in wanted)
    ]
    if missing:
        raise UsageError(f"no layer is called `{missing[0]}`", hint=f"the definitions are {listed([*groups])}")
    if len(wanted) < 2:
        raise UsageError("a flow goes through layers, and there are not two", hint="define them: h1 = …; h2 = …; L = …")
    ordered = dict(sorted(wanted.items(), key=lambda each: each[1][-1]))
    return _input(program, ordered) | ordered


def _layer_of(program: Program, name: str) -> str:
    """The layer of a definition: an array is one, but where its entries follow from each other, as in a recurrence."""
    entry = parted(name)
    if not entry:
        return name
    array, index = entry
    entries = [node for each, node in program.definitions.items() if each.startswith(f"{array}[")]
    first, last = min(entries), max(entries)
    if not dependent(program.graph, [first], last)[last]:
        return array
    return f"{array}[{index[0]}]"


def _input(program: Program, layers: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The variable that no layer but the first depends on of itself, if there is one such."""
    graph, nodes = program.graph, [*layers.values()]
    first = reachable(graph, nodes[0])
    others = _own_leaves(graph, nodes)
    found = [
        (name, node)
        for name, node in program.variables.items()
        if node < len(first) and first[node] and node not in others
    ]
    return {found[0][0]: (found[0][1],)} if len(found) == 1 else {}


def _own_leaves(graph: Graph, layers: Sequence[Sequence[int]]) -> set[int]:
    """The variables that the layers behind the first take, not through another layer."""
    stops = {node for layer in layers for node in layer}
    found, pending = set[int](), [operand for layer in layers[1:] for node in layer for operand in graph.operands[node]]
    seen: set[int] = set()
    while pending:
        at = pending.pop()
        if at in seen or at in stops:
            continue
        seen.add(at)
        found.update([at] if graph.operators[at] == VARIABLE else ())
        pending.extend(graph.operands[at])
    return found


def measured(
    program: Program, bindings: Mapping[str, float], layers: Mapping[str, tuple[int, ...]]
) -> tuple[tuple[Layer, ...], float]:
    """The layers with their sizes, and the factor of one: measured, not the bound of the steepest slope."""
    entries = {f"{name}\0{at}": node for name, nodes in layers.items() for at, node in enumerate(nodes)}
    gradient = Gradient(program, entries)
    values = evaluate_all(program.graph, gradient.needed, bindings)
    point = gradient.point(bindings, values).gradient
    found: list[Layer] = []
    before = None
    for name, nodes in layers.items():
        size = hypot(*(point[f"{name}\0{at}"] for at in range(len(nodes))))
        factor = None if before is None else before / size if size else inf if before else 1.0
        states = _states(program.graph, values, nodes, [node for each in found for node in each.nodes])
        found.append(Layer(name, nodes, hypot(*(values[node] for node in nodes)), size, factor, *states))
        before = size
    sizes = [layer.gradient for layer in found]
    steps = len(sizes) - 1
    mean = (sizes[0] / sizes[-1]) ** (1 / steps) if all(sizes) else 0.0
    return tuple(found), mean


def _states(graph: Graph, values: Sequence[float], nodes: Sequence[int], before: Sequence[int]) -> tuple[int, int, int]:
    """Of the activations of a layer how many are saturated and how many dead, and how many there are."""
    own, pending, stops = set[int](), [*nodes], {*before}
    while pending:
        at = pending.pop()
        if at in own or at in stops:
            continue
        own.add(at)
        pending.extend(graph.operands[at])
    found = [(graph.operators[at], values[graph.operands[at][0]]) for at in own if graph.operators[at] in ACTIVATIONS]
    slopes = [abs(_slope(operator, x)) / max(abs(_slope(operator, 0.0)), 0.25) for operator, x in found]
    dead = sum(1 for slope in slopes if slope == 0)
    return sum(1 for slope in slopes if slope < SATURATED) - dead, dead, len(found)


def _slope(operator: str, x: float) -> float:
    """The local slope of an activation."""
    from gradcli.language.rules import parse_template  # the rules of the table are read here

    graph = Graph()
    operand = graph.variable("x")
    row = OPERATORS[operator]
    defaults = [graph.constant(value) for value in row.defaults]
    result = graph.node(operator, (operand, *defaults))
    rule = parse_template(row.partials[0], (*row.operands, "result"))
    output = rule.put(graph, [operand, *defaults, result])
    return evaluate_all(graph, reachable(graph, [output]), {"x": x})[output]


def _verdict(layers: Sequence[Layer], factor: float) -> str:
    if not all(layer.gradient for layer in layers):
        return "dead"
    whole = abs(log(layers[0].gradient / layers[-1].gradient))
    if STEADY[0] <= factor <= STEADY[1] or whole < log(FAR):
        return "steady"
    return "vanishing" if factor < 1 else "exploding"
