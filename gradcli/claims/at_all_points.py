"""A claim at all of its points: the first at which it is wrong, those at which it is right, and what is left open.

Depends on `gradcli.claims.at_point` for one point.
"""

import time
from collections.abc import Iterator, Sequence

from gradcli.claims.at_point import NO_NUMBER, NO_TIME, Kind, Ruling, meets_kink, ruling
from gradcli.claims.claim import Claim
from gradcli.precision.multiprecision_kernels import is_finite
from gradcli.proof.equality import FEWEST, Sample

PASSING = (Kind.HOLDS, Kind.SIDE, Kind.CONVENTION)
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
        self, claim: Claim, truth: int, samples: Sequence[Sample], free: Sequence[str], seconds: float, patience: float
    ) -> None:
        self.claim, self.free, self.patience = claim, free, patience
        self.known = [it for it in samples if is_finite(it.second) or (is_finite(it.first) and not free)]
        self.deadline = time.monotonic() + seconds
        self.made: list[tuple[Sample, Ruling]] = []
        self.wrong = self._first_wrong(truth)

    def _first_wrong(self, truth: int) -> tuple[Sample, Ruling] | None:
        """What lies between the slopes of a kink is a convention where the claim is right elsewhere, else a mistake."""
        for sample in self._questions():
            seconds = self._seconds() if self.free else max(self.patience, self._left())
            found = ruling(self.claim, truth, sample, seconds, self.patience)
            self.made.append((sample, found))
            if found.kind == Kind.FAILS:
                return self._simpler(truth, sample) or (sample, found)
        between = [made for made in self.made if made[1].kind == Kind.BETWEEN]
        return between[0] if between and not self.held else None

    def _simpler(self, truth: int, wrong: Sample) -> tuple[Sample, Ruling] | None:
        """A simple point in place of a random one at which the claim has no number, if it has none there either."""
        if is_finite(wrong.first) or not wrong.point.generic:
            return None
        without = (it for it in self.known if not it.same and not it.point.generic and not is_finite(it.first))
        found = ((it, ruling(self.claim, truth, it, self._seconds(), self.patience)) for it in without)
        return next((made for made in found if made[1].kind == Kind.FAILS), None)

    @property
    def held(self) -> list[Sample]:
        """The samples at which the claim is what the rules say, and that is no convention."""
        overruled = [sample for sample, it in self.made if it.kind != Kind.HOLDS]
        return [sample for sample in self.known if sample.same and sample not in overruled]

    @property
    def passing(self) -> list[Sample]:
        """The samples at which the claim is right, as a convention or on one side of a kink too."""
        failing = [sample for sample, it in self.made if it.kind not in PASSING]
        return [sample for sample in self.known if sample.same and sample not in failing]

    @property
    def undecided(self) -> str:
        """Why nothing can be told, where that matters: at the one point there is, or of two numbers that differ."""
        return next((it.reason for sample, it in self.made if self._is_doubt(sample, it)), "")

    @property
    def passed(self) -> str:
        """Why a claim that is held at no sample is no mistake; empty where there is no reason."""
        return next((it.reason for _, it in self.made if it.kind in PASSING), "")

    @property
    def silent(self) -> str:
        """Why nothing can be told of a claim that is neither held nor passed."""
        return self.made[0][1].reason if self.made else NO_NUMBER

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _seconds(self) -> float:
        """The time for one of many points: some for the first ones in any case."""
        return self.patience if len(self.made) < FEWEST else min(self.patience, self._left())

    def _is_doubt(self, sample: Sample, found: Ruling) -> bool:
        if not self.free:
            return found.kind in (Kind.OPEN, Kind.GAP)
        return found.kind == Kind.OPEN and found.reason != NO_TIME and not sample.same

    def _questions(self) -> Iterator[Sample]:
        """Where the two differ; then where they are the same, and yet what the rules say may be no derivative.

        Of the first those with numbers on both sides come first. A simple point at which the claim has none is passed.
        """
        differing = [sample for sample in self.known if not sample.same]
        yield from sorted((sample for sample in differing if is_finite(sample.first)), key=_is_odd)
        passed = bool(self.free) and any(is_finite(sample.first) for sample in self.known)
        without = (sample for sample in differing if not is_finite(sample.first))
        yield from (sample for sample in without if sample.point.generic or not passed)
        for sample in self.known:
            if sample.same and (not self.free or meets_kink(self.claim, sample, self._seconds())):
                yield sample


def _is_odd(sample: Sample) -> bool:
    """Whether its numbers are too large, too small or too near each other to tell a person much."""
    sizes = abs(sample.first), abs(sample.second)
    apart = abs(sample.first - sample.second)
    return max(sizes) > ODD_LARGE or max(sizes) < ODD_SMALL or bool(apart < ODD_SMALL * max(sizes))
