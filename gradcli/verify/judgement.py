"""One derivative held against difference quotients: do they tend to it?

Depends on `gradcli.precision.difference_quotients` and `gradcli.proof.equality`. A claim is refuted only on the last
rung, where finer structure and cancellation are ruled out as far as they can be; it is confirmed on the first that
shows it.
"""

import sys
from itertools import pairwise
from typing import NamedTuple

from gradcli.precision.difference_quotients import RUNGS, Differences, Slopes
from gradcli.precision.multiprecision import same
from gradcli.precision.multiprecision_kernels import INF, MP, NAN, ZERO, Number, is_finite
from gradcli.proof.equality import CLOSE

PROVED, AGREES, UNCHECKED, REFUTED = VERDICTS = ("proved", "agrees", "unchecked", "refuted")
"""The verdicts, the strongest first."""
SETTLING = MP.mpf("1e-5")
"""How much nearer to its limit a quotient must come, from one rung to the next."""
GROWTH = 1.5
"""How much a quotient must grow where the slope is infinite: log(h) doubles from rung to rung."""
ROUNDED = 2.0**-48
"""A derivative that is this near to the settled quotient differs by its literals."""
SAME_NUMBER = "no algebra shows that the formulas are equal; SymPy's own derivative is the same to 400 digits here"


class Judgement(NamedTuple):
    """What became of a claim.

    reference  the derivative as the quotients have it; NaN where they do not tell
    smooth     whether left and right quotients meet, so that a derivative exists
    one_sided  whether they part or grow: a kink or a jump, where a convention decides
    slopes     from the left and from the right, where they part or do not settle
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


def judge(claim: Number, differences: Differences, node: int) -> Judgement:
    """Hold a derivative by `node` against Taylor arithmetic; where that is silent, against the quotients."""
    taylor = differences.taylor(node)
    if is_finite(taylor.slope) and (is_finite(claim) or claim != claim):
        return _by_taylor(claim, taylor.slope)
    if taylor.below and claim == 0:
        reason = f"it is 0, or a number less than {taylor.below}, which no enclosure tells"
        return Judgement(UNCHECKED, claim, reason, smooth=True, overlaps=True)
    found = _by_quotients(claim, differences, node)
    if found.verdict == AGREES and not is_finite(claim):
        return found._replace(verdict=UNCHECKED, reason=found.reason or "the derivative is infinite here")
    return found


def _by_quotients(claim: Number, differences: Differences, node: int) -> Judgement:
    if not is_finite(differences.value):
        return _without_value(claim, differences.value)
    for before, now in pairwise(differences.slopes(node, rung) for rung in RUNGS):
        found = _compare(claim, before, now)
        if found:
            return found
    return _conclude(before, now)


def unproved(found: Judgement, gap: Number | None) -> Judgement:
    """A judgement that no algebra confirms, with what the numbers say: SymPy's derivative differs by `gap`, or by 0.

    Where the quotients cannot see so small a difference, SymPy refutes; where they could, one contradicts the other.
    """
    if gap is None:
        return found
    if gap == 0:
        return found._replace(reason=SAME_NUMBER)
    apart = f"SymPy's own derivative differs by {MP.nstr(gap, 3)}"
    if abs(gap) <= MP.mpf(10) ** -CLOSE * abs(found.reference):
        return found._replace(verdict=REFUTED, reason=apart)
    return found._replace(verdict=UNCHECKED, reason=f"the difference quotients agree, but {apart}")


def _by_taylor(claim: Number, slope: Number) -> Judgement:
    """Both settled: they overlap or are apart. A literal of a rule that is a double counts as what it stands for."""
    if claim != claim:
        return Judgement(UNCHECKED, slope, "the derivative is not a number here, though Taylor arithmetic has one")
    if same(claim, slope, CLOSE):
        return Judgement(AGREES, slope, smooth=True)
    rounded = _rounded(claim, slope, slope)
    return rounded or Judgement(REFUTED, slope, "Taylor arithmetic on the formula gives another number", smooth=True)


def _without_value(claim: Number, value: Number) -> Judgement:
    what = "not a number" if value != value else "infinite"
    if is_finite(claim):
        reason = f"the value is {what} here, so there is nothing to hold the derivative against"
        return Judgement(UNCHECKED, reason=reason)
    return Judgement(AGREES, claim, f"the value is {what} here, and so there is no derivative")


def _compare(claim: Number, before: Slopes, now: Slopes) -> Judgement | None:
    """What two rungs say; None where the next must be asked."""
    sided = [(was, side) for was, side in zip(before[:2], now[:2], strict=True) if is_finite(side)]
    if not sided:
        return _undefined(claim)
    if claim != claim:
        return _no_claim(before, now)
    if len(sided) == 1:
        reason = "the function is defined on one side of this point only"
        return Judgement(AGREES, claim, reason) if tends(claim, *sided[0]) else None
    if _meet(before, now):
        return _confirmed(claim, before.central, now.central) or _rounded(claim, before.central, now.central)
    if _parts(claim, before, now):
        slopes = _limit(before.left, now.left), _limit(before.right, now.right)
        return Judgement(UNCHECKED, one_sided=True, slopes=slopes)
    return None


def _confirmed(claim: Number, before: Number, now: Number) -> Judgement | None:
    """The claim is right if the quotient is the same, or tends to it."""
    if is_finite(claim) and same(claim, now, CLOSE):
        return Judgement(AGREES, now, smooth=True)
    return Judgement(AGREES, claim, smooth=True) if tends(claim, before, now) else None


def _rounded(claim: Number, before: Number, now: Number) -> Judgement | None:
    """The claim is as right as doubles can be: literals such as 1/3 are rounded in a derivative."""
    overflows = abs(now) > sys.float_info.max and claim == MP.sign(now) * INF
    if not same(before, now, CLOSE) or (abs(now - claim) > ROUNDED * abs(now) and not overflows):
        return None
    return Judgement(AGREES, now, "a literal of the derivative is rounded to a double", smooth=True)


def _undefined(claim: Number) -> Judgement:
    reason = "the function is defined on neither side of this point"
    return Judgement(AGREES if claim != claim else UNCHECKED, reason=reason, undefined_both_sides=True)


def _no_claim(before: Slopes, now: Slopes) -> Judgement:
    """0·∞ and its like: an honest NaN claims nothing that could be wrong."""
    reason = "the derivative is not a number here"
    if _meet(before, now) and same(before.central, now.central, CLOSE):
        return Judgement(UNCHECKED, now.central, f"{reason}, though the difference quotient is")
    return Judgement(UNCHECKED, reason=reason)


def tends(claim: Number, before: Number, now: Number) -> bool:
    """Whether a quotient is the claim to 45 digits, or comes nearer to it at every rung, if need be to infinity."""
    if not is_finite(claim):
        return bool(now * claim > 0 and abs(now) >= GROWTH * abs(before))
    return same(claim, now, CLOSE) or bool(abs(now - claim) <= SETTLING * abs(before - claim))


def _meet(before: Slopes, now: Slopes) -> bool:
    """Whether the quotients from both sides tend to the same. However near, they do not if they keep a distance."""
    was, apart = before.right - before.left, now.right - now.left
    if apart != 0 and same(was, apart, 10):
        return False
    return same(now.left, now.right, 10) or bool(abs(apart) <= SETTLING * abs(was))


def _parts(claim: Number, before: Slopes, now: Slopes) -> bool:
    """Whether the sides keep a distance, or one of them grows without bound though the claim does not."""
    if same(before.right - before.left, now.right - now.left, 10):
        return True
    return is_finite(claim) and any(_grows(was, side) for was, side in zip(before[:2], now[:2], strict=True))


def _grows(before: Number, now: Number) -> bool:
    return bool(abs(now) * SETTLING >= abs(before) > 0)


def _limit(before: Number, now: Number) -> Number:
    """The number to which a quotient seems to tend."""
    return MP.sign(now) * INF if _grows(before, now) else ZERO if _grows(now, before) else now


def _conclude(before: Slopes, now: Slopes) -> Judgement:
    """The last rung has not confirmed the claim."""
    known = [(was, side) for was, side in zip(before, now, strict=True) if is_finite(side)]
    if known and same(*known[-1], 15):
        reason = "the difference quotients tend to another number"
        return Judgement(REFUTED, known[-1][1], reason, smooth=len(known) == len(now))
    slopes = _limit(before.left, now.left), _limit(before.right, now.right)
    return Judgement(UNCHECKED, reason="the difference quotients do not settle", slopes=slopes)
