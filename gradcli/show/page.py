"""An answer as a page for a person: a header, the forward pass, the backward pass, the update, the proof.

Depends on Rich and on the tables of `gradcli.show.rows`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType

from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import rounded, step
from gradcli.passes.arrays import MOST_ENTRIES
from gradcli.passes.arrays import drawn as block
from gradcli.show.console import console, drawn
from gradcli.show.grid import titled
from gradcli.show.named_rows import passes as passes_by_name
from gradcli.show.report import Report
from gradcli.show.rows import descent, numbers, passes, whole
from gradcli.show.table import Column, Table
from gradcli.show.wording import equations, formula, partial_name
from gradcli.show.wrapping import READABLE, Paragraph, natural, wrapped

if TYPE_CHECKING:
    from gradcli.shapes import Array
    from gradcli.verify import Verification

SMALL = 40
"""So many nodes or steps are shown whole: a person reads them all."""
LINES_AROUND = 12
"""Lines of a page that are not rows of its three lists: the gradient and the two passes."""
FEWEST_ROWS = 5

VERIFIED = (
    Column("quantity", "bold"),
    Column("verdict", "green"),
    Column("50-digit reference", "cyan", longest=35),
    Column("off by (ulp)", numeric=True),
)
LONGEST_FORMULA = 400
SUMMARISED = f"  (arrays of more than {MOST_ENTRIES} entries are summarised; --format plain writes every entry)"
MARGINS = 10
"""What a table of three columns has between them, and before them."""


def page(report: Report) -> Iterator[str]:
    """The whole page."""
    screen = console(report.color)
    yield drawn(screen, _parts(report, _row_limit(screen, report), screen.width))


def _row_limit(console: Console, report: Report) -> int | None:
    """Rows a table: as many as were asked for (0 for all), all of a small formula, else what fits on the screen."""
    if report.rows is not None:
        return report.rows or None
    entries = max(len(report.steps), len(report.trace.nodes) if report.trace and not report.by_name else 0)
    return None if entries <= SMALL else max(FEWEST_ROWS, (console.size.height - LINES_AROUND) // 3)


def _parts(report: Report, limit: int | None, room: int) -> Iterator[RenderableType]:
    yield from _header(report, limit, room)
    if report.trace and report.by_name:
        for table in passes_by_name(report.trace, lambda array: _cell(array, report.digits, room)):
            yield from titled(_wrapped(table, room), limit)
    elif report.trace:
        for table in passes(report.trace, report.digits):
            yield from titled(table, limit)
    if report.steps:
        yield from titled(descent(report), limit)
        yield from _arrived(report, room)
    elif report.update:
        yield from _update(report, report.update, room)
    if report.verification:
        yield from _verification(report, report.verification)


def _header(report: Report, limit: int | None, room: int) -> Iterator[RenderableType]:
    yield from heading(report, limit)
    yield ""
    yield from answer_lines(report, room, limit)
    if any(len(it.entries) > MOST_ENTRIES for it in numbers(report).values()):
        yield Paragraph(SUMMARISED, "dim")
    yield ""


def heading(report: Report, limit: int | None = None) -> Iterator[Paragraph]:
    """The formula, and where it is looked at."""
    yield Paragraph(formula(report.program, LONGEST_FORMULA), "bold")
    if report.point.bindings:
        yield Paragraph("at " + ", ".join(_capped(_equations(report), limit)), "dim")


def answer_lines(report: Report, room: int, limit: int | None = None) -> Iterator[Paragraph]:
    """The value and the derivatives, a line each."""
    answers = numbers(report)
    widest = max(map(len, answers))
    width = widest if widest <= room // 2 else 0  # beside long names numbers have no room
    lines = [_line(f"  {name:>{width}} = ", it, report.digits, room) for name, it in answers.items()]
    for at, line in enumerate(_capped(lines, limit)):
        yield Paragraph(line, "bold cyan" if not at else "green")


def _equations(report: Report) -> list[str]:
    return equations(report.point.bindings, report.digits, report.program.arrays)


def _line(label: str, it: "Array[float | str]", digits: int, room: int) -> str:
    """A label and a number, or an array, each line of it behind the label's width."""
    return label + block(it, digits, room - len(label)).replace("\n", "\n" + " " * len(label))


def _capped(lines: Sequence[str], limit: int | None) -> list[str]:
    """So many of the lines, and a word about the others."""
    if limit is None or len(lines) <= limit + 1:
        return list(lines)
    return [*lines[:limit], f"… and {len(lines) - limit:,} more (--rows 0 shows all)"]


def _update(report: Report, update: Update, room: int) -> Iterator[RenderableType]:
    digits, name, lr = report.digits, report.program.name, rounded(update.lr, report.digits)
    yield Paragraph(f"Update with learning rate {lr}", "bold")
    for by, it in whole(update.after, report.program.arrays).items():
        if it.shape:
            label = f"  {by}_new = {by} - {lr} × {partial_name(name, by)} = "
            yield Paragraph(_line(label, it, digits, room))
            continue
        (after,) = it.entries
        shown = step(update.before[by], update.lr, report.point.gradient[by], after, digits)
        numbers = "{} - {} × {}".format(*shown.numbers)
        yield Paragraph(f"  {by}_new = {numbers} {shown.sign} {shown.result}")
    predicted, actual = rounded(update.predicted_change, digits), rounded(update.actual_change, digits)
    yield Paragraph(f"  {name}_new = {rounded(update.value_after, digits)}", "cyan")
    yield Paragraph(f"  change of {name}: predicted {predicted}, actual {actual}", "dim")


def _arrived(report: Report, room: int) -> Iterator[RenderableType]:
    """The arrays at the end of a descent, of which its table tells the norms."""
    last = whole(report.steps[-1].arrived.bindings, report.program.arrays)
    moved = [by for by in whole(report.point.gradient, report.program.arrays) if by in last and last[by].shape]
    if moved:
        yield Paragraph("In the end", "bold")
        yield from (Paragraph(_line(f"  {by} = ", last[by], report.digits, room)) for by in moved)
        yield ""


def _verification(report: Report, verification: "Verification") -> Iterator[RenderableType]:
    """A line for the value and for each derivative: the verdict, the reference, the distance of the double from it."""
    name, value = report.program.name, verification.value
    checks = {partial_name(name, by): check for by, check in verification.gradient.items()}
    rows = [(name, "", value.reference, f"{value.ulp:.2g}")]
    rows += [(label, check.verdict, check.reference, f"{check.ulp:.2g}") for label, check in checks.items()]
    title = f"Verified with {verification.digits} digits: {verification.verdict}"
    yield from titled(Table(title, VERIFIED, rows, tuple))
    remarks = [(name, value.notice, "yellow")]
    for label, check in checks.items():
        remarks += [(label, check.reason, "dim"), (label, check.notice, "yellow")]
    yield from (Paragraph(f"  {label}: {remark}", style) for label, remark, style in remarks if remark)


def _cell(array: "Array[float | str]", digits: int, room: int) -> str:
    """An array in a cell, which has the better half of the room."""
    return block(array, digits, room * 3 // 5)


def _wrapped(table: Table[Any], room: int) -> Table[Any]:
    """A table whose texts are broken so that its arrays keep their lines."""
    rows = [table.row(entry) for entry in table.entries]
    names, values = (max(natural(row[at]) for row in rows) for at in (0, -1))
    spare = max(READABLE, room - names - values - MARGINS)
    texts = [(name, "\n".join(wrapped(text, spare)), value) for name, text, value in rows]
    return Table(table.title, table.columns, texts, tuple)
