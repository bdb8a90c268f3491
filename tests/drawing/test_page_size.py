"""A page is small enough to be sent to anybody."""

from pathlib import Path

import pytest
from approved import NETWORK, WEIGHTS
from conftest import Gradcli
from drawn_formulas import FORMULAS

MOST = 150_000


@pytest.mark.parametrize("name", FORMULAS)
def test_a_page_has_less_than_150_kilobytes(name: str, tmp_path: Path, gradcli: Gradcli) -> None:
    formula, names = FORMULAS[name]
    at = WEIGHTS if formula == NETWORK else [f"{each}={number + 1.5}" for number, each in enumerate(names.split())]
    path = tmp_path / "page.html"
    gradcli("graph", formula, *at, "--out", str(path))
    assert path.stat().st_size < MOST
