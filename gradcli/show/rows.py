"""What a format draws of an answer: its numbers, and as tables the two passes and the steps of a descent.

Depends on `gradcli.passes`. Numbers are rounded for reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple, TypeVar

from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Contribution, Trace, Zero
from gradcli.passes.arithmetic import product, rounded, total
from gradcli.passes.arrays import norm
from gradcli.passes.titles import local_derivative, operation, side_text, titles, truth
from gradcli.shapes import Array, Shape, grouped
from gradcli.show.report import Report
from gradcli.show.table import Column, Table
from gradcli.show.wording import partial_name

T = TypeVar("T")
DOUBLES = "in doubles"
FORWARD = (Column("node", "bold"), Column("operation"), Column("value", "cyan", numeric=True))
BACKWARD = (
    Column("node", "bold"),
    Column("local derivative"),
    Column("upstream × local = contribution"),
    Column("adjoint", "green", numeric=True),
)


def numbers(report: Report) -> dict[str, Array[float | str]]:
    """The output and the derivatives by name, those by the entries of an array as one; a number has no shape."""
    arrays, name = report.program.arrays, report.program.name
    gradient: Mapping[str, float | str] = report.given.gradient
    slopes = {partial_name(name, by): slope for by, slope in whole(gradient, arrays).items()}
    return whole(report.output, arrays) | slopes


def whole(values: Mapping[str, T], arrays: Mapping[str, Shape]) -> dict[str, Array[T]]:
    """Numbers by name, those of the entries of an array as that array; a number is one without a shape."""
    found = grouped(values, arrays)
    return {name: it if isinstance(it, Array) else Array((), [it]) for name, it in found.items()}


def passes(trace: Trace, digits: int) -> Iterator[Table[Any]]:
    """The forward pass, and the backward pass where there is one.

    Forward, a row is a variable or an operation, no bare number. Backward, it is a contribution, or what the
    contributions to a node add up to; the first is the seed, the output's own adjoint.
    """
    names = titles(trace)
    nodes = [node for node in trace.nodes if node in names]
    lost = {node: told for node in nodes if (told := _in_doubles(trace, node, digits))}
    doubles = [Column(DOUBLES, "dim", numeric=True)] if lost else []

    def forward_row(node: int) -> Sequence[str]:
        row = _forward_row(trace, names, node, digits)
        return [*row, lost.get(node, "")] if lost else row

    yield Table("Forward pass", [*FORWARD, *doubles], nodes, forward_row)
    if trace.adjoints:
        entries = [*_entries(trace)]
        yield Table("Backward pass", BACKWARD, entries, lambda entry: _backward_row(trace, names, entry, digits))


def descent(report: Report) -> Table[tuple[str, Point]]:
    """Where each step of a descent began, and where the last arrived; of an array its norm."""
    name, digits, arrays = report.program.name, report.digits, report.program.arrays
    by_name, bound = whole(report.point.gradient, arrays), whole(report.point.bindings, arrays)
    weights = [Column(_size(by, it), numeric=True) for by, it in by_name.items() if by in bound]
    slopes = [Column(_size(partial_name(name, by), it), "green", numeric=True) for by, it in by_name.items()]
    columns = [Column("step", "bold", numeric=True), *weights, Column(name, "cyan", numeric=True), *slopes]
    points = [*((str(step.number), step.point) for step in report.steps), ("end", report.steps[-1].arrived)]
    title = f"Descent with learning rate {rounded(report.steps[0].update.lr, digits)}"
    return Table(title, columns, points, lambda entry: _step_row(*entry, digits, arrays))


class _Entry(NamedTuple):
    """A row of the backward pass: one of the contributions to a node, or where that is None what a node gets of all."""

    node: int
    all: Sequence[Contribution]
    one: Contribution | None


def _entries(trace: Trace) -> Iterator[_Entry]:
    """The rows of a backward pass in the order of the sweep, the contributions to one node together."""
    incoming = trace.incoming()
    last = {id(entries[-1]): node for node, entries in incoming.items()}
    ends = [last[id(entry)] for entry in trace.contributions if id(entry) in last]
    for node in dict.fromkeys((trace.program.output, *ends, *trace.adjoints)):
        entries = incoming.get(node, [])
        yield from (_Entry(node, entries, entry) for entry in entries)
        if len(entries) != 1 or node in trace.ruled:
            yield _Entry(node, entries, None)


def _forward_row(trace: Trace, names: Mapping[int, str], node: int, digits: int) -> Sequence[str]:
    """What a node does, and its value."""
    graph = trace.program.graph
    value = truth(graph.operators[node], trace.values[node]) or rounded(trace.values[node], digits)
    return [names[node], operation(graph, node, names), value]


def _in_doubles(trace: Trace, node: int, digits: int) -> str:
    """What doubles give for a node, where that is another number to the eye."""
    if node not in trace.doubles:
        return ""
    told = rounded(trace.doubles[node].value, digits)
    return told if told != rounded(trace.values[node], digits) else ""


def _backward_row(trace: Trace, names: Mapping[int, str], entry: _Entry, digits: int) -> Sequence[str]:
    """The contribution that a node receives through one of its users, as a product; or the sum of them."""
    node, contributions, one = entry
    adjoint = rounded(trace.adjoints[node], digits)
    if one is None:
        return names[node], *_sum_cells(trace, names, node, contributions, digits), adjoint
    derivative = f"{partial_name(names[one.node], names[node])} = {local_derivative(trace, one, names)}"
    counts = one.taken or isfinite(one.partial)
    equation = product((one.upstream, one.partial), one.contribution, digits) if counts else "0"
    told = " ".join((equation, *(f"({remark})" for remark in _remarks(trace, one, digits))))
    return names[node], derivative, told, "" if len(contributions) > 1 or node in trace.ruled else adjoint


def _remarks(trace: Trace, entry: Contribution, digits: int) -> Iterator[str]:
    """Why a contribution is 0, on which side of a kink, what doubles give."""
    if entry.side:
        yield f"the kink: {side_text(trace, entry.side)}"
    elif entry.zero:
        yield entry.zero
    if entry.double is not None:
        yield f"doubles: {rounded(entry.double, digits)}"


def _sum_cells(
    trace: Trace, names: Mapping[int, str], node: int, contributions: Sequence[Contribution], digits: int
) -> tuple[str, str]:
    """What a node gets in all: the seed, nothing, or a sum."""
    whole = partial_name(names[trace.program.output], names[node])
    if not contributions:
        seed = node == trace.program.output
        return f"{whole} = {int(seed)}", "seed" if seed else Zero.INDEPENDENT
    equation = total([one.contribution for one in contributions], trace.ruled.get(node, trace.adjoints[node]), digits)
    if node in trace.ruled:
        return (
            f"{whole}, by the rules",
            f"{equation}; {rounded(trace.adjoints[node], digits)} on both sides of the kink",
        )
    why = f" ({Zero.CANCEL})" if trace.zeros.get(node) is Zero.CANCEL else ""
    double = trace.doubles[node].adjoint if node in trace.doubles else None
    told = rounded(trace.adjoints[node] if double is None else double, digits)
    why += f" (doubles: {told})" if told != rounded(trace.adjoints[node], digits) else ""
    return f"{whole}, the sum", equation + why


def _size(name: str, it: Array[float]) -> str:
    """The title of a column: of an array it holds the norm."""
    return f"‖{name}‖" if it.shape else name


def _step_row(label: str, point: Point, digits: int, arrays: Mapping[str, Shape]) -> Sequence[str]:
    """The weights, the value and the gradient at a point."""
    slopes, bound = whole(point.gradient, arrays), whole(point.bindings, arrays)
    numbers = [*(bound[by] for by in slopes if by in bound), Array((), [point.value]), *slopes.values()]
    return [label, *(rounded(norm(it) if it.shape else it.entries[0], digits) for it in numbers)]
