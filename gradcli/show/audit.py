"""gradcli's check of itself as a page, as plain lines, or as JSON.

Depends on `gradcli.verify.audit` for what is said, and on Rich for the page.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gradcli.language.notation import number_text
from gradcli.passes.arithmetic import rounded
from gradcli.precision.json_numbers import strict
from gradcli.show import forms
from gradcli.show.record import Record, program_record, strict_map
from gradcli.show.table import Column, Table

if TYPE_CHECKING:
    from gradcli.show.wrapping import Paragraph
    from gradcli.verify.audit import Audit, Check
    from gradcli.verify.ridders import Estimate

COLUMNS = (
    Column("quantity", "bold"),
    Column("verdict", "green"),
    Column("50 digits", "cyan", numeric=True, longest=18),
    Column("off by (ulp)", numeric=True),
    Column("finite differences", numeric=True),
)
NOWHERE = "no point was found where the formula and its gradient have a value"


def written(audit: "Audit", form: str, color: str, digits: int) -> Iterator[str]:
    """The outcome in one of the forms table, plain and json."""
    return forms.written(form, partial(_record, audit), partial(_plain, audit), partial(_page, audit, color, digits))


def _plain(audit: "Audit") -> Iterator[str]:
    """A line a quantity: its name, the verdict, the reason."""
    for check in audit.checks:
        differences = f"; finite differences give {_estimate(check.differences)}" if check.differences else ""
        reason = f"; {check.reason}" if check.reason else ""
        shown = f"{check.decimals}, " if check.decimals else ""
        off = f"off by {check.ulp:.2g} ulp from 50 digits" if check.reference != "NaN" else "not held against 50 digits"
        yield f"{check.name}\t{check.verdict}\t{shown}{off}{differences}{reason}\n"
    if not audit.checks:
        yield f"{audit.program.name}\tunchecked\t{NOWHERE}\n"


def _record(audit: "Audit") -> Record:
    """The outcome as strict JSON has it."""
    return {
        **program_record(audit.program),
        "bindings": strict_map(audit.bindings),
        "verdict": audit.verdict,
        "points": audit.points,
        "left_out": audit.left_out,
        "checks": [_check_record(check) for check in audit.checks],
    }


def _check_record(check: "Check") -> Record:
    found = check.differences
    return {
        "quantity": check.name,
        "by": check.by,
        "order": len(check.by),
        "verdict": check.verdict,
        "reference": check.reference,
        "ulp": strict(check.ulp),
        "differences": {"value": strict(found.value), "error": strict(found.error)} if found else None,
        "reason": check.reason,
        **({"decimals": check.decimals} if check.decimals else {}),
    }


def _estimate(found: "Estimate") -> str:
    return f"{number_text(found.value)} ± {found.error:.1g}" if found.value == found.value else "nothing"


def _page(audit: "Audit", color: str, digits: int) -> str:
    from gradcli.show.console import console, drawn
    from gradcli.show.grid import head, titled

    table = Table(f"Checked: {audit.verdict}", COLUMNS, audit.checks, lambda check: _row(check, digits))
    worst = f"; ulp is the worst of {audit.points} points" if audit.points > 1 else ""
    parts = (*head(audit.program, audit.bindings, digits, worst), "", *titled(table), *_remarks(audit))
    return drawn(console(color), parts).rstrip("\n") + "\n"


def _remarks(audit: "Audit") -> Iterator["Paragraph"]:
    """What is to be said below the table."""
    from gradcli.show.wrapping import Paragraph

    for check in audit.checks:
        if check.decimals:
            yield Paragraph(f"  {check.name} = {check.decimals}", "cyan")
        if check.reason:
            yield Paragraph(f"  {check.name}: {check.reason}", "yellow")
    if not audit.checks:
        yield Paragraph(f"  {NOWHERE}", "yellow")


def _row(check: "Check", digits: int) -> list[str]:
    found = check.differences
    near = f"{rounded(found.value, digits)} ± {found.error:.0e}" if found and found.value == found.value else ""
    off = "" if check.reference == "NaN" else f"{check.ulp:.2g}"
    return [check.name, check.verdict, check.reference, off, near]
