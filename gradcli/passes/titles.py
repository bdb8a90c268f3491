"""What nodes are called where they are shown: by the user's own names, or v1, v2, … in order.

Depends on the printer of the language, and on `textbook.py` for local derivatives.
"""

from collections.abc import Mapping
from itertools import count
from math import inf

from gradcli.evaluate.trace import Contribution, Trace
from gradcli.excerpts import amid
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.language.notation import expression_text, number_text, quoted
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.passes.textbook import shown_local

LONGEST_FORMULA, LONGEST_NAME = 60, 21


def titles(found: Trace) -> dict[int, str]:
    """A short name for every node but bare numbers: its variable's or definition's, the output's, or v1, v2, …"""
    program = found.program
    names = {node: quoted(name) for name, node in program.variables.items()} | program.graph.names
    for node, name in zip(program.outputs, program.output_names, strict=True):
        names.setdefault(node, name)
    taken = set(names.values())
    free = (name for name in (f"v{number}" for number in count(1)) if name not in taken)
    for node in found.nodes:
        if node not in names and program.graph.operands[node]:  # a constant is a bare number, with or without a name
            names[node] = next(free)
    return names


def operation(graph: Graph, node: int, names: Mapping[int, str]) -> str:
    """A variable as given, an operation on named operands; where it is long, its long names give way first."""
    if graph.operators[node] == VARIABLE:
        return "given"
    text = expression_text(graph, node, LONGEST_FORMULA + 1, names=names)
    if len(text) > LONGEST_FORMULA:
        short = {at: amid(names[at], LONGEST_NAME) for at in graph.operands[node] if at in names}
        return expression_text(graph, node, LONGEST_FORMULA, names={**names, **short})
    return text


def local_derivative(found: Trace, entry: Contribution, names: Mapping[int, str]) -> str:
    """The formula of a local derivative in terms of the operands and the result; of a tie what it means."""
    graph = found.program.graph
    if tied(found, entry) > 1:
        return f"{number_text(entry.partial)}, shared evenly by the {tied(found, entry)} that tie"
    if OPERATORS[graph.operators[entry.node]].tie:
        return number_text(entry.partial)
    known = (*graph.operands[entry.node], entry.node, *(node for node in graph.names if not graph.operands[node]))
    own = {node: names[node] for node in known if node in names}
    local = shown_local(found, entry)
    return expression_text(graph, local, LONGEST_FORMULA, names=own, spell_out=local not in own)


def tied(found: Trace, entry: Contribution) -> int:
    """How many operands share the gradient of an operator that chooses one of them; 1 beside the kink."""
    row = OPERATORS[found.program.graph.operators[entry.node]]
    shares = bool(row.tie) and entry.taken and 0 < abs(entry.partial) < inf  # beside a NaN nothing is shared
    return round(1 / entry.partial) if shares else 1


def truth(operator: str, value: float) -> str:
    """The value of a condition as a word; nothing for what is a number."""
    return ("true" if value else "false") if operator in having(Trait.TRUTH) else ""


def side_text(found: Trace, side: int) -> str:
    """On which side of a kink the passes are told."""
    by = [*found.point.gradient]
    moving = f"{by[0]} is" if len(by) == 1 else "the variables are"
    return f"beside it, where {moving} a little {'larger' if side > 0 else 'smaller'}"
