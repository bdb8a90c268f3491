"""Where tables and diagnostics are drawn: Rich consoles that follow the person's wishes about colour and width.

Depends on Rich, which is loaded when the first console is made.
"""

import os
import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console, RenderableType


def console(color: str = "auto", stream: IO[str] | None = None) -> Console:
    """A console on a stream (standard output by default). `color` is auto, always or never.

    `auto` colours a terminal unless NO_COLOR is set, and a pipe only if FORCE_COLOR is.
    """
    target = stream or sys.stdout
    _drop_strange_size()
    unwanted = color == "never" or bool(os.environ.get("NO_COLOR"))
    if color == "always" or (os.environ.get("FORCE_COLOR") and not unwanted):
        return Console(file=target, force_terminal=True, no_color=False, color_system="standard", highlight=False)
    plain = unwanted or not target.isatty()
    return Console(file=target, no_color=plain, color_system=None if plain else "auto", highlight=False)


def _drop_strange_size() -> None:
    """Rich reads whatever Unicode calls a digit, of which ² is no number."""
    for name in ("COLUMNS", "LINES"):
        if not os.environ.get(name, "0").isdecimal():
            del os.environ[name]


def drawn(screen: Console, parts: Iterable[RenderableType]) -> str:
    """The parts of a page as a console draws them, one below the other."""
    with screen.capture() as page:
        for part in parts:
            screen.print(part)
    return page.get()
