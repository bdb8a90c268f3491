"""Simplification changes how a derived node is written, and never a single bit of its value."""

import struct
from itertools import product
from math import inf, isnan, nan

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from gradcli.evaluate.scalar import evaluate
from gradcli.graph.graph import Graph
from gradcli.graph.simplify import FOLDS, REWRITES, simplified
from gradcli.language.notation import expression_text
from gradcli.operators.table import OPERATORS

OPERATIONS = sorted(FOLDS.keys() | REWRITES.keys())
LITERALS = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 3.0, 1e308, 5e-324, 53.0, 1 / 3]
VALUES = [0.0, -0.0, 1.0, -1.0, 2.5, -3.0, inf, -inf, nan, 1e300, 5e-324]


def bits(value: float) -> bytes:
    """A double as it is stored; every NaN is the same."""
    return b"nan" if isnan(value) else struct.pack("d", value)


def leaves(graph: Graph) -> list[int]:
    """Two variables and every literal."""
    return [graph.variable("x"), graph.variable("y"), graph.node("inf", ()), *map(graph.constant, LITERALS)]


@given(st.data())
@examples(400)
def test_a_simplified_formula_has_the_same_bits(data: st.DataObject) -> None:
    graph = Graph()
    pairs = [(leaf, leaf) for leaf in leaves(graph)]
    for _ in range(data.draw(st.integers(1, 8))):
        operator = data.draw(st.sampled_from(OPERATIONS))
        chosen = [data.draw(st.sampled_from(pairs)) for _ in OPERATORS[operator].operands]
        plains, simples = zip(*chosen, strict=True)
        pairs.append((graph.node(operator, plains), simplified(graph, operator, simples)))
    point = {name: data.draw(st.sampled_from(VALUES)) for name in "xy"}
    left, right = (evaluate(graph, nodes, point) for nodes in zip(*pairs, strict=True))
    for (plain, simple), a, b in zip(pairs, left, right, strict=True):
        assert bits(a) == bits(b), f"{expression_text(graph, plain)} became {expression_text(graph, simple)}"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("operator", OPERATIONS)
def test_every_operator_on_every_literal_keeps_its_bits(operator: str) -> None:
    graph = Graph()
    arity = len(OPERATORS[operator].operands)
    operands = leaves(graph) if arity < 3 else leaves(graph)[:7]
    for chosen in product(operands, repeat=arity):
        plain, simple = graph.node(operator, chosen), simplified(graph, operator, chosen)
        for x, y in product(VALUES, [-0.0, 2.5, nan] if arity > 1 else [0.0]):
            a, b = evaluate(graph, [plain, simple], {"x": x, "y": y})
            assert bits(a) == bits(b), f"{expression_text(graph, plain)} became {expression_text(graph, simple)}"


@pytest.mark.parametrize(
    ("operator", "operands", "text"),
    [
        ("mul", ("x", 1.0), "x"),
        ("mul", (1.0, "x"), "x"),
        ("mul", (-1.0, "x"), "-x"),
        ("mul", (2.0, 3.0), "6"),
        ("mul", (0.0, "x"), "0*x"),
        ("add", ("x", 0.0), "x + 0"),
        ("sub", ("x", 0.0), "x"),
        ("sub", ("x", "x"), "x - x"),
        ("div", ("x", 1.0), "x"),
        ("div", (1.0, 0.0), "1/0"),
        ("pow", ("x", 1.0), "x"),
        ("pow", ("x", 0.0), "x^0"),
        ("pow", (-8.0, 1 / 3), "(-8)^0.3333333333333333"),
        ("where", (1.0, "x", "y"), "x"),
        ("where", (0.0, "x", "y"), "y"),
        ("where", ("x", "y", "y"), "y"),
        ("and", ("x", 0.0), "0"),
        ("or", (2.0, "x"), "1"),
        ("and", ("x", "x"), "x and x"),
    ],
)
def test_units_are_dropped_and_literals_folded(operator: str, operands: tuple[float | str, ...], text: str) -> None:
    graph = Graph()
    nodes = tuple(graph.variable(it) if isinstance(it, str) else graph.constant(it) for it in operands)
    assert expression_text(graph, simplified(graph, operator, nodes)) == text
