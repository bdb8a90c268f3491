"""Slopes that owe nothing to any rule of differentiation: by Taylor arithmetic, and at kinks by one-sided expansions.

Depends on `gradcli.precision.enclosures`: every number is enclosed, to 60 digits, or not told.
"""

from collections.abc import Mapping
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures import is_available
from gradcli.precision.multiprecision import SPARE
from gradcli.precision.multiprecision_kernels import INF, MP, NAN, ZERO, Number
from gradcli.precision.readings import remembered

if TYPE_CHECKING:
    from gradcli.precision.enclosures.balls import Enclosure
    from gradcli.precision.enclosures.questions import Algebra
    from gradcli.precision.expansions.beside import Surroundings

DIGITS, TOLD, SECONDS = 60, 50, 2.0
"""Digits that are sought of a slope, those that it must have, and the time for it, once SymPy is loaded."""


class Taylor(NamedTuple):
    """A derivative by Taylor arithmetic.

    slope  settled to 50 digits; NaN where it is not
    below  where it may be 0 and may be a number less than this power of ten, that power as a text
    """

    slope: Number
    below: str = ""


class Slope(NamedTuple):
    """A derivative on one side, as the node grows.

    number   infinite where it grows beyond all bounds, and beside a jump; NaN where it is not known, or there is none
    beside   the derivative of what is on that side, beyond a jump too
    defined  whether the function is defined there, as far as is known
    jumps    whether it is known to be another number there than at the point
    """

    number: Number
    beside: Number
    defined: bool = True
    jumps: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is nothing left to tell."""
        return bool(self.jumps or not self.defined or self.number == self.number)


class Slopes:
    """The slopes of one output at one point, by any node of the graph.

    `as_written` says that 0.1 is a tenth; it is the double next to it by default.
    """

    def __init__(
        self,
        graph: Graph,
        output: int,
        bindings: Mapping[str, Any],
        algebra: "Algebra | None" = None,
        *,
        as_written: bool = False,
    ) -> None:
        self.graph, self.output, self.bindings = graph, output, bindings
        self.algebra = remembered(algebra) if algebra else None
        self.as_written = as_written
        self._taylor: dict[int, Taylor] = {}
        self._sides: dict[int, tuple[Slope, Slope]] = {}

    @cached_property
    def around(self) -> "Surroundings":
        """The point and what is beside it, whose values tell the kinks."""
        return self._surroundings(self.output)

    def _surroundings(self, output: int) -> "Surroundings":
        from gradcli.precision.enclosures import balls
        from gradcli.precision.expansions.beside import Surroundings

        read = balls.as_written if self.as_written else balls.exactly
        return Surroundings(self.graph, output, self.bindings, monotonic() + SECONDS, self.algebra, read, DIGITS)

    @property
    def without_value(self) -> str | None:
        """What the output is where it is no number; None where it is one."""
        from gradcli.precision.enclosures.balls import NAN as NONE
        from gradcli.precision.enclosures.balls import UNKNOWN, is_finite

        value = self.around.values()[self.output]
        if is_finite(value):
            return None
        return "not settled" if value is UNKNOWN else "not a number" if value is NONE else "infinite"

    def taylor(self, node: int) -> Taylor:
        """The derivative by `node` where the formula is strictly within a piece; NaN where it is not known."""
        if node not in self._taylor:
            self._taylor[node] = self._by_taylor(node) if is_available() else Taylor(NAN)
        return self._taylor[node]

    def sides(self, node: int) -> tuple[Slope, Slope]:
        """The derivatives by `node`, a variable or any other, as if it could be moved on its own: left and right."""
        if node not in self._sides:
            left, right = (self._side(node, way) for way in (-1, 1))
            self._sides[node] = left, right
        return self._sides[node]

    def limits(self, output: int, node: int) -> tuple[Number, Number]:
        """What another node tends to on the left and on the right; NaN where that is not known."""
        around = self._surroundings(output)
        sides = (around.beside({node: way}).side() for way in (-1, 1))
        left, right = (self._number(around.values()[output] if it.value is None else it.value) for it in sides)
        return left, right

    def _by_taylor(self, node: int) -> Taylor:
        from gradcli.precision.enclosures import balls
        from gradcli.precision.enclosures.conversions import bound
        from gradcli.precision.enclosures.search import is_settled, leaves
        from gradcli.precision.enclosures.tangents import tangent

        read = balls.as_written if self.as_written else balls.exactly
        given = leaves(self.graph, reachable(self.graph, [self.output]), self.bindings, read)
        slope = tangent(self.graph, self.output, node, given, DIGITS, SECONDS).slope
        return Taylor(self._number(slope)) if is_settled(slope, DIGITS) else Taylor(NAN, bound(slope))

    def _side(self, node: int, way: int) -> Slope:
        if node > self.output or not self.around.needed[node]:
            return Slope(ZERO, ZERO)
        side = self.around.beside({node: way}).side()
        with MP.workdps(DIGITS + SPARE):
            number = beside = way * self._number(side.slope)
        if side.jumps:
            rises = self._number(side.value) > self._number(self.around.values()[self.output])
            number = way * INF if rises else -way * INF
        return Slope(number, beside, side.defined, side.jumps)

    def _number(self, x: "Enclosure") -> Number:
        from gradcli.precision.enclosures.conversions import number
        from gradcli.precision.enclosures.search import is_settled

        return number(x, DIGITS) if is_settled(x, TOLD) else NAN
