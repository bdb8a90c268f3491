"""The pages of `gradcli help` on a terminal: Markdown, drawn at the width that there is; and the list of them.

Depends on Rich, and loads its Markdown, which takes as long as a small answer.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, TableElement
from rich.theme import Theme

from gradcli.show.blocks import GAP, Blocks, Field
from gradcli.show.console import console, drawn
from gradcli.show.table import Column
from gradcli.show.widths import widths

CODE = "ansi_light"
THEME = Theme({"markdown.code": "cyan", "markdown.h1": "bold"})
"""Colours that a terminal has of its own, on its own background, so that they can be read on any."""
EDGES = 2


class FittedTable(TableElement):
    """A table of Markdown, or blocks where it has no room."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        titles, *rows = self._cells()
        columns = [Column(title) for title in titles]
        if widths(columns, rows, "", options.max_width - EDGES - GAP * (len(columns) - 1)):
            yield from super().__rich_console__(console, options)
        else:
            yield Blocks([list(map(Field, titles, row)) for row in rows])

    def _cells(self) -> Iterator[list[str]]:
        header = [self.header.row] if self.header else []
        for row in (*header, *(self.body.rows if self.body else ())):
            yield [cell.content.plain for cell in row.cells] if row else []


class Page(Markdown):
    """Markdown whose tables fit."""

    elements: ClassVar = {**Markdown.elements, "table_open": FittedTable}


def drawn_page(text: str, color: str) -> str:
    """A page of Markdown as the console draws it."""
    screen = console(color)
    with screen.use_theme(THEME):
        return drawn(screen, [Page(text, code_theme=CODE)])


def drawn_topics(topics: Mapping[str, str], color: str) -> str:
    """Topic → title, a line each."""
    return drawn(console(color), [Blocks([[Field(name, title) for name, title in topics.items()]])])
