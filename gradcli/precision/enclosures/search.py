"""Nodes of a graph, enclosed with ever more bits until every number that is asked for is settled.

Depends on `gradcli.precision.enclosures.meanings`. One sweep encloses all nodes. Where a number stays open at a
precision that tells most, algebra is asked what the balls leave open, and what it proves holds from then on.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from flint import ctx

from gradcli.graph.graph import Graph, PausedCollector
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures.balls import UNKNOWN, Enclosure, as_written, exactly, is_finite, is_huge
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.questions import Algebra, Question, questions
from gradcli.time_limit import left, within

FIRST, SPARE = 128, 45
"""Bits of the first sweep, at least, and so many beyond the digits that are asked for."""
BITS_A_DIGIT = 3.3219280948873623
ASKED, PLENTY = 1 << 12, 1 << 17
"""Bits from which on algebra is asked: what takes more is more often nothing than something. Before that, and up to the
second, more bits are tried as long as a sweep takes no more than `CHEAP` seconds, for a question takes some."""
CHEAP = 0.03
MOST = 1 << 20
"""No more bits are tried."""
DEARER = 8
"""How many times as long the next sweep may take. Library calls do not hear the alarm, so time is kept beforehand."""
MOST_QUESTIONS = 64


class Search:
    """Enclosures of `nodes` and of all that they need, of as many bits as it takes to settle `digits` of each.

    `algebra` is asked what enclosures cannot tell, `most` bits are tried, and `read` says what a
    number is that a variable is given.
    Raises KeyError for a missing binding.
    """

    def __init__(
        self,
        graph: Graph,
        nodes: Sequence[int],
        bindings: Mapping[str, Any],
        digits: int,
        algebra: Algebra | None = None,
        most: int = MOST,
        read: Callable[[Any], Enclosure] = exactly,
    ) -> None:
        self.graph, self.nodes, self.digits = graph, [*dict.fromkeys(nodes)], digits
        self.algebra, self.most = algebra, most
        self.bits, self.seconds, self.in_time = 0, 0.0, True
        self.known: dict[int, Enclosure | int] = {}
        self.asked: set[Question] = set()
        self.found: dict[int, Enclosure] = dict.fromkeys(self.nodes, UNKNOWN)
        self.values: list[Enclosure] = []
        self.needed = reachable(graph, self.nodes)
        self.leaves = leaves(graph, self.needed, bindings, read)

    def settle(self, seconds: float) -> dict[int, Enclosure]:
        """The enclosure of each node: settled, or as narrow as could be had in so many seconds."""
        began, self.deadline = monotonic(), monotonic() + min(seconds, left())
        self.in_time = bool(within(seconds, self._climb, False))
        self.seconds = monotonic() - began
        return self.found

    def at(self, digits: int) -> dict[int, Enclosure]:
        """The enclosures with so many working digits, whatever is settled by them."""
        with ctx.workprec(int(digits * BITS_A_DIGIT)):
            values = enclosed(self.graph, self.needed, self.leaves, self.known)
        return {node: values[node] for node in self.nodes}

    @property
    def tried(self) -> int:
        """The digits of the last sweep."""
        return int(self.bits / BITS_A_DIGIT)

    def origin(self) -> int | None:
        """The node that is left open first; None where there is none."""
        needed = reachable(self.graph, self.unsettled())
        asked = next(questions(self.graph, needed, self.values), None) if self.values else None
        if asked:
            return asked.node
        return next((at for at, flag in enumerate(needed) if flag and self.values and self.values[at] is UNKNOWN), None)

    def unsettled(self) -> list[int]:
        """The nodes that are not."""
        return [node for node, x in self.found.items() if not is_settled(x, self.digits)]

    def _climb(self) -> bool:
        """Whether it ended before the time did."""
        bits = max(FIRST, int(self.digits * BITS_A_DIGIT) + SPARE)
        asked, took = max(ASKED, 2 * bits), 0.0
        most = max(self.most, asked)
        while bits <= most:
            began = monotonic()
            if DEARER * took > self.deadline - began:
                return False
            self._sweep(bits)
            took = monotonic() - began
            if all(is_huge(self.found[node]) for node in self.unsettled()):
                return True  # all are settled, or no bits will tell more
            late = took > CHEAP or bits >= min(PLENTY, most)
            if bits >= asked and late and self.algebra and self._ask():
                continue
            bits = min(2 * bits, most) if bits < most else most + 1
        return True

    def _sweep(self, bits: int) -> None:
        """All nodes with so many bits, for those that are not settled yet."""
        waiting = self.unsettled()
        needed = self.needed if len(waiting) == len(self.nodes) else reachable(self.graph, waiting)
        with ctx.workprec(bits), PausedCollector():
            self.values = enclosed(self.graph, needed, self.leaves, self.known)
        self.bits = bits
        self.found |= {node: self.values[node] for node in waiting}

    def _ask(self) -> bool:
        """Whether algebra has an answer to something that the balls leave open."""
        needed = reachable(self.graph, self.unsettled())
        news = False
        for question in questions(self.graph, needed, self.values):
            if question in self.asked or len(self.asked) >= MOST_QUESTIONS:
                continue
            self.asked.add(question)
            if self.algebra and self.algebra(self.graph, question, self.leaves, self.values):
                self.known[question.node] = question.other
                news = True
                break
        return news


def leaves(
    graph: Graph, needed: bytearray, bindings: Mapping[str, Any], read: Callable[[Any], Enclosure]
) -> dict[int, Enclosure]:
    """The exact numbers of the constants and variables that are needed. Raises KeyError for a missing binding."""
    return {
        at: read(bindings[leaf]) if isinstance(leaf, str) else as_written(leaf)
        for at, leaf in graph.leaves.items()
        if at < len(needed) and needed[at]
    }


def enclosed(
    graph: Graph,
    needed: bytearray,
    leaves: Mapping[int, Enclosure],
    known: Mapping[int, Enclosure | int] | None = None,
) -> list[Enclosure]:
    """Every needed node, at the working precision. `known` nodes are what is proved of them: a number, or another."""
    values: list[Any] = []
    known = known or {}
    operators, operands = graph.operators, graph.operands
    for node, flag in enumerate(needed):
        if not flag:
            values.append(None)
        elif node in known:
            proved = known[node]
            values.append(values[proved] if isinstance(proved, int) else proved)
        elif node in leaves:
            values.append(leaves[node])
        else:
            values.append(MEANINGS[operators[node]](*[values[at] for at in operands[node]]))
    return values


def is_settled(x: Enclosure, digits: int) -> bool:
    """Whether so many digits are certain; or that it is exactly this number, or infinite, or none."""
    if not is_finite(x):
        return x is not UNKNOWN and not is_huge(x)
    return isinstance(x, _RATIONAL) or x.rel_accuracy_bits() > digits * BITS_A_DIGIT + 2


_RATIONAL = type(exactly(0.0))
