"""Quotients over one denominator: one division, and numbers no worse than with two."""

import numpy as np
import pytest
from mpmath import mp, mpf

from gradcli.compiler.columns import Compiled
from gradcli.compiler.lowerings import NUMPY
from gradcli.compiler.numpy.kernels import NATIVE
from gradcli.language import parse
from gradcli.rewriting.formula import formula
from gradcli.rewriting.lowering import lowered

TOGETHER = [
    "y*sigmoid(-z) - (1 - y)*sigmoid(z)",
    "sigmoid(z)*y + 3*sigmoid(-z)",
    "sigmoid(z) - sigmoid(-z)",
    "sigmoid(z) + y*sigmoid(-z)",
]
APART = [
    "y/z - 3/z",
    "y/(2 + z) + 3/(2 + z)",
    "y/(1 + z^2) - 3/(1 + z^2)",
    "y/(1 + exp(z)) + z/(1 + exp(z))",
    "sigmoid(z) - sigmoid(y)",
    "sigmoid(z) - y",
]
ENDS = [0.0, -0.0, 1e-300, 36.7, -36.7, 700.0, -709.0, 744.0, -746.0, 1e308, -1e308, np.inf, -np.inf, np.nan]


def divisions(text: str) -> int:
    """How many divisions blocks of rows take."""
    program = parse(text)
    found = lowered(formula(program, {}), NATIVE, NUMPY)
    return sum(found.graph.operators[node] == "div" and found.needed[node] for node in range(len(found.graph)))


@pytest.mark.parametrize("text", TOGETHER)
def test_two_sigmoids_are_one_division(text: str) -> None:
    assert divisions(text) == 1


@pytest.mark.parametrize("text", APART)
def test_what_could_overflow_or_differs_is_left_as_it_is(text: str) -> None:
    assert divisions(text) == text.count("/") + text.count("sigmoid")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("engine", ["blocks", "llvm"])
@pytest.mark.parametrize("text", TOGETHER)
def test_the_numbers_are_right(text: str, engine: str) -> None:
    """To a few units in the last place of the larger term, as a difference of rounded numbers is."""
    draw = np.random.default_rng(11)
    z = np.concatenate([draw.normal(size=500) * 30, draw.normal(size=500)])
    y = draw.uniform(size=1000)
    got = Compiled(parse(text), {}, engine=engine).rows({"z": z, "y": y}, len(z))["f"]
    with mp.workdps(50):
        sides = [_sides(text, mpf(a), mpf(b)) for a, b in zip(z.tolist(), y.tolist(), strict=True)]
        wrong = [
            abs(mpf(number) - a - b) / max(abs(a), abs(b)) for number, (a, b) in zip(got.tolist(), sides, strict=True)
        ]
    assert max(wrong) <= 5 * 2.0**-53


def _sides(text: str, z: mpf, y: mpf) -> tuple[mpf, mpf]:
    """The two terms."""
    right, left = 1 / (1 + mp.exp(-z)), 1 / (1 + mp.exp(z))
    return {
        TOGETHER[0]: (y * left, -(1 - y) * right),
        TOGETHER[1]: (right * y, 3 * left),
        TOGETHER[2]: (right, -left),
        TOGETHER[3]: (right, y * left),
    }[text]


@pytest.mark.parametrize("text", TOGETHER)
def test_engines_agree_at_the_ends(text: str) -> None:
    z, y = (column.ravel() for column in np.meshgrid(ENDS, [0.0, -0.0, 0.25, 1.0, -3.0, np.inf, np.nan]))
    blocks, llvm, python = (
        Compiled(parse(text), {}, engine=engine).rows({"z": z, "y": y}, len(z))["f"]
        for engine in ("blocks", "llvm", "python")
    )
    for got in (blocks, llvm):
        assert got == pytest.approx(python, rel=1e-15, abs=0, nan_ok=True)
