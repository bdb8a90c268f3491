"""An answer as a page for a person: a header, the forward pass, the backward pass, the update, the proof.

Depends on Rich and on the tables of `gradcli.show.rows`.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType

from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import rounded, step
from gradcli.show.console import console, drawn
from gradcli.show.grid import titled
from gradcli.show.report import Report
from gradcli.show.rows import descent, numbers, passes
from gradcli.show.wording import equations, formula
from gradcli.show.wrapping import Paragraph

SMALL = 40
"""So many nodes or steps are shown whole: a person reads them all."""
LINES_AROUND = 12
"""Lines of a page that are not rows of its three lists: the gradient and the two passes."""
FEWEST_ROWS = 5

LONGEST_FORMULA = 400


def page(report: Report) -> Iterator[str]:
    """The whole page."""
    screen = console(report.color)
    yield drawn(screen, _parts(report, _row_limit(screen, report), screen.width))


def _row_limit(console: Console, report: Report) -> int | None:
    """Rows a table: as many as were asked for (0 for all), all of a small formula, else what fits on the screen."""
    if report.rows is not None:
        return report.rows or None
    entries = max(len(report.steps), len(report.trace.nodes) if report.trace else 0)
    return None if entries <= SMALL else max(FEWEST_ROWS, (console.size.height - LINES_AROUND) // 3)


def _parts(report: Report, limit: int | None, room: int) -> Iterator[RenderableType]:
    yield from _header(report, limit, room)
    if report.trace:
        for table in passes(report.trace, report.digits):
            yield from titled(table, limit)
    if report.steps:
        yield from titled(descent(report), limit)
    elif report.update:
        yield from _update(report, report.update)
    if report.verification:
        from gradcli.show.verified import verified  # few answers are verified

        yield from verified(report)


def _header(report: Report, limit: int | None, room: int) -> Iterator[RenderableType]:
    yield from heading(report, limit)
    yield ""
    yield from answer_lines(report, room, limit)
    yield ""


def heading(report: Report, limit: int | None = None) -> Iterator[Paragraph]:
    """The formula, and where it is looked at."""
    yield Paragraph(formula(report.program, LONGEST_FORMULA), "bold")
    if report.point.bindings:
        yield Paragraph("at " + ", ".join(_capped(equations(report.point.bindings, report.digits), limit)), "dim")


def answer_lines(report: Report, room: int, limit: int | None = None) -> Iterator[Paragraph]:
    """The value and the derivatives, a line each."""
    answers = numbers(report)
    widest = max(map(len, answers))
    width = widest if widest <= room // 2 else 0  # beside long names numbers have no room
    lines = [f"  {name:>{width}} = {text}" for name, text in answers.items()]
    for at, line in enumerate(_capped(lines, limit)):
        yield Paragraph(line, "bold cyan" if not at else "green")


def _capped(lines: Sequence[str], limit: int | None) -> list[str]:
    """So many of the lines, and a word about the others."""
    if limit is None or len(lines) <= limit + 1:
        return list(lines)
    return [*lines[:limit], f"… and {len(lines) - limit:,} more (--rows 0 shows all)"]


def _update(report: Report, update: Update) -> Iterator[RenderableType]:
    digits, name = report.digits, report.program.name
    yield Paragraph(f"Update with learning rate {rounded(update.lr, digits)}", "bold")
    for by, after in update.after.items():
        shown = step(update.before[by], update.lr, report.point.gradient[by], after, digits)
        numbers = "{} - {} × {}".format(*shown.numbers)
        yield Paragraph(f"  {by}_new = {numbers} {shown.sign} {shown.result}")
    predicted, actual = rounded(update.predicted_change, digits), rounded(update.actual_change, digits)
    yield Paragraph(f"  {name}_new = {rounded(update.value_after, digits)}", "cyan")
    yield Paragraph(f"  change of {name}: predicted {predicted}, actual {actual}", "dim")
