"""A background is what CSS knows as a colour, and nothing else, in every form."""

import re

import pytest
from conftest import Gradcli

from gradcli.drawing.colour_names import HEX, NAMES, colour
from gradcli.errors import UsageError


def test_there_are_the_names_of_css() -> None:
    assert len(NAMES) == 148
    assert all(re.fullmatch("[0-9a-f]{6}", digits) for digits in NAMES.values())
    known = {"aqua": "00ffff", "grey": "808080", "rebeccapurple": "663399", "tomato": "ff6347", "snow": "fffafa"}
    assert known.items() <= NAMES.items()
    assert NAMES["grey"] == NAMES["gray"]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("white", "#ffffff"),
        ("RebeccaPurple", "#663399"),
        ("#F80", "#ff8800"),
        ("#f80c", "#ff8800cc"),
        ("#123abc", "#123abc"),
        ("#123abc80", "#123abc80"),
        ("none", "transparent"),
        ("Transparent", "transparent"),
        ("", ""),
    ],
)
def test_what_css_knows_is_taken(typed: str, known: str) -> None:
    assert colour(typed) == known
    assert not typed.startswith("#") or HEX.fullmatch(known)


@pytest.mark.parametrize(
    "typed", ["#12", "#12345", "#1234567", "#ggg", "whit", "red;", "url(x)", "red blue", "ＲＥＤ", "fff"]
)
@pytest.mark.parametrize("form", ["text", "svg", "png", "dot", "mermaid", "html", "json"])
def test_what_is_no_colour_is_refused_in_every_form(gradcli: Gradcli, typed: str, form: str) -> None:
    code, out, err = gradcli("graph", "x", "x=1", "--background", typed, "--format", form, "--out", "-")
    assert (code, out) == (2, "")
    assert f"`{typed}` is no colour" in err


def test_a_slip_is_told_what_was_meant() -> None:
    with pytest.raises(UsageError) as refused:
        colour("ligthblue")
    assert "did you mean lightblue" in refused.value.hint


@pytest.mark.parametrize(("form", "shown"), [("svg", 'fill="#ffa500"'), ("dot", 'bgcolor="#ffa500"')])
def test_a_name_is_drawn_as_its_digits(gradcli: Gradcli, form: str, shown: str) -> None:
    assert shown in gradcli("graph", "x*x", "x=1", "--background", "orange", "--format", form, "--out", "-").out
