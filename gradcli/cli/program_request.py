"""What every command on one expression begins with: the program, its bindings, the nodes to differentiate by.

Depends on the language and on `gradcli.cli.bindings`.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import typer

from gradcli.cli import options
from gradcli.cli.binding_files import from_files
from gradcli.cli.bindings import bind, typed
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression
from gradcli.errors import UsageError, listed
from gradcli.language.guess import did_you_mean
from gradcli.language.program import Program, parse


class Request(NamedTuple):
    """A program and a number for each of its variables."""

    program: Program
    bindings: dict[str, float]


def request(expression: str, let: Sequence[str] | None, files: Sequence[str] | None, context: typer.Context) -> Request:
    """Read, parse and bind; `context` knows the options of the command, which a variable cannot take."""
    if expression == "-" and "-" in (files or ()):
        raise UsageError(
            "standard input cannot be both the expression and the bindings", hint="give one of them as a file"
        )
    check_apart(expression, files or ())
    hand, read = typed(let or ()), from_files(files or ())
    source = read_expression(expression)
    program = parse(source.text, variables={*hand, *read}, name=source.name)
    return Request(program, bind(program, hand, read, options.flags(context)))


def chosen_nodes(program: Program, names: str | None) -> dict[str, int]:
    """The nodes to differentiate by: those of `--wrt`, in its order, or all variables."""
    if names is None:
        return dict(program.variables)
    known = {**program.variables, **program.definitions}
    wanted = [name.strip().strip("`") for name in names.split(",") if name.strip()]
    if not wanted:
        raise UsageError("--wrt names no variable", hint="write --wrt x,w, or leave --wrt out for all of them")
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"the names there are: {listed(known) or 'none'}"
            raise UsageError(f"--wrt: the output does not depend on `{name}`", hint=hint)
    return {name: known[name] for name in wanted}


def check_number_name(program: Program, wrt: Mapping[str, int], name: str) -> int:
    """The node that `--raw NAME` means: the output for its value, any other for the derivative by it."""
    known = {**program.variables, **program.definitions, **wrt, program.name: program.output}
    if name not in known:
        hint = did_you_mean(name, known) or f"the names there are: {listed(known)}"
        raise UsageError(f"--raw: there is no number called `{name}`", hint=hint)
    return known[name]


def check_alone(more: object) -> None:
    """`--raw` prints one number: raise UsageError where more was asked for."""
    if more:
        raise UsageError("--raw prints one number and no more", hint="leave --raw out, or the options for more")
