"""A large drawing is set in tiles, of which a browser draws those in sight; to its reader it is one."""

from pathlib import Path

import pytest
from browsing import Open, Opened

from gradcli.cli.main import run
from gradcli.drawing.sheet import LARGE

TERMS = 24
FORMULA = "; ".join(
    [f"h{at} = tanh(w{at}*x + b{at})" for at in range(TERMS)]
    + ["L = " + " + ".join(f"h{at}^2" for at in range(TERMS))]
)  # fmt: skip
AT = {"x": 1.0} | {f"{name}{at}": (at % 7 - 3) / 4 for at in range(TERMS) for name in "wb"}
SHAPES = """text => {
  const read = new DOMParser().parseFromString(text, "image/svg+xml"), of = (kind) => [...read.querySelector(`.g-${kind}`).children];
  const starts = of("arrows").map((line) => line.querySelector("path").getAttribute("d").split(/[hvlq]/)[0]);
  return [of("boxes").map((box) => box.getAttribute("transform")).sort(), starts.sort(), of("chips").filter((chip) => chip.querySelector("rect")).length, read.documentElement.getAttribute("viewBox")];
}"""
IN_SIGHT = """() => {
  const at = document.activeElement.getBoundingClientRect(), stage = document.querySelector(".stage").getBoundingClientRect();
  return at.width > 0 && at.left < stage.right && at.right > stage.left && at.top < stage.bottom && at.bottom > stage.top;
}"""


@pytest.fixture
def large(open_page: Open) -> Opened:
    return open_page(FORMULA, AT, "--collapse", "none", permissions=["clipboard-read", "clipboard-write"])


def test_it_is_one_drawing(large: Opened, tmp_path: Path) -> None:
    page = large.page
    assert page.locator("#drawing [data-box]").count() >= LARGE
    assert page.locator(".tile").count() > 1
    path = tmp_path / "drawing.svg"
    bound = [f"{name}={x}" for name, x in AT.items()]
    assert run(["graph", FORMULA, *bound, "--collapse", "none", "--out", str(path)]) == 0
    page.evaluate("document.getElementById('copy-svg').click()")
    page.wait_for_selector("#copied:not(:empty)")
    copied = page.evaluate(SHAPES, page.evaluate("navigator.clipboard.readText()"))
    assert copied == page.evaluate(SHAPES, path.read_text("utf-8"))


def test_it_fits_the_width_and_paper(large: Opened) -> None:
    page, drawing = large.page, large.page.locator(".stage > *")
    wide = drawing.bounding_box()
    page.click("#fit")
    fitting = drawing.bounding_box()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    printed = drawing.bounding_box()
    assert wide
    assert fitting
    assert printed
    assert fitting["width"] < wide["width"]
    assert printed["width"] <= 794
    assert printed["height"] <= 1123
    assert printed["width"] / printed["height"] == pytest.approx(wide["width"] / wide["height"], rel=0.01)


def test_what_is_out_of_sight_can_be_reached(large: Opened) -> None:
    page = large.page
    large.done(page.locator("#drawing [data-box]").first.focus)
    for _ in range(5):
        large.done(lambda: page.keyboard.press("ArrowRight"))
        assert page.evaluate(IN_SIGHT)
