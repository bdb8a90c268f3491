"""Errors for eyes: what is wrong, the source line, a caret under the span, one way to mend it.

Depends on `gradcli.excerpts` for the place, on Rich for colours and for the width of characters. This is the one place
where errors are drawn; as a text they are what `str` gives.
"""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from gradcli.errors import GradcliError, Notice, Source, Span, shortened
from gradcli.excerpts import excerpt, visible
from gradcli.show.blocks import Blocks, Field

MARGIN = 3


def write_error(console: Console, error: GradcliError) -> None:
    """Draw an error: its message, the place, the hint."""
    _write(console, "error:", "bold red", visible(error.message))
    if error.span and error.source:
        _write_place(console, error.source, error.span)
    if error.hint:
        _write(console, "mend:", "bold green", visible(error.hint))


def write_notice(console: Console, notice: Notice, source: Source) -> None:
    """Draw a notice, with its place if it has one."""
    _write(console, "note:", "bold yellow", visible(shortened(notice.message)))
    if notice.span:
        _write_place(console, source, notice.span)


def _write(console: Console, label: str, style: str, text: str) -> None:
    """A label and a text: on a terminal broken at its words, elsewhere one line, as programs search it."""
    if console.file.isatty():
        console.print(Blocks([[Field(label, text, label_style=style)]], gap=1))
    else:
        console.print(Text.assemble((f"{label} ", style), text), soft_wrap=True)


def _write_place(console: Console, source: Source, span: Span) -> None:
    found = excerpt(*source, span, console.width - 2 * MARGIN, cell_len)
    for line, style in zip(found, ("dim", "", "bold red"), strict=True):
        console.print(Text(" " * MARGIN + line, style=style), soft_wrap=True)
