"""Where a derivative is a convention: the kinks at a point, and whether the claim is right beside them.

Depends on `gradcli.verify.judgement` and on `gradcli.diagnose.kinks.active`.
"""

from gradcli.diagnose.kinks.active import active_kinks
from gradcli.errors import LONGEST_QUOTED
from gradcli.graph.walk import dependent
from gradcli.language.notation import expression_text
from gradcli.precision.decimals import number_text
from gradcli.precision.multiprecision import same
from gradcli.precision.multiprecision_kernels import Number
from gradcli.precision.slopes import Slopes
from gradcli.proof.equality import CLOSE
from gradcli.verify.judgement import AGREES, REFUTED, Judgement


def kinks(slopes: Slopes, node: int) -> list[int]:
    """The nodes on the way from `node` to the output that may be at a kink at this point."""
    from gradcli.precision.enclosures.certainty import may_hold

    graph, around = slopes.graph, slopes.around
    follows = dependent(graph, [node], slopes.output)
    return [*active_kinks(graph, around.needed, follows, around.values(), may_hold)]


def by_convention(found: Judgement, claim: Number, gradient: int, slopes: Slopes, node: int) -> Judgement:
    """Judge a derivative where left and right part: what it tends to must be the slope on each side.

    At the point itself a convention decides.
    """
    met = f"{kink_text(slopes, node)}: {both_sides(found.slopes)}"
    pairs = zip([side.beside for side in slopes.sides(node)], slopes.limits(gradient, node), strict=True)
    told = [pair for pair in pairs if not any(number != number for number in pair)]
    if wrong := [slope for slope, ours in told if not same(slope, ours, CLOSE)]:
        return Judgement(REFUTED, wrong[0], f"beside {met}, the derivative is wrong")
    if not told:
        return found._replace(reason=f"{met}, and beside it nothing can be told")
    return found._replace(verdict=AGREES, reference=claim, reason=f"{met}; {number_text(claim, 6)} is a convention")


def both_sides(slopes: tuple[Number, Number]) -> str:
    """The slopes in words."""
    left, right = (number_text(slope, 6) for slope in slopes)
    return f"the slope is {left} from the left and {right} from the right"


def kink_text(slopes: Slopes, node: int) -> str:
    """The kink that is met, in words."""
    at = next(iter(kinks(slopes, node)), None)
    if at is None:
        return "this point is a kink or a jump"
    return f"`{expression_text(slopes.graph, at, LONGEST_QUOTED)}` has a kink exactly here"
