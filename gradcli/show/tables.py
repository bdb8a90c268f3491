"""An answer as a page for a person: a header, the forward pass, the backward pass, the update, the proof.

Depends on Rich and on the rows of `gradcli.show.rows`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Trace
from gradcli.language.notation import program_text
from gradcli.learn.descent import Update
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

if TYPE_CHECKING:
    from gradcli.verify import Verification

T = TypeVar("T")

SMALL = 40
"""So many nodes or steps are shown whole: a person reads them all."""
LINES_AROUND = 12
"""Lines of a page that are not rows of its three lists: the gradient and the two passes."""
FEWEST_ROWS = 5


class Column(NamedTuple):
    """A column: its title, how it is drawn, and whether it holds numbers."""

    title: str
    style: str = ""
    numeric: bool = False


FORWARD = (Column("node", "bold"), Column("operation"), Column("value", "cyan", numeric=True))
BACKWARD = (
    Column("node", "bold"),
    Column("local derivative"),
    Column("upstream × local = contribution"),
    Column("adjoint", "green", numeric=True),
)
VERIFIED = (
    Column("quantity", "bold"),
    Column("verdict", "green"),
    Column("50-digit reference", "cyan"),
    Column("off by (ulp)", numeric=True),
)
LONGEST_REFERENCE = 34


def write_page(console: Console, report: Report) -> None:
    """Draw the whole page."""
    for part in _parts(report, _row_limit(console, report)):
        console.print(part)


def _row_limit(console: Console, report: Report) -> int | None:
    """Rows a table: as many as were asked for (0 for all), all of a small formula, else what fits on the screen."""
    if report.rows is not None:
        return report.rows or None
    entries = max(len(report.steps), len(report.trace.nodes) if report.trace else 0)
    return None if entries <= SMALL else max(FEWEST_ROWS, (console.size.height - LINES_AROUND) // 3)


def _parts(report: Report, limit: int | None) -> Iterator[RenderableType]:
    yield from _header(report, limit)
    if report.trace:
        yield from _passes(report, report.trace, limit)
    if report.steps:
        yield from _steps(report, limit)
    elif report.update:
        yield from _update(report, report.update)
    if report.verification:
        yield from _verification(report, report.verification)


def _passes(report: Report, trace: Trace, limit: int | None) -> Iterator[RenderableType]:
    names, digits = display_names(trace), report.digits
    nodes = forward_entries(trace, names)
    yield from titled("Forward pass", FORWARD, nodes, lambda node: forward_row(trace, names, node, digits), limit)
    if trace.adjoints:
        entries = backward_entries(trace)
        yield from titled(
            "Backward pass", BACKWARD, entries, lambda entry: backward_row(trace, names, entry, digits), limit
        )


def _header(report: Report, limit: int | None) -> Iterator[RenderableType]:
    program, point, digits = report.program, report.point, report.digits
    text = program_text(program)
    cut = text if len(text) <= 400 else text[:399] + "…"
    yield Text(cut if program.output in program.graph.names else f"{program.name} = {cut}", style="bold")
    if point.bindings:
        given = [f"{name} = {rounded(value, digits)}" for name, value in point.bindings.items()]
        yield Text("at " + ", ".join(_capped(given, limit)), style="dim")
    yield ""
    answers = _answers(report)
    width = max(map(len, answers))
    lines = [f"  {name:>{width}} = {text}" for name, text in answers.items()]
    for at, line in enumerate(_capped(lines, limit)):
        yield Text(line, style="bold cyan" if not at else "green")
    yield ""


def _answers(report: Report) -> dict[str, str]:
    """The value and the derivatives by name, rounded for reading, or in the digits that were asked for."""
    name, digits, given = report.program.name, report.digits, report.given
    slopes = {partial_name(name, by): shown(slope, digits) for by, slope in given.gradient.items()}
    return {name: shown(given.value, digits)} | slopes


def _capped(lines: Sequence[str], limit: int | None) -> list[str]:
    """So many of the lines, and a word about the others."""
    if limit is None or len(lines) <= limit + 1:
        return list(lines)
    return [*lines[:limit], f"… and {len(lines) - limit:,} more (--rows 0 shows all)"]


def titled(
    title: str, columns: Sequence[Column], entries: Sequence[T], row: Callable[[T], Sequence[str]], limit: int | None
) -> Iterator[RenderableType]:
    """A table of the first and the last entries, which says how many it hides between them."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column in columns:
        justify: JustifyMethod = "right" if column.numeric else "left"
        heading = Text(column.title)  # `[red]` in a name is no style
        table.add_column(heading, style=column.style, justify=justify, no_wrap=column.numeric, overflow="fold")
    hidden = 0 if limit is None or len(entries) <= limit + 1 else len(entries) - limit
    head = len(entries) if not hidden else (limit or 0) - (limit or 0) // 2
    for entry in entries[:head]:
        table.add_row(*map(Text, row(entry)))
    if hidden:
        table.add_row(Text("…", style="dim"), Text(f"{hidden:,} rows hidden; --rows 0 shows all", style="dim italic"))
    for entry in entries[head + hidden :]:
        table.add_row(*map(Text, row(entry)))
    yield Text(title, style="bold")
    yield Padding(table, (0, 0, 0, 2), expand=False)
    yield ""


def _update(report: Report, update: Update) -> Iterator[RenderableType]:
    digits, name = report.digits, report.program.name
    yield Text(f"Update with learning rate {rounded(update.lr, digits)}", style="bold")
    for by, after in update.after.items():
        before, slope = rounded(update.before[by], digits), rounded(report.point.gradient[by], digits)
        yield Text(f"  {by}_new = {before} - {rounded(update.lr, digits)} × {slope} = {rounded(after, digits)}")
    predicted, actual = rounded(update.predicted_change, digits), rounded(update.actual_change, digits)
    yield Text(f"  {name}_new = {rounded(update.value_after, digits)}", style="cyan")
    yield Text(f"  change of {name}: predicted {predicted}, actual {actual}", style="dim")


def _steps(report: Report, limit: int | None) -> Iterator[RenderableType]:
    name, wrt = report.program.name, list(report.point.gradient)
    columns = [Column("step", "bold", numeric=True), *(Column(by, numeric=True) for by in wrt)]
    columns += [
        Column(name, "cyan", numeric=True),
        *(Column(partial_name(name, by), "green", numeric=True) for by in wrt),
    ]
    rows = [(str(step.number), step.point) for step in report.steps]
    rows.append(("end", report.steps[-1].arrived))
    title = f"Descent with learning rate {rounded(report.steps[0].update.lr, report.digits)}"
    yield from titled(title, columns, rows, lambda row: _step_row(*row, report.digits), limit)


def _step_row(label: str, point: Point, digits: int) -> list[str]:
    numbers = [*(point.bindings[by] for by in point.gradient), point.value, *point.gradient.values()]
    return [label, *(rounded(number, digits) for number in numbers)]


def _verification(report: Report, verification: "Verification") -> Iterator[RenderableType]:
    """A line for the value and for each derivative: the verdict, the reference, the distance of the double from it."""
    name, value = report.program.name, verification.value
    rows = [(name, "", value.reference, f"{value.ulp:.2g}")]
    for by, check in verification.gradient.items():
        rows.append((partial_name(name, by), check.verdict, check.reference, f"{check.ulp:.2g}"))
    title = f"Verified with {verification.digits} digits: {verification.verdict}"
    yield from titled(title, VERIFIED, rows, lambda row: (*row[:2], _cut(row[2]), row[3]), None)
    if value.notice:
        yield Text(f"  {name}: {value.notice}", style="yellow")
    for by, check in verification.gradient.items():
        for told, style in ((check.reason, "dim"), (check.notice, "yellow")):
            if told:
                yield Text(f"  {partial_name(name, by)}: {told}", style=style)


def _cut(reference: str) -> str:
    return reference if len(reference) <= LONGEST_REFERENCE else reference[:LONGEST_REFERENCE] + "…"
