"""Several claims as a chain: at which step, from the output down, do they stop agreeing, and which only inherit that?

Depends on `gradcli.derivatives` and on `gradcli.proof.equality`.
"""

from collections.abc import Sequence
from functools import reduce

from gradcli.claims.claim import Claim
from gradcli.claims.textbook import slope
from gradcli.graph.walk import dependent
from gradcli.proof.equality import Pair, compared
from gradcli.proof.sample_points import SamplePoint

MOST_ABOVE = 64
"""Of a larger array it is not asked what it hands down."""


def first_wrong_step(right: Sequence[Claim], wrong: Sequence[Claim]) -> str:
    """The first wrong step in words. Empty where no claim lies above or below a wrong one."""
    updates = [claim for claim in wrong if claim.rate is not None]
    right, wrong = ([claim for claim in claims if claim.rate is None] for claims in (right, wrong))
    if not wrong:
        return next((said for update in updates if (said := _wrong_update(update, right))), "")
    first = max(wrong, key=lambda claim: (claim.source, claim.variable))
    above = [claim for claim in right if claim.source == first.source and _is_above(claim, first)]
    nearest = min(above, key=lambda claim: claim.variable, default=None)
    if nearest:
        step = f"from `{nearest.by}` to `{first.by}`"
        return f"the first wrong step is the one {step}: {nearest.name} is right, {first.name} is not"
    if any(claim.source == first.source and _is_above(first, claim) for claim in (*right, *wrong)):
        return f"the first wrong step is the one from `{first.of}` to `{first.by}`: {first.name} is not right"
    return ""


def _wrong_update(update: Claim, right: Sequence[Claim]) -> str:
    """What is to be said of an update that is wrong though its derivative is right."""
    about = update.source, update.variable
    slope = next((claim.name for claim in right if (claim.source, claim.variable) == about), "")
    return slope and f"the first wrong step is the update of `{update.by}`: {slope} is right, {update.name} is not"


def inherits(claim: Claim, truth: int, wrong: Sequence[Claim], points: Sequence[SamplePoint]) -> bool:
    """Whether a claim is wrong by what the wrong claims above it hand down, and the steps between are right.

    `wrong` is one claim, or those of the entries of an array.
    """
    above = [each for each in wrong if each.source == claim.source and _is_above(each, claim)]
    if not 0 < len(above) <= MOST_ABOVE or not points:
        return False
    graph = claim.graph
    own = graph.node("sub", (claim.node, truth))
    expected = reduce(lambda one, other: graph.node("add", (one, other)), [_handed(each, claim) for each in above])
    return all(sample.same for sample in compared(Pair(graph, own, expected), points))


def _handed(wrong: Claim, claim: Claim) -> int:
    """The node of what a claim that is wrong hands down to one below it."""
    graph = claim.graph
    gap = graph.node("sub", (wrong.node, slope(graph, wrong.source, wrong.variable)))
    return graph.node("mul", (gap, slope(graph, wrong.variable, claim.variable)))


def _is_above(upper: Claim, lower: Claim) -> bool:
    """Whether the variable of one claim is reached on the way to that of the other."""
    if upper.variable <= lower.variable:
        return False
    return bool(dependent(upper.graph, [lower.variable], upper.variable)[upper.variable])
