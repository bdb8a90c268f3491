"""What every command on one expression begins with: program, bindings, nodes to differentiate by, answer.

Depends on the language, on `gradcli.cli.bindings` and on `gradcli.answers`.
"""

from collections.abc import Iterator, Mapping

import typer

from gradcli.answers import answered
from gradcli.cli import options
from gradcli.cli.bindings import Bindings, bind, plain_name, read_bindings
from gradcli.cli.formats import TRACED
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression
from gradcli.errors import Notice, UsageError, listed
from gradcli.graph.walk import reachable
from gradcli.language.guess import did_you_mean
from gradcli.language.program import Program, parse
from gradcli.letters import one_name, pattern
from gradcli.shapes import entry_names, grouped, names_in, plain_entry, spread
from gradcli.show.report import Report

_QUOTIENT = "[d∂](ENTRY)/[d∂](ENTRY)"
MOST_NODES = 10_000
"""Nodes that are written out without `--rows 0`."""


def request(
    expression: str,
    let: options.Let,
    files: options.Bind,
    context: typer.Context,
    *,
    all_of_them: bool = True,
    takes_arrays: bool = False,
) -> tuple[Program, dict[str, float]]:
    """The program, and a number for each of its variables, none of which is an option of the command in `context`.

    Where `all_of_them` need none, one without a number has NaN. The output may be an array where the caller
    `takes_arrays`.
    """
    if expression == "-" and "-" in (files or ()):
        message = "standard input cannot be both the expression and the bindings"
        raise UsageError(message, hint="give one of them as a file")
    check_apart(expression, files or ())
    program, given = parsed(expression, let, files, takes_arrays=takes_arrays)
    return program, bind(program, given, options.flags(context), all_of_them=all_of_them)


def parsed(
    expression: str, let: options.Let, files: options.Bind, *, takes_arrays: bool = False
) -> tuple[Program, Bindings]:
    """The program and the bindings, whose names are variables in it."""
    given = read_bindings(let, files)
    source = read_expression(expression)
    program = parse(source.text, variables=given.values, name=source.name, takes_arrays=takes_arrays)
    return program, given


def reported(
    program: Program,
    bindings: Mapping[str, float],
    by: Mapping[str, int],
    form: options.Format,
    rows: int | None,
    precision: str,
    nodes: options.Nodes | None = None,
) -> Report:
    """Value and gradient, with every node where the form shows them and they are not too many."""
    shows, few = form in TRACED, rows == 0 or form is options.Format.table or program.written <= (rows or MOST_NODES)
    answer = answered(program, bindings, by, precision, follow=shows and few)
    notices = answer.notices
    if shows and not few:
        text = f"the {program.written:,} nodes are left out; --rows 0 writes them all"
        notices = (*notices, Notice("omitted", text))
    if rows is not None and not shows:
        notices = (*notices, Notice("option", f"--rows has no effect: there are no nodes in {form}"))
    if nodes is not None and not shows:
        notices = (*notices, Notice("option", f"--nodes has no effect: there are no nodes in {form}"))
    trace = answer.trace if shows and few else None
    by_name = by_names(program, nodes)
    return Report(program, answer.point, trace, notices, decimals=answer.decimals, rows=rows, by_name=by_name)


def by_names(program: Program, nodes: options.Nodes | None) -> bool:
    """Whether nodes are told name by name: where that is asked for, or there are arrays and nothing is."""
    return nodes is options.Nodes.named or (nodes is None and bool(program.arrays))


def split_names(names: str) -> list[str]:
    """The names in a list with commas; back-ticks around one are no part of it."""
    return [plain_entry(plain_name(name)) for name in names_in(names)]


def chosen_nodes(program: Program, names: str | None) -> dict[str, int]:
    """The nodes to differentiate by: those of `--wrt`, in its order, or all variables."""
    if names is None:
        return dict(program.variables)
    known = {**program.variables, **program.definitions}
    spelled = {one_name(name): name for name in known}
    wanted = [
        name if name in known else spelled.get(one_name(name), name)
        for name in spread(split_names(names), program.arrays)
    ]
    if not wanted:
        raise UsageError("--wrt names no variable", hint="write --wrt x,w, or leave --wrt out for all of them")
    for name in wanted:
        if name not in known:
            there = grouped(known, program.arrays)
            hint = did_you_mean(name, there) or f"the names there are: {listed(there) or 'none'}"
            raise UsageError(f"--wrt: the output does not depend on `{name}`", hint=hint)
    return {name: known[name] for name in wanted}


def forgotten(program: Program, by: Mapping[str, int]) -> Iterator[Notice]:
    """What to say where there is nothing to differentiate by, as every name is defined."""
    graph, definitions = program.graph, program.definitions
    needed = reachable(graph, [program.output])
    used = [name for name, node in definitions.items() if node < program.output and needed[node]]
    numbers = [name for name in used if graph.value_of(definitions[name]) is not None]
    if used and not by and not program.variables:
        text = f"every name is defined; differentiate by a defined name: --wrt {','.join(numbers or used)}"
        yield Notice("no variable", text)


def nodes_of_number(program: Program, wrt: Mapping[str, int], text: str) -> dict[str, int]:
    """What `--raw NAME` differentiates by: the node of that name, or nothing where it means the output's value.

    No name is the value's, and df/dw is w's.
    """
    if text in ("", program.name) and program.name not in program.variables:
        return {}
    quotient = pattern(_QUOTIENT, text).fullmatch(text)
    known = {**program.variables, **program.definitions, **wrt}
    name = (quotient[2] if quotient and quotient[1] == program.name else text).strip("`")
    name = plain_entry(name if name in known else one_name(name))
    if name in program.arrays:
        first = entry_names(name, program.arrays[name])[0]
        raise UsageError(f"--raw prints one number, and `{name}` is an array", hint=f"name an entry: --raw '{first}'")
    if name not in known:
        there = [*known, program.name]
        hint = did_you_mean(name, there) or f"the names there are: {listed(there)}"
        raise UsageError(f"--raw: there is no number called `{name}`", hint=hint)
    return {name: known[name]}


def entry_of_output(program: Program, text: str) -> str:
    """The entry that `--raw NAME` means of an output that is an array. Raises UsageError where it is none."""
    name = plain_entry(one_name(text.strip("`")))
    if name not in program.output_names:
        hint = f"name an entry: --raw '{program.output_names[0]}'"
        what = f"`{name}` is no entry of it" if name not in ("", program.name) else f"`{program.name}` is an array"
        raise UsageError(f"--raw prints one number, and {what}", hint=hint)
    return name


def check_alone(more: object) -> None:
    """`--raw` prints one number: raise UsageError where more was asked for."""
    if more:
        raise UsageError("--raw prints one number and no more", hint="leave --raw out, or the options for more")
