"""An answer as Markdown: the same header and passes as on a terminal, as tables for a page or a notebook.

Depends on the tables of `gradcli.show.rows`.
"""

from collections.abc import Iterable, Iterator, Sequence

from gradcli.explanation.writing import code, escaped
from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import rounded
from gradcli.show.report import Report
from gradcli.show.rows import descent, numbers, passes
from gradcli.show.table import Entry, Table
from gradcli.show.wording import formula


def markdown(report: Report) -> Iterator[str]:
    """The header, then a table for each pass, for the update and for the steps."""
    yield from _header(report)
    if report.trace:
        for table in passes(report.trace, report.digits):
            yield from _whole(table)
    if report.steps:
        yield from _whole(descent(report))
    elif report.update:
        yield from _update(report, report.update)


def _header(report: Report) -> Iterator[str]:
    yield f"{code(formula(report.program))}\n\n"
    bindings = {name: rounded(value, report.digits) for name, value in report.point.bindings.items()}
    yield from _table(("quantity", "value"), (bindings | numbers(report)).items())


def _update(report: Report, update: Update) -> Iterator[str]:
    digits = report.digits
    rows = [(by, rounded(update.before[by], digits), rounded(after, digits)) for by, after in update.after.items()]
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
