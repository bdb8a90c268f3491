"""The page as a document: on paper, and without a script."""

import re
from typing import Any

import pytest
from approved import NETWORK, WEIGHTS
from browsing import Open

TUTORIAL = "y = x*w; L = (y - 2)^2"
AT: dict[str, Any] = {"x": 2, "w": 3}
A4 = {"width": 794, "height": 1123}
"""In pixels of a style, 96 to the inch."""


def test_without_a_script_everything_is_there(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, java_script_enabled=False)
    text = opened.page.inner_text("body")
    for part in (
        "L = 16", "∂L/∂x = 24", "Nothing moves here without JavaScript", "given: x = 2, w = 3", "y = x*w = 2*3 = 6",
        "∂y/∂x = w = 3; ∂L/∂y × ∂y/∂x = 8 × 3 = 24 goes back to x", "x*w", "L grows as x grows (slope 24)",
    ):  # fmt: skip
        assert part in text
    assert opened.page.locator("button:visible, input:visible").count() == 0
    assert opened.page.locator("#drawing .g-d").all_text_contents() == ["24", "16", "8", "8", "1"]
    assert opened.page.locator("#table tbody tr").count() == 7


@pytest.mark.parametrize(("scheme", "theme"), [("light", "auto"), ("dark", "auto"), ("light", "dark")])
def test_on_paper_all_steps_stand_and_the_picture_fits(scheme: str, theme: str, open_page: Open) -> None:
    opened = open_page(NETWORK, dict(weight.split("=") for weight in WEIGHTS), "--theme", theme, color_scheme=scheme)
    opened.turn("step=3")
    page = opened.page
    page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
    page.emulate_media(media="print")
    drawing: Any = page.locator("#drawing svg").bounding_box()
    assert drawing["width"] <= A4["width"]
    assert drawing["height"] <= A4["height"]
    assert page.locator(".live:visible").count() == 0
    assert page.locator(".steps li:visible").count() == page.locator(".steps li").count()
    text, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (text, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    page.emulate_media(media="screen")
    opened.done(lambda: page.evaluate("dispatchEvent(new Event('beforeprint'))"))
    assert page.locator("#drawing .later").count() == 0
    opened.done(lambda: page.evaluate("dispatchEvent(new Event('afterprint'))"))
    assert opened.text("#count").startswith("3 of")


def test_it_prints(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT)
    sheets = opened.page.pdf(format="A4")
    assert sheets.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 4
