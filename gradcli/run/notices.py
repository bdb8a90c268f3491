"""What is worth saying of an evaluation: a kink on the way, and where a number that is not finite first arose.

Depends on the kink conditions of the operator table. One-sided derivatives at a kink, and the whole story of a
NaN, are to be told from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from gradcli.derivatives.rules import RESULT, TIES, VARIADIC, tie
from gradcli.errors import Notice
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.notation import expression_text, number_text
from gradcli.language.program import Program, parse_template
from gradcli.operators.table import OPERATORS
from gradcli.run.gradient import Point
from gradcli.run.scalar import evaluate_all, run_template
from gradcli.run.trace import Trace, trace

LONGEST = 60


def notices(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """The language's notices, the kinks that the gradient by `wrt` meets, the birth of what is not finite."""
    return (*program.notices, *_kinks(program, point, wrt), *_not_finite(program, point, wrt))


# -- kinks


def _kinks(program: Program, point: Point, wrt: Mapping[str, int]) -> Iterator[Notice]:
    graph, output = program.graph, program.output
    kinked = {name for name in set(graph.operators) if name in OPERATORS and OPERATORS[name].kink}
    if not kinked or not wrt:
        return
    needed, moving = reachable(graph, [output]), dependent(graph, wrt.values(), output)
    values = evaluate_all(graph, needed, point.bindings)
    for node in range(output + 1):
        if needed[node] and moving[node] and graph.operators[node] in kinked and _at_kink(graph, node, values):
            yield Notice("kink", _kink_message(graph, node), node, graph.span(node))


def _at_kink(graph: Graph, node: int, values: Sequence[float]) -> bool:
    operator, operands = graph.operators[node], [values[operand] for operand in graph.operands[node]]
    row = OPERATORS[operator]
    if operator not in VARIADIC:
        return bool(run_template(parse_template(row.kink, (*row.operands, RESULT)), (*operands, values[node])))
    condition = tie(operator)
    ties = sum(run_template(condition, (operand, values[node])) for operand in operands) if condition else 0.0
    return bool(run_template(parse_template(row.kink, (RESULT, TIES)), (values[node], ties)))


def _kink_message(graph: Graph, node: int) -> str:
    text, row = expression_text(graph, node, LONGEST), OPERATORS[graph.operators[node]]
    if all(partial == "0" for partial in row.partials):
        return f"`{text}` switches exactly here; its derivative is taken as 0"
    return f"`{text}` has a kink exactly here; its derivative is the one that `gradcli rules {row.name}` shows"


# -- numbers that are not finite


def _not_finite(program: Program, point: Point, wrt: Mapping[str, int]) -> Iterator[Notice]:
    if point.finite:
        return
    story = trace(program, point.bindings, wrt)
    yield from _born_forward(story) or _born_backward(story)


def _born_forward(story: Trace) -> list[Notice]:
    """The first node whose value is not finite though its operands are."""
    graph = story.program.graph
    for node in story.nodes:
        operands = graph.operands[node]
        if not isfinite(story.values[node]) and all(isfinite(story.values[operand]) for operand in operands):
            known = [at for at in dict.fromkeys(operands) if graph.value_of(at) is None]
            given = ", ".join(f"{_called(graph, at)} = {number_text(story.values[at])}" for at in known)
            where = f" at {given}" if given else ""
            message = f"`{_short(graph, node)}` is {number_text(story.values[node])}{where}"
            return [Notice("not finite", message, node, graph.span(node))]
    return []


def _born_backward(story: Trace) -> list[Notice]:
    """The first contribution that is not finite though the adjoint above it is."""
    graph = story.program.graph
    for entry in story.contributions:
        if isfinite(entry.upstream) and not isfinite(entry.contribution):
            upstream, partial, product = map(number_text, (entry.upstream, entry.partial, entry.contribution))
            of, by = _short(graph, entry.node), _short(graph, entry.operand)
            message = f"the derivative of `{of}` by `{by}` is {partial}: upstream {upstream} × {partial} = {product}"
            return [Notice("not finite", message, entry.node, graph.span(entry.node))]
    return []


def _called(graph: Graph, node: int) -> str:
    """A node as its definition calls it, otherwise spelled out."""
    return expression_text(graph, node, LONGEST, spell_out=False)


def _short(graph: Graph, node: int) -> str:
    return expression_text(graph, node, LONGEST)
