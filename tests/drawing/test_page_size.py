"""A page is small enough to be sent to anybody."""

import json
import re
from pathlib import Path

import pytest
from approved import NETWORK, WEIGHTS
from conftest import Gradcli
from drawn_formulas import FORMULAS
from prose import ROOT

MOST = 150_000
UNITS = json.loads((ROOT / "samples" / "network.json").read_text("utf-8"))
LAYERS = (ROOT / "samples" / "network.txt").read_text("utf-8")
OPERATORS = (
    "tanh(a) + sin(a*b) + gamma(b) + erf(a/b) + lgamma(c) + mish(a) + atan2(a, b) + hypot(a, b) + cbrt(c) + expm1(a)"
    " + log1p(b) + asinh(c) + digamma(b) + gelu(a) + softplus(b) + a^c"
)


def long(name: str) -> str:
    """A name of forty letters."""
    return f"{name}_of_a_name_that_has_forty_letters_in_all"[:40]


def named(text: str) -> str:
    """A formula whose names have forty letters, but those of functions."""
    return re.sub(r"\b[a-zA-Z]\w*\b(?!\()", lambda name: long(name[0]), text)


LARGE = {
    "58 boxes": (LAYERS, UNITS),
    "58 boxes, lgamma": (LAYERS.replace("tanh", "lgamma"), UNITS),
    "58 boxes, mish": (LAYERS.replace("sigmoid", "mish").replace("tanh", "mish"), UNITS),
    "58 boxes, 40 letters": (named(LAYERS), {long(name): at for name, at in UNITS.items()}),
    "19 operators": (OPERATORS, {"a": 0.5, "b": 1.5, "c": 2.5}),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_page_has_less_than_150_kilobytes(name: str, tmp_path: Path, gradcli: Gradcli) -> None:
    formula, names = FORMULAS[name]
    at = WEIGHTS if formula == NETWORK else [f"{each}={number + 1.5}" for number, each in enumerate(names.split())]
    path = tmp_path / "page.html"
    gradcli("graph", formula, *at, "--out", str(path))
    assert path.stat().st_size < MOST


@pytest.mark.parametrize("name", LARGE)
def test_so_has_one_of_sixty_boxes_or_of_large_kernels(name: str, tmp_path: Path, gradcli: Gradcli) -> None:
    formula, at = LARGE[name]
    path = tmp_path / "page.html"
    assert gradcli("graph", formula, *(f"{each}={x}" for each, x in at.items()), "--out", str(path)).code in (0, 3)
    assert path.stat().st_size < MOST
