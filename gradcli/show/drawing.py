"""The drawing of a graph for a terminal or a pipe.

Depends on `gradcli.drawing`, and on Rich where there are colours. A name is text, never markup.
"""

from collections.abc import Iterator

from gradcli.drawing.look import Look
from gradcli.drawing.picture import Picture
from gradcli.drawing.terminal.cells import Line, Style
from gradcli.drawing.terminal.page import page

STYLES = {
    Style.plain: "",
    Style.head: "bold",
    Style.faint: "dim",
    Style.plus: "green",
    Style.minus: "red",
    Style.badge: "bold yellow",
}


def text(picture: Picture, look: Look) -> Iterator[str]:
    """Its lines, as wide as `look.width` at most."""
    paint = _painted if look.color else _plain
    yield from paint(page(picture, look))


def _plain(lines: Iterator[Line]) -> Iterator[str]:
    for line in lines:
        yield "".join(piece.text for piece in line).rstrip() + "\n"


def _painted(lines: Iterator[Line]) -> Iterator[str]:
    from rich.text import Text

    from gradcli.show.console import console

    screen = console("always")
    for line in lines:
        with screen.capture() as painted:
            screen.print(Text.assemble(*((text, STYLES[style]) for text, style in line)), soft_wrap=True)
        yield painted.get()
