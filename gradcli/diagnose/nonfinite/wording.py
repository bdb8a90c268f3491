"""The words for an origin: its cause, nodes by name or in short, an operator on the numbers of its operands.

Depends on the printer of the language and on the domains of the operator table.
"""

from enum import StrEnum

from gradcli.errors import listed
from gradcli.evaluate.trace import Trace
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text
from gradcli.language.program import parse
from gradcli.operators.table import OPERATORS


class Cause(StrEnum):
    """Why an operator on finite numbers gives none: four causes in mathematics, two accidents of double precision."""

    POLE = "pole"
    """An infinite value."""
    DOMAIN = "domain"
    """No real value."""
    INDETERMINATE = "indeterminate"
    """0/0 and the like."""
    VERTICAL_TANGENT = "vertical tangent"
    OVERFLOW = "overflow"
    """A number too large for a double."""
    UNDERFLOW = "underflow"
    """A divisor too small for one."""


LONGEST = 60
ACCIDENT = "an accident of double precision"
BEYOND = f"is beyond the largest double, 1.8e308: {ACCIDENT}"
WHY = {Cause.POLE: "is a pole", Cause.INDETERMINATE: "has no value", Cause.OVERFLOW: BEYOND}


def called(graph: Graph, node: int) -> str:
    """A node as its definition calls it, otherwise spelled out."""
    return expression_text(graph, node, LONGEST, spell_out=False)


def short(graph: Graph, node: int) -> str:
    """A node spelled out, as far as there is room."""
    return expression_text(graph, node, LONGEST)


def on_numbers(graph: Graph, node: int, values: dict[int, float]) -> str:
    """An operator on the numbers of its operands: "log(0)", "inf - inf"."""
    tiny = Graph()
    operands = tuple(
        tiny.node(graph.operators[at], ())
        if not graph.operands[at] and at not in graph.leaves
        else tiny.constant(values[at])
        for at in graph.operands[node]
    )
    return expression_text(tiny, tiny.node(graph.operators[node], operands), LONGEST)


def where_it_is(traced: Trace, node: int) -> str:
    """The operands that are no plain numbers, with their values: " at x = 0"."""
    graph, given = traced.program.graph, []
    for at in dict.fromkeys(graph.operands[node]):
        name, value = called(graph, at), number_text(traced.values[at])
        if name != value and (graph.operands[at] or at in graph.leaves):
            given.append(f"{name} = {value}")
    return f" at {listed(given)}" if given else ""


def why(graph: Graph, node: int, cause: Cause) -> str:
    """What there is instead of a number: "is a pole", "is not real: it needs `1 - p > 0`"."""
    if cause != Cause.DOMAIN:
        return WHY[cause]
    needs = _domain(graph, node)
    return f"is not real: it needs `{needs}`" if needs else "is not a real number"


def _domain(graph: Graph, node: int) -> str:
    """The domain of the operator, spoken of these operands: "1 - p > 0"."""
    row = OPERATORS[graph.operators[node]]
    if not row.domain:
        return ""
    condition = parse(row.domain, variables=row.operands)
    names = dict(zip(row.operands, (called(graph, at) for at in graph.operands[node]), strict=True))
    spoken = {at: names[name] for name, at in condition.variables.items()}
    return expression_text(condition.graph, condition.output, 2 * LONGEST, names=spoken)
