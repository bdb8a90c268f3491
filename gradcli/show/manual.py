"""The pages of `gradcli help` on a terminal: Markdown, drawn at the width that there is.

Depends on Rich, and loads its Markdown, which takes as long as a small answer.
"""

from rich.markdown import Markdown
from rich.theme import Theme

from gradcli.show.console import console, drawn

CODE = "ansi_light"
THEME = Theme({"markdown.code": "cyan", "markdown.h1": "bold"})
"""Colours that a terminal has of its own, on its own background, so that they can be read on any."""


def drawn_page(text: str, color: str) -> str:
    """A page of Markdown as the console draws it."""
    screen = console(color)
    with screen.use_theme(THEME):
        return drawn(screen, [Markdown(text, code_theme=CODE)])
