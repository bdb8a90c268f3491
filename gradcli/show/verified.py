"""The outcome of --verify on a page: a row for the value and for each derivative, or for each large array of them.

Depends on Rich and on the tables of `gradcli.show`.
"""

from collections.abc import Iterator, Mapping
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from gradcli.shapes import Array, grouped, shape_text
from gradcli.show.grid import titled
from gradcli.show.report import Report
from gradcli.show.table import Column, Table
from gradcli.show.wording import partial_name
from gradcli.show.wrapping import Paragraph
from gradcli.verify.judgement import AGREES, VERDICTS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from gradcli.verify.verification import DerivativeCheck

COLUMNS = (
    Column("quantity", "bold"),
    Column("verdict", "green"),
    Column("50-digit reference", "cyan", longest=35),
    Column("off by (ulp)", numeric=True),
)
LARGE = 100
"""An array of more entries is one row."""


class Row(NamedTuple):
    """A row, and what is to be said below the table of it."""

    label: str
    verdict: str
    reference: str
    ulp: str
    reason: str = ""
    notice: str = ""


def verified(report: Report) -> Iterator["RenderableType"]:
    """The verdict, the reference, the distance of the double from it, of each; then what is to be said of them."""
    verification, name = report.verification, report.program.name
    if verification is None:
        return
    value = verification.value
    first = Row(name, "", value.reference, f"{value.ulp:.2g}", notice=value.notice)
    rows = [first, *_rows(report, verification.gradient)]
    title = f"Verified with {verification.digits} digits: {verification.verdict}"
    yield from titled(Table(title, COLUMNS, rows, lambda row: row[:4]))
    for row in rows:
        remarks = (row.reason, "dim"), (row.notice, "yellow")
        yield from (Paragraph(f"  {row.label}: {remark}", style) for remark, style in remarks if remark)


def _rows(report: Report, gradient: "Mapping[str, DerivativeCheck]") -> Iterator[Row]:
    arrays = {name: shape for name, shape in report.program.arrays.items() if prod(shape) > LARGE}
    for by, found in grouped(gradient, arrays).items():
        label = partial_name(report.program.name, by)
        yield _of_array(label, found) if isinstance(found, Array) else _row(label, found)


def _row(label: str, check: "DerivativeCheck") -> Row:
    return Row(label, check.verdict, check.reference, f"{check.ulp:.2g}", check.reason, check.notice)


def _of_array(label: str, array: "Array[DerivativeCheck]") -> Row:
    """The weakest of the verdicts, how many entries have it, and the worst distance."""
    weakest = max(array.entries, key=lambda check: VERDICTS.index(check.verdict))
    count = sum(check.verdict == weakest.verdict for check in array.entries)
    known = [check.ulp for check in array.entries if check.ulp == check.ulp]
    verb = "agree" if weakest.verdict == AGREES else f"are {weakest.verdict}"
    reason = f"{count:,} of {len(array.entries):,} entries {verb}"
    reason += f"; {weakest.reason}" if weakest.reason else ""
    told = "" if count == len(array.entries) and not weakest.reason else reason
    return Row(f"{label} {shape_text(array.shape)}", weakest.verdict, "", f"{max(known, default=0.0):.2g}", told)
