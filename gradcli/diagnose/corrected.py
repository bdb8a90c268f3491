"""The gradient at a point, right at kinks too: the door to `gradcli.diagnose.kinks.correct`, loaded where one can be.

Depends on the operator table, which says what has a kink.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

if TYPE_CHECKING:
    from gradcli.diagnose.kinks.unresolved import Ask


def mended(
    program: Program, point: Point, wrt: Mapping[str, int], ask: "Ask | None" = None
) -> tuple[Point, tuple[Notice, ...]]:
    """The point with the slopes on which left and right agree, and a notice for every kink that leaves a choice.

    `point` is what the rules give, to any precision. Where left and right differ, its gradient is kept: a convention.
    `ask` knows the sides that first derivatives leave open, and is asked for nothing else.
    """
    operators = set(program.graph.operators[: program.output + 1]) & OPERATORS.keys()
    kinked = any(OPERATORS[operator].kink for operator in operators)
    if not wrt or not (kinked or (ask and not point.finite)):
        return point, ()
    from gradcli.diagnose.kinks.correct import mend  # most formulas have no kink, and start sooner without it

    return mend(program, point, wrt, ask)
