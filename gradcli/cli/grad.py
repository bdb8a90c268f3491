"""`gradcli grad`: value and gradient, node by node; a weight update; a proof.

Depends on the lower floors; what it shares with other commands is in `gradcli.cli.program_request` and
`gradcli.cli.formats`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from gradcli.answers import evaluator
from gradcli.cli import NOT_FINITE, REFUTED, options
from gradcli.cli.formats import chosen, write, write_number
from gradcli.cli.memory import LEAST_FOR_PROOFS, require
from gradcli.cli.program_request import check_alone, chosen_nodes, forgotten, nodes_of_number, reported, request
from gradcli.errors import Notice, UsageError
from gradcli.face.deadline import Deadline
from gradcli.show.report import Report

if TYPE_CHECKING:
    from gradcli.learn.descent import Step

REPEAT = "Repeat the update, up to 1,000,000 times."
STEPS = {"parser": options.whole(1, 1_000_000), **options.COUNT}


def command(
    context: typer.Context,
    expression: options.Expression,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: options.Wrt = None,
    lr: options.LearningRate = None,
    steps: Annotated[int | None, options.option("--steps", REPEAT, options.LEARNING, **STEPS)] = None,
    precision: options.Precision = "auto",
    verify: Annotated[bool, options.option("--verify", "Prove the result with SymPy, and at 50 digits.")] = False,
    seconds: options.Seconds = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    raw: options.Raw = None,
    digits: options.Digits = 6,
    rows: options.Rows = None,
    nodes: options.NodesOption = None,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """Value and gradient of a formula, with every number on the way.

    gradcli grad "(x*w-2)**2" --x 2 --w 3

    Exit codes: 0 done, 1 refuted by --verify, 2 a mistake in what was typed, 3 a number is not finite, 4 a file.
    """
    deadline = Deadline(seconds)
    program, bindings = deadline.keep(lambda: request(expression, let, bind, context))
    by = chosen_nodes(program, wrt)
    if raw is not None:
        check_alone(form or json or verify or lr is not None or steps is not None)
        by = nodes_of_number(program, by, raw)
    written = options.Format.plain if raw is not None else chosen(form, json)

    def answer() -> Report:
        plain = reported(program, bindings, by, written, rows, precision, nodes)
        plain = plain._replace(notices=(*plain.notices, *forgotten(program, by)))
        report = _learned(plain, by, lr, steps, precision)
        return _verified(report, by) if verify else report

    report = deadline.keep(answer)._replace(digits=digits, color=color)
    if raw is None:
        write(report, written, deadline)
    else:
        write_number(report)
    raise typer.Exit(_code(report))


def _learned(report: Report, by: Mapping[str, int], lr: float | None, steps: int | None, precision: str) -> Report:
    """The report with an update, or with several."""
    if lr is None:
        if steps is not None:
            raise UsageError("--steps repeats an update, and there is no learning rate", hint="add --lr 0.1")
        return report
    from gradcli.learn.descent import check_moves, descend, whole  # most answers need no descent

    check_moves(report.program, by)
    at = evaluator(report.program, by, precision)
    taken = list(descend(at, report.point.bindings, lr, steps or 1))
    notices = (*report.notices, *(_diverged(taken[-1], steps or 1) if report.given.finite else ()))
    return report._replace(update=whole(taken), steps=taken if steps is not None else (), notices=notices)


def _diverged(last: "Step", steps: int) -> Iterator[Notice]:
    """What to say of a last step that arrives where a number is not finite."""
    if not last.finite:
        untaken = f", and {steps - last.number:,} more were not taken" if steps > last.number else ""
        text = f"step {last.number:,} arrives where a number is not finite{untaken}; a smaller --lr may help"
        yield Notice("diverged", text)


def _verified(report: Report, by: Mapping[str, int]) -> Report:
    """The report with a proof; SymPy is loaded here."""
    require(LEAST_FOR_PROOFS, "--verify")
    from gradcli.verify import verify

    return report._replace(verification=verify(report.program, report.point, by))


def _code(report: Report) -> int:
    if report.verification and report.verification.verdict == "refuted":
        return REFUTED
    diverged = any(notice.kind == "diverged" for notice in report.notices)
    return 0 if report.told and not diverged else NOT_FINITE
