"""The verdicts on claims about derivatives: proved, agrees or refuted, with a point that shows it.

Depends on the rest of `gradcli.claims`, on `gradcli.proof.equality` for numbers and proofs, and on `gradcli.verify`.
"""

import re
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from gradcli.claims.at_all_points import Rulings
from gradcli.claims.at_point import Ruling
from gradcli.claims.first_wrong_step import first_wrong_step, inherits
from gradcli.claims.mistakes import diagnose
from gradcli.claims.parse import Claim
from gradcli.derivatives import differentiate
from gradcli.errors import listed
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.precision.decimals import told_apart
from gradcli.precision.multiprecision_kernels import is_finite
from gradcli.proof.boundaries import Decided
from gradcli.proof.equality import PATIENCE, Pair, Sample, compared, is_proved
from gradcli.proof.sample_points import SamplePoint, sample_points
from gradcli.time_limit import left, within
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED, VERDICTS

NO_TIME = "there was no time to check it"
POINTS = 24
FIRST = 4
"""After so many come those beyond the boundaries of decisions, before there is no time for more."""
TELLING = 5
"""Points at which a mistake must look like one."""
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
    """

    claim: Claim
    verdict: str
    truth: int
    reason: str
    counterexample: Counterexample | None = None
    apart: tuple[str, str] = ("", "")
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

    def __repr__(self) -> str:
        """The verdicts."""
        return f"<claims {self.verdict}: {listed([f'{it.claim.name} {it.verdict}' for it in self.findings])}>"

    def _repr_html_(self) -> str:
        """A row a claim, for a notebook."""
        from gradcli.emit.html import table, text  # here and below: no command needs what a notebook does

        rows = [(it.claim.text, it.verdict, it.diagnosis or it.reason) for it in self.findings]
        return table(("claim", "verdict", "reason"), rows) + (text(self.chain) if self.chain else "")

    def _repr_latex_(self) -> str:
        """The formula, for a notebook."""
        from gradcli.emit.aligned import aligned

        return aligned(self.program)


def judge_claims(
    program: Program, claims: Sequence[Claim], fixed: Mapping[str, float], seconds: float, patience: float = PATIENCE
) -> Outcome:
    """A finding for each claim: numbers for all first, then proofs with the time that is left, then diagnoses.

    `patience` is the time for one of the points at which a claim is judged; it is passed over if that is not enough.
    """
    deadline = time.monotonic() + seconds
    share = seconds / (2 * len(claims))
    judged = [within(left(), partial(_Case, program, claim, fixed, share, patience), None) for claim in claims]
    findings: list[Finding] = []
    hoping = sum(case is not None and case.wrong is None for case in judged)
    for case, claim in zip(judged, claims, strict=True):
        if case is None:
            findings.append(Finding(claim, UNCHECKED, claim.node, NO_TIME))
            continue
        findings.append(case.finding((deadline - time.monotonic()) / max(1, hoping)))
        hoping -= case.wrong is None
    cases = {at: case for at, case in enumerate(judged) if case is not None}
    within(left(), lambda: _tell_inherited(findings, cases), None)
    return Outcome(program, fixed, findings, within(left(), lambda: _chain(findings), ""))


def _tell_inherited(findings: list[Finding], judged: Mapping[int, "_Case"]) -> None:
    """Say of every refuted claim that only carries the mistake of one nearer to the output on that it does."""
    refuted = [at for at, it in enumerate(findings) if it.verdict == REFUTED]
    refuted.sort(key=lambda at: findings[at].claim.variable, reverse=True)
    for rank, at in enumerate(refuted):
        for upper in (findings[above] for above in refuted[:rank]):
            points = judged[at].telling
            if inherits(findings[at].claim, findings[at].truth, upper.claim, upper.truth, points):
                told = f"the step is right, and carries the mistake of {upper.claim.name} on"
                findings[at] = findings[at]._replace(diagnosis=told)
                break


def _chain(findings: Sequence[Finding]) -> str:
    """Where along the chain from the output the claims stop agreeing."""
    wrong = [finding.claim for finding in findings if finding.verdict == REFUTED]
    right = [finding.claim for finding in findings if finding.verdict in (PROVED, AGREES)]
    return first_wrong_step(right, wrong)


class _Case:
    """One claim, held against gradcli's derivative at every point."""

    def __init__(
        self, program: Program, claim: Claim, fixed: Mapping[str, float], seconds: float, patience: float
    ) -> None:
        self.program, self.claim, self.graph = program, claim, program.graph
        self.truth = differentiate(self.graph, claim.source, [claim.variable]).gradient[0]
        needed = reachable(self.graph, [claim.source, claim.variable, claim.node, self.truth])
        used = [name for name, node in self.graph.variables().items() if node < len(needed) and needed[node]]
        self.free = [name for name in used if name not in fixed]
        self.fixed = {name: fixed[name] for name in used if name in fixed}
        self.decided = Decided(self.graph, claim.node, claim.source, self.truth, self.free)
        found = sample_points(self.graph, [claim.source, self.truth], self.free, self.fixed, POINTS, seconds)
        self.points = [*found[:FIRST], *self.decided.points(found, seconds), *found[FIRST:]]
        self.pair = Pair(self.graph, claim.node, self.truth)
        self.samples = compared(self.pair, self.points, seconds, patience)
        self.rulings = Rulings(claim, self.truth, self.samples, self.free, seconds, patience)
        self.wrong = self.rulings.wrong

    @property
    def telling(self) -> list[SamplePoint]:
        """Generic points, where nothing is the same by accident; the one point there is where none may move."""
        generic = [point for point in self.points if point.generic][:TELLING]
        return generic if len(generic) > 1 else [self.wrong[0].point] if self.wrong else []

    def finding(self, seconds: float) -> Finding:
        """The verdict."""
        if not self.rulings.known:
            return self._found(UNCHECKED, self._nowhere())
        if self.wrong:
            return self._rounded(*self.wrong) or self._refuted(*self.wrong)
        if self.rulings.undecided:
            return self._found(UNCHECKED, self.rulings.undecided)
        held, passed = self.rulings.held, self.rulings.passed
        if not held:
            return self._found(AGREES, passed) if passed else self._found(UNCHECKED, self.rulings.silent)
        if self.claim.node == self.truth:
            return self._found(PROVED, "it is the same formula, step for step")
        return self._proved([sample.point for sample in held], seconds)

    def _refuted(self, sample: Sample, found: Ruling) -> Finding:
        by_slopes = len(found.slopes) == 1 or not is_finite(sample.second)
        true = min(found.slopes, key=lambda slope: abs(sample.first - slope)) if by_slopes else sample.second
        counterexample = Counterexample(sample.point.bindings, float(sample.first), float(true))
        refuted = self._found(REFUTED, "the numbers differ", counterexample)
        return refuted._replace(diagnosis=found.reason or self._diagnosis(), apart=told_apart(sample.first, true))

    def _diagnosis(self) -> str:
        """The mistake, where it is recognised."""
        points = [point.bindings for point in self.telling]
        found = within(TEACHING, lambda: diagnose(self.claim, points), "")
        return f"perhaps {found}" if found and len(points) == 1 else found

    def _proved(self, where: Sequence[SamplePoint], seconds: float) -> Finding:
        """The finding on a claim that is right in numbers."""
        deadline = time.monotonic() + seconds
        proved = is_proved(self.pair, where, self.free, seconds)
        points, unseen = f"{len(where)} points" if len(where) > 1 else "the point", self.decided.unseen(where)
        if proved and (not unseen or self._is_proved_everywhere(where, deadline - time.monotonic())):
            return self._found(PROVED, f"SymPy shows the formulas to be equal; the numbers agree at {points}")
        if unseen:  # what agrees at points says nothing of a piece on which there is none
            found = "SymPy shows the formulas to be equal around" if proved else "the numbers agree to 45 digits at"
            return self._found(UNCHECKED, f"{found} {points}, but {unseen}")
        why = "time ran out before a proof" if proved is None else "SymPy finds no proof"
        return self._found(AGREES, f"the numbers agree to 45 digits at {points}; {why}")

    def _is_proved_everywhere(self, where: Sequence[SamplePoint], seconds: float) -> bool:
        """Whether the formulas are equal whatever their decisions come to, on pieces without a point too."""
        claim = self.claim
        textbook = differentiate(self.graph, claim.source, [claim.variable], tails=False).gradient[0]
        return bool(is_proved(Pair(self.graph, claim.node, textbook), where, self.free, seconds, whole=True))

    def _rounded(self, sample: Sample, found: Ruling) -> Finding | None:
        """The finding on a number that is right to the digits in which it is written; None where it is not."""
        number = re.fullmatch(r"\s*[-−]?\s*\d*\.?(\d*)\s*", self.claim.right)
        if not number or not number[1] or self.free:
            return None
        reach = (0.5 + 1e-9) * 10.0 ** -len(number[1])
        near = any(abs(sample.first - slope) <= reach for slope in found.slopes)
        return self._found(AGREES, "it is right to the digits that are written") if near else None

    def _nowhere(self) -> str:
        if not all(sample.in_time for sample in self.samples):
            return "there was no time for the digits"
        if self.free:
            return f"no point was found where {self.claim.name} has a value"
        return f"{self.claim.name} is not finite at this point"

    def _found(self, verdict: str, reason: str, counterexample: Counterexample | None = None) -> Finding:
        return Finding(self.claim, verdict, self.truth, reason, counterexample, points=len(self.samples))
