"""What went wrong in a refuted claim, as a teacher would say it: the mistakes that people make, tried one by one.

Depends on `gradcli.claims.mistakes.chain` for the numbers. A mistake at one edge of the chain is recognised by what the
edge's local derivative must have been; a mistake of the whole by its ratio to the derivative, or its distance from it.
"""

from collections.abc import Mapping, Sequence

from gradcli.claims.claim import Claim
from gradcli.claims.mistakes.chain import WORKING, Chain
from gradcli.claims.mistakes.local import LOCAL
from gradcli.claims.mistakes.whole import WHOLE
from gradcli.claims.mistakes.wording import Wording
from gradcli.precision.multiprecision_kernels import MP


def diagnose(claim: Claim, points: Sequence[Mapping[str, float]]) -> str:
    """The mistake behind a wrong claim, as a sentence; empty where none is recognised."""
    with MP.workdps(WORKING):
        chain = Chain(claim, points)
        if not chain.values:
            return ""
        words = Wording(chain)
        local = (found for mistake in LOCAL for step in words.steps if (found := mistake(words, step)))
        whole = (found for mistake in WHOLE if (found := mistake(words)))
        return next(local, "") or next(whole, "")
