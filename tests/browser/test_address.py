"""The address of a page tells its state; of what is written there nothing is believed."""

import pytest
from browsing import Open, Opened

TUTORIAL = "y = x*w; L = (y - 2)^2"
AT = {"x": 2, "w": 3}
HOSTILE = (
    "at.x=1e999&at.w=-1e999&step=1e308&rate=NaN&box=n99999",
    "at.x=NaN&at.w=Infinity&step=-5&box=__proto__&rate=",
    "at.x=<img src=x onerror=alert(1)>&box=<img onerror=alert(1)>&step=<b>",
    "at.__proto__=3&at.constructor=1&__proto__=2&at.nobody=7",
    "box=n2%22%5D&step=0x10&at.x=1_000&at.w=%00",
    "%&=&&&===&at.=1&at.x=%E0%A4%A",
    "at.x=" + "9" * 1_000_000,
    "x" * 1_000_000 + "=1",
)


def state(opened: Opened) -> tuple[str, str, str]:
    fields = opened.page.locator("#bindings input[type=text]")
    return (
        ", ".join(fields.nth(at).input_value() for at in range(fields.count())),
        opened.text("#count"),
        opened.text("#panel h3") if opened.page.locator("#panel h3").count() else "",
    )


def test_a_page_opens_in_the_state_of_its_address(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, address="#at.x=3&step=2&box=n2&rate=0.5")
    assert state(opened) == ("3, 3", "2 of 8", "y = x*w")
    assert opened.page.input_value("#rate") == "0.5"
    assert opened.page.evaluate("location.hash") == "#at.x=3&step=2&box=n2&rate=0.5"
    opened.turn("step=4&at.w=-0")
    assert state(opened) == ("2, -0", "4 of 8", "")
    assert "w=-0" in opened.text("#command")
    opened.turn("along=w&from=-1&to=4&still=x&still=nobody")
    assert opened.page.input_value("#axis") == "w"
    assert [opened.page.input_value(f"#axis-{end}") for end in ("from", "to")] == ["-1", "4"]
    assert not opened.page.is_checked("#moves-0")
    assert opened.page.is_checked("#moves-1")
    assert opened.page.evaluate("location.hash") == "#still=x&along=w&from=-1&to=4"
    opened.done(lambda: opened.page.check("#moves-0"))
    opened.page.select_option("#axis", "x")
    assert opened.page.evaluate("location.hash") == ""
    opened.turn("step=4&at.w=-0")
    opened.page.evaluate("location.hash = 'steps'")
    opened.page.wait_for_timeout(200)
    assert state(opened) == ("2, -0", "4 of 8", "")


def test_a_hostile_address_does_nothing(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT)
    asked = state(opened)
    for address in HOSTILE:
        opened.turn(address)
        x, w = state(opened)[0].split(", ")
        assert (x, w) == ("2", "3"), address[:80]
        assert state(opened)[1] in ("8 of 8", "0 of 8")
        assert opened.page.locator("img, #panel b, script").count() == 2
        assert len(opened.page.evaluate("location.hash")) < 100
    opened.turn("at.x=2")
    assert state(opened) == asked


@pytest.mark.parametrize("names", [("__proto__", "constructor"), ("toString", "hasOwnProperty")])
def test_names_of_the_language_of_the_page_are_variables_like_others(names: tuple[str, str], open_page: Open) -> None:
    one, other = names
    opened = open_page(f"`{one}`*`{other}` + `{one}`", {f"`{one}`": 2, f"`{other}`": 3}, "--wrt", f"`{one}`")
    opened.turn(f"at.{one}=5&at.{other}=7")
    assert opened.text(".answer").split() == [*"v", "=", "40"] or "= 40" in opened.text(".answer")
    assert "with slope 8" in opened.text("#curve figcaption")
    opened.page.select_option("#axis", other)
    assert "along" in opened.text("#curve figcaption")
    assert "slope" not in opened.text("#curve figcaption")
