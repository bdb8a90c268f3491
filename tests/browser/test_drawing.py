"""A drawing as SVG in a browser: its letters are those of the font that it carries, and as wide as was measured."""

from pathlib import Path
from typing import TYPE_CHECKING

from gradcli.cli.main import run

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORMULA = "weight_é = x*w; L = (weight_é - 2)^2 + abs(x)/3"
WIDTHS = """() => {
  const family = document.documentElement.id;
  const loaded = [...document.fonts].filter((font) => font.family === family && font.status === "loaded").length;
  const wrong = [...document.querySelectorAll("text")].filter((text) => {
    const told = text.textLength.baseVal.value;
    text.removeAttribute("textLength");
    return Math.abs(text.getComputedTextLength() - told) > 0.1;
  });
  return [loaded, wrong.map((text) => text.textContent)];
}"""


def test_letters_are_as_wide_as_was_measured(shared: "Page", tmp_path: Path) -> None:
    path = tmp_path / "drawing.svg"
    assert run(["graph", FORMULA, "x=2", "w=3", "--out", str(path)]) == 0
    shared.goto(path.as_uri())
    assert shared.evaluate(WIDTHS) == [1, []]
