"""An answer as Markdown: the same header and passes as on a terminal, as tables for a page or a notebook.

Depends on the tables of `gradcli.show.rows`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from gradcli.explanation.writing import code, escaped
from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import rounded
from gradcli.passes.arrays import MOST_ENTRIES, SOME_ENTRIES, Number, in_a_line
from gradcli.shapes import Array
from gradcli.show.named_rows import passes as passes_by_name
from gradcli.show.report import Report
from gradcli.show.rows import descent, numbers, passes, whole
from gradcli.show.table import Entry, Table
from gradcli.show.wording import formula, shown


def markdown(report: Report) -> Iterator[str]:
    """The header, then a table for each pass, for the update and for the steps."""
    yield from _header(report)
    if report.trace:
        found = passes_by_name(report.trace, _cell(report)) if report.by_name else passes(report.trace, report.digits)
        for table in found:
            yield from _whole(table)
    if report.steps:
        yield from _whole(descent(report))
    elif report.update:
        yield from _update(report, report.update)


def _header(report: Report) -> Iterator[str]:
    yield f"{code(formula(report.program))}\n\n"
    cell, given = _cell(report), whole(report.point.bindings, report.program.arrays) | numbers(report)
    rows = [(name, cell(it)) for name, it in given.items() if not _is_block(it)]
    yield from _table(("quantity", "value"), rows) if rows or not given else ()
    for name, it in given.items():
        if _is_block(it):
            yield from _block(name, it, report.digits)


def _cell(report: Report) -> Callable[[Array[Number]], str]:
    return lambda array: in_a_line(array, report.digits, SOME_ENTRIES)


def _is_block(it: Array[Number]) -> bool:
    """Whether an array has a table of its own."""
    return len(it.shape) in (1, 2) and len(it.entries) <= MOST_ENTRIES


def _block(name: str, it: Array[Number], digits: int) -> Iterator[str]:
    """A vector or a matrix, with the indices at its edges."""
    rows = [*it.rows()] if len(it.shape) == 2 else [it]
    heads = [f"{at}" if len(it.shape) == 2 else "" for at in range(1, len(rows) + 1)]
    cells = ([head, *(shown(entry, digits) for entry in row.entries)] for head, row in zip(heads, rows, strict=True))
    yield from _table((name, *map(str, range(1, it.shape[-1] + 1))), cells)


def _update(report: Report, update: Update) -> Iterator[str]:
    digits = report.digits
    cell, arrays = _cell(report), report.program.arrays
    before, after = (whole(them, arrays) for them in (update.before, update.after))
    rows = [(by, cell(before[by]), cell(it)) for by, it in after.items()]
    rows.append((report.program.name, rounded(report.point.value, digits), rounded(update.value_after, digits)))
    yield f"**Update with learning rate {rounded(update.lr, digits)}**\n\n"
    yield from _table(("quantity", "before", "after"), rows)


def _whole(table: Table[Entry]) -> Iterator[str]:
    yield f"**{table.title}**\n\n"
    yield from _table([column.title for column in table.columns], map(table.row, table.entries))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from map(_line, rows)
    yield "\n"


def _line(cells: Sequence[str]) -> str:
    """A row, whose cells are text whatever is in them."""
    return "| " + " | ".join(map(escaped, cells)) + " |\n"
