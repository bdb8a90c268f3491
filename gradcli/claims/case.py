"""One claim, held against gradcli's derivative: its verdict, a point that shows it, and the mistake behind it.

Depends on the rest of `gradcli.claims`, on `gradcli.proof.equality` for numbers and proofs, and on `gradcli.verify`.
"""

import re
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gradcli.claims.at_all_points import Rulings
from gradcli.claims.at_point import Ruling
from gradcli.claims.claim import AnyClaim, Claim, parts_of
from gradcli.claims.mistakes import diagnose
from gradcli.claims.textbook import slope
from gradcli.errors import listed
from gradcli.graph.walk import reachable
from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.precision.decimals import told_apart
from gradcli.precision.multiprecision_kernels import MP, Number, as_written, is_finite
from gradcli.proof.boundaries import Decided
from gradcli.proof.equality import WORKING, Pair, Sample, compared, is_proved
from gradcli.proof.sample_points import SamplePoint, sample_points
from gradcli.time_limit import within
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED

POINTS = 24
FIRST = 4
"""After so many come those beyond the boundaries of decisions, before there is no time for more."""
TELLING = 5
"""Points at which a mistake must look like one."""
ROUNDED = 1e-13
"""How near a claim is to the derivative at a point whose numbers are rounded, as that of f'(pi) is."""
TEACHING = 1.0
"""Seconds for finding out what the mistake is."""


class Counterexample(NamedTuple):
    """A point and the two numbers there."""

    bindings: Mapping[str, float]
    claimed: float
    true: float


class Finding(NamedTuple):
    """What became of one claim. `truth` is the node of the derivative.

    `apart` holds the numbers of the counterexample in decimals, for doubles may not tell them apart.
    Of a claim of an array `entry` is the first that is wrong, `judged` how many were judged by themselves.
    """

    claim: AnyClaim
    verdict: str
    truth: int
    reason: str
    counterexample: Counterexample | None = None
    apart: tuple[str, str] = ("", "")
    diagnosis: str = ""
    points: int = 0
    entry: Claim | None = None
    judged: int = 1

    @property
    def parts(self) -> Sequence[Claim]:
        """The claims about numbers that it speaks of: of an array the first wrong entry, or all of them."""
        return (self.entry,) if self.entry else parts_of(self.claim)


class Case:
    """One claim, held against gradcli's derivative at every point."""

    def __init__(
        self, program: Program, claim: Claim, fixed: Mapping[str, float], seconds: float, patience: float
    ) -> None:
        self.program, self.claim, self.graph = program, claim, program.graph
        self.truth = slope(self.graph, claim.source, claim.variable)
        needed = reachable(self.graph, [claim.source, claim.variable, claim.node, self.truth])
        used = [name for name, node in self.graph.variables().items() if node < len(needed) and needed[node]]
        given = {**fixed, **claim.point}
        self.free = [name for name in used if name not in given]
        self.fixed = {name: given[name] for name in used if name in given}
        self.decided = Decided(self.graph, claim.node, claim.source, self.truth, self.free)
        found = sample_points(self.graph, [claim.source, self.truth], self.free, self.fixed, POINTS, seconds)
        self.points = [*found[:FIRST], *self.decided.points(found, seconds), *found[FIRST:]]
        self.pair = Pair(self.graph, claim.node, self.truth)
        self.samples = compared(self.pair, self.points, seconds, patience)
        self.rulings = Rulings(claim, self.truth, self.samples, self.free, seconds, patience)
        self.wrong = self.rulings.wrong

    @property
    def is_wrong(self) -> bool:
        """Whether it is wrong, to more digits than are written."""
        return self.wrong is not None and self._rounded(*self.wrong) is None

    @property
    def telling(self) -> list[SamplePoint]:
        """Generic points, where nothing is the same by accident; the one point there is where none may move."""
        generic = [point for point in self.points if point.generic][:TELLING]
        return generic if len(generic) > 1 else [self.wrong[0].point] if self.wrong else []

    def finding(self, seconds: float) -> Finding:
        """The verdict."""
        if missing := self._missing():
            return self._found(UNCHECKED, missing)
        if self.wrong:
            return self._rounded(*self.wrong) or self._refuted(*self.wrong)
        if self.rulings.undecided:
            return self._found(UNCHECKED, self.rulings.undecided)
        held, passed = self.rulings.held, self.rulings.passed
        if not held:
            return self._found(AGREES, passed) if passed else self._found(UNCHECKED, self.rulings.silent)
        if self.claim.node == self.truth:
            return self._found(PROVED, self._same_formula())
        return self._proved([sample.point for sample in held], seconds)

    def _missing(self) -> str:
        """Why there is nothing to judge; empty where there is."""
        if point := self._missing_point():
            return f"a number needs a point: bind {listed(point)}"
        return "" if self.rulings.known else self._nowhere()

    def _missing_point(self) -> list[str]:
        """What must be bound before numbers can be judged that are said of a point: a step of a chain, an update."""
        claim = self.claim
        if not claim.is_number or not (claim.sides > 1 or claim.point or claim.rate is not None):
            return []
        needed = reachable(self.graph, [self.truth, *([] if claim.rate is None else [claim.variable])])
        nodes = self.graph.variables()
        return [name for name in self.free if nodes[name] < len(needed) and needed[nodes[name]]]

    def _same_formula(self) -> str:
        leads = reachable(self.graph, [self.claim.source])
        if self.claim.variable < len(leads) and leads[self.claim.variable]:
            return "it is the same formula, step for step"
        return f"`{self.claim.by}` is nowhere in {self.claim.of}"

    def _refuted(self, sample: Sample, found: Ruling) -> Finding:
        by_slopes = len(found.slopes) == 1 or not is_finite(sample.second)
        true = min(found.slopes, key=lambda slope: abs(sample.first - slope)) if by_slopes else sample.second
        numbers = self._told(sample.first, sample), self._told(true, sample)
        if numbers[0] != numbers[0] or not is_finite(numbers[1]):
            return self._found(UNCHECKED, self._without_number(sample, *numbers))
        counterexample = Counterexample(sample.point.bindings, *map(float, numbers))
        refuted = self._found(REFUTED, "the numbers differ", counterexample)
        return refuted._replace(diagnosis=found.reason or self._diagnosis(), apart=told_apart(*numbers))

    def _told(self, slope: Number, sample: Sample) -> Number:
        """A derivative; of an update, the weight that it makes."""
        if self.claim.rate is None:
            return slope
        with MP.workdps(WORKING):
            return as_written(sample.point.bindings[self.claim.by]) - as_written(self.claim.rate) * slope

    def _diagnosis(self) -> str:
        """The mistake, where it is recognised."""
        points = [point.bindings for point in self.telling]
        found = within(TEACHING, lambda: diagnose(self.claim, points), "")
        found = found if self.claim.rate is None else found.replace("the claim", "the gradient in it")
        return f"perhaps {found}" if found and len(points) == 1 else found

    def _without_number(self, sample: Sample, claimed: Number, true: Number) -> str:
        """Why two are not compared of which one is no number."""
        where = listed([f"{name} = {number_text(value)}" for name, value in sample.point.bindings.items()])
        if is_finite(true) and (self.rulings.held or self._holds_elsewhere()):
            return f"it is right where it is defined, and undefined at {where}"
        told = f"{number_text(float(claimed))}, the derivative {number_text(float(true))}"
        return f"the claim is {told} at {where}" if where else f"the claim is {told}"

    def _holds_elsewhere(self) -> bool:
        """Whether a claim without a number at the one point there is is right at others, wherever it has one."""
        if self.free or not self.fixed:
            return False
        nodes = [self.claim.node, self.truth]
        points = sample_points(self.graph, nodes, [*self.fixed], {}, POINTS, TEACHING)
        samples = within(TEACHING, lambda: compared(self.pair, points, TEACHING), [])
        return len(samples) > 1 and all(sample.same for sample in samples)

    def _proved(self, where: Sequence[SamplePoint], seconds: float) -> Finding:
        """The finding on a claim that is right in numbers."""
        deadline = time.monotonic() + seconds
        proved = is_proved(self.pair, self.claim.source, where, self.free, seconds)
        points = f"{len(where)} points" if len(where) > 1 else "the point"
        unseen = self.decided.unseen([sample.point for sample in self.rulings.passing])
        if proved and (not unseen or self._is_proved_everywhere(where, deadline - time.monotonic())):
            return self._found(PROVED, f"SymPy shows the formulas to be equal; the numbers agree at {points}")
        if unseen:  # what agrees at points says nothing of a piece on which there is none
            found = "SymPy shows the formulas to be equal around" if proved else "the numbers agree to 45 digits at"
            return self._found(UNCHECKED, f"{found} {points}, but {unseen}")
        why = "time ran out before a proof" if proved is None else "SymPy finds no proof"
        return self._found(AGREES, f"the numbers agree to 45 digits at {points}; {why}")

    def _is_proved_everywhere(self, where: Sequence[SamplePoint], seconds: float) -> bool:
        """Whether the formulas are equal whatever their decisions come to, on pieces without a point too."""
        return bool(is_proved(self.pair, self.claim.source, where, self.free, seconds, whole=True))

    def _rounded(self, sample: Sample, found: Ruling) -> Finding | None:
        """The finding on what is right to the digits that are written, or those of the point; None where it is not."""
        near = min((abs(sample.first - slope) for slope in found.slopes), default=MP.inf)
        if self.claim.is_rounded and self._is_near(found):
            return self._found(AGREES, "it is right to the digits of this point, whose numbers are rounded")
        number = re.fullmatch(r"\s*[-−]?\s*\d*\.?(\d*)\s*", self.claim.right)
        if not number or not number[1] or self.free or sample.first == 0:  # 0.0 has no digit that is right
            return None
        reach = (0.5 + 1e-9) * 10.0 ** -len(number[1]) / abs(self.claim.rate or 1)
        return self._found(AGREES, "it is right to the digits that are written") if near <= reach else None

    def _is_near(self, found: Ruling) -> bool:
        """Whether the claim is the derivative but for what the rounded numbers of its point make of it."""
        pairs = [(it.first, it.second) for it in self.rulings.known]
        if not self.free:
            pairs = [(self.samples[0].first, slope) for slope in found.slopes]
        return all(abs(claimed - true) <= ROUNDED * max(1, abs(true)) for claimed, true in pairs)

    def _nowhere(self) -> str:
        if reason := next((sample.open for sample in self.samples if sample.open), ""):
            return reason
        if self.free:
            return f"no point was found where {self.claim.name} has a value"
        return f"{self.claim.name} is not finite at this point"

    def _found(self, verdict: str, reason: str, counterexample: Counterexample | None = None) -> Finding:
        return Finding(self.claim, verdict, self.truth, reason, counterexample, points=len(self.samples))
