"""Where is a formula of SymPy's a real number, and what is positive there? Where on a piece does a point lie?

Depends on `gradcli.proof.decisions` and on SymPy.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import sympy

from gradcli.graph.graph import Graph
from gradcli.precision.multiprecision_kernels import Number
from gradcli.proof.decisions import COMPARISONS, FOLLOWING, SIGNS, outcome
from gradcli.proof.sympy_families import Formula, Piece

COMPARED = COMPARISONS | {"max", "min"}


def positive_in_domain(formula: Formula) -> Iterator[Formula]:
    """What is positive wherever a formula is a real number, but for the edge of its domain."""
    for part in sympy.preorder_traversal(formula):
        if isinstance(part, sympy.log):
            yield part.args[0]
        elif part.is_Pow and part.exp.is_Rational and not part.exp.is_Integer:
            yield part.base
        elif isinstance(part, (sympy.asin, sympy.acos, sympy.atanh)):
            yield from (1 - part.args[0], 1 + part.args[0])
        elif isinstance(part, sympy.acosh):
            yield part.args[0] - 1


def sides(graph: Graph, node: int, found: Sequence[Piece]) -> Iterator[Piece]:
    """The differences whose signs decide on which piece a node is: as formulas, and as numbers at the point."""
    operands = [found[at] for at in graph.operands[node]]
    if any(it.formula is None or it.number != it.number for it in operands):
        return
    if graph.operators[node] in SIGNS:
        yield operands[0]
    elif graph.operators[node] in COMPARED:
        first = next((it for it in operands if it.number == found[node].number), operands[0])
        others: list[Any] = [it for it in operands if it is not first]
        yield from (Piece(first.formula - other.formula, first.number - other.number) for other in others)


def pattern(graph: Graph, node: int, values: Sequence[Number]) -> tuple[object, ...]:
    """On which piece a decision is at a point: what it comes to, and which of its operands are greater or equal."""
    operator, operands = graph.operators[node], [values[at] for at in graph.operands[node]]
    pairs = combinations(operands, 2) if operator in COMPARED else ((it, 0) for it in operands if operator in SIGNS)
    return (outcome(graph, node, values), *((first > second, first == second) for first, second in pairs))


def is_forced(graph: Graph, node: int, found: Sequence[Piece]) -> bool:
    """Whether a decision can fall in one way only, whatever the variables are, as far as SymPy knows of their signs."""
    there: list[Any] = [side.formula for side in sides(graph, node, found)]
    if there:
        return all(formula.is_positive or formula.is_negative for formula in there)
    operands = graph.operands[node][: 1 if graph.operators[node] == "where" else None]
    formulas = [found[at].formula for at in operands]
    return graph.operators[node] in FOLLOWING and all(it is not None and it.is_Integer for it in formulas)


def on_boundary(formulas: Sequence[Formula], boundary: Formula) -> list[Formula]:
    """Formulas where another one is 0: without a symbol of which that is a multiple, if there is one."""
    for symbol in sorted(boundary.free_symbols, key=str):
        slope = sympy.diff(boundary, symbol)
        if slope.is_Rational and slope != 0:
            return [formula.subs(symbol, sympy.expand(symbol - boundary / slope)) for formula in formulas]
    return [*formulas]
