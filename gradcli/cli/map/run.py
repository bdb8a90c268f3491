"""The work of `gradcli map`: a table opened, a formula over its columns, the rows out, and what is to be said of them.

Depends on `gradcli.data`, and so on polars.
"""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from typing import NamedTuple

from gradcli.cli import NOT_FINITE
from gradcli.cli.bindings import Bindings, bind, read_bindings
from gradcli.cli.options import Color
from gradcli.cli.program_request import chosen_nodes, split_names
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression
from gradcli.cli.streams import tell
from gradcli.compiler.columns import Compiled
from gradcli.data.arrays import Columns, columns_for, lists_out, with_declared
from gradcli.data.batch import Reading
from gradcli.data.options import SEPARATORS, TEXT, OnError, Reduce, TableFormat, output_format
from gradcli.data.output import output
from gradcli.data.pipeline import Job, Tally, mapped, summed
from gradcli.data.plan import Plan, check_bound, check_free, constants
from gradcli.data.readers import Table, opened
from gradcli.data.sources import STDIN, check_once, title
from gradcli.data.writable import unwritable_in
from gradcli.errors import LanguageError, Notice, Source, UsageError
from gradcli.interrupts import taken_back
from gradcli.language.guess import did_you_mean
from gradcli.language.program import Program, parse
from gradcli.shapes import entry_names, spread

MOST_PROCESSORS, WAITING = 4, 2
"""Each block that is worked on takes memory, and polars has threads of its own for every one."""


class Request(NamedTuple):
    """The options of one call; `out` is None for standard output."""

    expression: str
    data: list[str]
    let: list[str] | None
    bind: list[str]
    wrt: str | None
    adjoints: str | None
    only: bool
    reduce: Reduce | None
    given: TableFormat | None
    wanted: TableFormat | None
    out: str | None
    on_error: OnError
    engine: str
    threads: int | None
    color: Color


def run(request: Request, flags: Collection[str]) -> int:
    """Do what was asked for; gives the exit code. `flags` are the options of the command."""
    taken_back()
    _check_standard_input(request)
    check_apart(request.expression, [*request.bind, *request.data], request.out)
    source = read_expression(request.expression)
    given = read_bindings(request.let, request.bind)
    _check_typed(source, given, flags)
    tally = Tally()
    with opened(request.data, request.given) as table:
        columns = columns_for(source.text, table)
        program = parse(source.text, variables={**given.values, **columns.names}, name=source.name)
        columns = with_declared(columns, program, source.text, table)
        job = _job(request, table, columns, _plan(request, program, table, columns, given, flags))
        with (
            output(request.out, lambda text: tell([Notice("output", text)], source, request.color)) as out,
            _progress(job, tally, request),
        ):
            if request.reduce:
                summed(job, request.reduce, out, tally)
            else:
                mapped(job, out, tally)
    tell((*program.notices, *_notices(request, tally)), source, request.color)
    return NOT_FINITE if tally.nonfinite_rows else 0


def _check_typed(source: Source, given: Bindings, flags: Collection[str]) -> None:
    """Raise BindingError for what is typed and no variable, before a table is waited for."""
    with suppress(LanguageError):  # a column may make sense of the formula
        program = parse(source.text, variables=given.values, name=source.name)
        bind(program._replace(variables={}), given, flags)


def _check_standard_input(request: Request) -> None:
    """Raise UsageError where two things would be read from standard input."""
    if [request.expression, *request.bind, *request.data].count(STDIN) > 1:
        raise UsageError("standard input cannot be two things at once", hint="name the table's file")
    check_once([*request.bind, *request.data])


def _plan(
    request: Request, program: Program, table: Table, filled: Columns, given: Bindings, flags: Collection[str]
) -> Plan:
    """Which variable is a column, which a number. Columns come before the bindings of a file."""
    columns = filled.names
    by_hand = {name: typed.written for name, typed in given.typed.items()}
    check_bound(program, columns, by_hand, given.from_files, title(request.data[0]))
    rest = {name: node for name, node in program.variables.items() if name not in columns}
    numbers = bind(program._replace(variables=rest), given, flags)
    bound = {name: float(number) for name, number in numbers.items()}  # rows are doubles
    adjoints = _adjoints(program, request.adjoints)
    wrt = chosen_nodes(program, request.wrt)
    compiled = Compiled(program, wrt, adjoints=[name for name in adjoints if name not in wrt], engine=request.engine)
    needed = _needed(compiled.formula.variables, filled)
    unnamed = constants(program, columns) if table.form is TableFormat.ndjson else ()  # the others name all columns
    return Plan(compiled, bound, needed, (*bound, *unnamed))


def _needed(variables: Collection[str], columns: Columns) -> tuple[str, ...]:
    """The numbers of a row that a formula takes: of a list all, so that it is known to be whole."""
    needed = [name for name in variables if name in columns.names]
    if not columns.lists:
        return tuple(needed)
    within = columns.entries
    sources = {within.get(name, name) for name in needed}
    return tuple(dict.fromkeys([*needed, *(name for name, it in within.items() if it in sources)]))


def _adjoints(program: Program, names: str | None) -> list[str]:
    """The definitions of `--adjoints`."""
    wanted = [*spread(split_names(names or ""), program.arrays)]
    for name in wanted:
        if name not in program.definitions:
            hint = did_you_mean(name, program.definitions) or f"define it: {name} = …"
            raise UsageError(f"--adjoints: the expression defines no `{name}`", hint=hint)
    return wanted


def _job(request: Request, table: Table, columns: Columns, plan: Plan) -> Job:
    """How the table is read and written."""
    given = TableFormat.csv if request.reduce and table.form not in TEXT else table.form
    form = output_format(request.wanted, request.out, given, sys.stdout.isatty() and not request.out)
    only = request.only or request.reduce is not None
    if plan.compiled.program.arrays and form not in SEPARATORS:
        plan = replace(plan, lists=lists_out(plan.compiled.program, plan.outputs, columns))
    if not only:
        check_free(plan.new_columns, frozenset(table.columns), title(request.data[0]))
    verbatim = table.form in TEXT and (only or form is table.form)
    cells = "" if only else unwritable_in(form)
    reading = Reading(
        table.columns,
        plan.needed,
        verbatim,
        only,
        request.on_error,
        plan.new_columns,
        plan.elsewhere,
        cells,
        {name: shape for name, shape in columns.lists.items() if entry_names(name, shape)[0] in plan.needed},
    )
    return Job(table, reading, plan, form, request.threads or _workers())


def _workers() -> int:
    """How many blocks are worked on at once: for several processors more than these, as some wait to be written."""
    mine = getattr(os, "sched_getaffinity", None)
    processors = min(len(mine(0)) if mine else os.cpu_count() or 1, MOST_PROCESSORS)
    return processors + WAITING if processors > 1 else 1


def _progress(job: Job, tally: Tally, request: Request) -> AbstractContextManager[object]:
    """How far it is, for a person who waits and sees no rows."""
    if not sys.stderr.isatty() or (sys.stdout.isatty() and not request.out):
        return nullcontext()
    from gradcli.show.progress import Progress

    progress = Progress(job.table.size)
    tally.report = lambda now: progress.show(now.rows, now.size)
    return progress


def _notices(request: Request, tally: Tally) -> Iterator[Notice]:
    """What is to be said of the rows."""
    if tally.nonfinite_rows:
        yield Notice(
            "not finite",
            f"{'a record' if request.reduce else _rows(tally.nonfinite_rows)} with a number that is not finite",
        )
    counts = {"passed over": tally.lost, "left without new cells": tally.empty}
    passed = ", ".join(f"{_rows(count)} {what}" for what, count in counts.items() if count)
    if passed:
        yield Notice("faults", f"{passed}; the first: {tally.first}")


def _rows(count: int) -> str:
    return f"{count:,} row{'s' if count > 1 else ''}"
