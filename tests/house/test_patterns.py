"""Finding a formula in a graph: subformulas for a and b, the operands of + and * in either order."""

import pytest

from gradcli.language import parse
from gradcli.language.notation import expression_text
from gradcli.rewriting.patterns import forms, match


def holes(pattern: str, text: str) -> dict[str, str] | None:
    """What a and b stand for in a text that is the pattern; None where it is not."""
    program = parse(text)
    found = next(filter(None, (match(program.graph, program.output, form) for form in forms(pattern))), None)
    if found is None:
        return None
    return {name: expression_text(program.graph, node, 80) for name, node in found.holes.items()}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("log(1 + exp(a))", "log(1 + exp(x*y))", {"a": "x*y"}),
        ("log(1 + exp(a))", "log(exp(x) + 1)", {"a": "x"}),
        ("log(1 + exp(a))", "log(1 + e^x)", {"a": "x"}),
        ("log(1 + exp(a))", "log(2 + exp(x))", None),
        ("sqrt(a^2 + b^2)", "sqrt((x - 1)^2 + y^2)", {"a": "x - 1", "b": "y"}),
        ("a - b", "x - y", {"a": "x", "b": "y"}),
        ("a/(a + b)", "x/(y + x)", {"a": "x", "b": "y"}),
        ("a/(a + b)", "x/(y + z)", None),
        ("exp(a)/b", "exp(x)/exp(y)", {"a": "x", "b": "exp(y)"}),
    ],
)
def test_what_the_holes_stand_for(pattern: str, text: str, found: dict[str, str] | None) -> None:
    assert holes(pattern, text) == found


def test_the_nodes_of_the_formula_itself_are_told_apart_from_the_holes() -> None:
    program = parse("log(1 + exp(x*y))")
    found = match(program.graph, program.output, forms("log(1 + exp(a))")[0])
    assert found
    inside = {program.graph.operators[node] for node in found.inside}
    assert inside == {"log", "add", "constant", "exp"}
