"""Text as it is drawn on a page: what came from a person's data cannot command the terminal.

Depends on Rich, whose own text takes out some control characters and lets others through.
"""

from typing import Any

from rich.style import Style
from rich.text import Text as Plain

from gradcli.terminal import escaped


class Text(Plain):
    """A text of Rich's, made of strings in which control characters are written out."""

    def __init__(self, text: str = "", style: str | Style = "", **look: Any) -> None:
        super().__init__(escaped(text), style, **look)

    def append(self, text: Plain | str, style: str | Style | None = None) -> "Text":
        """Add a text behind; `assemble` does so for its parts."""
        super().append(escaped(text) if isinstance(text, str) else text, style)
        return self
