"""The way out: an answer in the form that was asked for, to standard output; what is no data, to standard error.

Depends on `gradcli.show`; a form's module is loaded only when that form is asked for.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from gradcli.cli.deadline import Deadline
from gradcli.cli.options import Color, Format
from gradcli.cli.streams import write_utf8
from gradcli.errors import Notice, Source, UsageError, listed
from gradcli.language.program import Program
from gradcli.terminal import escaped

if TYPE_CHECKING:
    from gradcli.show.report import Report

REFUTED, NOT_FINITE = 1, 3
MOST_NODES = 10_000
"""Nodes that are written out without `--rows 0`."""
WRITERS = {
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
        raise UsageError(f"--json and --format {form.value if form else ''} ask for two forms", hint="keep one of them")
    if json:
        return Format.json
    return form or (Format.table if sys.stdout.isatty() else Format.plain)


def write(report: "Report", form: Format, color: Color, deadline: Deadline) -> None:
    """Write an answer; its notices go to standard error unless the form has a place for them."""
    emit(deadline.all(_chunks(report, form, color)), form)
    if form is not Format.json:
        told = report.notices if form is Format.table else (*report.notices, *_verdict(report))
        tell(told, report.program.source, color)


def _chunks(report: "Report", form: Format, color: Color) -> Iterator[str]:
    """The answer in a form."""
    if form is Format.table:
        from gradcli.show.tables import page

        yield page(report, color.value)
    else:
        module, name = WRITERS[form]
        writer: Callable[[Report], Iterable[str]] = getattr(import_module(module), name)
        yield from writer(report)


def _verdict(report: "Report") -> Iterator[Notice]:
    """The verdict as a notice, for the forms that have no place for it."""
    if report.verification:
        checks = listed([f"{name} {check.verdict}" for name, check in report.verification.gradient.items()])
        text = f"verified: {report.verification.verdict}" + (f" ({checks})" if checks else "")
        refuted = report.verification.verdict == "refuted"
        yield Notice("verified", f"{text}; {report.verification.reason}" if refuted else text)


def write_number(number: str, notices: Iterable[Notice], source: Source, color: Color) -> None:
    """Write one number on a line of its own."""
    emit([number + "\n"], Format.plain)
    tell(notices, source, color)


def omitted(program: Program) -> Notice:
    """The notice that the nodes of a large expression were left out."""
    return Notice("omitted", f"the {program.written:,} nodes are left out; --rows 0 writes them all")


def emit(chunks: Iterable[str], form: Format) -> None:
    """Write an answer in a form to standard output; what is no table for a person is UTF-8, whatever the locale.

    Of that a terminal gets no control characters, which a comment may hold; a table shows no comments.
    """
    drawn = form is Format.table
    if not drawn:
        write_utf8()
    for chunk in chunks if drawn or not sys.stdout.isatty() else map(escaped, chunks):
        sys.stdout.write(chunk)
    sys.stdout.flush()


def tell(notices: Iterable[Notice], source: Source, color: Color) -> None:
    """Draw notices on standard error."""
    for notice in notices:
        from gradcli.show.console import console
        from gradcli.show.diagnostics import write_notice

        write_notice(console(color.value, sys.stderr), notice, source)
