"""Changes of sign in columns: they move to where they cost nothing, or meet, and no bit of any result changes."""

from itertools import product
from math import inf, nan

import numpy as np
import pytest

from gradcli.compiler.columns import Compiled
from gradcli.compiler.lowerings import NUMPY
from gradcli.compiler.numpy.kernels import NATIVE
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.rewriting.formula import formula
from gradcli.rewriting.lowering import lowered

SIMPLER = {
    "abs(-x)": ["abs"],
    "-x*y*-z": ["mul", "mul"],
    "(-x)/(-y)": ["div"],
    "x + -y": ["sub"],
    "-x + y": ["sub"],
    "x - -y": ["add"],
    "-x < 2": ["gt"],
    "-x <= 2": ["ge"],
    "-x > 2": ["lt"],
    "-x >= 2": ["le"],
    "-x == 2": ["eq"],
    "-x != 2": ["ne"],
    "max(-x, 2)": ["min", "neg"],
    "min(-x, 2)": ["max", "neg"],
    "max(-x)": ["neg"],
}
NUMBERS = [0.0, -0.0, 1.0, 2.0, -2.0, 3.0, 5e-324, 1e308, inf, -inf, nan]


def operations(text: str) -> list[str]:
    """What blocks of rows compute, in its order."""
    graph = (found := lowered(formula(parse(text), {}), NATIVE, NUMPY)).graph
    return [graph.operators[node] for node, flag in enumerate(found.needed) if flag and graph.operands[node]]


@pytest.mark.parametrize(("text", "simpler"), SIMPLER.items())
def test_a_sign_moves_or_is_gone(text: str, simpler: list[str]) -> None:
    assert operations(text) == simpler


@pytest.mark.parametrize("text", SIMPLER)
def test_every_bit_stays(text: str) -> None:
    program = parse(text)
    points = [
        dict(zip(program.variables, some, strict=True)) for some in product(NUMBERS, repeat=len(program.variables))
    ]
    typed = np.array([evaluate(program.graph, [program.output], point)[0] for point in points])
    columns = {name: np.array([point[name] for point in points]) for name in program.variables}
    got = Compiled(program, {}, engine="blocks").rows(columns, len(points))["f"]
    same = (got.view(np.int64) == typed.view(np.int64)) | (np.isnan(got) & np.isnan(typed))
    assert same.all()
