"""`gradcli eval`: the value of a formula, and every number of the forward pass.

Depends on the lower floors; what it shares with other commands is in `gradcli.cli.program_request` and
`gradcli.cli.formats`.
"""

import typer

from gradcli.cli import NOT_FINITE, options
from gradcli.cli.formats import chosen, write, write_number
from gradcli.cli.program_request import check_alone, entry_of_output, nodes_of_number, reported, request
from gradcli.errors import UsageError
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
    raw: options.RawValue = None,
    digits: options.Digits = 6,
    rows: options.Rows = None,
    nodes: options.NodesOption = None,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The value of a formula.

    gradcli eval "sqrt(a^2 + b^2)" --a 3 --b 4

    Exit codes: 0 done, 2 a mistake in what was typed, 3 the value is not finite, 4 a file.
    """
    written, deadline = chosen(form, json), Deadline(seconds)
    if raw is not None:
        check_alone(form or json)
        written = options.Format.plain
    program, bindings = deadline.keep(lambda: request(expression, let, bind, context, takes_arrays=True))
    by = nodes_of_number(program, {}, raw) if raw and not program.entries else {}
    if by:
        (name,) = by
        raise UsageError(
            f"eval gives the value alone, and no d{program.name}/d{name}", hint=f"write gradcli grad --raw {name}"
        )
    report = deadline.keep(lambda: reported(program, bindings, {}, written, rows, precision, nodes))
    report = report._replace(digits=digits, color=color)
    if raw is not None:
        write_number(report, entry_of_output(program, raw) if program.entries else "")
    else:
        write(report, written, deadline)
    raise typer.Exit(0 if report.told else NOT_FINITE)
