"""A claim at one point, where gradcli's rules alone must not decide: what are the slopes without them?

Depends on `gradcli.verify.judgement` and `gradcli.verify.conventions`. Only what is differentiated by is moved, and all
else keeps its value: a function may be defined at values of a parameter only, as x^m at a negative x is, or on one
side.
"""

from enum import Enum
from typing import NamedTuple

from gradcli.claims.claim import Claim
from gradcli.diagnose.kinks.active import active_kinks, has_kinks
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import dependent, reachable
from gradcli.precision.decimals import number_text
from gradcli.precision.multiprecision import same
from gradcli.precision.multiprecision_kernels import Number, is_finite
from gradcli.precision.slopes import Slopes
from gradcli.proof import algebra
from gradcli.proof.equality import CLOSE, Pair, Sample, differs_around
from gradcli.time_limit import within
from gradcli.verify.conventions import both_sides, kink_text, kinks
from gradcli.verify.judgement import AGREES, UNCHECKED, Judgement, judge

NO_NUMBER = "the claim has no value here"
CONVENTIONS = "there is a kink at this point, where the derivatives in the claim may be conventions"
NO_TIME = "there was no time to check it"


class Kind(Enum):
    """What a claim is at one point."""

    HOLDS = "it is the derivative"
    SIDE = "it is the slope on one side of a kink"
    CONVENTION = "there is a kink, and it is what the rules say there"
    BETWEEN = "there is a kink, and it is another number between the slopes, or there is a jump"
    GAP = "it has no number, and is right beside the point"
    FAILS = "it is none of these"
    OPEN = "nothing tells"


class Ruling(NamedTuple):
    """What became of a claim at one point.

    slopes  the derivative there, or the slopes on both sides of a kink
    reason  what is to be said of it; empty where nothing is
    """

    kind: Kind
    slopes: tuple[Number, ...] = ()
    reason: str = ""


def ruling(claim: Claim, truth: int, sample: Sample, seconds: float, patience: float) -> Ruling:
    """What becomes of a claim at a point, where `sample` has it beside what the rules say: node `truth`.

    The slopes may take `seconds`, the digits of each point beside this one `patience`.
    """
    if not is_finite(sample.first):
        return _without_number(claim, truth, sample, patience)
    if claim.holds_derivatives and meets_kink(claim, sample, seconds):
        return Ruling(Kind.OPEN, reason=CONVENTIONS)
    slopes = _slopes(claim, sample)
    found = within(seconds, lambda: _Point(sample, slopes, claim.variable).ruling(), None)
    if found is not None:
        return found
    trusted = is_finite(sample.second) and not _seems_kinked(slopes, claim.variable)
    return _by_rules(sample) if trusted else Ruling(Kind.OPEN, reason=NO_TIME)


def _slopes(claim: Claim, sample: Sample) -> Slopes:
    return Slopes(claim.graph, claim.source, sample.point.bindings, algebra, as_written=True)


def _without_number(claim: Claim, truth: int, sample: Sample, patience: float) -> Ruling:
    """A claim that is no number may have a gap at this very point."""
    leads = reachable(claim.graph, [claim.variable])
    moving = [name for name, node in claim.graph.variables().items() if node < len(leads) and leads[node]]
    differs = differs_around(Pair(claim.graph, claim.node, truth), sample.point, moving, patience)
    return Ruling(Kind.FAILS, (sample.second,)) if differs else Ruling(Kind.GAP, reason=NO_NUMBER)


def meets_kink(claim: Claim, sample: Sample, seconds: float) -> bool:
    """Whether a node on the way is at its kink, so that what the rules say may be a convention."""
    if not has_kinks(claim.graph):
        return False
    slopes = _slopes(claim, sample)
    found = within(seconds, lambda: bool(kinks(slopes, claim.variable)), None)
    return _seems_kinked(slopes, claim.variable) if found is None else found


def _seems_kinked(slopes: Slopes, node: int) -> bool:
    """The same as far as doubles tell, which are quick."""
    graph, needed = slopes.graph, reachable(slopes.graph, [slopes.output])
    values = evaluate_all(graph, needed, slopes.bindings)
    return any(True for _ in active_kinks(graph, needed, dependent(graph, [node], slopes.output), values))


def _by_rules(sample: Sample) -> Ruling:
    return Ruling(Kind.HOLDS if sample.same else Kind.FAILS, (sample.second,))


class _Point:
    """One ruling under way."""

    def __init__(self, sample: Sample, slopes: Slopes, node: int) -> None:
        self.sample, self.slopes, self.node = sample, slopes, node

    def ruling(self) -> Ruling:
        """What the slopes say of the rules decides who is right; or of the claim, where the rules say nothing."""
        ruled = is_finite(self.sample.second)
        found = judge(self.sample.second if ruled else self.sample.first, self.slopes, self.node)
        slope = self.slopes.taylor(self.node).slope
        if is_finite(slope):
            return self._by_taylor(slope)
        if self.slopes.without_value or found.undefined_both_sides:
            return Ruling(Kind.OPEN, reason=found.reason)
        if found.one_sided:
            return self._at_kink(found)
        if found.verdict == UNCHECKED:
            return self._unsettled(found)
        return _by_rules(self.sample) if ruled and found.verdict == AGREES else self._by_sides(found)

    def _by_taylor(self, slope: Number) -> Ruling:
        """The derivative is known, whatever the rules say; where they say the same, all digits of theirs count."""
        if is_finite(self.sample.second) and same(self.sample.second, slope, CLOSE):
            return _by_rules(self.sample)
        return Ruling(Kind.HOLDS if same(self.sample.first, slope, CLOSE) else Kind.FAILS, (slope,))

    def _at_kink(self, found: Judgement) -> Ruling:
        claim = self.sample.first
        said = f"{kink_text(self.slopes, self.node)}: {both_sides(found.slopes)}"
        if any(is_finite(slope) and same(claim, slope, CLOSE) for slope in found.slopes):
            return Ruling(Kind.SIDE, found.slopes, f"{said}; the claim is the slope on one side")
        if self.sample.same:
            return Ruling(Kind.CONVENTION, found.slopes, f"{said}; {number_text(claim, 6)} is a convention")
        jumps = not all(map(is_finite, found.slopes))
        between = jumps or min(found.slopes) <= claim <= max(found.slopes)
        if not is_finite(self.sample.second) and between:
            return Ruling(Kind.OPEN, reason=said)
        return Ruling(Kind.BETWEEN if between else Kind.FAILS, found.slopes, said)

    def _by_sides(self, found: Judgement) -> Ruling:
        """The slope beside the point is a number which the rules do not say, as for relu(x) - relu(-x) at 0."""
        holds = same(self.sample.first, found.reference, CLOSE)
        said = f"the slope beside this point is {number_text(found.reference, 6)}, whatever the rules say here"
        return Ruling(Kind.HOLDS if holds else Kind.FAILS, (found.reference,), said)

    def _unsettled(self, found: Judgement) -> Ruling:
        """Without a kink the rules are to be trusted."""
        doubtful = bool(kinks(self.slopes, self.node)) or not is_finite(self.sample.second)
        return Ruling(Kind.OPEN, reason=found.reason) if doubtful and not self.sample.same else _by_rules(self.sample)
