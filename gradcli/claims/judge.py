"""The verdicts on several claims about derivatives: each by itself, then what they say of each other.

Depends on `gradcli.claims.case` for one claim, on `gradcli.claims.first_wrong_step` for several.
"""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from gradcli.claims.array_case import ArrayCase
from gradcli.claims.case import Case, Finding
from gradcli.claims.claim import AnyClaim, ArrayClaim, parts_of
from gradcli.claims.first_wrong_step import first_wrong_step, inherits
from gradcli.errors import listed
from gradcli.language.program import Program
from gradcli.proof.equality import PATIENCE
from gradcli.time_limit import left, within
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED, VERDICTS

NO_TIME = "there was no time to check it"


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
    program: Program, claims: Sequence[AnyClaim], fixed: Mapping[str, float], seconds: float, patience: float = PATIENCE
) -> Outcome:
    """A finding for each claim: numbers for all first, then proofs with the time that is left, then diagnoses.

    `patience` is the time for one of the points at which a claim is judged; it is passed over if that is not enough.
    """
    deadline = time.monotonic() + seconds
    share = seconds / (2 * len(claims))
    judged = [within(left(), partial(_case, program, claim, fixed, share, patience), None) for claim in claims]
    findings: list[Finding] = []
    hoping = sum(case is not None and case.wrong is None for case in judged)
    for case, claim in zip(judged, claims, strict=True):
        if case is None:
            findings.append(Finding(claim, UNCHECKED, parts_of(claim)[0].node, NO_TIME))
            continue
        its = (deadline - time.monotonic()) / max(1, hoping)
        late = Finding(claim, UNCHECKED, case.truth, NO_TIME)
        findings.append(within(left(), partial(case.finding, its), late))
        hoping -= case.wrong is None
    cases = {at: case for at, case in enumerate(judged) if case is not None}
    within(left(), lambda: _tell_inherited(findings, cases), None)
    _name_first_wrong_sides(findings)
    return Outcome(program, fixed, findings, within(left(), lambda: _chain(findings), ""))


def _case(
    program: Program, claim: AnyClaim, fixed: Mapping[str, float], seconds: float, patience: float
) -> Case | ArrayCase:
    if isinstance(claim, ArrayClaim):
        return ArrayCase(program, claim, fixed, seconds, patience)
    return Case(program, claim, fixed, seconds, patience)


def _tell_inherited(findings: list[Finding], judged: Mapping[int, Case | ArrayCase]) -> None:
    """Say of every refuted claim that only carries the mistake of one nearer to the output on that it does."""
    refuted = [at for at, it in enumerate(findings) if it.verdict == REFUTED]
    refuted.sort(key=lambda at: findings[at].parts[0].variable, reverse=True)
    for rank, at in enumerate(refuted):
        for upper in (findings[above] for above in refuted[:rank]):
            points = judged[at].telling
            claim, wrong = findings[at].parts[0], parts_of(upper.claim)
            if inherits(claim, findings[at].truth, wrong, points):
                told = f"the step is right, and carries the mistake of {upper.claim.name} on"
                findings[at] = findings[at]._replace(diagnosis=told)
                break


def _name_first_wrong_sides(findings: list[Finding]) -> None:
    """Say of each chain of equalities which side is the first wrong one, and of those after it that they go on so."""
    first: Finding | None = None
    for at, found in enumerate(findings):
        first = first if found.claim.side else None
        if found.claim.sides == 1 or found.verdict != REFUTED:
            continue
        if first is None:
            first = found
            told = f"the first side that is wrong: {found.claim.right}"
            told = f"{told}; {found.diagnosis}" if found.diagnosis else told
        elif found.counterexample == first.counterexample:
            told = f"it carries the mistake of {first.claim.right} on"
        else:
            continue
        findings[at] = found._replace(diagnosis=told)


def _chain(findings: Sequence[Finding]) -> str:
    """Where along the chain from the output the claims stop agreeing."""
    wrong = [finding.parts[0] for finding in findings if finding.verdict == REFUTED]
    right = [each for finding in findings if finding.verdict in (PROVED, AGREES) for each in finding.parts]
    return first_wrong_step(right, wrong)
