"""The work of `gradcli train`: what is trained, on what; the run, its log, and what is to be said of it.

Depends on `gradcli.learn`, and on `gradcli.data` where there is a table.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.cli import NOT_FINITE
from gradcli.cli.bindings import Bindings, bind, read_bindings
from gradcli.cli.options import Color, Format
from gradcli.cli.program_request import chosen_nodes, split_names
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression
from gradcli.cli.streams import emit, file_name, tell
from gradcli.errors import DATA_EXTRA, BindingError, FileProblem, Notice, UsageError, listed
from gradcli.language.program import Program, parse
from gradcli.learn.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from gradcli.learn.choosing import stepper
from gradcli.learn.clipping import NORMS, Clip, checked
from gradcli.learn.objective import Objective, Single
from gradcli.learn.schedules import schedule
from gradcli.learn.stepping import Rule
from gradcli.learn.training import Plan, Record, Training
from gradcli.shapes import grouped
from gradcli.show.training import Outcome, record, written

if TYPE_CHECKING:
    from gradcli.data.in_memory import Columns

STEPS = 100
"""Updates, where nothing says how many."""


class Request(NamedTuple):
    """The options of one call."""

    expression: str
    data: list[str]
    let: list[str] | None
    bind: list[str] | None
    wrt: str | None
    freeze: str | None
    optimiser: str
    lr: float | None
    schedule: str
    steps: int | None
    epochs: int | None
    batch_size: int | None
    shuffle: bool
    seed: int
    mean: bool
    clip: tuple[float | None, str, float | None]
    patience: int | None
    tolerance: float | None
    log: str | None
    every: int
    save: str | None
    resume: str | None
    form: Format
    digits: int
    color: Color


class Trained(NamedTuple):
    """What is trained, on what: the weights with their starts, all other numbers, and the columns."""

    program: Program
    start: dict[str, float]
    bound: dict[str, float]
    columns: "Columns | None"


def run(request: Request, flags: Collection[str]) -> int:
    """Do what was asked for; gives the exit code. `flags` are the options of the command."""
    norm, kind, value = request.clip
    clip, (made, lr) = checked(norm, _norm(kind), value), stepper(request.optimiser, request.lr)
    trained = _trained(request, flags)
    program, names = trained.program, [*trained.start]
    before = read_checkpoint(request.resume, program.source.text, names, made) if request.resume else None
    count = _steps(request, trained.columns)
    plan = Plan(count, schedule(request.schedule, lr, count), clip, request.patience, request.tolerance)
    rule = Rule(made, len(names))
    rows = _batches(request, trained.columns, before.step if before else 0)
    start = before.weights if before else [*trained.start.values()]
    training = Training(_objective(request, trained), rule, plan, start, rows)
    if before:
        rule.states, training.taken = dict(before.states), before.step
    tell((*program.notices, _said(trained, made.row.name, lr, count)), program.source, request.color)
    outcome = Outcome(program, names, training)
    try:
        with _logged(request, names, program) as log:
            for each in training:
                log(each)
    finally:
        if request.save and training.last:
            state = Checkpoint(program.source.text, names, training.last.weights, training.taken, made, rule.states)
            write_checkpoint(file_name(request.save), state)
    if request.log != "-":
        emit(written(outcome, request.form, request.digits, request.color), drawn=request.form is Format.table)
    tell(_ended(training, names), program.source, request.color)
    return NOT_FINITE if training.stopped in ("diverged", "not finite") else 0


def _norm(text: str) -> float:
    """The kind of norm to clip by. Raises UsageError."""
    known = {"1": 1.0, "2": 2.0, "inf": inf}
    if text not in known:
        raise UsageError(f"there is no norm `{text}` to clip by", hint=f"there are {listed([*known])}")
    return known[text] if known[text] in NORMS else 2.0


# -- what is trained, on what


def _trained(request: Request, flags: Collection[str]) -> Trained:
    """The weights, the numbers that stay, and the columns. Raises UsageError where nothing is trained."""
    check_apart(request.expression, [*(request.bind or ()), *request.data], request.log if request.log != "-" else None)
    source, given = read_expression(request.expression), read_bindings(request.let, request.bind)
    if not request.data:
        program = parse(source.text, variables=given.values, name=source.name)
        numbers = bind(program, given, flags)
        return _parted(request, program, numbers, None)
    try:
        from gradcli.data.in_memory import loaded
        from gradcli.data.options import OnError
        from gradcli.data.readers import opened
    except ModuleNotFoundError as problem:
        raise UsageError(f"a table needs {problem.name}, which is missing", hint=DATA_EXTRA) from None
    with opened(request.data, None) as table:
        program = parse(source.text, variables={**given.values, **dict.fromkeys(table.columns)}, name=source.name)
        _check_columns(program, given, table.columns, request.data[0])
        rest = {name: node for name, node in program.variables.items() if name not in table.columns}
        numbers = bind(program._replace(variables=rest), given, flags)
        needed = [name for name in program.variables if name in table.columns]
        if not needed:
            raise UsageError(
                f"the loss takes no column of {request.data[0]}", hint=f"its columns are {listed(table.columns)}"
            )
        return _parted(request, program, numbers, loaded(table, needed, OnError.fail))


def _check_columns(program: Program, given: Bindings, columns: Sequence[str], title: str) -> None:
    """Raise BindingError for a weight that is a column too."""
    both = [name for name in given.typed if name in columns and name in program.variables]
    if both:
        message = f"`{both[0]}` is a column of {title}, and {given.typed[both[0]].written} binds it too"
        raise BindingError(message, hint=f"leave {given.typed[both[0]].written} out, or call the weight something else")


def _parted(request: Request, program: Program, numbers: Mapping[str, float], columns: "Columns | None") -> Trained:
    """The numbers, parted in weights and others."""
    chosen = chosen_nodes(program, request.wrt) if request.wrt else program.variables
    frozen = split_names(request.freeze or "")
    _check_frozen(frozen, program)
    names = [name for name in chosen if name in numbers and not any(_is_meant(name, each) for each in frozen)]
    if not names:
        raise UsageError("there is nothing to train", hint="a weight is a variable that is bound: --w 0; see --freeze")
    start = {name: float(numbers[name]) for name in names}
    return Trained(program, start, {n: float(number) for n, number in numbers.items() if n not in start}, columns)


def _is_meant(name: str, pattern: str) -> bool:
    """Whether a name, or the array of an entry, has the form of a pattern such as b*."""
    return fnmatchcase(name, pattern.replace("[", "[[]")) or fnmatchcase(name.partition("[")[0], pattern)


def _check_frozen(frozen: Sequence[str], program: Program) -> None:
    for pattern in frozen:
        if not any(_is_meant(name, pattern) for name in program.variables):
            hint = f"the variables are {listed([*grouped(program.variables, program.arrays)])}"
            raise UsageError(f"--freeze: no variable is called `{pattern}`", hint=hint)


def _objective(request: Request, trained: Trained) -> Objective:
    if trained.columns is None:
        return Single(trained.program, [*trained.start], trained.bound)
    from gradcli.learn.objective import Rows

    start, bound, columns = [*trained.start], trained.bound, trained.columns.arrays
    return Rows(trained.program, start, bound, columns, mean=request.mean)


def _steps(request: Request, columns: "Columns | None") -> int:
    """How many updates there are at most. Raises UsageError."""
    if request.epochs is None:
        return STEPS if request.steps is None else request.steps
    if request.steps is not None:
        raise UsageError("--steps and --epochs both say how long", hint="keep one of them")
    if columns is None:
        raise UsageError("--epochs counts how often a table is gone through, and there is none", hint="write --steps")
    return request.epochs * -(-columns.rows // (request.batch_size or columns.rows))


def _batches(request: Request, columns: "Columns | None", first: int) -> Iterator[Any] | None:
    """The rows of each step; None for all."""
    if columns is None:
        if request.batch_size or request.shuffle:
            raise UsageError("batches are of the rows of a table, and there is none", hint="name the table's file")
        return None
    if not request.batch_size:
        return None
    from gradcli.data.in_memory import batches

    return batches(columns.rows, request.batch_size, request.seed, shuffle=request.shuffle, first=first)


# -- what is said


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
