"""What balls leave open, however narrow they are, as questions that algebra may answer: is this node exactly that?

Depends on `gradcli.precision.enclosures.balls`. A difference that may be 0, two sides of a comparison that may be
equal, an operand that may be just at a jump or at the end of a domain. Only where it first arises is asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from flint import arb, fmpq

from gradcli.graph.graph import Graph
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.enclosures.balls import UNKNOWN, ZERO, Enclosure, is_finite

COMPARED = having(Trait.COMPARISON) | {"max", "min"}
SIMPLE = 64
"""A number of more bits is none that a node would be exactly."""


class Question(NamedTuple):
    """Is `node` the same number as `other`: a rational, or another node below it? All `around`, as these nodes move?"""

    node: int
    other: "fmpq | int"
    around: tuple[int, ...] = ()


Algebra: TypeAlias = Callable[[Graph, Question, Mapping[int, Enclosure], Sequence[Enclosure]], bool]
"""Whether a question is answered with a proven yes: graph, question, exact leaves, enclosures of all nodes."""


def questions(graph: Graph, needed: bytearray, values: Sequence[Enclosure]) -> Iterator[Question]:
    """The questions at the nodes where something is left open first, operands first."""
    for node, flag in enumerate(needed):
        operands = graph.operands[node]
        if not flag or not operands or not all(is_finite(values[at]) for at in operands):
            continue
        if all(type(values[at]) is fmpq for at in operands) and type(values[node]) is fmpq:
            continue
        yield from _at(graph.operators[node], node, operands, values)


def _at(operator: str, node: int, operands: Sequence[int], values: Sequence[Enclosure]) -> Iterator[Question]:
    found = values[node]
    if is_finite(found) and found is not UNKNOWN:
        opened = type(found) is arb and found.contains(0) and not any(_may_vanish(values[at]) for at in operands)
        opened = opened or (operator in ("add", "sub") and type(found) is arb and found.contains(0))
        if opened:
            yield Question(node, ZERO)
    if (operator in COMPARED and found is UNKNOWN) or (operator in ("max", "min") and type(found) is arb):
        for at, other in pairwise(operands):
            if at != other and _may_meet(values[at], values[other]):
                yield Question(max(at, other), min(at, other))
    elif found is UNKNOWN or (type(found) is arb and operator in ("floor", "ceil", "round", "sign")):
        for at in operands:
            if type(values[at]) is arb and (simple := simplest(values[at])) is not None:
                yield Question(at, simple)


def _may_vanish(x: Enclosure) -> bool:
    return x == 0 if type(x) is fmpq else bool(x.contains(0))


def _may_meet(x: Enclosure, y: Enclosure) -> bool:
    return not (type(x) is fmpq and type(y) is fmpq) and not x < y and not x > y


def simplest(ball: arb) -> fmpq | None:
    """The simplest rational in a ball, by continued fractions; None if it is none that is meant."""
    low, high = (_exact(end) for end in (ball.lower(), ball.upper()))
    terms: list[int] = []
    while low is not None and high is not None and len(terms) <= SIMPLE:
        whole = -int((-low).floor())
        if whole <= high:
            found = fmpq(whole)
            for term in reversed(terms):
                found = term + 1 / found
            return found if found.height_bits() <= SIMPLE else None
        terms.append(int(low.floor()))
        low, high = 1 / (high - terms[-1]), 1 / (low - terms[-1])
    return None


def _exact(end: arb) -> fmpq | None:
    man, exponent = end.man_exp()
    if abs(int(exponent)) > 1 << 20:
        return None
    return fmpq(man) * fmpq(2) ** int(exponent)
