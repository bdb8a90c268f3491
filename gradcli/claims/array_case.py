"""One claim of an array, held against gradcli's derivative: an entry at a time, and one verdict on all.

Depends on `gradcli.claims.case` for one entry, on `gradcli.proof.equality` for the numbers of all entries at once.
"""

import time
from collections.abc import Mapping
from functools import partial

from gradcli.claims.case import TEACHING, Case, Finding
from gradcli.claims.claim import ArrayClaim
from gradcli.claims.mistakes.arrays import diagnose_array
from gradcli.claims.names import entries
from gradcli.claims.textbook import slopes
from gradcli.diagnose.kinks.active import active_kinks, has_kinks
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.proof.equality import screened
from gradcli.proof.sample_points import SamplePoint, sample_points
from gradcli.time_limit import SPARE, left, within
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED, VERDICTS

SCREENED = 3
"""So many points are tried with all entries at once."""
SHARES = 4
"""The numbers of one of many entries may take such a part of the time that is left: most take less."""
NO_TIME = "there was no time to check it"


class ArrayCase:
    """A claim of an array: `cases` are those of the entries that were judged, by their places.

    truths  the nodes of the derivative
    wrong   the place of the first entry that is wrong; None if there is none
    same    whether the numbers of all entries are the same at the points that were tried with all of them
    """

    def __init__(
        self, program: Program, claim: ArrayClaim, fixed: Mapping[str, float], seconds: float, patience: float
    ) -> None:
        deadline = time.monotonic() + seconds
        self.claim, self.graph = claim, program.graph
        self.truths = entries(slopes(self.graph, claim.source, claim.variable))
        self.pairs = [(each.node, truth) for each, truth in zip(claim.entries, self.truths, strict=True)]
        self.points = self._points(fixed, seconds / 4)
        told = [screened(self.graph, self.pairs, point) for point in self.points]
        suspects = [at for at, each in enumerate(zip(*told, strict=True)) if False in each]
        shown = (True in each and False not in each for each in zip(*told, strict=True))
        self.same = bool(told) and not self._is_kinked() and all(shown)
        self.cases: dict[int, Case] = {}
        self.wrong: int | None = None
        for at in dict.fromkeys([*suspects, *range(len(claim.entries))]):
            remaining = deadline - time.monotonic()
            if self.cases and remaining <= 0:
                break
            share = max(remaining, 0.0) / min(len(claim.entries) - len(self.cases), SHARES)
            judged = within(left(), partial(Case, program, claim.entries[at], fixed, share, patience), None)
            if judged:
                self.cases[at] = judged
            if judged and judged.is_wrong:
                self.wrong = at
                break

    @property
    def truth(self) -> int:
        """The node of the derivative by the first entry."""
        return self.truths[0]

    @property
    def telling(self) -> list[SamplePoint]:
        """The points that tell what is wrong with the first wrong entry."""
        return [] if self.wrong is None else self.cases[self.wrong].telling

    def finding(self, seconds: float) -> Finding:
        """The verdict."""
        if self.wrong is not None:
            return self._wrong(self.cases[self.wrong], seconds)
        deadline = time.monotonic() + min(seconds, left() - SPARE)
        found: dict[int, Finding] = {}
        proved = True  # once one is not, all are not, and their proofs would take time for nothing
        for at, case in self.cases.items():
            share = deadline - time.monotonic() if proved else 0.0
            late = Finding(case.claim, UNCHECKED, case.truth, NO_TIME)
            found[at] = within(left(), partial(case.finding, share), late)
            proved = proved and found[at].verdict == PROVED
        return self._all(dict(sorted(found.items()))) if found else self._whole(UNCHECKED, NO_TIME)

    def _wrong(self, case: Case, seconds: float) -> Finding:
        """The finding on an entry that is wrong, which is one on all."""
        found = within(left(), partial(case.finding, seconds), None)
        if found is None or found.verdict != REFUTED:
            return self._whole(UNCHECKED, f"{case.claim.name}: {found.reason if found else NO_TIME}")
        points = [point.bindings for point in case.telling]
        work = partial(diagnose_array, self.claim, self.truths, self.graph, points)
        diagnosis = within(min(TEACHING, left()), work, "") or found.diagnosis
        return found._replace(claim=self.claim, entry=case.claim, judged=len(self.cases), diagnosis=diagnosis)

    def _all(self, found: Mapping[int, Finding]) -> Finding:
        """The finding on entries of which none is refuted: the weakest of them."""
        weakest = max(found.values(), key=lambda it: VERDICTS.index(it.verdict))
        count, there = len(self.claim.entries), len(found)
        verdict, reason = weakest.verdict, weakest.reason
        proved = sum(it.verdict == PROVED for it in found.values())
        if verdict != PROVED and there > 1:
            reason = f"{weakest.claim.name}: {reason}"
            reason += f"; {proved:,} of {count:,} entries are proved" if proved else ""
        if there < count:
            verdict = max(verdict, AGREES if self.same else UNCHECKED, key=VERDICTS.index)
            reason = f"{self._judged(there)}; {reason}"
        return self._whole(verdict, reason)._replace(judged=there, points=weakest.points)

    def _judged(self, there: int) -> str:
        """What was looked at where that is not all."""
        count = len(self.claim.entries)
        judged = f"there was time to judge {there:,} of {count:,} entries by themselves"
        if not self.same:
            return judged
        points = f"{len(self.points)} points" if len(self.points) > 1 else "the point"
        return f"the numbers of all {count:,} entries agree at {points}, and {judged}"

    def _whole(self, verdict: str, reason: str) -> Finding:
        return Finding(self.claim, verdict, self.truth, reason)

    def _points(self, fixed: Mapping[str, float], seconds: float) -> list[SamplePoint]:
        """A few points at which all numbers are finite; none where a number is claimed that needs a point."""
        nodes = [node for pair in self.pairs for node in pair]
        needed = reachable(self.graph, [*nodes, *entries(self.claim.source)])
        used = [name for name, node in self.graph.variables().items() if node < len(needed) and needed[node]]
        given = {**fixed, **self.claim.entries[0].point}
        free = [name for name in used if name not in given]
        bound = {name: given[name] for name in used if name in given}
        found = sample_points(self.graph, nodes, free, bound, 2 * SCREENED, seconds)
        return sorted(found, key=lambda point: not point.generic)[:SCREENED]

    def _is_kinked(self) -> bool:
        """Whether there are kinks at one of the points, where the same numbers may be conventions."""
        if not has_kinks(self.graph):
            return False
        needed = reachable(self.graph, entries(self.claim.source))
        values = (evaluate_all(self.graph, needed, point.bindings) for point in self.points)
        return any(True for each in values for _ in active_kinks(self.graph, needed, needed, each))
