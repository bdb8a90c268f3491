"""What pages are made of: a head, and tables as wide as they need to be, their middle hidden where they are long.

Depends on Rich.
"""

from collections.abc import Iterator, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from gradcli.errors import listed
from gradcli.language.program import Program
from gradcli.show.table import Column, Entry, Table
from gradcli.show.wording import equations, formula


def head(program: Program, bindings: Mapping[str, float], digits: int, more: str = "") -> Iterator[Text]:
    """The formula of a page, and the point at which it is looked at, if it is at one."""
    yield Text(formula(program), style="bold")
    if bindings:
        yield Text(f"at {listed(equations(bindings, digits))}{more}", style="dim")


def titled(table: Table[Entry], limit: int | None = None) -> Iterator[RenderableType]:
    """A table under its title."""
    yield Text(table.title, style="bold")
    yield Padding(grid(table, limit), (0, 0, 0, 2), expand=False)
    yield ""


def grid(table: Table[Entry], limit: int | None = None) -> Grid:
    """The first and the last entries of a table, which says how many it hides between them."""
    drawn, entries = _empty(table.columns), table.entries
    hidden = 0 if limit is None or len(entries) <= limit + 1 else len(entries) - limit
    head = (len(entries) - hidden + 1) // 2
    for entry in entries[:head]:
        drawn.add_row(*map(Text, table.row(entry)))
    if hidden:
        drawn.add_row(Text("…", style="dim"), Text(f"{hidden:,} rows hidden; --rows 0 shows all", style="dim italic"))
    for entry in entries[head + hidden :]:
        drawn.add_row(*map(Text, table.row(entry)))
    return drawn


def _empty(columns: Sequence[Column]) -> Grid:
    drawn = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column in columns:
        justify: JustifyMethod = "right" if column.numeric else "left"
        heading = Text(column.title)  # `[red]` in a name is no style
        drawn.add_column(heading, style=column.style, justify=justify, no_wrap=column.numeric, overflow="fold")
    return drawn
