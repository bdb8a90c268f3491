"""Where a derivative is a convention: the kinks at a point, and whether the claim is right beside them.

Depends on `gradcli.verify.judgement` and on `gradcli.diagnose.kinks.active`.
"""

from collections.abc import Iterator

from gradcli.diagnose.kinks.active import active_kinks
from gradcli.errors import LONGEST_QUOTED
from gradcli.graph.walk import dependent
from gradcli.language.notation import expression_text
from gradcli.precision.decimals import number_text
from gradcli.precision.difference_quotients import RUNGS, Differences, scale
from gradcli.precision.multiprecision import agree
from gradcli.precision.multiprecision_kernels import MP, NAN, Number, run_template
from gradcli.verify.judgement import AGREES, REFUTED, Judgement, judge

ASIDE_BITS = 100
"""How far to step aside: 2^-100 of a number, a long way for quotients whose first step is 2^-133."""
MOVING, SETTLED = 120, 50
"""The digits of a step, and those of a derivative there."""
GOLDEN = 0.6180339887498949


def kinks(differences: Differences, node: int) -> Iterator[int]:
    """The nodes on the way from `node` to the output that have a kink at this point."""
    graph = differences.graph
    follows = dependent(graph, [node], differences.output)
    return active_kinks(graph, differences.needed, follows, differences.values(1), run_template)


def by_convention(found: Judgement, claim: Number, gradient: int, differences: Differences, node: int) -> Judgement:
    """Judge a derivative where left and right part: it must be right on both sides, as a convention decides here."""
    beside = [_beside(gradient, differences, node, side) for side in (-1, 1)]
    wrong = [judgement for judgement in beside if judgement.verdict == REFUTED]
    met = f"{kink_text(differences, node)}: {both_sides(found.slopes)}"
    if wrong:
        return Judgement(REFUTED, wrong[0].reference, f"beside {met}, the derivative is wrong")
    if not any(judgement.verdict == AGREES and judgement.smooth for judgement in beside):
        return found._replace(reason=f"{met}, and beside it nothing can be told")
    return found._replace(verdict=AGREES, reference=claim, reason=f"{met}; {number_text(claim, 6)} is a convention")


def both_sides(slopes: tuple[Number, Number]) -> str:
    """The slopes in words."""
    left, right = (number_text(slope, 6) for slope in slopes)
    return f"the slope is {left} from the left and {right} from the right"


def kink_text(differences: Differences, node: int) -> str:
    """The kink that is met, in words."""
    at = next(kinks(differences, node), None)
    if at is None:
        return "this point is a kink or a jump"
    return f"`{expression_text(differences.graph, at, LONGEST_QUOTED)}` has a kink exactly here"


def _beside(gradient: int, differences: Differences, node: int, side: int) -> Judgement:
    """The judgement where `node` alone is moved, so little that the same pieces meet, and so oddly that none does.

    Nothing else is moved: x^m at a negative x is defined at whole m, and nowhere beside them.
    """
    value = differences.values(RUNGS[0])[node]
    with MP.workdps(MOVING):
        move = MP.ldexp(side * GOLDEN, scale(value) - ASIDE_BITS)
    claim = _number(differences.beside(gradient, node, move))
    return judge(claim, differences.beside(differences.output, node, move), node)


def _number(there: Differences) -> Number:
    """The output there; NaN where two precisions do not bear each other out."""
    first, second = (there.values(rung)[there.output] for rung in RUNGS[1:3])
    return second if first == second or agree(first, second, SETTLED) else NAN
