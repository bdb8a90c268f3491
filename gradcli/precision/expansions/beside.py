"""What every node of a formula comes to just beside a point, as some of its nodes move: one-sided expansions.

Depends on `meanings`, and on `gradcli.precision.enclosures.search` for the numbers at the point, with what algebra has
proved of them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from time import monotonic
from typing import Any, NamedTuple

from flint import ctx, fmpq

from gradcli.derivatives.rules import kink_rule
from gradcli.graph.graph import Graph, PausedCollector
from gradcli.graph.template import Template
from gradcli.graph.walk import dependent, reachable
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.enclosures import balls, meanings
from gradcli.precision.enclosures.balls import Enclosure, exactly, is_finite
from gradcli.precision.enclosures.certainty import double, is_same, may_be_same
from gradcli.precision.enclosures.conversions import are_apart, is_below_doubles
from gradcli.precision.enclosures.questions import Algebra, Question
from gradcli.precision.enclosures.search import FIRST, Search, enclosed, is_settled
from gradcli.precision.expansions import choices
from gradcli.precision.expansions import meanings as expanded
from gradcli.precision.expansions.arithmetic import add, at_limit
from gradcli.precision.expansions.series import LINEAR, UNDEFINED, UNKNOWN, Expansion, constant, limit, sign, slope

LEVELS = ((4, 128), (8, 256), (24, 1024), (48, 4096))
"""Terms and bits, as many as it takes."""
DIGITS = 25
FROM_ABOVE = having(Trait.FROM_ABOVE)

Rates = Mapping[int, int | Fraction]
"""Node → how fast it moves: 1 to the right, -1 to the left."""


class Side(NamedTuple):
    """The output on one side, as some nodes move there.

    value    its limit; None where that is its number at the point; UNKNOWN where it is not known, or there is none
    slope    its derivative in that direction; UNKNOWN likewise
    defined  whether it is defined there at all, as far as is known
    """

    value: Enclosure | None
    slope: Enclosure
    defined: bool = True

    @property
    def jumps(self) -> bool:
        """Whether it is known to be another number than at the point."""
        return self.value is not None and self.value is not balls.UNKNOWN

    def is_known(self, digits: int) -> bool:
        """Whether more terms would tell no more."""
        told = [self.value] if self.jumps else [self.slope]
        settled = all(is_settled(it, digits) or is_below_doubles(it) for it in told)
        return not self.defined or (settled and self.value is not balls.UNKNOWN)


class Surroundings:
    """A point, and what is beside it: an output and all that it needs.

    `deadline` is one of `time.monotonic`, `read` says what a number of a leaf is, `digits` are sought of a slope.
    Raises KeyError for a missing binding.
    """

    def __init__(
        self,
        graph: Graph,
        output: int,
        bindings: Mapping[str, Any],
        deadline: float,
        algebra: Algebra | None = None,
        read: Callable[[Any], Enclosure] = exactly,
        digits: int = DIGITS,
    ) -> None:
        self.graph, self.output, self.deadline, self.algebra = graph, output, deadline, algebra
        self.digits, self.needed = digits, reachable(graph, [output])
        every = [node for node, flag in enumerate(self.needed) if flag]
        self.search = Search(graph, every, bindings, digits, algebra, read=read)
        self.search.settle(deadline - monotonic())
        self._values: dict[int, list[Enclosure]] = {}
        self._same: dict[Question, bool] = {}

    def values(self, bits: int = FIRST) -> list[Enclosure]:
        """All nodes at the point, with so many working bits or as many as it took to settle them, if that was soon."""
        bits = max(bits, self.search.bits if self.search.in_time else 0)
        if bits not in self._values:
            with ctx.workprec(bits):
                self._values[bits] = enclosed(self.graph, self.needed, self.search.leaves, self.search.known)
        return self._values[bits]

    def beside(self, rates: Rates) -> "Beside":
        """All nodes where some move at these rates, with as many terms as the output needs."""
        for terms, bits in LEVELS:
            found = Beside(self, rates, terms, bits)
            if monotonic() > self.deadline or not found.wants_more:
                break
        return found

    def same(self, node: int, other: Enclosure | int, around: tuple[int, ...] = ()) -> bool:
        """Whether algebra shows that a node is another, or a number, at the point or all around it."""
        question = Question(node, other, around)
        if question not in self._same:
            asked = self.algebra and self.algebra(self.graph, question, self.search.leaves, self.values())
            self._same[question] = bool(asked)
        return self._same[question]


class Beside:
    """Every node on one side of a point: `moved` holds the expansions of those that move."""

    def __init__(self, point: Surroundings, rates: Rates, terms: int, bits: int) -> None:
        self.point, self.graph, self.values = point, point.graph, point.values(bits)
        self.rates, self.terms, self.bits = rates, terms, max(bits, point.search.bits)
        moves = dependent(self.graph, rates, point.output)
        self.moved = {node: UNKNOWN for node, flag in enumerate(moves) if flag and point.needed[node]}
        with series(self.terms, self.bits), PausedCollector():
            for node in self.moved:
                if monotonic() > point.deadline:
                    break
                self.moved[node] = self._expanded(node)

    def side(self, node: int | None = None) -> Side:
        """What becomes of a node, of the output if none is named."""
        node = self.point.output if node is None else node
        there, here = self.moved.get(node), self.values[node]
        if there is None or there is UNDEFINED:
            return Side(None, balls.ZERO) if there is None else Side(balls.UNKNOWN, balls.UNKNOWN, defined=False)
        tends, moves = limit(there), slope(there)
        moves = balls.UNKNOWN if moves is None else moves
        if tends is None or not (is_same(tends, here) or are_apart(tends, here)):
            return Side(balls.UNKNOWN, balls.UNKNOWN)
        return Side(None if is_same(tends, here) else tends, moves)

    @property
    def wants_more(self) -> bool:
        """Whether more terms might tell more of it."""
        return not self.side().is_known(self.point.digits) and self.moved[self.point.output] is not UNKNOWN

    def holds(self, condition: Template, node: int, position: int, tied: Template | None) -> bool | None:
        """Whether a condition on the operands of a node and on itself holds here; None where that is not known."""
        with series(self.terms, self.bits):
            return choices.truth(self._run(condition, node, position, tied))

    def limit(self, template: Template, node: int, position: int, tied: Template | None) -> float:
        """What a formula of the same tends to; NaN where that is not known."""
        with series(self.terms, self.bits):
            return double(limit(self._run(template, node, position, tied)))

    def _run(self, template: Template, node: int, position: int, tied: Template | None) -> Expansion:
        """Of a variadic operator one operand counts, and how many of them are `tied`."""
        operands, result = [self._at(at) for at in self.graph.operands[node]], self._at(node)
        if len(template.parameters) == len(operands) + 1 and tied is None:
            return expanded.run_template(template, (*operands, result))
        ties = sum(bool(tied and choices.truth(expanded.run_template(tied, (x, result)))) for x in operands)
        x = operands[position]
        return expanded.run_template(template, (x, result, constant(fmpq(max(ties, 1))), x, result))

    def _at(self, node: int) -> Expansion:
        return self.moved[node] if node in self.moved else constant(self.values[node])

    def _expanded(self, node: int) -> Expansion:
        if self._is_constant(node):
            known = self.point.search.known[node]
            return self._at(known) if isinstance(known, int) else constant(known)
        if node not in self.rates:
            there = expanded.MEANINGS[self.graph.operators[node]](*map(self._at, self.graph.operands[node]))
            return self._tied(node, there)
        step = Expansion(((LINEAR, fmpq(*self.rates[node].as_integer_ratio())),))
        return add(constant(self.values[node]), step) if is_finite(self.values[node]) else UNKNOWN

    def _is_constant(self, node: int) -> bool:
        """Whether what is proved of a node at the point, that it is a number or another node, holds all around it."""
        known = self.point.search.known.get(node)
        return known is not None and node not in self.rates and self.point.same(node, known, tuple(self.rates))

    def _tied(self, node: int, there: Expansion) -> Expansion:
        """An expansion whose limit is the number at the point, where that is so for certain, by identity."""
        here, tends = self.values[node], limit(there)
        if tends is None or is_same(tends, here) or not may_be_same(tends, here):
            return there
        operands = self._same_branch(node, there) if self.graph.operators[node] == "where" else self._continuous(node)
        return at_limit(there, here) if operands and all(map(self._stays, operands)) else there

    def _continuous(self, node: int) -> tuple[int, ...]:
        """The operands of an operator that tends to its value if they do to theirs; none where it need not."""
        operator, operands = self.graph.operators[node], self.graph.operands[node]
        if operator == "pow" and balls.sign(self.values[operands[0]]) in (0, None):
            return ()
        if operator in FROM_ABOVE and sign(self._at(operands[0])) in (0, 1):
            return operands  # above the cut, or on it
        rule = kink_rule(operator)
        jumps = (
            rule
            and rule.one_sided_limit
            and not meanings.fails(rule.kink, [self.values[at] for at in (*operands, node)])
        )
        return () if jumps else operands

    def _same_branch(self, node: int, there: Expansion) -> tuple[int, ...]:
        """The branch that is taken beside the point, if it meets the one that is taken there."""
        _, *branches = self.graph.operands[node]
        taken = next((at for at in branches if self.moved.get(at) is there), None)
        chosen = next((at for at in branches if self.values[at] is self.values[node]), None)
        if taken is None or chosen is None:
            return ()
        meet = taken == chosen or self.point.same(max(taken, chosen), min(taken, chosen))
        return (taken,) if meet else ()

    def _stays(self, node: int) -> bool:
        """Whether a node tends to its number."""
        tends = limit(self._at(node))
        return tends is not None and is_same(tends, self.values[node])


@contextmanager
def series(terms: int, bits: int) -> Iterator[None]:
    """Flint's context for series of so many terms."""
    before, ctx.cap = ctx.cap, terms
    try:
        with ctx.workprec(bits):
            yield
    finally:
        ctx.cap = before
