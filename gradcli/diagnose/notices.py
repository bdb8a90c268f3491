"""What is worth saying of an answer that is not finite: where it first arose, and how the formula might be written.

Depends on `gradcli.diagnose.nonfinite.notices`; what is worth saying of a kink comes from `gradcli.diagnose.corrected`.
"""

from collections.abc import Mapping

from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program


def not_finite(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """A notice for each node at which a number that is not finite arose; none for a point that is finite.

    `point` may be more precise than doubles are: of what is finite there nothing is told.
    """
    if point.finite:
        return ()
    from gradcli.diagnose.nonfinite.notices import certificates  # most results are finite, and start sooner without it

    return certificates(program, point, wrt)
