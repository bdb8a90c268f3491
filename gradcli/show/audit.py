"""gradcli's check of itself as a page, as plain lines, or as JSON.

Depends on `gradcli.verify.audit` for what is said, and on Rich for the page.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gradcli.errors import listed
from gradcli.language.notation import number_text, program_text
from gradcli.show.record import strict, strict_map
from gradcli.show.rows import rounded

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from gradcli.verify.audit import Audit, Check
    from gradcli.verify.ridders import Estimate

NOWHERE = "no point was found where the formula and its gradient have a value"


def written(own: "Audit", form: str, color: str, digits: int) -> Iterator[str]:
    """The outcome in one of the forms table, plain and json."""
    if form == "json":
        yield json.dumps(record(own), ensure_ascii=False, allow_nan=False) + "\n"
    elif form == "plain":
        yield from _plain(own)
    else:
        yield _page(own, color, digits)


def _plain(own: "Audit") -> Iterator[str]:
    """A line a quantity: its name, the verdict, the reason."""
    for check in own.checks:
        differences = f"; finite differences give {_estimate(check.differences)}" if check.differences else ""
        reason = f"; {check.reason}" if check.reason else ""
        shown = f"{check.decimals}, " if check.decimals else ""
        off = f"off by {check.ulp:.2g} ulp from 50 digits" if check.reference != "NaN" else "not held against 50 digits"
        yield f"{check.name}\t{check.verdict}\t{shown}{off}{differences}{reason}\n"
    if not own.checks:
        yield f"{own.program.name}\tunchecked\t{NOWHERE}\n"


def record(own: "Audit") -> dict[str, Any]:
    """The outcome as strict JSON has it."""
    return {
        "expression": own.program.source.text,
        "canonical": program_text(own.program),
        "output": own.program.name,
        "bindings": strict_map(own.bindings),
        "verdict": own.verdict,
        "points": own.points,
        "left_out": own.left_out,
        "checks": [_check_record(check) for check in own.checks],
    }


def _check_record(check: "Check") -> dict[str, Any]:
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


def _page(own: "Audit", color: str, digits: int) -> str:
    from gradcli.show.console import console

    screen = console(color)
    with screen.capture() as page:
        for part in (*_head(own, digits), "", *_table(own, digits), *_remarks(own)):
            screen.print(part)
    return page.get().rstrip("\n") + "\n"


def _head(own: "Audit", digits: int) -> Iterator["Text"]:
    """The formula, and where it was checked."""
    from rich.text import Text

    program = own.program
    text = program_text(program)
    yield Text(text if program.output in program.graph.names else f"{program.name} = {text}", style="bold")
    if own.bindings:
        given = listed([f"{name} = {rounded(value, digits)}" for name, value in own.bindings.items()])
        more = f"; ulp is the worst of {own.points} points" if own.points > 1 else ""
        yield Text(f"at {given}{more}", style="dim")


def _table(own: "Audit", digits: int) -> Iterator["RenderableType"]:
    """A row a derivative."""
    from gradcli.show.tables import Column, titled

    columns = (
        Column("quantity", "bold"),
        Column("verdict", "green"),
        Column("50 digits", "cyan", numeric=True),
        Column("off by (ulp)", numeric=True),
        Column("finite differences", numeric=True),
    )
    yield from titled(f"Checked: {own.verdict}", columns, own.checks, lambda check: _row(check, digits), None)


def _remarks(own: "Audit") -> Iterator["Text"]:
    """What is to be said below the table."""
    from rich.text import Text

    for check in own.checks:
        if check.decimals:
            yield Text(f"  {check.name} = {check.decimals}", style="cyan")
        if check.reason:
            yield Text(f"  {check.name}: {check.reason}", style="yellow")
    if not own.checks:
        yield Text(f"  {NOWHERE}", style="yellow")


def _row(check: "Check", digits: int) -> list[str]:
    reference = check.reference if len(check.reference) <= 18 else check.reference[:17] + "…"
    found = check.differences
    near = f"{rounded(found.value, digits)} ± {found.error:.0e}" if found and found.value == found.value else ""
    off = "" if check.reference == "NaN" else f"{check.ulp:.2g}"
    return [check.name, check.verdict, reference, off, near]
