"""Which outcomes can decisions have together? Of x > 1 and x > 2 not all four: both are about x.

Depends on `gradcli.proof.decisions`. Decisions whose sides differ by the same linear form, but for a factor and a
constant, are one group: along that form one boundary follows the other. Of others every combination is possible.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from gradcli.evaluate.scalar import MEANINGS
from gradcli.graph.graph import CONSTANT, Graph
from gradcli.proof.decisions import COMPARISONS, OUTCOMES, SIGNS, outcomes

Joint = frozenset[tuple[float, ...]]


class Group(NamedTuple):
    """Decisions by their places among all that are asked, and the outcomes that they can have together."""

    places: Sequence[int]
    joint: Joint

    def agreeing(self, shown: Sequence[float | None]) -> list[tuple[float, ...]]:
        """Those of the joint outcomes that agree with what was shown; None agrees with all."""
        return [them for them in self.joint if all(it in (None, own) for own, it in zip(them, shown, strict=True))]


class _Linear(NamedTuple):
    """A sum of multiples of nodes, and a constant."""

    terms: Mapping[int, Fraction]
    constant: Fraction = Fraction(0)

    def plus(self, other: "_Linear", times: Fraction) -> "_Linear":
        """This and a multiple of another one."""
        both = {
            at: self.terms.get(at, Fraction(0)) + times * other.terms.get(at, 0) for at in {*self.terms, *other.terms}
        }
        return _Linear({at: factor for at, factor in both.items() if factor}, self.constant + times * other.constant)


def groups(graph: Graph, nodes: Sequence[int], places: Sequence[int]) -> list[Group]:
    """The decisions at some places of `nodes`, those together that are about the same."""
    found: dict[object, list[tuple[int, Fraction, float]]] = {}
    alone: list[Group] = []
    forms = _forms(graph, max((nodes[at] for at in places), default=-1))
    for at in places:
        side = _side(graph, nodes[at], forms)
        if side is None or not side.terms:
            alone.append(Group((at,), frozenset((it,) for it in outcomes(graph, nodes[at]))))
            continue
        scale = side.terms[min(side.terms)]
        form = frozenset((node, factor / scale) for node, factor in side.terms.items())
        found.setdefault(form, []).append((at, -side.constant / scale, 1.0 if scale > 0 else -1.0))
    return [*alone, *(_along(graph, nodes, together) for together in found.values())]


def _along(graph: Graph, nodes: Sequence[int], together: Sequence[tuple[int, Fraction, float]]) -> Group:
    """Decisions with their boundaries along one form, and the sign of the factor by which they have it."""
    ends = sorted({boundary for _, boundary, _ in together})
    between = [ends[0] - 1, *((low + high) / 2 for low, high in pairwise(ends)), ends[-1] + 1]
    joint = frozenset(
        tuple(_outcome(graph, nodes[at], turn if place > boundary else -turn) for at, boundary, turn in together)
        for place in between
    )
    return Group([at for at, _, _ in together], joint)


def _outcome(graph: Graph, node: int, side: float) -> float:
    """What a decision comes to on one side of its boundary."""
    operands = (side, 0.0)[: len(graph.operands[node])]
    value = MEANINGS[graph.operators[node]](*operands)
    rule = OUTCOMES.get(graph.operators[node])
    return float(rule(*operands, value) if rule else value)


def _side(graph: Graph, node: int, forms: Sequence[_Linear]) -> _Linear | None:
    """What is greater than 0 on one side of a boundary and less on the other; None where there are more."""
    operands = [forms[at] for at in graph.operands[node]]
    if graph.operators[node] in SIGNS:
        return operands[0]
    if graph.operators[node] in COMPARISONS or (graph.operators[node] in ("max", "min") and len(operands) == 2):
        return operands[0].plus(operands[1], Fraction(-1))
    return None


def _forms(graph: Graph, upto: int) -> list[_Linear]:
    """Every node as a linear form; one that is none is a term by itself."""
    forms: list[_Linear] = []
    for node in range(upto + 1):
        forms.append(_form(graph, node, [forms[at] for at in graph.operands[node]]))
    return forms


def _form(graph: Graph, node: int, operands: Sequence[_Linear]) -> _Linear:
    operator, number = graph.operators[node], graph.value_of(node)
    if operator == CONSTANT and number is not None and isfinite(number):
        return _Linear({}, Fraction(number))
    if operator in ("add", "sub"):
        return operands[0].plus(operands[1], Fraction(1 if operator == "add" else -1))
    if operator == "neg":
        return _Linear({}).plus(operands[0], Fraction(-1))
    if operator == "mul" and not all(it.terms for it in operands):
        constant, other = sorted(operands, key=lambda it: len(it.terms))
        return _Linear({}).plus(other, constant.constant)
    return _Linear({node: Fraction(1)})
