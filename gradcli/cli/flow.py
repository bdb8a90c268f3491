"""`gradcli flow`: the gradient layer by layer; does it vanish or explode, and what would mend it.

Depends on `gradcli.learn.flow`; what it shares with other commands is in `gradcli.cli.program_request`.
"""

from math import isfinite
from typing import Annotated

import typer

from gradcli.cli import NOT_FINITE, options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.options import option
from gradcli.cli.program_request import request, split_names
from gradcli.cli.streams import emit, tell
from gradcli.face.deadline import Deadline

LAYERS = "The definitions that are layers; default: all on the gradient's way."


def command(
    context: typer.Context,
    expression: options.Expression,
    let: options.Let = None,
    bind: options.Bind = None,
    layers: Annotated[str | None, option("--layers", LAYERS, metavar="NAMES")] = None,
    seconds: options.Seconds = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    digits: options.Digits = 6,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The size of the gradient that arrives at each layer, and whether it vanishes or explodes.

    gradcli flow "h1 = sigmoid(x); h2 = sigmoid(h1); L = h2^2" --x 0.5

    The factor of a layer is measured: the geometric mean of what each multiplies the gradient by. What would mend it is
    tried: the same graph with another activation, or with a skip connection over each layer.

    Exit codes: 0 done, 2 a mistake in what was typed, 3 a number is not finite, 4 a file.
    """
    from gradcli.learn.flow import flow
    from gradcli.show.flow import written

    shown, deadline = chosen_of_few(form, json, "flow"), Deadline(seconds)
    program, bindings = deadline.keep(lambda: request(expression, let, bind, context))
    found = deadline.keep(lambda: flow(program, bindings, split_names(layers or "")))
    emit(written(found, shown, digits, color), drawn=shown is options.Format.table)
    tell(program.notices, program.source, color)
    raise typer.Exit(0 if all(isfinite(layer.gradient) for layer in found.layers) else NOT_FINITE)
