"""What the forms of a picture that are texts have in common: colours, labels, the same bytes every time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli.drawing.colours import DARK, LIGHT, MIDDLE, PAPER, Ink
from gradcli.drawing.look import Theme
from gradcli.drawing.picture import Kind
from gradcli.drawing.signs import MARKS
from gradcli.excerpts import amid, cells

SUPPORT = Path(__file__).parents[1] / "support"
ALL = """
import sys
from drawn_formulas import FORMULAS, drawn, hostile
from gradcli.drawing.dot import dot
from gradcli.drawing.graph_json import graph_json
from gradcli.drawing.look import Look
from gradcli.drawing.mermaid import mermaid
for picture in [*map(drawn, FORMULAS), hostile()]:
    for form in (dot, mermaid, graph_json):
        sys.stdout.writelines(form(picture, Look("f")))
"""


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it, of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("inks", "paper"), [(LIGHT, PAPER[Theme.light]), (DARK, PAPER[Theme.dark])])
def test_letters_stand_out_from_what_is_behind_them(inks: dict[str, Ink], paper: str) -> None:
    on_paper = [inks[ink].fill for ink in ("text", "quiet", "plus", "minus", "zero", "unknown")]
    assert min(contrast(each, paper) for each in on_paper) >= 4.5
    assert min(contrast(inks[letters].fill, inks[box].fill) for letters in ("text", "quiet") for box in Kind) >= 4.5


def test_lines_stand_out_from_any_page() -> None:
    lines = [MIDDLE[mark.ink].fill for mark in MARKS.values()]
    assert min(contrast(line, page) for line in lines for page in ("#ffffff", "#000000", PAPER[Theme.dark])) >= 3


@given(st.text("ab名é\N{COMBINING ACUTE ACCENT}", max_size=40), st.integers(3, 30))
def test_a_text_that_is_cut_fits_and_keeps_both_ends(text: str, most: int) -> None:
    short = amid(text, most)
    assert cells(short) <= most
    head, mark, tail = short.partition("…")
    assert text.startswith(head)
    assert text.endswith(tail)
    assert bool(mark) == (cells(text) > most)


def test_the_same_bytes_under_any_hash_seed() -> None:
    def written(seed: str) -> bytes:
        around = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SUPPORT), "PYTHONUTF8": "1"}
        return subprocess.run([sys.executable, "-c", ALL], env=around, capture_output=True, check=True).stdout

    first = written("0")
    assert first == written("1")
    assert len(first) > 10_000
