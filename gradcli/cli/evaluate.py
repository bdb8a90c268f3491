"""`gradcli eval`: the value of a formula, and every number of the forward pass.

Depends on the lower floors; what it shares with other commands is in `gradcli.cli.program_request` and
`gradcli.cli.formats`.
"""

import typer

from gradcli.cli import NOT_FINITE, options
from gradcli.cli.formats import chosen, write, write_number
from gradcli.cli.program_request import check_alone, reported, request
from gradcli.face.deadline import Deadline


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
    traced = options.Format.plain if raw else written
    report = deadline.keep(lambda: reported(*request(expression, let, bind, context), {}, traced, rows, precision))
    report = report._replace(digits=digits, color=color)
    if raw:
        check_alone(form or json)
        write_number(report)
    else:
        write(report, written, deadline)
    raise typer.Exit(0 if report.given.finite else NOT_FINITE)
