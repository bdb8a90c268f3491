"""Errors for eyes: what is wrong, the source line, a caret under the span, one way to mend it.

Depends on Rich for colours and for the width of characters. This is the one place where errors are rendered.
"""

from itertools import accumulate, takewhile

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from gradcli.errors import GradcliError, Notice, Source, Span, shortened

MARGIN = 3
NARROWEST = 20


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


def visible(text: str) -> str:
    """A text that cannot command a terminal: control characters and lone bytes become a replacement mark."""
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _write_place(console: Console, source: Source, span: Span) -> None:
    text = source.text
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[0])
    line = visible(text[begin : len(text) if end < 0 else end])
    start, stop = span[0] - begin, max(min(span[1] - begin, len(line)), span[0] - begin + 1)
    line, start, stop = _window(line, start, stop, max(NARROWEST, console.width - 2 * MARGIN))
    number = text.count("\n", 0, span[0]) + 1
    where = source.name if "\n" not in text.rstrip("\n") else f"{source.name}, line {number}"
    console.print(Text(f"{' ' * MARGIN}in {visible(where)}:", style="dim"), soft_wrap=True)
    console.print(Text(" " * MARGIN + line), soft_wrap=True)
    caret = "^" * max(1, cell_len(line[start:stop]))
    console.print(Text(" " * (MARGIN + cell_len(line[:start])) + caret, style="bold red"), soft_wrap=True)


def _window(line: str, start: int, stop: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around a span, with marks where it was cut."""
    if cell_len(line) <= width:
        return line, start, stop
    room = width - 2
    behind, ahead = line[max(0, start - room) : start][::-1], line[start : start + room]
    after = _fitting(ahead, room - room // 3)
    before = _fitting(behind, room - cell_len(ahead[:after]))
    after = _fitting(ahead, room - cell_len(behind[:before]))
    left, right = start - before, start + after
    mark = "…" if left else ""
    shown = mark + line[left:right] + ("…" if right < len(line) else "")
    return shown, before + len(mark), max(before + 1, min(stop, right) - left) + len(mark)


def _fitting(text: str, room: int) -> int:
    """How many characters of a text fit into so many cells."""
    ends = accumulate(map(cell_len, text))
    return sum(1 for _ in takewhile(lambda end: end <= room, ends))
