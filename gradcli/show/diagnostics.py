"""Errors for eyes: what is wrong, the source line, a caret under the span, one way to mend it.

Depends on Rich for colours and for the width of characters. This is the one place where errors are rendered.
"""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from gradcli.errors import GradcliError, Notice, Source, Span

MARGIN = 3
NARROWEST = 40


def write_error(console: Console, error: GradcliError) -> None:
    """Draw an error: its message, the place, the hint."""
    console.print(Text.assemble(("error: ", "bold red"), visible(error.message)), soft_wrap=True)
    if error.span and error.source:
        _write_place(console, error.source, error.span)
    if error.hint:
        console.print(Text.assemble(("mend: ", "bold green"), visible(error.hint)), soft_wrap=True)


def write_notice(console: Console, notice: Notice, source: Source) -> None:
    """Draw a notice, with its place if it has one."""
    console.print(Text.assemble(("note: ", "bold yellow"), visible(notice.message)), soft_wrap=True)
    if notice.span:
        _write_place(console, source, notice.span)


def visible(text: str) -> str:
    """A text that cannot command a terminal: control characters and lone bytes become a replacement mark."""
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _write_place(console: Console, source: Source, span: Span) -> None:
    text = source.text
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[0])
    line = text[begin : len(text) if end < 0 else end]
    start, stop = span[0] - begin, max(min(span[1] - begin, len(line)), span[0] - begin + 1)
    line, start, stop = _window(line, start, stop, max(NARROWEST, console.width - 2 * MARGIN))
    prefix, shown, marked = visible(line[:start]), visible(line), visible(line[start:stop])
    number = text.count("\n", 0, span[0]) + 1
    where = source.name if "\n" not in text.rstrip("\n") else f"{source.name}, line {number}"
    console.print(Text(f"{' ' * MARGIN}in {visible(where)}:", style="dim"), soft_wrap=True)
    console.print(Text(" " * MARGIN + shown), soft_wrap=True)
    caret = "^" * max(1, cell_len(marked))
    console.print(Text(" " * (MARGIN + cell_len(prefix)) + caret, style="bold red"), soft_wrap=True)


def _window(line: str, start: int, stop: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around a span, with marks where it was cut."""
    if cell_len(line) <= width:
        return line, start, stop
    left = max(0, min(start - width // 3, len(line) - width))
    right = left + width - 2
    stop = min(stop, right)
    cut = line[left:right]
    before, after = "…" if left else "", "…" if right < len(line) else ""
    return before + cut + after, start - left + len(before), stop - left + len(before)
