"""The graph: nodes refer to nodes before them, equal nodes are one node, and appending changes nothing."""

from math import inf, nan

import pytest
from invariants import violations

from gradcli.derivatives import differentiate
from gradcli.errors import LimitError
from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.template import template
from gradcli.graph.walk import dependent, reachable
from gradcli.language import parse

PROGRAMS = [
    "x",
    "(x*w - 2)^2",
    "y = x*w; L = (y - target)^2",
    "f(x) = x^2 + a; f(f(b)) + f(b)",
    "where(x > 0, sqrt(x), 0) + max(0, x, -3)^x",
    "b = 3; c = 3; b*c*3 - 0*inf + nan",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_parsed_graph_and_its_derivatives_are_well_formed(text: str) -> None:
    program = parse(text)
    graph = program.graph
    assert violations(graph) == []
    first = differentiate(graph, program.output, list(program.variables.values()), edges=True)
    for node in first.gradient:
        differentiate(graph, node, list(program.variables.values()))
    assert violations(graph) == []


def test_appending_a_derivative_leaves_the_written_nodes_as_they_are() -> None:
    program = parse("sin(x*y)^3/y")
    graph, size = program.graph, program.written
    before = ([*graph.operators], [*graph.operands], dict(graph.leaves), [graph.span(node) for node in range(size)])
    differentiate(graph, program.output, list(program.variables.values()))
    after = (graph.operators[:size], graph.operands[:size], graph.leaves, [graph.span(node) for node in range(size)])
    assert after[:2] == before[:2]
    assert before[2].items() <= after[2].items()
    assert after[3] == before[3]


def test_violations_are_told() -> None:
    graph = Graph()
    x = graph.variable("x")
    graph.node("sin", (x,))
    graph.operands[1] = (1,)
    assert violations(graph) == ["node 1 refers to node 1"]
    graph.operands[1] = ()
    graph.operators[1] = VARIABLE
    graph.leaves[1] = "x"
    assert violations(graph) == ["nodes 0 and 1 are the same"]
    del graph.leaves[1]
    graph.names[7] = "y"
    assert violations(graph) == ["names tell of node 7, which does not exist", "node 1, variable, carries None"]


def test_equal_nodes_are_one_node() -> None:
    graph = Graph()
    x, y = graph.variable("x"), graph.variable("y")
    assert graph.variable("x") == x
    assert graph.node("add", (x, y)) == graph.node("add", (x, y))
    assert graph.node("add", (x, y)) != graph.node("add", (y, x))
    assert graph.constant(2.0) == graph.constant(2.0)


def test_zeros_of_either_sign_are_two_constants() -> None:
    graph = Graph()
    plus, minus = graph.constant(0.0), graph.constant(-0.0)
    assert plus != minus
    assert (str(graph.value_of(plus)), str(graph.value_of(minus))) == ("0.0", "-0.0")


def test_infinities_and_nan_are_operators() -> None:
    graph = Graph()
    assert graph.operators[graph.constant(inf)] == "inf"
    assert graph.operators[graph.constant(nan)] == "nan"
    negative = graph.constant(-inf)
    assert graph.operators[negative] == "neg"
    assert graph.operands[negative] == (graph.constant(inf),)
    assert graph.constant(nan) == graph.constant(nan)


def test_a_named_constant_is_apart_from_others_of_its_value() -> None:
    graph = Graph()
    named = graph.named_constant("b", 3.0)
    assert named not in (graph.constant(3.0), graph.named_constant("c", 3.0))
    assert graph.operators[named] == CONSTANT


def test_a_node_keeps_the_place_that_first_made_it() -> None:
    program = parse("(x + y)*(x + y)")
    assert program.graph.span(program.graph.operands[program.output][0]) == (1, 6)


def test_reachable_and_dependent_nodes() -> None:
    graph = Graph()
    x, y = graph.variable("x"), graph.variable("y")
    sine = graph.node("sin", (x,))
    total = graph.node("add", (sine, y))
    assert [*reachable(graph, [sine])] == [1, 0, 1]
    assert [*reachable(graph, [])] == []
    assert [*dependent(graph, [y], total)] == [0, 1, 0, 1]
    assert [*dependent(graph, [total], sine)] == [0, 0, 0]


def test_a_template_is_put_where_its_holes_are_filled() -> None:
    program = parse("a*x^2 + unused*0")
    body = template(program.graph, program.graph.operands[program.output][0], ["x"])
    assert body.parameters == ("x", "a")
    graph = Graph()
    u, v = graph.variable("u"), graph.variable("v")
    node = body.put(graph, [u, v])
    assert graph.operators[node] == "mul"
    assert graph.operands[node] == (v, graph.node("pow", (u, graph.constant(2.0))))
    assert violations(graph) == []


def test_a_graph_has_a_limit() -> None:
    graph = Graph(most=10)
    for number in range(10):
        graph.constant(float(number), number, number + 1)
    with pytest.raises(LimitError, match="more than 10 operations") as caught:
        graph.node("add", (0, 1), 0, 3)
    assert caught.value.hint
