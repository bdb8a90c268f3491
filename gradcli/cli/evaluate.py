"""`gradcli eval`: the value of a formula, and every number of the forward pass.

Depends on the lower floors; what it shares with other commands is in `gradcli.cli.program_request` and
`gradcli.cli.formats`.
"""

import typer

from gradcli.answers import answered
from gradcli.cli import options
from gradcli.cli.deadline import Deadline
from gradcli.cli.formats import MOST_NODES, NOT_FINITE, TRACED, chosen, omitted, write, write_number
from gradcli.cli.program_request import Request, check_alone, request
from gradcli.language.notation import number_text
from gradcli.show.report import Report


def command(
    context: typer.Context,
    expression: options.Expression,
    let: options.Let = None,
    bind: options.Bind = None,
    precision: options.Precision = "auto",
    seconds: options.Seconds = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    raw: options.RawValue = False,
    digits: options.Digits = 6,
    rows: options.Rows = None,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The value of a formula.

    gradcli eval "sqrt(a^2 + b^2)" --a 3 --b 4

    Exit codes: 0 done, 2 a mistake in what was typed, 3 the value is not finite, 4 a file.
    """
    written, deadline = chosen(form, json), Deadline(seconds)
    report = deadline.keep(lambda: _report(request(expression, let, bind, context), precision, written, rows, raw=raw))
    point, decimals = report.point, report.decimals
    if raw:
        check_alone(form or json)
        number = decimals.value if decimals else number_text(point.value)
        write_number(number, report.notices, report.program.source, color)
    else:
        write(report._replace(digits=digits), written, color, deadline)
    raise typer.Exit(0 if report.finite else NOT_FINITE)


def _report(asked: Request, precision: str, form: options.Format, rows: int | None, *, raw: bool) -> Report:
    """The value, with every node where the form shows them and they are not too many."""
    program, bindings = asked
    answer = answered(program, bindings, {}, precision)
    shows = form in TRACED and not raw
    traced = shows and (rows == 0 or form is options.Format.table or program.written <= (rows or MOST_NODES))
    story = answer.trace if traced else None
    left_out = (omitted(program),) if shows and not traced else ()
    return Report(program, answer.point, story, (*answer.notices, *left_out), decimals=answer.decimals, rows=rows)
