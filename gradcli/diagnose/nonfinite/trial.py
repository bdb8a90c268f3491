"""Whether a formula is right where another one has no number: both are evaluated, at the point and beside it.

Depends on `gradcli.precision.enclosures` for values whose digits are certain. Where the old formula has a number, the
new one must have the same; where it has none, what the old one tends to. Without python-flint nothing is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, product
from math import inf, isfinite, nan
from time import monotonic
from typing import TYPE_CHECKING, Any

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures import is_available

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

Move = Mapping[str, Any]

DIGITS, BITS, SECONDS, ALL_SECONDS = 25, 1 << 13, 0.2, 2.0
"""The digits of a value that count, the bits that are tried for them, and the time, for one value and for all."""
NEAR, NEXT, NEXT_MIXED = 12, 300, 640
"""Steps aside, in bits: one that a function is seen to change by, and two that are nothing beside it. What changes
from the one to the other, as a logarithm does, tends to nothing."""
ODD = (0.6180339887498949, -0.7548776662466927, 0.5698402909980532, 0.8191725133961645, -0.4655712318767680)
"""Factors of a step in several variables: no simple formula of them is 0."""
CLOSE = 1e-9
MOST_NAMES = 4
"""No more variables are moved one by one."""


class Trial:
    """One node of a graph, which has no value or no slope at a point, and what might stand for it."""

    def __init__(self, graph: Graph, bindings: Mapping[str, float], old: int) -> None:
        self.graph, self.bindings, self.old, self.deadline = graph, bindings, old, monotonic() + ALL_SECONDS
        needed = reachable(graph, [old])
        self.names = [name for name, node in graph.variables().items() if node <= old and needed[node]]
        self.powers = [graph.operands[at] for at, flag in enumerate(needed) if flag and graph.operators[at] == "pow"]

    def is_right(self, new: int) -> bool:
        """Whether `new` has the right value at the point and beside it, and the right slopes if these were lost."""
        if not is_available() or not isfinite(evaluate(self.graph, [new], self.bindings)[0]):
            return False
        has_value = isfinite(evaluate(self.graph, [self.old], self.bindings)[0]) and _is_finite(self._before({}))
        if has_value and not self._has_slopes(new):
            return False
        beside = [self._meets(new, move) for move in chain(self._singly(NEAR), self._mixed(NEAR))]
        return True in beside and False not in beside and self._tends_to(new, {}) is True

    def is_limit_on(self, new: int, name: str, to: int) -> bool:
        """Whether it is what the old one tends to elsewhere too, as long as the variable `name` is as `to`."""
        aside = [{**move, name: 0} for move in self._mixed(NEAR)]
        moves = [
            {**move, **self._sum({name: self._values([to], move)[0]}, {name: -self.bindings[name]})} for move in aside
        ]
        return all(self._tends_to(new, move, singly=False) for move in moves)

    @cached_property
    def limit(self) -> float | None:
        """What the old formula tends to from all sides where it is defined; None if that is nothing."""
        beside = self._limits({})
        if not beside or not all(self._alike(beside[0], value) for value in beside):
            return 0.0 if beside and all(self._alike(0 * value, value) for value in beside) else None
        return float(beside[0])

    def _meets(self, new: int, move: Move) -> bool | None:
        """Whether both have one value there, or the new one the limit of the old; None where the old one has none."""
        old, value = self._before(move), self._values([new], move)[0]
        return self._alike(value, old) if _is_finite(old) else self._tends_to(new, move)

    def _tends_to(self, new: int, move: Move, *, singly: bool = True) -> bool | None:
        """Whether the new formula has there what the old one tends to; None where that has no values around."""
        value, known = self._values([new], move)[0], self._limits(move, singly=singly)
        return all(self._alike(value, it) for it in known) if known else None

    def _limits(self, move: Move, *, singly: bool = True) -> "list[Number]":
        """The old formula just beside a point, wherever it has a value there."""
        steps = chain(self._singly(NEXT) if singly else (), self._mixed(NEXT_MIXED))
        beside = [{**move, **self._sum(move, step)} for step in steps]
        return [value for at in beside if _is_finite(value := self._before(at))]

    def _before(self, move: Move) -> "Number":
        """The old formula; NaN where it has a value by convention alone: 1^inf is 1, and (1 + x)^(1/x) tends to e."""
        value, *known = self._values([self.old, *chain(*self.powers)], move)
        pairs = zip(known[::2], known[1::2], strict=True)
        return (
            value if all(_is_finite(base) and _is_finite(power) and (base or power) for base, power in pairs) else nan
        )

    def _alike(self, value: "Number", other: "Number") -> bool:
        """Whether two values are one; beside a 0 what is nothing beside the values that the old formula has."""
        size = max(abs(value), abs(other)) if value and other else self._size
        return bool(abs(value - other) <= CLOSE * size)

    @cached_property
    def _size(self) -> "Number":
        moves = chain(self._singly(NEAR), self._mixed(NEAR))
        found = [abs(value) for move in moves if _is_finite(value := self._before(move))]
        return max(found, default=0)

    def _has_slopes(self, new: int) -> bool:
        """Whether each slope of the new formula is one between those of the old one on both sides."""
        variables = self.graph.variables()
        gradient = differentiate(self.graph, new, [variables[name] for name in self.names]).gradient
        slopes = evaluate(self.graph, gradient, self.bindings)
        return all(self._is_slope(slope, name) for slope, name in zip(slopes, self.names, strict=True))

    def _is_slope(self, slope: float, name: str) -> bool:
        here, steps = self._before({}), [self._step(name, way, NEXT) for way in (-1, 1)]
        quotients = [float((self._before({name: step}) - here) / step) for step in steps]
        known = [quotient for quotient in quotients if quotient == quotient]
        if not (known and isfinite(slope)):
            return False
        room = CLOSE * max(map(abs, known))
        return min(known) - room <= slope <= max(known) + room

    def _singly(self, bits: int) -> "Iterator[Move]":
        """Each variable up and down."""
        for name, way in product(self.names[:MOST_NAMES], (-1, 1)):
            yield {name: self._step(name, way, bits)}

    def _mixed(self, bits: int) -> "Iterator[Move]":
        """All variables at once, one way and the other."""
        for way in (-1, 1):
            factors = {name: way * ODD[at % len(ODD)] for at, name in enumerate(self.names)}
            yield {name: self._step(name, factor, bits) for name, factor in factors.items()}

    def _step(self, name: str, factor: float, bits: int) -> "Number":
        from gradcli.precision.difference_quotients import scale
        from gradcli.precision.multiprecision_kernels import MP

        return MP.ldexp(factor, scale(MP.mpf(self.bindings[name])) - bits)

    def _sum(self, move: Move, step: Move) -> Move:
        """A move and a step from there, of what the step moves."""
        from gradcli.precision.multiprecision_kernels import MP

        with MP.workprec(2 * BITS):
            return {name: MP.mpf(move.get(name, 0)) + by for name, by in step.items()}

    def _values(self, nodes: Sequence[int], move: Move) -> "list[Number]":
        """Nodes where the variables are moved; NaN for what is not settled in time."""
        from gradcli.precision.enclosures.conversions import number
        from gradcli.precision.enclosures.search import Search, is_settled
        from gradcli.precision.multiprecision_kernels import MP

        at = self._sum(move, self.bindings)
        found = Search(self.graph, nodes, at, DIGITS, most=BITS).settle(min(SECONDS, self.deadline - monotonic()))
        return [number(found[node], DIGITS) if is_settled(found[node], DIGITS) else MP.nan for node in nodes]


def _is_finite(value: "Number") -> bool:
    return bool(abs(value) < inf)
