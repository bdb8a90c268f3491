"""An answer as a page for a person: a header, the forward pass, the backward pass, the update, the proof.

Depends on Rich and on the tables of `gradcli.show.rows`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.text import Text

from gradcli.learn.descent import Update
from gradcli.show.console import console, drawn
from gradcli.show.grid import titled
from gradcli.show.report import Report
from gradcli.show.rows import descent, numbers, passes
from gradcli.show.table import Column, Table
from gradcli.show.wording import equations, formula, partial_name, rounded

if TYPE_CHECKING:
    from gradcli.verify import Verification

SMALL = 40
"""So many nodes or steps are shown whole: a person reads them all."""
LINES_AROUND = 12
"""Lines of a page that are not rows of its three lists: the gradient and the two passes."""
FEWEST_ROWS = 5

VERIFIED = (
    Column("quantity", "bold"),
    Column("verdict", "green"),
    Column("50-digit reference", "cyan"),
    Column("off by (ulp)", numeric=True),
)
LONGEST_FORMULA, LONGEST_REFERENCE = 400, 34


def page(report: Report) -> Iterator[str]:
    """The whole page."""
    screen = console(report.color)
    yield drawn(screen, _parts(report, _row_limit(screen, report)))


def _row_limit(console: Console, report: Report) -> int | None:
    """Rows a table: as many as were asked for (0 for all), all of a small formula, else what fits on the screen."""
    if report.rows is not None:
        return report.rows or None
    entries = max(len(report.steps), len(report.trace.nodes) if report.trace else 0)
    return None if entries <= SMALL else max(FEWEST_ROWS, (console.size.height - LINES_AROUND) // 3)


def _parts(report: Report, limit: int | None) -> Iterator[RenderableType]:
    yield from _header(report, limit)
    if report.trace:
        for table in passes(report.trace, report.digits):
            yield from titled(table, limit)
    if report.steps:
        yield from titled(descent(report), limit)
    elif report.update:
        yield from _update(report, report.update)
    if report.verification:
        yield from _verification(report, report.verification)


def _header(report: Report, limit: int | None) -> Iterator[RenderableType]:
    yield Text(formula(report.program, LONGEST_FORMULA), style="bold")
    if report.point.bindings:
        yield Text("at " + ", ".join(_capped(equations(report.point.bindings, report.digits), limit)), style="dim")
    yield ""
    answers = numbers(report)
    width = max(map(len, answers))
    lines = [f"  {name:>{width}} = {text}" for name, text in answers.items()]
    for at, line in enumerate(_capped(lines, limit)):
        yield Text(line, style="bold cyan" if not at else "green")
    yield ""


def _capped(lines: Sequence[str], limit: int | None) -> list[str]:
    """So many of the lines, and a word about the others."""
    if limit is None or len(lines) <= limit + 1:
        return list(lines)
    return [*lines[:limit], f"… and {len(lines) - limit:,} more (--rows 0 shows all)"]


def _update(report: Report, update: Update) -> Iterator[RenderableType]:
    digits, name = report.digits, report.program.name
    yield Text(f"Update with learning rate {rounded(update.lr, digits)}", style="bold")
    for by, after in update.after.items():
        before, slope = rounded(update.before[by], digits), rounded(report.point.gradient[by], digits)
        yield Text(f"  {by}_new = {before} - {rounded(update.lr, digits)} × {slope} = {rounded(after, digits)}")
    predicted, actual = rounded(update.predicted_change, digits), rounded(update.actual_change, digits)
    yield Text(f"  {name}_new = {rounded(update.value_after, digits)}", style="cyan")
    yield Text(f"  change of {name}: predicted {predicted}, actual {actual}", style="dim")


def _verification(report: Report, verification: "Verification") -> Iterator[RenderableType]:
    """A line for the value and for each derivative: the verdict, the reference, the distance of the double from it."""
    name, value = report.program.name, verification.value
    checks = {partial_name(name, by): check for by, check in verification.gradient.items()}
    rows = [(name, "", _cut(value.reference), f"{value.ulp:.2g}")]
    rows += [(label, check.verdict, _cut(check.reference), f"{check.ulp:.2g}") for label, check in checks.items()]
    title = f"Verified with {verification.digits} digits: {verification.verdict}"
    yield from titled(Table(title, VERIFIED, rows, tuple))
    remarks = [(name, value.notice, "yellow")]
    for label, check in checks.items():
        remarks += [(label, check.reason, "dim"), (label, check.notice, "yellow")]
    yield from (Text(f"  {label}: {remark}", style=style) for label, remark, style in remarks if remark)


def _cut(reference: str) -> str:
    return reference if len(reference) <= LONGEST_REFERENCE else reference[:LONGEST_REFERENCE] + "…"
