"""What is trained, on what: the options of a call as weights, numbers, columns and steps.

Depends on the language, and on `gradcli.data` where there is a table.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.cli.bindings import Bindings, bind, read_bindings
from gradcli.cli.options import Color, Format
from gradcli.cli.program_request import chosen_nodes, split_names
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression
from gradcli.errors import DATA_EXTRA, BindingError, UsageError, listed
from gradcli.language.program import Program, parse
from gradcli.learn.objective import Objective, Single
from gradcli.shapes import grouped

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


def trained(request: Request, flags: Collection[str]) -> Trained:
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


def objective(request: Request, trained: Trained) -> Objective:
    """The loss: at one point, or over the rows of the table."""
    if trained.columns is None:
        return Single(trained.program, [*trained.start], trained.bound)
    from gradcli.learn.objective import Rows

    start, bound, columns = [*trained.start], trained.bound, trained.columns.arrays
    return Rows(trained.program, start, bound, columns, mean=request.mean)


def steps(request: Request, columns: "Columns | None") -> int:
    """How many updates there are at most. Raises UsageError."""
    if request.epochs is None:
        return STEPS if request.steps is None else request.steps
    if request.steps is not None:
        raise UsageError("--steps and --epochs both say how long", hint="keep one of them")
    if columns is None:
        raise UsageError("--epochs counts how often a table is gone through, and there is none", hint="write --steps")
    return request.epochs * -(-columns.rows // (request.batch_size or columns.rows))


def batches(request: Request, columns: "Columns | None", first: int) -> Iterator[Any] | None:
    """The rows of each step; None for all."""
    if columns is None:
        if request.batch_size or request.shuffle:
            raise UsageError("batches are of the rows of a table, and there is none", hint="name the table's file")
        return None
    if not request.batch_size:
        return None
    from gradcli.data.in_memory import batches

    return batches(columns.rows, request.batch_size, request.seed, shuffle=request.shuffle, first=first)
