"""What a format draws of an answer: its numbers, and as tables the two passes and the steps of a descent.

Depends on `gradcli.evaluate.trace` and the printer of the language. Numbers are rounded for reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import VARIABLE
from gradcli.language.notation import expression_text, quoted
from gradcli.show.report import Report
from gradcli.show.table import Column, Table
from gradcli.show.wording import partial_name, rounded, shown

LONGEST_FORMULA = 60

FORWARD = (Column("node", "bold"), Column("operation"), Column("value", "cyan", numeric=True))
BACKWARD = (
    Column("node", "bold"),
    Column("local derivative"),
    Column("upstream × local = contribution"),
    Column("adjoint", "green", numeric=True),
)


def numbers(report: Report) -> dict[str, str]:
    """The value and the derivatives by name, rounded for reading, or in the digits that were asked for."""
    name, digits, given = report.program.name, report.digits, report.given
    slopes = {partial_name(name, by): shown(slope, digits) for by, slope in given.gradient.items()}
    return {name: shown(given.value, digits)} | slopes


def passes(trace: Trace, digits: int) -> Iterator[Table[Any]]:
    """The forward pass, and the backward pass where there is one.

    Forward, a row is a variable or an operation, no bare number. Backward, it is a contribution, in visiting order,
    after None for the seed: the output's own adjoint.
    """
    names = _display_names(trace)
    nodes = [node for node in trace.nodes if node in names]
    yield Table("Forward pass", FORWARD, nodes, lambda node: _forward_row(trace, names, node, digits))
    if trace.adjoints:
        entries = [None, *trace.contributions]
        yield Table("Backward pass", BACKWARD, entries, lambda entry: _backward_row(trace, names, entry, digits))


def descent(report: Report) -> Table[tuple[str, Point]]:
    """Where each step of a descent began, and where the last arrived."""
    name, wrt, digits = report.program.name, list(report.point.gradient), report.digits
    weights = [Column(by, numeric=True) for by in wrt if by in report.point.bindings]
    slopes = [Column(partial_name(name, by), "green", numeric=True) for by in wrt]
    columns = [Column("step", "bold", numeric=True), *weights, Column(name, "cyan", numeric=True), *slopes]
    points = [*((str(step.number), step.point) for step in report.steps), ("end", report.steps[-1].arrived)]
    title = f"Descent with learning rate {rounded(report.steps[0].update.lr, digits)}"
    return Table(title, columns, points, lambda entry: _step_row(*entry, digits))


def _display_names(trace: Trace) -> dict[int, str]:
    """A short name for every node: its variable's or definition's, the output's, or v1, v2, … in order."""
    program = trace.program
    names = {node: quoted(name) for name, node in program.variables.items()} | program.graph.names
    if program.output not in names:
        names[program.output] = program.name
    taken = set(names.values())
    free = (name for name in (f"v{number}" for number in count(1)) if name not in taken)
    for node in trace.nodes:
        if node not in names and program.graph.operands[node]:  # a constant is a bare number, with or without a name
            names[node] = next(free)
    return names


def _forward_row(trace: Trace, names: Mapping[int, str], node: int, digits: int) -> Sequence[str]:
    """A variable as given, an operation on named operands."""
    graph = trace.program.graph
    given = graph.operators[node] == VARIABLE
    operation = "given" if given else expression_text(graph, node, LONGEST_FORMULA, names=names)
    return names[node], operation, rounded(trace.values[node], digits)


def _backward_row(trace: Trace, names: Mapping[int, str], entry: Contribution | None, digits: int) -> Sequence[str]:
    """The contribution that a node receives through one of its users, as a product; the seed is 1."""
    if entry is None:
        output = names[trace.program.output]
        return output, f"{partial_name(output, output)} = 1", "seed", "1"
    graph = trace.program.graph
    target, source = names[entry.operand], names[entry.node]
    formula = expression_text(graph, entry.local, LONGEST_FORMULA, names=names, spell_out=entry.local not in names)
    upstream, partial, product, adjoint = (
        rounded(number, digits) for number in (entry.upstream, entry.partial, entry.contribution, entry.adjoint)
    )
    equation = f"{upstream} × {partial} = {product}" if entry.taken else f"{product} (no influence here)"
    return target, f"{partial_name(source, target)} = {formula}", equation, adjoint


def _step_row(label: str, point: Point, digits: int) -> Sequence[str]:
    """The weights, the value and the gradient at a point."""
    numbers = [
        *(point.bindings[by] for by in point.gradient if by in point.bindings),
        point.value,
        *point.gradient.values(),
    ]
    return [label, *(rounded(number, digits) for number in numbers)]
