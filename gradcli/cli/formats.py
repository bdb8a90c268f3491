"""The forms of an answer: which one is asked for, and the writer of each.

Depends on `gradcli.show`; a form's module is loaded only when that form is asked for.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from gradcli.cli.options import Format
from gradcli.cli.streams import emit, tell
from gradcli.errors import Notice, UsageError, listed
from gradcli.face.deadline import Deadline
from gradcli.language.notation import number_text

if TYPE_CHECKING:
    from gradcli.show.report import Report

WRITERS = {
    Format.table: ("gradcli.show.page", "page"),
    Format.plain: ("gradcli.show.plain", "plain"),
    Format.json: ("gradcli.show.plain", "as_json"),
    Format.ndjson: ("gradcli.show.plain", "ndjson"),
    Format.csv: ("gradcli.show.plain", "csv"),
    Format.tsv: ("gradcli.show.plain", "tsv"),
    Format.markdown: ("gradcli.show.markdown", "markdown"),
    Format.latex: ("gradcli.show.latex", "latex"),
}
TRACED = frozenset({Format.table, Format.json, Format.markdown})
"""The forms that show every node."""


def chosen(form: Format | None, json: bool) -> Format:
    """The form of the answer: the one asked for, else a table for a person and plain lines for a pipe."""
    if json and form not in (None, Format.json):
        raise UsageError(f"--json and --format {form} ask for two forms", hint="keep one of them")
    if json:
        return Format.json
    return form or (Format.table if sys.stdout.isatty() else Format.plain)


def chosen_of_few(form: Format | None, json: bool, command: str) -> Format:
    """The same for a command whose answer is not numbers alone. Raises UsageError for a form that is for numbers."""
    written = chosen(form, json)
    if written not in (Format.table, Format.plain, Format.json):
        raise UsageError(f"{command} has no form {written}", hint="take table, plain or json")
    return written


def write(report: "Report", form: Format, deadline: Deadline) -> None:
    """Write an answer; its notices go to standard error unless the form has a place for them."""
    module, name = WRITERS[form]
    writer: Callable[[Report], Iterable[str]] = getattr(import_module(module), name)
    emit(deadline.all(writer(report)), drawn=form is Format.table)
    if form is not Format.json:
        notices = report.notices if form is Format.table else (*report.notices, *_verdict(report))
        tell(notices, report.program.source, report.color)


def _verdict(report: "Report") -> Iterator[Notice]:
    """The verdict as a notice, for the forms that have no place for it."""
    if report.verification:
        checks = listed([f"{name} {check.verdict}" for name, check in report.verification.gradient.items()])
        text = f"verified: {report.verification.verdict}" + (f" ({checks})" if checks else "")
        why = report.verification.reason if report.verification.verdict in ("refuted", "unchecked") else ""
        yield Notice("verified", f"{text}; {why}" if why else text)


def write_number(report: "Report", entry: str = "") -> None:
    """Write the one derivative of an answer, or the value, or an entry of that, on a line of its own."""
    value = report.given.entries[entry] if entry else report.given.value
    numbers: list[float | str] = [*report.given.gradient.values(), value]
    emit([f"{numbers[0] if isinstance(numbers[0], str) else number_text(numbers[0])}\n"])
    tell(report.notices, report.program.source, report.color)
