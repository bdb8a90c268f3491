"""The story of one evaluation as rows of text: what the tables of every format are made of.

Depends on `gradcli.evaluate.trace` and the printer of the language. Numbers are rounded for reading; machines get
records.
"""

from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import CONSTANT, VARIABLE
from gradcli.language.notation import expression_text, quoted
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

LONGEST_FORMULA = 60


class Forward(NamedTuple):
    """A row of the forward pass."""

    node: str
    operation: str
    value: str


class Backward(NamedTuple):
    """A row of the backward pass: the contribution that `node` receives through one of its users."""

    node: str
    local: str
    product: str
    adjoint: str


def rounded(value: float, digits: int) -> str:
    """A number for reading: `digits` significant digits, no sign on zero, no plus in an exponent."""
    text = f"{value + 0.0:.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else text


def shown(number: float | str, digits: int) -> str:
    """A number for reading: rounded, or in the digits that were asked for."""
    return number if isinstance(number, str) else rounded(number, digits)


def display_names(trace: Trace) -> dict[int, str]:
    """A short name for every node: its variable's or definition's, the output's, or v1, v2, … in order."""
    program = trace.program
    names = {node: quoted(name) for name, node in program.variables.items()} | program.graph.names
    if program.output not in names:
        names[program.output] = program.name
    taken = set(names.values())
    fresh = (name for name in (f"v{number}" for number in count(1)) if name not in taken)
    for node in trace.nodes:
        if node not in names and _is_operation(program, node):
            names[node] = next(fresh)
    return names


def forward_entries(trace: Trace, names: Mapping[int, str]) -> list[int]:
    """The nodes of the forward pass: the variables and the operations, no bare numbers."""
    return [node for node in trace.nodes if node in names]


def forward_row(trace: Trace, names: Mapping[int, str], node: int, digits: int) -> Forward:
    """A variable as given, an operation on named operands."""
    graph = trace.program.graph
    given = graph.operators[node] == VARIABLE
    operation = "given" if given else expression_text(graph, node, LONGEST_FORMULA, names=names)
    return Forward(names[node], operation, rounded(trace.values[node], digits))


def backward_entries(trace: Trace) -> list[Contribution | None]:
    """The contributions in visiting order, after None for the seed: the output's own adjoint."""
    return [None, *trace.contributions]


def backward_row(trace: Trace, names: Mapping[int, str], entry: Contribution | None, digits: int) -> Backward:
    """A contribution as a product; the seed is 1."""
    if entry is None:
        output = names[trace.program.output]
        return Backward(output, f"{partial_name(output, output)} = 1", "seed", "1")
    graph = trace.program.graph
    target, source = names[entry.operand], names[entry.node]
    formula = expression_text(graph, entry.local, LONGEST_FORMULA, names=names, spell_out=entry.local not in names)
    upstream, partial, product, adjoint = (
        rounded(number, digits) for number in (entry.upstream, entry.partial, entry.contribution, entry.adjoint)
    )
    told = f"{upstream} × {partial} = {product}" if entry.taken else f"{product} (no influence here)"
    return Backward(target, f"{partial_name(source, target)} = {formula}", told, adjoint)


def partial_name(output: str, by: str) -> str:
    """The name of a derivative: ∂f/∂x."""
    return f"∂{output}/∂{by}"


def _is_operation(program: Program, node: int) -> bool:
    operator = program.graph.operators[node]
    return operator not in (CONSTANT, VARIABLE) and bool(OPERATORS[operator].signature)
