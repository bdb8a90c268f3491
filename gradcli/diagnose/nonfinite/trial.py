"""Whether a formula is right where another one has no number: both are evaluated, at the point and beside it.

Depends on `gradcli.precision.enclosures` for values whose digits are certain. Where the old formula has a number, the
new one must have the same; where it has none, what the old one tends to. Without python-flint nothing is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, product
from math import frexp, inf, isfinite, nan
from time import monotonic
from typing import TYPE_CHECKING, Any

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures import is_available

if TYPE_CHECKING:
    from gradcli.precision.enclosures.balls import Enclosure
    from gradcli.precision.multiprecision_kernels import Number

Move = Mapping[str, Any]
"""Variable → how far it is moved, a rational of python-flint's."""

DIGITS, ALL_DIGITS, BITS = 25, 600, 1 << 13
"""The digits of a value that count, those that a quotient of differences needs, the bits tried for them."""
NEAR, NEXT = (12,), (300, 640)
"""Steps aside, in bits: one that a function is seen to change by, and two that are nothing beside it. What changes
from the one to the other, as a logarithm does, tends to nothing."""
NOTHING = 2.0**-500
"""What is known to be less is taken for 0."""
ODD = (0.6180339887498949, 0.7548776662466927, 0.5698402909980532, 0.8191725133961645, 0.4655712318767680)
"""Factors of a step in several variables: no simple formula of them is 0."""
DIRECTIONS = ((1, 1.0, 1.0), (-1, 1.0, 1.0), (1, 1.0, 0.03125), (-1, 0.03125, 1.0))
"""Signs and lengths of those steps by turns: what they show of x/y is 0.8, -0.8, 26 and -0.03."""
CLOSE = 1e-9
OPEN = -inf
"""What stands for a number that is not settled."""
MOST_NAMES = 4
"""No more variables are moved one by one."""


class Trial:
    """One node of a graph, which has no value or no slope at a point, and what might stand for it.

    The number was lost at `origin`, and nothing is tried after `deadline`.
    """

    def __init__(self, graph: Graph, bindings: Mapping[str, float], old: int, origin: int, deadline: float) -> None:
        self.graph, self.bindings, self.old, self.origin, self.deadline = graph, bindings, old, origin, deadline
        self._old: dict[tuple[frozenset[Any], int], Number] = {}
        needed = reachable(graph, [old])
        names = [name for name, node in graph.variables().items() if node <= old and needed[node]]
        self.names = [name for name in names if isfinite(bindings[name])]
        self.powers = [graph.operands[at] for at, flag in enumerate(needed) if flag and graph.operators[at] == "pow"]

    def is_right(self, new: int) -> bool:
        """Whether `new` has the right value at the point and beside it, and the right slopes if these were lost."""
        if not is_available() or not isfinite(evaluate(self.graph, [new], self.bindings)[0]):
            return False
        if not self.is_isolated or (self.has_value and not self._has_slopes(new)):
            return False
        return self._tends_to(new, {}) is True and self._fits(new)

    def _fits(self, new: int) -> bool:
        """Whether it has the values of the old one beside the point, and this has some."""
        any_met = False
        for move in self._moves(NEAR):
            met = self._meets(new, move)
            if met is False:
                return False
            any_met = any_met or met is True
        return any_met

    @cached_property
    def is_isolated(self) -> bool:
        """Whether the number is lost at the point, and not all around it."""
        return any(is_finite(self.values([self.origin], move)[0]) for move in self._moves(NEAR))

    def is_left(self, condition: int) -> bool:
        """Whether a condition holds no more where all variables are moved."""
        return bool(self.values([condition], next(self._mixed(NEAR)))[0] == 0)

    @cached_property
    def has_value(self) -> bool:
        """Whether only slopes are lost. A value may be a convention: 1^inf is 1, and (1 + x)^(1/x) tends to e."""
        value, *known = self.values([self.old, *chain(*self.powers)], {})
        pairs = zip(known[::2], known[1::2], strict=True)
        by_convention = any(_is_open(base, power) for base, power in pairs)
        return isfinite(evaluate(self.graph, [self.old], self.bindings)[0]) and is_finite(value) and not by_convention

    @cached_property
    def limit(self) -> float | None:
        """What the old formula tends to from all sides where it is defined; None if that is nothing."""
        beside = self._limits({})
        if not beside or not all(self._alike(beside[0], value) for value in beside):
            return 0.0 if beside and all(self._alike(0 * value, value) for value in beside) else None
        return found if isfinite(found := float(beside[0])) else None

    def is_limit_on(self, new: int, name: str, to: int) -> bool:
        """Whether it is what the old one tends to elsewhere too, as long as the variable `name` is as `to`."""
        from gradcli.precision.enclosures.balls import exactly

        aside = [{**move, name: 0} for move in self._mixed(NEAR)]
        values = [self.values([to], move, ALL_DIGITS)[0] for move in aside]
        if not all(map(is_finite, values)):
            return False
        here = exactly(self.bindings[name])
        moves = [{**move, name: exactly(value) - here} for move, value in zip(aside, values, strict=True)]
        return all(self._tends_to(new, move, singly=False) for move in moves)

    def _meets(self, new: int, move: Move) -> bool | None:
        """Whether both have one value there, or the new one the limit of the old; None where the old one has none."""
        old, value = self._before(move), self.values([new], move)[0]
        return self._alike(value, old) if is_finite(old) else self._tends_to(new, move, singly=False)

    def _tends_to(self, new: int, move: Move, *, singly: bool = True) -> bool | None:
        """Whether the new formula has there what the old one tends to; None where that has no values around."""
        value, known = self.values([new], move)[0], self._limits(move, singly=singly)
        return all(self._alike(value, it) for it in known) if known else None

    def _limits(self, move: Move, *, singly: bool = True) -> "list[Number]":
        """The old formula just beside a point, wherever it has a value or a pole there."""
        steps = self._moves(NEXT) if singly else self._mixed(NEXT)
        beside = [{**move, **{name: move.get(name, 0) + by for name, by in step.items()}} for step in steps]
        values = [self._before(at) for at in beside]
        pairs = [pair for pair in zip(values[::2], values[1::2], strict=True) if any(value == value for value in pair)]
        return [value if value == value else inf for value in chain(*pairs)]  # now it has a value and then it has none

    def _before(self, move: Move, digits: int = DIGITS) -> "Number":
        """The old formula; NaN where a power in it has a value for something infinite, which may be a convention."""
        key = (frozenset(move.items()), digits)
        if key not in self._old:
            value, *known = self.values([self.old, *chain(*self.powers)], move, digits)
            self._old[key] = OPEN if OPEN in known else value if all(map(is_finite, known)) else nan
        return self._old[key]

    def _alike(self, value: "Number", other: "Number") -> bool:
        """Whether two values are one; beside a 0 what is nothing beside the least that the old formula has."""
        size = max(abs(value), abs(other)) if value and other else self._size
        return is_finite(value) and is_finite(other) and bool(abs(value - other) <= CLOSE * size)

    @cached_property
    def _size(self) -> "Number":
        found = [abs(value) for move in self._moves(NEAR) if is_finite(value := self._before(move))]
        return min(filter(None, found), default=0)

    def _has_slopes(self, new: int) -> bool:
        """Whether each slope of the new formula is one between those of the old one on both sides."""
        variables = self.graph.variables()
        gradient = differentiate(self.graph, new, [variables[name] for name in self.names]).gradient
        slopes = evaluate(self.graph, gradient, self.bindings)
        return all(self._is_slope(slope, name) for slope, name in zip(slopes, self.names, strict=True))

    def _is_slope(self, slope: float, name: str) -> bool:
        sides = [self._quotients(name, way) for way in (-1, 1)]
        known = [near for near, _ in sides if near == near]
        if not known or not isfinite(slope) or any(near == near and not _is_one(near, far) for near, far in sides):
            return False
        room = CLOSE * max(map(abs, known))
        return min(known) - room <= slope <= max(known) + room

    def _quotients(self, name: str, way: int) -> tuple[float, float]:
        """The slope on one side, by both steps."""
        from gradcli.precision.enclosures.conversions import number
        from gradcli.precision.multiprecision_kernels import MP

        here, steps = self._before({}, ALL_DIGITS), [self.step(name, way, bits) for bits in NEXT]
        with MP.workdps(ALL_DIGITS):
            changes = [self._before({name: step}, ALL_DIGITS) - here for step in steps]
            near, far = (float(change / number(step, ALL_DIGITS)) for change, step in zip(changes, steps, strict=True))
        return near, far

    def _moves(self, sizes: Sequence[int]) -> Iterator[Move]:
        """Each variable up and down, and all of them at once."""
        for name, way, bits in product(self.names[:MOST_NAMES], (-1, 1), sizes):
            yield {name: self.step(name, way, bits)}
        yield from self._mixed(sizes) if len(self.names) > 1 else ()

    def _mixed(self, sizes: Sequence[int]) -> Iterator[Move]:
        """All variables at once, in several directions."""
        for way, (turn, even, odd), bits in product((-1, 1), DIRECTIONS, sizes):
            factors = [way * turn**at * ODD[at % len(ODD)] * (odd if at % 2 else even) for at in range(len(self.names))]
            yield {name: self.step(name, factor, bits) for name, factor in zip(self.names, factors, strict=True)}

    def step(self, name: str, factor: float, bits: int) -> "Enclosure":
        """A step of a variable, as long as its own magnitude makes it."""
        from gradcli.precision.enclosures.balls import exactly

        return exactly(factor) * exactly(2.0) ** (frexp(self.bindings[name])[1] - bits)

    def values(self, nodes: Sequence[int], move: Move, digits: int = DIGITS) -> "list[Number]":
        """Nodes where the variables are moved: NaN for what has no value, OPEN for what is not known in time."""
        from gradcli.precision.enclosures.balls import exactly
        from gradcli.precision.enclosures.search import Search

        given = {name: exactly(value) for name, value in self.bindings.items()}
        moved = {name: given[name] + by for name, by in move.items()}
        search = Search(self.graph, nodes, {**given, **moved}, digits, most=BITS, read=_as_given)
        found = search.settle(self.deadline - monotonic())
        if not search.in_time:  # it may have been the machine that was busy for a moment
            found = search.settle(self.deadline - monotonic())
        alone = len(move) < len(self.names)
        return [_number(found[node], digits, alone=alone) for node in nodes]


def _number(x: "Enclosure", digits: int, *, alone: bool) -> "Number":
    """What is settled, or nearly 0; infinite for either infinity, OPEN for what is not known.

    Where only some variables are moved 0/0 may remain, and not be seen to be that: then it is NaN.
    """
    from gradcli.precision.enclosures.balls import NAN, UNKNOWN, is_finite
    from gradcli.precision.enclosures.conversions import number
    from gradcli.precision.enclosures.search import is_settled

    if is_settled(x, digits):
        return number(x, digits) if is_finite(x) or x is NAN else inf
    if is_finite(x) and abs(x) < NOTHING:
        return 0.0
    return nan if alone and x is UNKNOWN else OPEN


def _as_given(number: Any) -> "Enclosure":
    """A variable's number is an enclosure by now, a literal is not."""
    from gradcli.precision.enclosures.balls import as_written

    return as_written(number) if isinstance(number, float) else number


def _is_open(base: "Number", power: "Number") -> bool:
    """Whether a power is 1^inf or inf^0."""
    return bool((abs(base) == 1 and abs(power) == inf) or (power == 0 and abs(base) == inf))


def _is_one(near: float, far: float) -> bool:
    return abs(near - far) <= CLOSE * max(abs(near), abs(far))


def is_finite(value: "Number") -> bool:
    """Whether it is no infinity and no NaN."""
    return bool(abs(value) < inf)
