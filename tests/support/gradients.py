"""Gradients of a text at a point, of any order, for the tests of this folder."""

from collections.abc import Mapping

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.language import Program, parse


def gradient(text: str, point: Mapping[str, float], *wrt: str) -> list[float]:
    """The derivatives of a program's output by named nodes, its variables by default."""
    program = parse(text)
    nodes = by(program, wrt)
    return evaluate(program.graph, differentiate(program.graph, program.output, nodes).gradient, point)


def hessian(text: str, point: Mapping[str, float], *wrt: str) -> list[list[float]]:
    """The second derivatives, a row for each node."""
    program = parse(text)
    nodes = by(program, wrt)
    first = differentiate(program.graph, program.output, nodes).gradient
    rows = [differentiate(program.graph, node, nodes).gradient for node in first]
    return [evaluate(program.graph, row, point) for row in rows]


def derivatives(text: str, x: float, orders: int) -> list[float]:
    """The derivatives by x, of order 1 up to `orders`."""
    program = parse(text)
    nodes = [program.output]
    for _ in range(orders):
        nodes.extend(differentiate(program.graph, nodes[-1], [program.node("x")]).gradient)
    return evaluate(program.graph, nodes[1:], {"x": x})


def by(program: Program, wrt: tuple[str, ...]) -> list[int]:
    """The nodes of the names, of all variables by default."""
    return [program.node(name) for name in wrt or program.variables]
