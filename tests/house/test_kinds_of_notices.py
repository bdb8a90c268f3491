"""The kinds of notices stand in one list: all that are made are in it, and the reference names those that JSON may hold."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from conftest import Gradcli

from gradcli.errors import Kind

ROOT = Path(__file__).parents[2]
MADE = r'otice\(\s*(?:[\w.]+, )?"([^"]+)"'
"""A call of `Notice`, or of a function that makes one at a node of a graph."""
SHOWN = {
    "reading": ("grad", "np.sin(x)", "x=1"),
    "unused": ("grad", "y = x*w; x^2", "x=1"),
    "no variable": ("grad", "a = 2; L = a^2"),
    "precision": ("grad", "(1e16 + x) - 1e16", "x=1"),
    "unsettled": ("grad", "exp(exp(x))", "x=1e9"),
    "kink": ("grad", "abs(x)", "x=0"),
    "jump": ("grad", "sign(x)", "x=0"),
    "not finite": ("grad", "1/x", "x=0"),
    "omitted": ("grad", "x^2", "x=1", "--rows", "1"),
    "diverged": ("grad", "x^3", "x=9", "--lr", "1e200"),
}
"""The kinds that JSON may hold, each with a command that shows it."""


def test_all_kinds_are_made_and_no_others() -> None:
    made = [kind for path in ROOT.glob("gradcli/**/*.py") for kind in re.findall(MADE, path.read_text())]
    assert {*made} == {*get_args(Kind)}


def test_the_reference_names_those_of_json() -> None:
    page = " ".join((ROOT / "gradcli" / "manual" / "formats.md").read_text().split())
    told = re.findall("`([^`]+)`", page.partition("Each notice is of a kind: ")[2].partition(".")[0])
    assert told == [*SHOWN] == [*get_args(Kind)[: len(SHOWN)]]


@pytest.mark.parametrize("kind", SHOWN)
def test_json_shows_them(gradcli: Gradcli, kind: str) -> None:
    answer = json.loads(gradcli(*SHOWN[kind], "--json").out)
    assert kind in [notice["kind"] for notice in answer["notices"]]
