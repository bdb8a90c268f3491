"""`gradcli explain`: the chain rule in words and numbers, step by step.

Depends on `gradcli.explanation`; what it shares with other commands is in `gradcli.cli.program_request`.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from gradcli.answers import answered
from gradcli.cli import NOT_FINITE, options
from gradcli.cli.formats import chosen
from gradcli.cli.program_request import by_names, chosen_nodes, forgotten, request
from gradcli.cli.streams import emit
from gradcli.errors import UsageError
from gradcli.explanation import Level, Section, explained, updated
from gradcli.face.deadline import Deadline
from gradcli.show import explanation
from gradcli.show.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

FORM = "table, plain, markdown, latex or json; default: table on a terminal, plain in a pipe."
LEVEL = "brief: the formulas alone; steps: with reasons; full: every node of the graph."
WRITERS: "Mapping[options.Format, Callable[[Report, Sequence[Section]], Iterable[str]]]" = {
    options.Format.table: explanation.page,
    options.Format.plain: explanation.plain,
    options.Format.markdown: explanation.markdown,
    options.Format.latex: explanation.latex,
    options.Format.json: explanation.as_json,
}


def command(
    context: typer.Context,
    expression: options.Expression,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: options.Wrt = None,
    level: Annotated[Level, options.option("--level", LEVEL)] = Level.steps,
    lr: options.LearningRate = None,
    nodes: options.NodesOption = None,
    precision: options.Precision = "auto",
    seconds: options.Seconds = None,
    form: Annotated[options.Format | None, options.option("--format", FORM, options.OUTPUT)] = None,
    json: options.Json = False,
    digits: options.Digits = 6,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The chain rule in words and numbers, step by step: both passes, why they are so, what the gradient means.

    gradcli explain "y = x*w; L = (y - 2)^2" --x 2 --w 3 --wrt w --lr 0.1

    Exit codes: 0 done, 2 a mistake in what was typed, 3 a number is not finite, 4 a file.
    """
    written, deadline = chosen(form, json), Deadline(seconds)
    if written not in WRITERS:
        raise UsageError(f"explain has no form {written}", hint=f"take {FORM.partition(';')[0]}")
    program, bindings = deadline.keep(lambda: request(expression, let, bind, context))
    by = chosen_nodes(program, wrt)

    def told() -> tuple[Report, list[Section]]:
        answer = answered(program, bindings, by, precision, follow=True)
        answer = answer._replace(notices=(*answer.notices, *forgotten(program, by)))
        update = None if lr is None else updated(answer, lr)
        trace = answer.trace if written is options.Format.json else None
        report = Report(program, answer.point, trace, answer.notices, update, decimals=answer.decimals, digits=digits)
        by_name = by_names(program, options.Nodes.all if level is Level.full and nodes is None else nodes)
        return report._replace(color=color), explained(answer, level, update, digits, by_name=by_name)

    report, sections = deadline.keep(told)
    emit(deadline.all(WRITERS[written](report, sections)), drawn=written is options.Format.table)
    raise typer.Exit(0 if report.told else NOT_FINITE)
