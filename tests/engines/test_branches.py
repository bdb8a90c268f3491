"""What only one branch of a choice needs, and the lines of a Python function that come of it."""

import ast

import pytest

from gradcli.compiler.branches import WHERE, branch_paths
from gradcli.compiler.python.codegen import Writer
from gradcli.language import parse
from gradcli.rewriting.formula import Formula, formula


def made(text: str) -> Formula:
    return formula(parse(text), {})


def within(text: str, deepest: int = 9) -> dict[str, list[bool]]:
    """Operator → for each branch around it, the outermost first, whether the condition holds there."""
    whole = made(text)
    paths = branch_paths(whole, WHERE, deepest)
    return {whole.graph.operators[node]: [holds for _, holds in path] for node, path in paths.items() if path}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where(x > 0, exp(x) + y, y)", {"exp": [True], "add": [True]}),
        ("where(x > 0, x, sin(y))", {"variable": [False], "sin": [False]}),
        ("where(x > 0, exp(x), exp(x) + 1)", {"add": [False], "constant": [False]}),
        ("where(x > 0, where(y > x, sin(y), cos(y)), x)", {
            "where": [True], "gt": [True], "sin": [True, True], "cos": [True, False], "variable": [True],
        }),
    ],
)  # fmt: skip
def test_what_only_one_branch_needs(text: str, expected: dict[str, list[bool]]) -> None:
    assert within(text) == expected


def test_branches_within_more_branches_are_not_looked_into() -> None:
    found = within("where(x > 0, where(y > x, sin(y), cos(y)), x)", deepest=1)
    assert found["sin"] == found["cos"] == [True]


def lines(text: str) -> str:
    whole = made(text)
    writer = Writer(whole, {name: name for name in whole.variables})
    body = ast.Module([*writer.lines(), *map(ast.Expr, writer.outputs)], [])
    return ast.unparse(ast.fix_missing_locations(body))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y = exp(x); where(x > 0, y*sin(y), y)", [".1 = .exp(x)", ".1 * .sin(.1) if x > 0.0 else .1"]),
        ("abs(x) < 2 and y", ["1.0 if -2.0 < x < 2.0 and y else 0.0"]),
        (
            "where(x > 0, sin(x)*sin(x), x)",
            ["if x > 0.0:", "    .3 = .sin(x)", "    .5 = .3 * .3", "else:", "    .5 = x", ".5"],
        ),
    ],
)
def test_lines_of_a_function(text: str, expected: list[str]) -> None:
    assert lines(text).splitlines() == expected
