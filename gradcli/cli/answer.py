"""Value and gradient as a command answers them: to the precision asked for, mended at kinks, with all there is to say.

Depends on `gradcli.run` and on `gradcli.verify.precise`; what a plain answer does not need is loaded where it is.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gradcli.errors import Notice
from gradcli.language.program import Program
from gradcli.run.gradient import Gradient, Point
from gradcli.run.mended import mended
from gradcli.run.notices import not_finite
from gradcli.verify.precise import Precise, decimals, digits_of, settle

WORDS = ("auto", "double", "exact")


class Answer(NamedTuple):
    """A point, what is to be said of it, and its decimals where a number of digits was asked for."""

    point: Point
    notices: tuple[Notice, ...]
    decimals: Precise | None = None


def answered(program: Program, bindings: Mapping[str, float], wrt: Mapping[str, int], precision: str) -> Answer:
    """The value, and the gradient by `wrt` if there is any. Raises UsageError for an unknown precision."""
    gradient = Gradient(program, wrt) if wrt else None
    settled, told = settle(program, gradient, bindings, precision)
    point, kinks = mended(program, settled, wrt)
    notices = (*program.notices, *told, *kinks, *not_finite(program, point, wrt))
    return Answer(point, notices, None if precision in WORDS else _decimals(program, gradient, bindings, precision))


def evaluator(program: Program, wrt: Mapping[str, int], precision: str) -> Callable[[Mapping[str, float]], Point]:
    """The same answers at any bindings, without words: what a descent steps by."""
    gradient = Gradient(program, wrt)
    return lambda bindings: mended(program, settle(program, gradient, bindings, precision).point, wrt)[0]


def _decimals(program: Program, gradient: Gradient | None, bindings: Mapping[str, float], precision: str) -> Precise:
    return decimals(program, gradient, bindings, digits_of(precision))
