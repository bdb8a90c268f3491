"""Slopes that first derivatives do not decide, asked of someone who can tell.

Depends on `gradcli.diagnose.kinks.one_sided` for what the sweeps found. `where(x^2 > 0, 3*x, 2*x)` has the slope 3 on
both sides of 0, which no first derivative of x^2 shows; the rules give none to `sqrt(x^2)`. Who is asked works with
more digits, and lives on a higher floor.
"""

from collections.abc import Callable, Mapping
from math import isfinite, isnan
from typing import TYPE_CHECKING, NamedTuple

from gradcli.diagnose.kinks.one_sided import Kinks, Slopes
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import trace
from gradcli.language.program import Program

if TYPE_CHECKING:
    from gradcli.diagnose.nonfinite.origin import Birth


class Side(NamedTuple):
    """The output on one side of a point, as one node moves.

    slope    its one-sided derivative, NaN where there is none or nobody can tell
    limit    what its value tends to, NaN where there is none or nobody can tell; that at the point unless it jumps
    outside  whether it is not defined there at all
    """

    slope: float
    limit: float
    outside: bool


Ask = Callable[[int], tuple[Side, Side]]
"""Node → the output on the left and on the right of the point, as that node grows through it."""


def decided(program: Program, point: Point, wrt: Mapping[str, int], kinks: Kinks, ask: Ask) -> Kinks:
    """What the sweeps found, and the answers where they left a side open or where the rules give no finite slope."""
    value = kinks.value if kinks.nodes else point.value
    if not isfinite(value):
        return kinks
    found = {
        name: _joined(kinks.slopes.get(name), *[_anchored(side, point, value) for side in ask(wrt[name])])
        for name in _open(point, kinks)
    }
    swept = {name: found.get(name, slopes) for name, slopes in kinks.slopes.items()}
    news = {name: slopes for name, slopes in found.items() if name not in swept and _tells(slopes)}
    return kinks._replace(value=value, slopes=swept | _placed(program, point, wrt, news))


def _anchored(side: Side, point: Point, value: float) -> Side:
    """A side that does not jump, beside the value as the sweeps know it: in doubles, which may have lost digits."""
    return side._replace(limit=value) if side.limit == point.value else side


def _open(point: Point, kinks: Kinks) -> list[str]:
    """The names of which a side is not decided, or no kink is known and the slope is not finite all the same."""
    swept = [name for name, slopes in kinks.slopes.items() if not all(map(_is_decided, _sides(slopes)))]
    seen = {*kinks.slopes, *kinks.skipped}
    return swept + [name for name, slope in point.gradient.items() if name not in seen and not isfinite(slope)]


def _sides(slopes: Slopes) -> tuple[Side, Side]:
    left, right = slopes.outside
    return Side(slopes.left, slopes.below, left), Side(slopes.right, slopes.above, right)


def _is_decided(side: Side) -> bool:
    """Whether a sweep is to be believed: an infinite slope may be an accident of double precision."""
    return side.outside or isfinite(side.slope)


def _joined(swept: Slopes | None, *asked: Side) -> Slopes:
    """Both sides, as the sweep decided or else as they were asked for."""
    left, right = map(_better, _sides(swept), asked) if swept else asked
    return Slopes(
        left.slope, right.slope, left.limit, right.limit, swept.kinks if swept else (), (left.outside, right.outside)
    )


def _better(swept: Side, asked: Side) -> Side:
    told = asked.outside or not (isnan(asked.slope) and isnan(asked.limit))
    return asked if told and not _is_decided(swept) else swept


def _tells(slopes: Slopes) -> bool:
    """Whether both sides are known, or one is finite: an infinite slope at the end of a domain is no news."""
    sides = (slopes.left, slopes.right)
    return any(map(isfinite, sides)) or not any(map(isnan, sides))


def _placed(program: Program, point: Point, wrt: Mapping[str, int], news: Mapping[str, Slopes]) -> dict[str, Slopes]:
    """The slopes, each with the node at which the rules lose it."""
    if not news:
        return {}
    from gradcli.diagnose.nonfinite.origin import (  # most kinks need no story, and start sooner without it
        backward,
        contributions,
    )

    story = trace(program, point.bindings, wrt)
    into = contributions(story)
    births = {name: backward(story, into, wrt[name]) for name in news}
    return {name: slopes._replace(kinks=(_place(program, births[name]),)) for name, slopes in news.items()}


def _place(program: Program, birth: "Birth | None") -> int:
    """The node to name: that of a birth, unless it is a variable or there is none."""
    return birth.node if birth and program.graph.operands[birth.node] else program.output
