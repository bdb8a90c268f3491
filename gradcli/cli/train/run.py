"""The work of `gradcli train`: what is trained, on what; the run, its log, and what is to be said of it.

Depends on `gradcli.learn`, and on `gradcli.data` where there is a table.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import Any

from gradcli.cli import NOT_FINITE
from gradcli.cli.options import Format
from gradcli.cli.streams import emit, file_name, tell
from gradcli.cli.train.asked import Request, Trained, batches, objective, steps, trained
from gradcli.errors import FileProblem, Notice, UsageError, listed
from gradcli.language.program import Program
from gradcli.learn.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from gradcli.learn.choosing import stepper
from gradcli.learn.clipping import NORMS, Clip, checked
from gradcli.learn.schedules import schedule
from gradcli.learn.stepping import Rule
from gradcli.learn.training import Plan, Record, Training
from gradcli.shapes import grouped
from gradcli.show.training import Outcome, record, written


def run(request: Request, flags: Collection[str]) -> int:
    """Do what was asked for; gives the exit code. `flags` are the options of the command."""
    norm, kind, value = request.clip
    clip, (made, lr) = checked(norm, _norm(kind), value), stepper(request.optimiser, request.lr)
    asked = trained(request, flags)
    program, names = asked.program, [*asked.start]
    before = read_checkpoint(request.resume, program.source.text, names, made) if request.resume else None
    count = steps(request, asked.columns)
    plan = Plan(count, schedule(request.schedule, lr, count), clip, request.patience, request.tolerance)
    rule = Rule(made, len(names))
    rows = batches(request, asked.columns, before.step if before else 0)
    start = before.weights if before else [*asked.start.values()]
    training = Training(objective(request, asked), rule, plan, start, rows)
    if before:
        rule.states, training.taken = dict(before.states), before.step
    tell((*program.notices, _said(asked, made.row.name, lr, count)), program.source, request.color)
    outcome = Outcome(program, names, training)
    try:
        with _logged(request, names, program) as log:
            for each in training:
                log(each)
    finally:
        if request.save and training.last:
            write_checkpoint(file_name(request.save), _state(program, names, training))
    if request.log != "-":
        emit(written(outcome, request.form, request.digits, request.color), drawn=request.form is Format.table)
    tell(_ended(training, names), program.source, request.color)
    return NOT_FINITE if training.stopped in ("diverged", "not finite") else 0


def _state(program: Program, names: Sequence[str], training: Training) -> Checkpoint:
    """Where a run is to go on; one that came to numbers that are not finite, at its best weights and as if it began."""
    rule, best, text = training.rule, training.best, program.source.text
    if training.stopped == "diverged" and best:
        states = Rule(rule.stepper, len(names)).states
        return Checkpoint(text, names, best.weights, best.step, rule.stepper, states)
    return Checkpoint(text, names, training.weights, training.taken, rule.stepper, rule.states)


def _norm(text: str) -> float:
    """The kind of norm to clip by. Raises UsageError."""
    known = {"1": 1.0, "2": 2.0, "inf": inf}
    if text not in known:
        raise UsageError(f"there is no norm `{text}` to clip by", hint=f"there are {listed([*known])}")
    return known[text] if known[text] in NORMS else 2.0


def _said(trained: Trained, optimiser: str, lr: float, steps: int) -> Notice:
    """What is trained, before it is."""
    names = [*grouped(trained.start, trained.program.arrays)]
    count = f"{len(trained.start):,} number{'s' if len(trained.start) > 1 else ''}"
    rows = f" on {trained.columns.rows:,} rows" if trained.columns else ""
    text = f"trains {listed(names)} ({count}){rows}: {optimiser}, lr={lr:g}, at most {steps:,} steps"
    return Notice("training", text)


def _ended(training: Training, names: Sequence[str]) -> Iterator[Notice]:
    """What is to be said of a run that came to numbers that are not finite."""
    last = training.last
    if not last or training.stopped not in ("diverged", "not finite"):
        return
    bad = [name for name, slope in zip(names, last.gradient, strict=True) if slope - slope != 0.0]
    what = f"the gradient by {listed(bad)}" if bad else "the loss"
    if training.stopped == "not finite":
        text = f"{what} is not finite where it begins; gradcli grad tells why"
    else:
        kept = f"; the best was at step {training.best.step:,}" if training.best else ""
        text = f"diverged at step {last.step:,}: {what} is not finite{kept}; a smaller --lr, or --clip-norm, may help"
    yield Notice("diverged", text)


@contextmanager
def _logged(request: Request, names: Sequence[str], program: Program) -> Iterator[Callable[[Record], None]]:
    """What takes each record of the run."""
    if request.log is None:
        yield lambda _: None
    elif request.log == "-":
        yield lambda each: _emit_record(each, names, program, request.every)
    else:
        try:
            with open(file_name(request.log), "w", encoding="utf-8") as file:  # noqa: PTH123 - it may be a pipe
                yield lambda each: _write_record(file, each, names, program, request.every)
        except OSError as problem:
            message = f"cannot write {request.log}: {problem.strerror}"
            raise FileProblem(message, hint="give --log the path of a file") from None


def _line(each: Record, names: Sequence[str], program: Program) -> str:
    return json.dumps(record(each, names, program.arrays), ensure_ascii=False, allow_nan=False) + "\n"


def _emit_record(each: Record, names: Sequence[str], program: Program, every: int) -> None:
    if each.step % every == 0:
        emit([_line(each, names, program)])


def _write_record(file: Any, each: Record, names: Sequence[str], program: Program, every: int) -> None:
    if each.step % every == 0:
        file.write(_line(each, names, program))


__all__ = ["Clip", "Request", "run"]
