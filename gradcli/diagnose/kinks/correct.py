"""The gradient at a kink, corrected where left and right agree; the rest is left to convention, and told.

Depends on `gradcli.diagnose.kinks.one_sided` for the slopes on both sides. Rule by rule a kink has a slope by
convention, which can be wrong for the whole: relu(x) - relu(-x) is x.
"""

from collections.abc import Mapping
from math import isclose, nan
from typing import TYPE_CHECKING

from gradcli.diagnose.kinks import wording
from gradcli.diagnose.kinks.one_sided import one_sided
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra
    from gradcli.precision.error_bounds import Bounds

NOISE, ULPS = 1e-9, 2.0**-48
"""Up to here a slope of the rules may differ by rounding alone: in plain doubles, and where its digits are settled."""


def correct(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    limits: bool,
    bounds: "Bounds | None" = None,
    algebra: "Algebra | None" = None,
) -> tuple[Point, tuple[Notice, ...]]:
    """What `gradcli.diagnose.corrected` says, of a formula that has kinks or slopes that are not finite."""
    kinks = one_sided(program, point, wrt, limits=limits, bounds=bounds, algebra=algebra)
    agreed = {name: sides.right.derivative for name, sides in kinks.sides.items() if sides.agree and not sides.jumps}
    tolerance = ULPS if limits else NOISE
    missed = {name: it for name, it in agreed.items() if not isclose(it, point.gradient[name], rel_tol=tolerance)}
    opened = [name for name, sides in kinks.sides.items() if limits and sides.is_open]
    changed = missed | dict.fromkeys(opened, nan)
    notices = wording.notices(program, point, kinks, missed, opened)
    return (point._replace(gradient={**point.gradient, **changed}) if changed else point), notices
