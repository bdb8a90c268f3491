"""Blocks: what has no room as a table, a line a field, `label  text`.

Depends on Rich.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from gradcli.show.wrapping import narrowest, natural, wrapped

GAP = 3
INDENT = 2
"""How far a text is moved in under its label."""


class Field(NamedTuple):
    """A label and a text, each with its style."""

    label: str
    text: str
    style: str = ""
    label_style: str = "bold"


@dataclass(frozen=True)
class Blocks:
    """Blocks of fields, an empty line between two: texts beside the labels, or under them where that is too narrow."""

    blocks: Sequence[Sequence[Field]]
    indent: int = 0
    gap: int = GAP

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(1, options.max_width - self.indent)
        margin = self._margin(room)
        for number, block in enumerate(self.blocks):
            if number:
                yield Text()
            for field in block:
                lines = _beside(field, margin, room) if margin else _under(field, room)
                yield from (Text.assemble(" " * self.indent, line) for line in lines)

    def _margin(self, room: int) -> int:
        """Where the texts begin; 0 if not beside the labels."""
        fields = [field for block in self.blocks for field in block]
        margin = max((cell_len(field.label) for field in fields), default=0) + self.gap
        return margin if all(narrowest(field.text) <= room - margin for field in fields) else 0


def _beside(field: Field, margin: int, room: int) -> Iterator[Text]:
    """The text from the margin on, the label before its first line."""
    first, *rest = wrapped(field.text, room - margin)
    space = " " * (margin - cell_len(field.label))
    yield Text.assemble((field.label, field.label_style), space, (first, field.style))
    yield from (Text.assemble(" " * margin, (line, field.style)) for line in rest)


def _under(field: Field, room: int) -> Iterator[Text]:
    """The text on the label's line if it has room there, else under it."""
    label = field.label.rstrip()
    if cell_len(label) + INDENT + natural(field.text) <= room and "\n" not in field.text:
        yield Text.assemble((label, field.label_style), " " * INDENT, (field.text, field.style))
        return
    if label:
        yield from (Text(line, style=field.label_style) for line in wrapped(label, room))
    for line in wrapped(field.text, max(1, room - INDENT)):
        yield Text.assemble(" " * INDENT, (line, field.style))
