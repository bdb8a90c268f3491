"""Value and gradient as a command answers them: to the precision asked for, right at kinks, with all there is to say.

Depends on `gradcli.diagnose` and on `gradcli.precision.settle`; what a plain answer does not need is loaded where it
is.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import NamedTuple

from gradcli.diagnose import corrected, not_finite
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.precision.settle import Answer as Settled
from gradcli.precision.settle import Precise, decimals, digits_of, settle

WORDS = ("auto", "double", "exact")
DOUBLE_DIGITS = 17


class Answer(NamedTuple):
    """A point, what is to be said of it, and its decimals where a number of digits was asked for."""

    point: Point
    notices: tuple[Notice, ...]
    decimals: Precise | None = None

    @property
    def finite(self) -> bool:
        """Whether every number is, as it was asked for: one beyond the doubles is none of theirs, but has digits."""
        return self.decimals.finite if self.decimals else self.point.finite


def answered(program: Program, bindings: Mapping[str, float], wrt: Mapping[str, int], precision: str) -> Answer:
    """The value, and the gradient by `wrt` if there is any. Raises UsageError for an unknown precision."""
    gradient = Gradient(program, wrt) if wrt else None
    settled, told, known = found = settle(program, gradient, bindings, precision)
    point, kinks = corrected(program, settled, wrt, limits=_needs_limits(found, precision))
    changed = {name: slope for name, slope in point.gradient.items() if slope != settled.gradient[name]}
    unexplained = known._replace(gradient=known.gradient | changed)
    notices = (*program.notices, *told, *kinks, *not_finite(program, unexplained, wrt))
    if precision in WORDS:
        return Answer(point, notices)
    digits = digits_of(precision)
    ruled = decimals(program, gradient, bindings, digits)
    return Answer(point, notices, ruled._replace(gradient=ruled.gradient | _in_decimals(changed, digits)))


def evaluator(program: Program, wrt: Mapping[str, int], precision: str) -> Callable[[Mapping[str, float]], Point]:
    """The same answers at any bindings, without words: what a descent steps by."""
    gradient = Gradient(program, wrt)

    def at(bindings: Mapping[str, float]) -> Point:
        found = settle(program, gradient, bindings, precision, tell=False)
        return corrected(program, found.point, wrt, limits=_needs_limits(found, precision))[0]

    return at


def _needs_limits(found: Settled, precision: str) -> bool:
    """Whether sides that are left open are of interest: they are not where a number is but beyond the doubles."""
    return precision != "double" and (found.point.finite or not found.known.finite)


def _in_decimals(changed: Mapping[str, float], digits: int) -> dict[str, str]:
    """The slopes that the rules miss, in no more digits than a double has: that is all that is known of them."""
    shown = f".{min(digits, DOUBLE_DIGITS)}g"
    return {name: number_text(float(format(slope, shown))) for name, slope in changed.items() if isfinite(slope)}
