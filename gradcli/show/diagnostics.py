"""Errors for eyes: what is wrong, the source line, a caret under the span, one way to mend it.

Depends on `gradcli.excerpts` for the place, on Rich for colours and for the width of characters. This is the one place
where errors are drawn; as a text they are what `str` gives.
"""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from gradcli.errors import GradcliError, Notice, Source, Span, shortened
from gradcli.excerpts import excerpt, visible

MARGIN = 3


def write_error(console: Console, error: GradcliError) -> None:
    """Draw an error: its message, the place, the hint."""
    console.print(Text.assemble(("error: ", "bold red"), visible(error.message)), soft_wrap=True)
    if error.span and error.source:
        _write_place(console, error.source, error.span)
    if error.hint:
        console.print(Text.assemble(("mend: ", "bold green"), visible(error.hint)), soft_wrap=True)


def write_notice(console: Console, notice: Notice, source: Source) -> None:
    """Draw a notice, with its place if it has one."""
    console.print(Text.assemble(("note: ", "bold yellow"), visible(shortened(notice.message))), soft_wrap=True)
    if notice.span:
        _write_place(console, source, notice.span)


def _write_place(console: Console, source: Source, span: Span) -> None:
    found = excerpt(*source, span, console.width - 2 * MARGIN, cell_len)
    for line, style in zip(found, ("dim", "", "bold red"), strict=True):
        console.print(Text(" " * MARGIN + line, style=style), soft_wrap=True)
