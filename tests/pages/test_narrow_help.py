"""Help on a narrow screen: every command, option and word of it is there, none broken but where it alone is too wide."""

import re
from collections import Counter

import pytest
from conftest import Gradcli
from rich.cells import cell_len

from gradcli.cli import COMMANDS
from gradcli.cli.manual import pages

WIDTHS = (30, 45, 60, 79, 80, 120)
PAINT = re.compile(r"\x1b\[[\d;]*m")
TYPES = {"str"}
"""What the tables of Typer say of an argument besides its name."""
FRAMES = str.maketrans("╭─╮│╰╯━", " " * 7)


def words(page: str) -> Counter[str]:
    return Counter(re.findall(r"[\w-]+", page.translate(FRAMES)))


def lines(page: str) -> list[str]:
    return [line.rstrip() for line in page.splitlines()]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_help_of_a_command_is_whole(gradcli: Gradcli, name: str, width: int) -> None:
    out, wide = (gradcli(*name.split(), "--help", columns=columns).out for columns in (width, 200))
    assert max(map(cell_len, lines(out))) <= width
    assert "…" not in out.replace(" …", "")
    assert words(wide).keys() - TYPES <= words(out).keys()


@pytest.mark.parametrize("width", [30, 60, 120])
@pytest.mark.parametrize("topic", ["", *pages()])
def test_a_page_of_the_manual_is_whole(gradcli: Gradcli, topic: str, width: int) -> None:
    arguments = ("help", *topic.split(), "--color", "always")
    out, wide = (PAINT.sub("", gradcli(*arguments, columns=columns).out) for columns in (width, 200))
    assert max(map(cell_len, lines(out))) <= width
    held = " ".join(word for word in wide.split() if len(word) < width - 8)  # an example's long row is broken anywhere
    assert words(held).keys() <= words(out).keys()
