"""The words for an origin: its cause, nodes by name or in short, an operator on the numbers of its operands.

Depends on the printer of the language and on `gradcli.diagnose.nonfinite.domains`.
"""

from enum import StrEnum

from gradcli.diagnose.nonfinite.domains import needs
from gradcli.errors import listed
from gradcli.evaluate.trace import Trace
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text


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
OPEN = "has no digits that are settled"
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


def why(graph: Graph, node: int, cause: Cause, values: dict[int, float]) -> str:
    """What there is instead of a number: "is a pole", "is not real: it needs `1 - p > 0`"."""
    if cause != Cause.DOMAIN:
        return WHY[cause]
    missing = needs(graph, node, values)
    return f"is not real: it needs {missing}" if missing else "is not a real number"
