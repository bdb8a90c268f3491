"""The verdicts on claims about derivatives: proved, agrees or refuted, with a point that shows it.

Depends on the rest of `gradcli.verify`: `claims` reads, `equality` decides, `diagnosis` looks for the mistake.
"""

import re
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gradcli.derivatives import differentiate
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.time_limit import within
from gradcli.verify.chain import first_wrong_step, inherits
from gradcli.verify.claims import Claim
from gradcli.verify.diagnosis import Named, diagnose
from gradcli.verify.equality import Sample, compared, differs_around, is_proved
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED, VERDICTS
from gradcli.verify.meanings import is_finite
from gradcli.verify.sampling import Place, places

POINTS = 24
TELLING = 5
"""Points at which a mistake must look like one."""

KINK = "at this point there is a kink, and the claim is the slope on one side of it"
TEACHING = 1.0
"""Seconds for finding out what the mistake is."""
ODD_LARGE, ODD_SMALL = 1e4, 1e-2


class Counterexample(NamedTuple):
    """A point and the two numbers there."""

    bindings: Mapping[str, float]
    claimed: float
    true: float


class Finding(NamedTuple):
    """What became of one claim. `truth` is the node of the derivative."""

    claim: Claim
    verdict: str
    truth: int
    reason: str
    counterexample: Counterexample | None = None
    diagnosis: str = ""
    points: int = 0


class Outcome(NamedTuple):
    """All findings, in the order of the claims.

    chain  where along the chain from the output the claims stop agreeing, in words; empty where they do not
    """

    program: Program
    fixed: Mapping[str, float]
    findings: Sequence[Finding]
    chain: str = ""

    @property
    def verdict(self) -> str:
        """The weakest of the verdicts."""
        return max((finding.verdict for finding in self.findings), key=VERDICTS.index)


def judge_claims(program: Program, claims: Sequence[Claim], fixed: Mapping[str, float], seconds: float) -> Outcome:
    """A finding for each claim: numbers for all first, then proofs with the time that is left, then diagnoses."""
    deadline = time.monotonic() + seconds
    judged = [_Case(program, claim, fixed, seconds / (2 * len(claims))) for claim in claims]
    findings: list[Finding] = []
    hoping = sum(case.wrong is None for case in judged)
    for case in judged:
        findings.append(case.finding((deadline - time.monotonic()) / max(1, hoping)))
        hoping -= case.wrong is None
    return _joined(program, fixed, findings, judged)


def _joined(
    program: Program, fixed: Mapping[str, float], findings: list[Finding], judged: Sequence["_Case"]
) -> Outcome:
    """The findings as a chain: who only inherits a mistake, and where the first one is made."""
    graph = program.graph
    refuted = sorted((at for at, it in enumerate(findings) if it.verdict == REFUTED), key=lambda at: -judged[at].depth)
    for place, at in enumerate(refuted):
        for upper in (findings[above] for above in refuted[:place]):
            places = judged[at].telling
            if inherits(graph, findings[at].claim, findings[at].truth, upper.claim, upper.truth, places):
                told = f"the step is right, and carries the mistake of {upper.claim.name} on"
                findings[at] = findings[at]._replace(diagnosis=told)
                break
    wrong = [finding.claim for finding in findings if finding.verdict == REFUTED]
    right = [finding.claim for finding in findings if finding.verdict in (PROVED, AGREES)]
    return Outcome(program, fixed, findings, first_wrong_step(graph, right, wrong))


class _Case:
    """One claim, held against gradcli's derivative at every point."""

    def __init__(self, program: Program, claim: Claim, fixed: Mapping[str, float], seconds: float) -> None:
        self.program, self.claim, self.graph = program, claim, program.graph
        self.truth = differentiate(self.graph, claim.source, [claim.variable]).gradient[0]
        needed = reachable(self.graph, [claim.source, claim.variable, claim.node, self.truth])
        used = [name for name, node in self.graph.variables().items() if node < len(needed) and needed[node]]
        self.free = [name for name in used if name not in fixed]
        self.fixed = {name: fixed[name] for name in used if name in fixed}
        self.places = places(self.graph, [claim.source, self.truth], self.free, self.fixed, POINTS, seconds)
        self.samples = compared(self.graph, claim.node, self.truth, self.places, seconds)
        self.wrong = next((sample for sample in self._suspects() if self._is_wrong(sample)), None)

    @property
    def depth(self) -> int:
        """How near to the output the claim's variable is."""
        return self.claim.variable

    @property
    def telling(self) -> list[Place]:
        """Generic points, where nothing is the same by accident; the one point there is where none may move."""
        generic = [place for place in self.places if place.generic][:TELLING]
        return generic if len(generic) > 1 else [self.wrong.place] if self.wrong else []

    def finding(self, seconds: float) -> Finding:
        """The verdict."""
        known = [sample for sample in self.samples if is_finite(sample.second)]
        if not known:
            return self._found(UNCHECKED, self._nowhere())
        if self.wrong and (reason := self._rounded(self.wrong)):
            return self._found(AGREES, reason)
        if self.wrong:
            return self._refuted(self.wrong)
        return self._agreed(known, seconds)

    def _suspects(self) -> list[Sample]:
        """Where they differ: with numbers on both sides first. A simple point at which the claim has none is passed."""
        differing = [sample for sample in self.samples if not sample.same and is_finite(sample.second)]
        numbers = [sample for sample in differing if is_finite(sample.first)]
        without = [sample for sample in differing if not is_finite(sample.first)]
        numbers.sort(key=_is_odd)
        return [*numbers, *(sample for sample in without if sample.place.generic or not self.free)]

    def _is_wrong(self, sample: Sample) -> bool:
        moving = self.free or list(self.fixed)
        return differs_around(self.graph, self.claim.node, self.truth, sample, moving)

    def _refuted(self, sample: Sample) -> Finding:
        counterexample = Counterexample(sample.place.bindings, float(sample.first), float(sample.second))
        found = self._found(REFUTED, "the numbers differ", counterexample)
        return found._replace(diagnosis=self._diagnosis())

    def _diagnosis(self) -> str:
        """The mistake, where it is recognised."""
        claim, points = self.claim, [place.bindings for place in self.telling]
        named = Named(claim.of, claim.by)
        found = within(
            TEACHING, lambda: diagnose(self.graph, claim.source, claim.variable, claim.node, named, points), ""
        )
        return f"perhaps {found}" if found and len(points) == 1 else found

    def _agreed(self, known: Sequence[Sample], seconds: float) -> Finding:
        if self.claim.node == self.truth:
            return self._found(PROVED, "it is the same formula, step for step")
        where = [sample.place for sample in known if sample.same]
        if not where:
            return self._found(AGREES, KINK)
        proved = is_proved(self.graph, self.claim.node, self.truth, where, self.free, seconds)
        points = f"{len(where)} points" if len(where) > 1 else "the point"
        if proved:
            return self._found(PROVED, f"SymPy shows the formulas to be equal; the numbers agree at {points}")
        why = "time ran out before a proof" if proved is None else "SymPy finds no proof"
        return self._found(AGREES, f"the numbers agree to 45 digits at {points}; {why}")

    def _rounded(self, sample: Sample) -> str:
        """What to say of a number that is right to the digits in which it is written; nothing where it is not."""
        number = re.fullmatch(r"\s*[-−]?\s*\d*\.?(\d*)\s*", self.claim.right)
        if not number or self.free:
            return ""
        near = abs(sample.first - sample.second) <= (0.5 + 1e-9) * 10.0 ** -len(number[1])
        return "it is right to the digits that are written" if near and number[1] else ""

    def _nowhere(self) -> str:
        if self.free:
            return f"no point was found where d{self.claim.of}/d{self.claim.by} has a value"
        return f"d{self.claim.of}/d{self.claim.by} is not finite at this point"

    def _found(self, verdict: str, reason: str, counterexample: Counterexample | None = None) -> Finding:
        return Finding(self.claim, verdict, self.truth, reason, counterexample, points=len(self.samples))


def _is_odd(sample: Sample) -> bool:
    """Whether its numbers are too large, too small or too near each other to tell a person much."""
    sizes = abs(sample.first), abs(sample.second)
    apart = abs(sample.first - sample.second)
    return max(sizes) > ODD_LARGE or max(sizes) < ODD_SMALL or bool(apart < ODD_SMALL * max(sizes))
