"""`gradcli help`: every topic is a page, every command leads to its own help, and what is asked in vain is led on."""

from collections.abc import Callable

import pytest

from gradcli.cli import COMMANDS
from gradcli.cli.manual import pages, title

PAGES = sorted(pages())
LONGEST_PAGE = 80


@pytest.mark.parametrize("topic", PAGES)
def test_a_topic_is_a_page(topic: str, gradcli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = gradcli("help", topic)
    assert (code, err) == (0, "")
    assert out == pages()[topic].read_text(encoding="utf-8")
    assert out.startswith("# ")
    assert out.count("\n") <= LONGEST_PAGE


def test_the_topics_are_those_that_are_promised(gradcli: Callable[..., tuple[int, str, str]]) -> None:
    assert {"precision", "kinks", "bindings", "formats", "tables", "exit-codes", "language"} <= set(PAGES)
    _, out, _ = gradcli("help")
    assert out.splitlines() == [f"{topic:12} {title(pages()[topic])}" for topic in PAGES]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_leads_to_its_help(name: str, gradcli: Callable[..., tuple[int, str, str]]) -> None:
    assert gradcli("help", name) == gradcli(name, "--help")


def test_what_is_no_topic_is_led_on(gradcli: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = gradcli("help", "precison")
    assert code == 2
    assert "did you mean precision?" in err
    _, _, err = gradcli("help", "xyzzy")
    assert all(topic in err for topic in PAGES)


@pytest.mark.parametrize("columns", [30, 60, 80, 120])
@pytest.mark.parametrize("topic", PAGES)
def test_a_page_is_drawn_at_any_width(topic: str, columns: int, gradcli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = gradcli("help", topic, "--color", "always", columns=columns)
    assert code == 0
    assert "\x1b[1m" in out
    assert "40m" not in out  # a background would be dark on light terminals
