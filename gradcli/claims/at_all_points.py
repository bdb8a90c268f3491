"""A claim at all of its points: the first at which it is wrong, those at which it is right, and what is left open.

Depends on `gradcli.claims.at_point` for one point.
"""

import time
from collections.abc import Iterator, Sequence

from gradcli.claims.at_point import NO_NUMBER, NO_TIME, Kind, Ruling, meets_kink, ruling
from gradcli.claims.parse import Claim
from gradcli.precision.multiprecision_kernels import is_finite
from gradcli.proof.equality import FEWEST, Sample

ODD_LARGE, ODD_SMALL = 1e4, 1e-2


class Rulings:
    """The rulings on one claim, whose samples hold it beside `truth`, what the rules say.

    known    the samples that can be judged: where the rules have a number, or it is the only point
    free     the names that move; where none does, there is one point
    seconds  the time that all may take; one at least is made, and of the others what there is time for
    patience the time that each of several may take
    wrong    the sample at which the claim is wrong, and the ruling there; None if there is none
    """

    def __init__(
        self,
        claim: Claim,
        truth: int,
        samples: Sequence[Sample],
        free: Sequence[str],
        seconds: float,
        patience: float,
    ) -> None:
        self.claim, self.free, self.patience = claim, free, patience
        self.known = [it for it in samples if is_finite(it.second) or (is_finite(it.first) and not free)]
        self.deadline = time.monotonic() + seconds
        self.made: dict[int, Ruling] = {}
        self.wrong = self._first_wrong(truth)

    def _first_wrong(self, truth: int) -> tuple[Sample, Ruling] | None:
        """What lies between the slopes of a kink is a convention where the claim is right elsewhere, else a mistake."""
        between: list[int] = []
        for at in self._questions():
            seconds = self._seconds() if self.free else max(self.patience, self._left())
            self.made[at] = found = ruling(self.claim, truth, self.known[at], seconds, self.patience)
            if found.kind == Kind.FAILS:
                return self.known[at], found
            between += [at] if found.kind == Kind.BETWEEN else []
        return (self.known[between[0]], self.made[between[0]]) if between and not self.held else None

    @property
    def held(self) -> list[Sample]:
        """The samples at which the claim is what the rules say, and that is no convention."""
        good = (at for at in range(len(self.known)) if at not in self.made or self.made[at].kind == Kind.HOLDS)
        return [self.known[at] for at in good if self.known[at].same]

    @property
    def undecided(self) -> str:
        """Why nothing can be told, where that matters: at the one point there is, or of two numbers that differ."""
        return next((it.reason for at, it in self.made.items() if self._is_doubt(at, it)), "")

    @property
    def passed(self) -> str:
        """Why a claim that is held at no sample is no mistake; empty where there is no reason."""
        return next((it.reason for it in self.made.values() if it.kind in (Kind.HOLDS, Kind.SIDE, Kind.CONVENTION)), "")

    @property
    def silent(self) -> str:
        """Why nothing can be told of a claim that is neither held nor passed."""
        return next((it.reason for it in self.made.values()), NO_NUMBER)

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _seconds(self) -> float:
        """The time for one of many points: some for the first ones in any case."""
        return self.patience if len(self.made) < FEWEST else min(self.patience, self._left())

    def _is_doubt(self, at: int, found: Ruling) -> bool:
        if not self.free:
            return found.kind in (Kind.OPEN, Kind.GAP)
        return found.kind == Kind.OPEN and found.reason != NO_TIME and not self.known[at].same

    def _questions(self) -> Iterator[int]:
        """Where the two differ; then where they are the same, and yet what the rules say may be no derivative."""
        yield from self._suspects()
        for at, sample in enumerate(self.known):
            if sample.same and (not self.free or meets_kink(self.claim, sample, self._seconds())):
                yield at

    def _suspects(self) -> list[int]:
        """Where they differ: with numbers on both sides first. A simple point at which the claim has none is passed."""
        differing = [at for at, sample in enumerate(self.known) if not sample.same]
        numbers = [at for at in differing if is_finite(self.known[at].first)]
        numbers.sort(key=lambda at: _is_odd(self.known[at]))
        passed = bool(self.free) and any(is_finite(sample.first) for sample in self.known)
        without = (at for at in differing if not is_finite(self.known[at].first))
        return [*numbers, *(at for at in without if self.known[at].point.generic or not passed)]


def _is_odd(sample: Sample) -> bool:
    """Whether its numbers are too large, too small or too near each other to tell a person much."""
    sizes = abs(sample.first), abs(sample.second)
    apart = abs(sample.first - sample.second)
    return max(sizes) > ODD_LARGE or max(sizes) < ODD_SMALL or bool(apart < ODD_SMALL * max(sizes))
