"""Definitions, functions and names: what a whole program means."""

import pytest

from gradcli.evaluate.scalar import evaluate
from gradcli.language import Program, parse
from gradcli.language.notation import program_text


def value(program: Program, **bindings: float) -> float:
    """The output's value."""
    return evaluate(program.graph, [program.output], bindings)[0]


@pytest.mark.parametrize(
    ("text", "bindings", "expected"),
    [
        ("y = x*w; (y - 2)^2", {"x": 2.0, "w": 3.0}, 16.0),
        ("a = 1; b = a + 1; c = b + a; c*b", {}, 6.0),
        ("f(x) = x^2; f(3)", {}, 9.0),
        ("f(x) = x^2; f(f(y) + 1)", {"y": 2.0}, 25.0),
        ("f(x, y) = x - y; f(1, 2) - f(2, 1)", {}, -2.0),
        ("f(x) = a*x; f(2)", {"a": 5.0}, 10.0),
        ("f(x) = a*x; a = 3; f(2)", {}, 6.0),
        ("a = 3; f(x) = a*x; f(2)", {}, 6.0),
        ("x = 7; f(x) = x^2; f(2) + x", {}, 11.0),
        ("f(x) = a*x; g(a) = f(2)*a; g(5)", {"a": 3.0}, 30.0),
        ("f(x) = x + y; g(y) = f(y); g(10)", {"y": 1.0}, 11.0),
        ("f(x) = x^2; g(x) = f(x) + f(x + 1); g(2)", {}, 13.0),
        ("f(e) = e^2; f(3)", {}, 9.0),
        ("f(sin) = 2*sin; f(3)", {}, 6.0),
        ("f(gamma) = gamma*gamma(4); f(2)", {}, 12.0),
        ("f(f) = 2*f; f(3)", {}, 6.0),
        ("e = 2; f(x) = e*x; f(3)", {}, 6.0),
        ("e = 2; f(e) = e*x; f(3)", {"x": 5.0}, 15.0),
        ("f(x) = e; f(3)/e", {}, 1.0),
        ("f(x) = 4; f(y)", {}, 4.0),
        ("f(x, y) = x; f(1, z)", {}, 1.0),
        ("f(x) = |x|; f(-3)", {}, 3.0),
        ("f(x) = if x > 0 then 1 else -1; f(-2)", {}, -1.0),
        ("f (x) = x + 1\nf (2)", {}, 3.0),
        ("# a program\ny = 2 # two\n\ny^2 # and its square", {}, 4.0),
        ("y = (\n1 +\n2\n)\ny", {}, 3.0),
        ("y = `a b` + 1; y", {"a b": 2.0}, 3.0),
        ("pi = 3; π*pi - 3π", {}, 0.0),
    ],
)
def test_program_has_the_value(text: str, bindings: dict[str, float], expected: float) -> None:
    program = parse(text)
    assert set(program.variables) == set(bindings)
    assert value(program, **bindings) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x^2", "f"),
        ("f*2", "g"),
        ("f + g + h", "f1"),
        ("L = x^2", "L"),
        ("L = x^2; L", "L"),
        ("L = x^2; L + 1", "f"),
        ("y = x", "y"),
        ("y = x; y", "y"),
        ("a = x + 1; b = a", "b"),
        ("k = pi", "k"),
        ("c = 3", "c"),
        ("g(x) = x^2", "g"),
        ("g(x) = x", "g"),
        ("g(x) = 3", "g"),
        ("g(x) = x^2; g(3)", "f"),
    ],
)
def test_output_has_the_name(text: str, name: str) -> None:
    assert parse(text).name == name


def test_definitions_name_their_nodes() -> None:
    program = parse("y = x*w; L = (y - target)^2")
    assert {name: program.graph.names[node] for name, node in program.definitions.items()} == {"y": "y", "L": "L"}
    assert program.node("y") == program.definitions["y"]
    assert program.node("x") == program.variables["x"]


def test_a_program_that_ends_with_a_function_is_that_function_of_its_own_parameters() -> None:
    program = parse("a = 2; f(x, y) = a*x - y")
    assert list(program.variables) == ["x", "y"]
    assert value(program, x=5.0, y=1.0) == 9.0
    assert program_text(program) == "a = 2; f = a*x - y"


@pytest.mark.parametrize("literal", ["3", "-3", "0", "-0"])
def test_a_named_number_is_a_node_of_its_own(literal: str) -> None:
    program = parse(f"b = {literal}; x*({literal}) + b*y")
    constant = program.node("b")
    assert program.graph.value_of(constant) == float(literal)
    users = [node for node, operands in enumerate(program.graph.operands) if constant in operands]
    assert len(users) == 1


def test_a_definition_that_the_output_does_not_need_is_noticed() -> None:
    program = parse("y = x^2; z = 3; y + 1")
    assert [notice.message for notice in program.notices] == ["`z` is defined but the output does not depend on it"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("y=x*w;L=(y-target)²", "y = x*w; L = (y - target)^2"),
        ("y=x*w;(y-target)²", "y = x*w; (y - target)^2"),
        ("f(x)=x^2; f(a+1)", "(a + 1)^2"),
        ("f(x)=max(0,x)", "f = max(0, x)"),
        ("y = x", "y = x"),
        ("a = x + 1; b = a", "a = x + 1; b = a"),
        ("b = -3; b*x", "b = -3; b*x"),
        ("pi = 3; π*pi", "pi = 3; π*pi"),
        ("e = 3; f(x) = e^x; f(2) + 2*exp(1)", "e = 3; e^2 + 2*exp(1)"),
        ("unused = 3; x", "x"),
    ],
)
def test_canonical_program(text: str, printed: str) -> None:
    assert program_text(parse(text)) == printed
