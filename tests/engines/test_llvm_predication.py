"""What is passed over where no row needs it: the costly part of one arm of a `where`, and nothing else."""

import pytest

from gradcli.compiler.llvm.predication import predicated_regions
from gradcli.language.program import parse
from gradcli.rewriting.formula import with_variables


def passed_over(text: str, *, uniform: bool = False) -> list[str]:
    """The operators of each region but the whole, innermost last."""
    program = parse(text)
    formula = with_variables(program.graph, {"f": program.output})
    regions = predicated_regions(formula, bytearray([not uniform]) * len(program.graph))
    return [" ".join(program.graph.operators[node] for node in regions[branch]) for branch in regions if branch]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("where(x > 0, exp(x), x)", ["exp"]),
        ("where(x > 0, exp(x), sqrt(y))", ["exp", "variable sqrt"]),
        ("where(x > 0, x + 1, x - 1)", []),
        ("where(x > 0, 1/x, x)", ["constant div"]),
        ("where(x > 0, exp(x), exp(x) + 1)", []),
        ("where(exp(x) > 2, exp(x), x)", []),
        ("exp(x) + where(x > 0, exp(x)*2, x)", []),
        ("where(x > 0, where(x > 1, exp(x), sin(x)), x)", ["constant gt where", "exp", "sin"]),
        ("where(x > 0, where(x > 1, log(x), exp(y) + 1), exp(y))", ["constant gt add where", "log"]),
    ],
)
def test_region(text: str, regions: list[str]) -> None:
    assert sorted(passed_over(text)) == sorted(regions)


def test_what_is_computed_once_is_not_worth_a_branch() -> None:
    assert passed_over("where(x > 0, exp(x), sqrt(y))", uniform=True) == []
