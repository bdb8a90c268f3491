"""Products with a logarithm in them, as they stand in entropies and divergences: 0*log(0) is 0 by the limit.

Depends on `gradcli.graph`. `-log2(p)/n*p` is `-xlogy(p, p)/log(2)/n`, whatever the order of its factors.
"""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.language.rules import parse_template

LOGARITHMS = {"log": ("x", ""), "log2": ("x", "log(2)"), "log10": ("x", "log(10)"), "log1p": ("1 + x", "")}
LOGARITHMS["logb"] = ("x", "log(b)")
"""Logarithm → of what it is the natural one, and what that is divided by."""


class Factors(NamedTuple):
    """A product as its factors: those of the numerator and the denominator, and whether its sign is turned."""

    over: tuple[int, ...]
    under: tuple[int, ...]
    turned: bool


def entropies(graph: Graph, root: int) -> Iterator[int]:
    """A product with a logarithm, by xlogy."""
    if graph.operators[root] not in ("mul", "div"):
        return
    over, under, turned = factors(graph, root)
    for at, factor in enumerate(over):
        if graph.operators[factor] in LOGARITHMS and len(over) > 1:
            rest = reduce(lambda left, right: graph.node("mul", (left, right)), (*over[:at], *over[at + 1 :]))
            yield _written(graph, rest, factor, under, turned=turned)


def factors(graph: Graph, node: int) -> Factors:
    """The factors of a product of products and quotients."""
    over, under, turned = list[int](), list[int](), False
    pending = [(node, False)]
    while pending:
        at, below = pending.pop()
        match graph.operators[at], graph.operands[at]:
            case "mul", (left, right):
                pending += [(right, below), (left, below)]
            case "div", (left, right):
                pending += [(right, not below), (left, below)]
            case "neg", (inner,):
                pending.append((inner, below))
                turned = not turned
            case _:
                (under if below else over).append(at)
    return Factors(tuple(over), tuple(under), turned)


def _written(graph: Graph, rest: int, logarithm: int, under: tuple[int, ...], *, turned: bool) -> int:
    """`rest` times the logarithm over what is under both."""
    of, scale = LOGARITHMS[graph.operators[logarithm]]
    operands = graph.operands[logarithm]
    inside = parse_template(of, ("x",)).put(graph, operands[:1])
    product = graph.node("xlogy", (rest, inside))
    if turned:
        product = graph.node("neg", (product,))
    scales = [parse_template(scale, ("x", "b")[: len(operands)]).put(graph, operands)] if scale else []
    return reduce(lambda left, right: graph.node("div", (left, right)), (*scales, *under), product)
