"""The gradient at a kink, corrected where left and right agree; the rest is left to convention, and told.

Depends on `gradcli.diagnose.kinks.one_sided` for the slopes on both sides. Rule by rule a kink has a slope by
convention, which can be wrong for the whole: relu(x) - relu(-x) is x.
"""

from collections.abc import Mapping
from math import isclose, isfinite
from typing import TYPE_CHECKING

from gradcli.diagnose.kinks import wording
from gradcli.diagnose.kinks.one_sided import Kinks, one_sided
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language.program import Program

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

NOISE = 1e-9
"""Up to here a slope may differ from that of the rules by rounding alone."""


def correct(
    program: Program, point: Point, wrt: Mapping[str, int], *, limits: bool, algebra: "Algebra | None" = None
) -> tuple[Point, tuple[Notice, ...]]:
    """What `gradcli.diagnose.corrected` says, of a formula that has kinks or slopes that are not finite."""
    kinks = one_sided(program, point, wrt, limits=limits, algebra=algebra)
    if not (kinks.sides or kinks.skipped) or not isfinite(kinks.value):
        return point, ()
    ruled, agreed = _missed(program, point, wrt, kinks)
    notices = wording.notices(program, point, kinks, ruled, agreed)
    return (point._replace(gradient={**point.gradient, **agreed}) if agreed else point), notices


def _missed(
    program: Program, point: Point, wrt: Mapping[str, int], kinks: Kinks
) -> tuple[Mapping[str, float], dict[str, float]]:
    """The slopes on which left and right agree and that the rules miss: as the rules give them, and as they are.

    The rules are asked in double precision, as the sides are; `point` may be more precise, and is then kept.
    """
    agreed = {
        name: sides.right.derivative
        for name, sides in kinks.sides.items()
        if sides.agree and not sides.jumps(kinks.value) and not _near(sides.right.derivative, point.gradient[name])
    }
    if not agreed:
        return {}, {}
    ruled = Gradient(program, {name: wrt[name] for name in agreed}).at(point.bindings).gradient
    return ruled, {name: slope for name, slope in agreed.items() if not _near(slope, ruled[name])}


def _near(slope: float, other: float) -> bool:
    return isclose(slope, other, rel_tol=NOISE)
