"""`gradcli train`: gradient descent with real optimisers, over nothing or over the rows of a table.

Depends on `gradcli.cli.train.run` for the work, which is loaded when the command is called.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.options import option
from gradcli.errors import UsageError

TRAINING, WATCHING = "Training", "Watching"
DATA = "Tables of one form and the same columns; none: the loss alone."
OPTIMISER = 'Name and settings: "adam lr=0.1 betas=0.9,0.999"; gradcli rules adam.'
SCHEDULE = 'The rate from step to step: "warmup 5 start=0.1; cosine 16 end=0".'
COUNT, NUMBER = options.COUNT, {"metavar": "FLOAT", "parser": options.finite}
STOP = "Stop after so many steps without a smaller loss."
LOG = "A record of each step, as NDJSON; - is standard output."


def command(
    context: typer.Context,
    expression: options.Expression,
    data: Annotated[list[str] | None, typer.Argument(help=DATA)] = None,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: Annotated[str | None, option("--wrt", "Train these variables.", TRAINING, metavar="NAMES")] = None,
    freeze: Annotated[
        str | None, option("--freeze", "Train all variables but these: x,b*.", TRAINING, metavar="NAMES")
    ] = None,
    optimiser: Annotated[str, option("--optimiser --optimizer", OPTIMISER, TRAINING, metavar="TEXT")] = "sgd",
    lr: Annotated[float | None, option("--lr", "The learning rate.", TRAINING, **NUMBER)] = None,
    schedule: Annotated[str, option("--schedule", SCHEDULE, TRAINING, metavar="TEXT")] = "",
    steps: Annotated[
        int | None,
        option("--steps", "Updates; default 100.", TRAINING, parser=options.whole(0, 10**9), **COUNT),
    ] = None,
    epochs: Annotated[
        int | None,
        option("--epochs", "Times through the table.", TRAINING, parser=options.whole(1, 10**6), **COUNT),
    ] = None,
    batch_size: Annotated[
        int | None, option("--batch-size", "Rows a step; default all.", TRAINING, parser=options.whole(1), **COUNT)
    ] = None,
    shuffle: Annotated[bool, option("--shuffle", "Take the rows in another order each epoch.", TRAINING)] = False,
    seed: Annotated[int, option("--seed", "For what is drawn.", TRAINING, parser=options.whole(0), **COUNT)] = 0,
    sum_: Annotated[bool, option("--sum", "The sum of the rows' losses, not their mean.", TRAINING)] = False,
    clip_norm: Annotated[float | None, option("--clip-norm", "Longest gradient.", TRAINING, **NUMBER)] = None,
    clip_norm_type: Annotated[str, option("--clip-norm-type", "1, 2 or inf.", TRAINING, metavar="NORM")] = "2",
    clip_value: Annotated[float | None, option("--clip-value", "Greatest entry of it.", TRAINING, **NUMBER)] = None,
    patience: Annotated[
        int | None,
        option("--patience", STOP, TRAINING, parser=options.whole(1), **COUNT),
    ] = None,
    tolerance: Annotated[
        float | None,
        option("--tolerance", "Stop where no slope is above this.", TRAINING, **NUMBER),
    ] = None,
    log: Annotated[str | None, option("--log", LOG, WATCHING, metavar="FILE")] = None,
    every: Annotated[
        int, option("--every", "Log every so many steps.", WATCHING, parser=options.whole(1), **COUNT)
    ] = 1,
    save: Annotated[
        str | None, option("--save", "Write weights and optimiser, to be resumed.", WATCHING, metavar="FILE")
    ] = None,
    resume: Annotated[str | None, option("--resume", "Go on from what --save wrote.", WATCHING, metavar="FILE")] = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    digits: options.Digits = 6,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """Make a loss smaller, step by step, by changing its weights.

    gradcli train "(x*w-2)**2" --x 2 --w 3 --wrt w --lr 0.1 --steps 50

    gradcli train "(x*w + b - y)^2" samples/points.csv --w 0 --b 0 --optimiser adam --lr 0.1

    Over a table it is the mean of the loss of its rows; columns bind by name. Trained is every variable that is no
    column, from where it is bound. The step k has the weights after k updates, and the loss at them.

    Exit codes: 0 done, 2 a mistake in what was typed, 3 a number is not finite, 4 data or a file, 130 interrupted.
    """
    if log == "-" and (form or json):
        raise UsageError("--log - writes the log alone to standard output", hint="leave --format out, or log to a file")
    written = chosen_of_few(form, json, "train")
    from gradcli.cli.train.run import Request, run

    clip = clip_norm, clip_norm_type, clip_value
    request = Request(
        expression, data or [], let, bind, wrt, freeze, optimiser, lr, schedule, steps, epochs, batch_size, shuffle,
        seed, not sum_, clip, patience, tolerance, log, every, save, resume, written, digits, color,
    )  # fmt: skip
    raise typer.Exit(run(request, options.flags(context)))
