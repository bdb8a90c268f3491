"""Where a node stands in the text: at every place that means it, in the order of the text."""

import json
import pickle
import time
from collections.abc import Callable

import pytest

from gradcli.derivatives import differentiate
from gradcli.errors import Source
from gradcli.graph.graph import Graph
from gradcli.language import Program, parse
from gradcli.language.notation import expression_text
from gradcli.language.program import parse_open

Gradcli = Callable[..., tuple[int, str, str]]

PLACES = [
    ("(x+y)*(x+y)", {"x": "x x", "y": "y y", "x + y": "x+y x+y", "(x + y)*(x + y)": "(x+y)*(x+y)"}),
    ("x*x", {"x": "x x", "x*x": "x*x"}),
    ("2*x+2", {"2": "2 2", "x": "x", "2*x": "2*x"}),
    ("2x+2x", {"2": "2 2", "x": "x x", "2*x": "2x 2x"}),
    ("2(x+1)+(x+1)", {"x + 1": "x+1 x+1", "2*(x + 1)": "2(x+1)"}),
    ("x²+x^2+x⁻²", {"2": "² 2 ⁻²", "x": "x x x", "x^2": "x² x^2"}),
    ("|x|+abs(x)", {"x": "x x", "abs(x)": "|x| abs(x)"}),
    ("-x+(-x)", {"x": "x x", "-x": "-x -x"}),
    ("`a b`+`a b`", {"`a b`": "`a\xa0b` `a\xa0b`"}),
    ("if x<0 then x else -(x)", {"x": "x x x"}),
    ("y=x*w;y^2+y", {"x": "x", "y": "x*w y y"}),
    ("y=x;y^2", {"x": "x y"}),
    ("b=3;b*x+b", {"b": "b b b"}),
    ("pi*x+pi", {"pi": "pi pi"}),
    ("f(x)=x^2;f(a)+f(b)", {"a": "x a", "b": "x b", "2": "2", "a^2": "x^2 f(a)", "b^2": "x^2 f(b)"}),
    ("f(x)=x^2;f(a)*f(a)", {"a": "x a a", "a^2": "x^2 f(a) f(a)"}),
    ("f(x)=(x+1)*(x+1);f(2)", {"2": "x x 2", "1": "1 1", "2 + 1": "x+1 x+1"}),
    ("f(x)=x;g(x)=f(x)/3;g(t)", {"t": "x f(x) x t", "t/3": "f(x)/3 g(t)"}),
    ("f(x)=pi*x+pi;f(t)/pi", {"pi": "pi pi pi"}),
    ("f(x)=pi*x+pi;pi*t", {"pi": "pi pi pi"}),
    ("f(x)=x*x", {"x": "f x x", "f": "x*x"}),
    ("f(x)=a*x+a;f(2)", {"a": "a a f(2)"}),
]


def places(program: Program) -> dict[str, str]:
    """The name or else the formula of each node, and what stands at its places."""
    graph, text = program.graph, program.source.text
    found = {
        node: [text[start:end].replace(" ", "\xa0") for start, end in graph.spans(node)] for node in range(len(graph))
    }
    return {
        graph.names.get(node) or expression_text(graph, node): " ".join(words) for node, words in found.items() if words
    }


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_a_node_keeps_every_place_that_means_it(text: str, expected: dict[str, str]) -> None:
    program = parse(text)
    found = places(program)
    assert {formula: found[formula] for formula in expected} == expected
    for node in range(program.written):
        spans = program.graph.spans(node)
        assert program.graph.span(node) in spans
        assert [*spans] == sorted(set(spans))


def test_the_first_place_is_the_one_that_made_the_node() -> None:
    program = parse("f(x) = a*x + a; f(2)")
    a = program.node("a")
    assert (program.graph.span(a), program.graph.spans(a)) == ((16, 20), ((7, 8), (13, 14), (16, 20)))


def test_derived_nodes_have_no_place_and_give_none_to_written_ones() -> None:
    program = parse("sin(x*y)^3/y + max(x, y, 2) + gamma(x)")
    graph, size = program.graph, program.written
    before = [graph.spans(node) for node in range(size)]
    derivative = differentiate(graph, program.output, list(program.variables.values()))
    differentiate(graph, derivative.gradient[0], list(program.variables.values()))
    assert [graph.spans(node) for node in range(size)] == before
    assert len(graph) > size
    assert {graph.spans(node) for node in range(size, len(graph))} == {()}


def test_what_is_read_beside_a_program_stands_in_another_text() -> None:
    program, read, _ = parse_open("f(t) = t + 1; x*y + f(x)")
    before = [program.graph.spans(node) for node in range(program.written)]
    found = read(Source("       x*y + `x` + 1 + f(y)", "claim"), 0, {})
    assert isinstance(found, int)
    assert found >= program.written
    assert [program.graph.spans(node) for node in range(program.written)] == before


def test_a_place_that_is_told_twice_counts_once_and_later_ones_are_found() -> None:
    graph = Graph()
    one = graph.constant(1.0, 4, 5)
    assert graph.spans(one) == ((4, 5),)
    assert [graph.constant(1.0, 8, 9), graph.constant(1.0, 4, 5), graph.place(one, 0, 1)] == [one, one, one]
    assert graph.spans(one) == ((0, 1), (4, 5), (8, 9))
    assert graph.spans(graph.node("neg", (one,))) == ()
    graph.place(one, 2, 3)
    assert graph.spans(one) == ((0, 1), (2, 3), (4, 5), (8, 9))


def test_a_pickled_program_knows_its_places() -> None:
    program = parse("f(t) = t*t; f(x + 1) + x")
    again = pickle.loads(pickle.dumps(program))
    assert places(again) == places(program)
    assert places(again)["x"] == "x x"


def test_a_hundred_thousand_uses_of_one_name_are_all_kept() -> None:
    program = parse("+".join(["x"] * 100_000))
    began = time.process_time()
    assert program.graph.spans(program.node("x")) == tuple((at, at + 1) for at in range(0, 200_000, 2))
    assert [program.graph.spans(node) for node in range(1, 3)] == [((0, 3),), ((0, 5),)]
    assert time.process_time() - began < 5


def test_the_places_in_functions_that_call_functions_are_kept_up_to_a_limit() -> None:
    chain = "f0(x)=x;" + ";".join(f"f{i}(x)=f{i - 1}(x)" for i in range(1, 5_000)) + ";f4999(x)"
    began = time.process_time()
    program = parse(chain)
    told = [chain[start:end] for start, end in program.graph.spans(program.node("x"))]
    assert told[-2:] == ["f4999(x)", "x"]
    assert len(program.graph.places) < 3 * 1_000_000
    assert time.process_time() - began < 10


def test_json_has_all_places_beside_the_first(gradcli: Gradcli) -> None:
    nodes = json.loads(gradcli("grad", "(x+y)*(x+y)", "--x", "2", "--y", "3", "--json")[1])["nodes"]
    assert list(nodes[0])[8:10] == ["span", "spans"]
    assert [(node["text"], node["span"], node["spans"]) for node in nodes] == [
        ("x", [1, 2], [[1, 2], [7, 8]]),
        ("y", [3, 4], [[3, 4], [9, 10]]),
        ("x + y", [1, 4], [[1, 4], [7, 10]]),
        ("(x + y)*(x + y)", [0, 11], [[0, 11]]),
    ]
