"""One derivative held against slopes that owe nothing to its rules: are they the same number?

Depends on `gradcli.precision.slopes` and `gradcli.proof.equality`. Every slope is enclosed: a claim is confirmed where
the enclosures overlap to 45 digits, refuted where they are apart, and all else is unchecked.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from gradcli.precision.multiprecision import same
from gradcli.precision.multiprecision_kernels import INF, MP, NAN, Number, is_finite
from gradcli.precision.slopes import Slopes
from gradcli.proof.equality import CLOSE

PROVED, AGREES, UNCHECKED, REFUTED = VERDICTS = ("proved", "agrees", "unchecked", "refuted")
"""The verdicts, the strongest first."""
ROUNDED = 2.0**-48
"""A derivative that is this near to the settled slope differs by its literals."""
SAME_NUMBER = "no algebra shows that the formulas are equal; SymPy's own derivative is the same to 400 digits here"
OPEN = "no expansion decides the slope beside this point"


class Judgement(NamedTuple):
    """What became of a claim.

    reference  the derivative as it is without the rules; NaN where that is not known
    smooth     whether it exists: left and right are one
    one_sided  whether they part: a kink or a jump, where a convention decides
    slopes     from the left and from the right, where they part or are not known
    overlaps   whether it may be right as far as enclosures tell, which a proof would make certain
    undefined_both_sides   whether the function is defined on neither side
    """

    verdict: str
    reference: Number = NAN
    reason: str = ""
    smooth: bool = False
    one_sided: bool = False
    undefined_both_sides: bool = False
    overlaps: bool = False
    slopes: tuple[Number, Number] = (NAN, NAN)


def judge(claim: Number, slopes: Slopes, node: int) -> Judgement:
    """Hold a derivative by `node` against Taylor arithmetic; where that is silent, against both sides."""
    taylor = slopes.taylor(node)
    if is_finite(taylor.slope) and (is_finite(claim) or claim != claim):
        return _by_taylor(claim, taylor.slope)
    if taylor.below and claim == 0:
        reason = f"it is 0, or a number less than {taylor.below}, which no enclosure tells"
        return Judgement(UNCHECKED, claim, reason, smooth=True, overlaps=True)
    found = _by_sides(claim, slopes, node)
    if found.verdict == AGREES and not is_finite(claim):
        return found._replace(verdict=UNCHECKED, reason=found.reason or "the derivative is infinite here")
    return found


def _by_sides(claim: Number, slopes: Slopes, node: int) -> Judgement:
    if (lacking := slopes.without_value) is not None:
        return _without_value(claim, lacking)
    left, right = sides = slopes.sides(node)
    numbers, defined = (left.number, right.number), [side for side in sides if side.defined]
    if not all(side.is_known for side in sides):
        return Judgement(UNCHECKED, reason=OPEN, slopes=numbers)
    if left.jumps or right.jumps or (len(defined) > 1 and not same(*numbers, CLOSE)):
        return Judgement(UNCHECKED, one_sided=True, slopes=numbers)
    return _compared(claim, [side.number for side in defined])


def unproved(found: Judgement, gap: Number | None) -> Judgement:
    """A judgement that no algebra confirms, with what the numbers say: SymPy's derivative differs by `gap`, or by 0.

    That difference is of settled digits, but not enclosed: it proves nothing wrong, and lets nothing agree.
    """
    if gap is None:
        return found
    if gap == 0:
        return found._replace(reason=SAME_NUMBER)
    apart = f"SymPy's own derivative differs by {MP.nstr(gap, 3)}"
    return found._replace(verdict=UNCHECKED, reason=f"the numbers agree, but {apart}")


def _by_taylor(claim: Number, slope: Number) -> Judgement:
    """Both settled: they overlap or are apart. A literal of a rule that is a double counts as what it stands for."""
    if claim != claim:
        return Judgement(UNCHECKED, slope, "the derivative is not a number here, though Taylor arithmetic has one")
    if same(claim, slope, CLOSE):
        return Judgement(AGREES, slope, smooth=True)
    return _rounded(claim, slope) or Judgement(
        REFUTED, slope, "Taylor arithmetic on the formula gives another number", smooth=True
    )


def _without_value(claim: Number, what: str) -> Judgement:
    if is_finite(claim) or "settled" in what:
        reason = f"the value is {what} here, so there is nothing to hold the derivative against"
        return Judgement(UNCHECKED, reason=reason)
    return Judgement(AGREES, claim, f"the value is {what} here, and so there is no derivative")


def _compared(claim: Number, slopes: Sequence[Number]) -> Judgement:
    """A claim beside the slope that is the same on all sides on which there is one."""
    if not slopes:
        reason = "the function is defined on neither side of this point"
        return Judgement(AGREES if claim != claim else UNCHECKED, reason=reason, undefined_both_sides=True)
    slope, smooth = slopes[0], len(slopes) > 1
    if claim != claim:  # 0·∞ and its like: an honest NaN claims nothing that could be wrong
        though = ", though there is a slope from both sides" if smooth else ""
        return Judgement(UNCHECKED, slope if smooth else NAN, f"the derivative is not a number here{though}")
    if same(claim, slope, CLOSE):
        reason = "" if smooth else "the function is defined on one side of this point only"
        return Judgement(AGREES, slope, reason, smooth=smooth)
    other = Judgement(REFUTED, slope, "the slope beside this point is another number", smooth=smooth)
    return (smooth and _rounded(claim, slope)) or other


def _rounded(claim: Number, slope: Number) -> Judgement | None:
    """The claim is as right as doubles can be: literals such as 1/3 are rounded in a derivative."""
    overflows = abs(slope) > sys.float_info.max and claim == MP.sign(slope) * INF
    if not is_finite(slope) or (abs(slope - claim) > ROUNDED * abs(slope) and not overflows):
        return None
    return Judgement(AGREES, slope, "a literal of the derivative is rounded to a double", smooth=True)
