"""What a number does not tell: the kinks at a point, and where a number that is not finite arose.

Depends on the operator table, which says what has a kink. Most answers need neither, and start sooner without: what
finds them is loaded only where there may be something to find.
"""

from collections.abc import Mapping, Sequence
from math import isinf
from typing import TYPE_CHECKING

from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra
    from gradcli.precision.error_bounds import Bounds


def corrected(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    limits: bool = False,
    bounds: "Bounds | None" = None,
    algebra: "Algebra | None" = None,
    kinked: Sequence[int] | None = None,
) -> tuple[Point, tuple[Notice, ...]]:
    """The point with the slopes on which left and right agree, and a notice for every kink that leaves a choice.

    `point` is what the rules give, to any precision. Where left and right differ, its gradient is kept: a convention.
    With `limits`, slopes that are not finite are looked at too, and where an expansion leaves a side open, there is no
    slope: it is not settled. `bounds` are those of the doubles, and tell what may be a kink; `algebra` is asked whether
    a number is exactly at one. `kinked` are the nodes that have a kink somewhere, where they are known.
    """
    has_kinks = _may_meet(program, bounds, kinked) if kinked is not None else _has_kinks(program)
    if not wrt or not (has_kinks or (limits and not point.finite)):
        return point, ()
    from gradcli.diagnose.kinks.correct import correct

    told: tuple[Notice, ...] = ()
    if limits and any(map(isinf, point.bindings.values())):
        from gradcli.diagnose.infinity import levelled

        point, told = levelled(program, point, wrt)
    corrected, kinks = correct(program, point, wrt, limits=limits, bounds=bounds, algebra=algebra)
    return corrected, told + kinks


def _has_kinks(program: Program) -> bool:
    operators = set(program.graph.operators[: program.output + 1]) & OPERATORS.keys()
    return any(OPERATORS[operator].kink for operator in operators)


def _may_meet(program: Program, bounds: "Bounds | None", kinked: Sequence[int]) -> bool:
    """Whether one of these nodes may be at its kink, as far as a filter tells."""
    if not (kinked and bounds and bounds.filtered):
        return bool(kinked)
    from gradcli.diagnose.kinks.active import is_active
    from gradcli.precision.error_bounds import may_hold

    return any(is_active(program.graph, node, bounds.filtered, may_hold) for node in kinked)


def not_finite(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    defined: bool = False,
    settled: bool = False,
    algebra: "Algebra | None" = None,
) -> tuple[Notice, ...]:
    """A notice for each node at which a number that is not finite arose; none for a point that is finite.

    `point` may be more precise than doubles are: of what is finite there nothing is told. `defined` is what it is of
    `gradcli.evaluate.gradient.Gradient`, for that which gave the point; `settled` says that its numbers are none of
    plain doubles.
    """
    if point.finite:
        return ()
    from gradcli.diagnose.nonfinite.notices import notices

    return notices(program, point, wrt, defined=defined, settled=settled, algebra=algebra)
