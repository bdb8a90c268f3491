"""What pages are made of: a head, and tables, their middle hidden where they are long, in blocks where they are wide.

Depends on Rich.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from gradcli.errors import listed
from gradcli.language.notation import cut
from gradcli.language.program import Program
from gradcli.show.blocks import GAP, INDENT, Blocks, Field
from gradcli.show.table import Column, Entry, Table
from gradcli.show.widths import NOTED, Row, widths
from gradcli.show.wording import equations, formula
from gradcli.show.wrapping import Paragraph, natural, wrapped


def head(program: Program, bindings: Mapping[str, float], digits: int, more: str = "") -> Iterator[Paragraph]:
    """The formula of a page, and the point at which it is looked at, if it is at one."""
    yield Paragraph(formula(program), "bold")
    if bindings:
        yield Paragraph(f"at {listed(equations(bindings, digits, program.arrays))}{more}", "dim")


def titled(table: Table[Entry], limit: int | None = None) -> Iterator[RenderableType]:
    """A table under its title."""
    yield Paragraph(table.title, "bold")
    yield Fitted(table, limit, INDENT)
    yield ""


class Shown(NamedTuple):
    """The rows of a table that are shown, and a word about those that are hidden between them."""

    above: Sequence[Row]
    note: str
    below: Sequence[Row]


@dataclass(frozen=True)
class Fitted:
    """The first and the last entries of a table: as a table if that can be read, else as blocks."""

    table: Table[Any]
    limit: int | None = None
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns, whole = self.table.columns, _shown(self.table, self.limit)
        short = Shown(_shortened(columns, whole.above), whole.note, _shortened(columns, whole.below))
        room = options.max_width - self.indent
        fitting = widths(columns, [*short.above, *short.below], short.note, room - GAP * (len(columns) - 1))
        if fitting:
            yield Padding(_grid(columns, fitting, short), (0, 0, 0, self.indent), expand=False)
        else:
            yield Blocks(list(_blocks(columns, whole, room)), self.indent)


def _shown(table: Table[Entry], limit: int | None) -> Shown:
    entries = table.entries
    hidden = 0 if limit is None or len(entries) <= limit + 1 else len(entries) - limit
    head = (len(entries) - hidden + 1) // 2
    note = f"{hidden:,} rows hidden; --rows 0 shows all" if hidden else ""
    return Shown([*map(table.row, entries[:head])], note, [*map(table.row, entries[head + hidden :])])


def _shortened(columns: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    """The rows with as much of each cell as a table shows."""
    return [[cut(cell, of.longest or len(cell)) for of, cell in zip(columns, row, strict=True)] for row in rows]


def _grid(columns: Sequence[Column], widths: Sequence[int], shown: Shown) -> Grid:
    drawn = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.numeric else "left"
        heading = _lines(column.title, width)  # a Text: `[red]` in a name is no style
        drawn.add_column(heading, style=column.style, justify=justify, width=width, no_wrap=True)
    for row in shown.above:
        drawn.add_row(*map(_lines, row, widths))
    if shown.note:
        drawn.add_row(Text("…", style="dim"), _lines(shown.note, widths[NOTED], "dim italic"))
    for row in shown.below:
        drawn.add_row(*map(_lines, row, widths))
    return drawn


def _lines(cell: str, width: int, style: str = "") -> Text:
    return Text("\n".join(wrapped(cell, width)), style=style)


def _blocks(columns: Sequence[Column], shown: Shown, room: int) -> Iterator[list[Field]]:
    """A block a row."""
    beside = room - GAP - max(natural(column.title) for column in columns)
    for row in shown.above:
        yield _block(columns, row, beside, room - INDENT)
    if shown.note:
        yield [Field("…", shown.note, "dim italic", "dim")]
    for row in shown.below:
        yield _block(columns, row, beside, room - INDENT)


def _block(columns: Sequence[Column], row: Row, beside: int, under: int) -> list[Field]:
    """A field a cell that is not empty; of those that may be cut, what a line holds."""
    fields = []
    for column, cell in zip(columns, row, strict=True):
        line = len(cell) if not column.longest else beside if beside >= column.longest else under
        fields += [Field(column.title, cut(cell, max(1, line)), column.style)] if cell else []
    return fields
