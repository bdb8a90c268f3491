"""Tables and texts in HTML, as a notebook shows them.

Depends on the standard library. Every text is escaped.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

MOST_ROWS = 100
"""A table of more is told by its first rows."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a row of names."""
    shown = iter(rows)
    lines = [_row("th", head), *(_row("td", row) for row in islice(shown, MOST_ROWS))]
    more = sum(1 for _ in shown)
    return "<table>" + "".join(lines) + "</table>" + (text(f"and {more:,} more rows") if more else "")


def code(formula: str) -> str:
    """A formula."""
    return f"<code>{escape(formula)}</code>"


def text(words: str) -> str:
    """A paragraph."""
    return f"<p>{escape(words)}</p>"


def _row(tag: str, cells: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_cell(cell)}</{tag}>" for cell in cells) + "</tr>"


def _cell(cell: object) -> str:
    return f"{cell:.6g}" if isinstance(cell, float) else escape(str(cell))
