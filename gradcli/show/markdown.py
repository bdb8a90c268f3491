"""An answer as Markdown: the same header and passes as on a terminal, as tables for a page or a notebook.

Depends on the rows of `gradcli.show.rows`.
"""

from collections.abc import Iterable, Iterator, Sequence

from gradcli.evaluate.gradient import Point
from gradcli.language.notation import program_text
from gradcli.show.report import Report
from gradcli.show.rows import (
    backward_entries,
    backward_row,
    display_names,
    forward_entries,
    forward_row,
    partial_name,
    rounded,
    shown,
)


def markdown(report: Report) -> Iterator[str]:
    """The header, then a table for each pass, for the update and for the steps."""
    yield from _header(report)
    if report.trace:
        names, digits, trace = display_names(report.trace), report.digits, report.trace
        forward = (forward_row(trace, names, node, digits) for node in forward_entries(trace, names))
        yield from _table("Forward pass", ("node", "operation", "value"), forward)
        if trace.adjoints:
            backward = (backward_row(trace, names, entry, digits) for entry in backward_entries(trace))
            columns = ("node", "local derivative", "upstream × local = contribution", "adjoint")
            yield from _table("Backward pass", columns, backward)
    yield from _steps(report) if report.steps else _update(report)


def _header(report: Report) -> Iterator[str]:
    program, point, digits = report.program, report.point, report.digits
    text = program_text(program)
    yield f"`{text if program.output in program.graph.names else f'{program.name} = {text}'}`\n\n"
    slopes = {partial_name(program.name, by): slope for by, slope in report.given.gradient.items()}
    rows = (*point.bindings.items(), (program.name, report.given.value), *slopes.items())
    yield from _table("", ("quantity", "value"), ((name, shown(value, digits)) for name, value in rows))


def _update(report: Report) -> Iterator[str]:
    if not report.update:
        return
    update, digits = report.update, report.digits
    rows = [(by, rounded(update.before[by], digits), rounded(after, digits)) for by, after in update.after.items()]
    rows.append((report.program.name, rounded(report.point.value, digits), rounded(update.value_after, digits)))
    yield from _table(f"Update with learning rate {rounded(update.lr, digits)}", ("quantity", "before", "after"), rows)


def _steps(report: Report) -> Iterator[str]:
    name, digits, wrt = report.program.name, report.digits, list(report.point.gradient)
    columns = ["step", *wrt, name, *(partial_name(name, by) for by in wrt)]
    points = [(str(step.number), step.point) for step in report.steps] + [("end", report.steps[-1].arrived)]
    rows = [[label, *(rounded(number, digits) for number in _numbers(point))] for label, point in points]
    yield from _table(f"Descent with learning rate {rounded(report.steps[0].update.lr, digits)}", columns, rows)


def _numbers(point: Point) -> list[float]:
    """The weights, the value and the gradient at a point."""
    return [*(point.bindings[by] for by in point.gradient), point.value, *point.gradient.values()]


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    if title:
        yield f"**{title}**\n\n"
    yield _line(columns)
    yield _line(["---"] * len(columns))
    for row in rows:
        yield _line(row)
    yield "\n"


def _line(cells: Sequence[str]) -> str:
    """A row; a bar inside a cell is escaped, and a star is no emphasis."""
    escaped = (cell.replace("|", "\\|").replace("*", "\\*") for cell in cells)
    return "| " + " | ".join(escaped) + " |\n"
