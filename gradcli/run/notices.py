"""What is worth saying of an evaluation: a kink on the way, and where a number that is not finite first arose.

Depends on `gradcli.run.mended` for the kinks and on `gradcli.run.certificates` for what is not finite.
"""

from collections.abc import Mapping

from gradcli.errors import Notice
from gradcli.language.program import Program
from gradcli.run.gradient import Point
from gradcli.run.mended import mended


def notices(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """The language's notices, the kinks that the gradient by `wrt` meets, the birth of what is not finite.

    `point` is what the rules give; `gradcli.run.mended` gives the point that these notices speak of.
    """
    return (*program.notices, *mended(program, point, wrt)[1], *not_finite(program, point, wrt))


def not_finite(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """A notice for each node at which a number that is not finite arose; none for a point that is finite.

    `point` may be more precise than doubles are: of what is finite there nothing is told.
    """
    if point.finite:
        return ()
    from gradcli.run.certificates import certificates  # most results are finite, and start sooner without it

    return certificates(program, point, wrt)
