"""What is typed is text on the page, and odd formulas, bindings and options make pages that work."""

from typing import Any

import pytest
from browsing import Open, Opened
from drawn_formulas import HOSTILE

MARKS = [*HOSTILE, "x" * 10_000, "${title}", "$$", "<!--", "&amp;", "toString"]
ODD: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "a condition": ("x > 2", {"x": 3}, ()),
    "infinities": ("x*y + exp(-x)", {"x": "inf", "y": 2}, ()),
    "nan": ("x*y", {"x": "nan", "y": 2}, ()),
    "the last double": ("x + y", {"x": "1.7976931348623157e308", "y": "5e-324"}, ()),
    "no values": ("y = x*w; y^2", {"x": 2, "w": 3}, ("--values", "none")),
    "values alone": ("y = x*w; y^2", {"x": 2, "w": 3}, ("--values", "forward")),
    "by a definition": ("y = x*w; z = y^2; z*x", {"x": 2, "w": 3}, ("--wrt", "y")),
    "many digits": ("x/3 + exp(x)", {"x": 1}, ("--digits", "17")),
    "fifty digits": ("x/3 + exp(x)", {"x": 1}, ("--precision", "50", "--digits", "17")),
    "exact": ("x/3 + x^2", {"x": 1}, ("--precision", "exact")),
    "lost digits": ("(x + 1) - x", {"x": 1e16}, ()),
    "top to bottom": ("y = x*w; (y - 2)^2", {"x": 2, "w": 3}, ("--rankdir", "TB")),
    "a number": ("5", {}, ()),
    "a variable": ("x", {"x": 2}, ()),
    "constants": ("pi*2 + exp(1)", {}, ()),
    "overflow of constants": ("x*1e300*1e300", {"x": 2}, ()),
    "minus": ("-x", {"x": 2}, ()),
    "lines": ("# a note\ny = x*2\nz = y^2 # another\nz", {"x": 2}, ()),
    "120 variables": (" + ".join(f"x{at}" for at in range(120)), {f"x{at}": at for at in range(120)}, ("--collapse", "names")),
}  # fmt: skip


def works(opened: Opened) -> None:
    """Each control is used once; what goes wrong is told by the page."""
    page = opened.page
    assert not page.is_visible("#banner")
    for key in ("first", "next", "play", "last", "learn", "reset", "restart", "copy-svg", "copy-command"):
        page.evaluate("key => document.getElementById(key)?.click()", key)
        page.wait_for_timeout(20)
    if page.locator("#slider-0").count():
        opened.slide("#slider-0", 1)
    opened.done(page.locator("#drawing [data-box]").last.focus)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_page_works(name: str, open_page: Open) -> None:
    formula, at, options = ODD[name]
    opened = open_page(formula, at, *options)
    before = opened.shown()
    works(opened)
    opened.turn("step=100000")
    if name not in ("lost digits",):
        assert opened.shown() == before


def test_names_are_text(open_page: Open) -> None:
    for some in (MARKS[:40], MARKS[40:]):
        formula = " + ".join(f"`{name}`" for name in some)
        opened = open_page(formula, {f"`{name}`": at + 1.5 for at, name in enumerate(some)})
        works(opened)
        assert opened.page.locator("img, iframe, #drawing script").count() == 0
        assert opened.page.locator("script").count() == 2
        labels = opened.page.locator("#bindings label").all_text_contents()
        assert labels == some
        assert opened.page.evaluate("typeof alert") == "function"
        assert opened.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_a_page_without_numbers_shows_none(open_page: Open) -> None:
    opened = open_page("y = x*w; y^2", {"x": 2, "w": 3}, "--values", "none")
    assert opened.page.locator("#drawing .g-v, #drawing .g-d, #drawing [data-chip] text").count() == 0
    lines = "[...document.querySelectorAll('[data-arrow]')].map(it => it.innerHTML)"
    before = opened.page.evaluate(lines)
    opened.turn("step=0")
    opened.turn("step=100")
    assert opened.page.evaluate(lines) == before
