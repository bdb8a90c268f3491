"""Mistakes in a claim of an array that no entry shows by itself: what is not transposed, or should not be.

Depends on `gradcli.proof.equality` for the numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from gradcli.claims.claim import ArrayClaim
from gradcli.claims.names import entries
from gradcli.claims.notations import as_factor
from gradcli.errors import GradcliError
from gradcli.graph.graph import Graph
from gradcli.proof.equality import screened
from gradcli.proof.sample_points import SamplePoint
from gradcli.shapes import Array


def diagnose_array(
    claim: ArrayClaim, truths: Sequence[int], graph: Graph, points: Sequence[Mapping[str, float]]
) -> str:
    """The mistake behind a wrong claim, as a sentence; empty where none is recognised."""
    if claim.rate is not None or not points:
        return ""
    for right, told in _others(claim):
        if _is_right(claim, right, truths, graph, points):
            return told
    return ""


def _others(claim: ArrayClaim) -> Iterator[tuple[str, str]]:
    """What may have been meant, and what is to be said then."""
    if len(claim.shape) == 2 and claim.shape[0] == claim.shape[1]:
        right = f"{as_factor(claim.right)}'"
        yield right, f"this is the transpose of the derivative: write {right}"
    for name in claim.matrices:
        plain = rf"(?<![\w`]){re.escape(name)}\b"
        if re.search(f"{plain}'", claim.right):
            right = re.sub(f"{plain}'", name, claim.right)
            yield right, f"`{name}` is not to be transposed here: write {right}"
        else:
            right = re.sub(plain, f"{name}'", claim.right)
            yield right, f"`{name}` is to be transposed here: write {right}"


def _is_right(
    claim: ArrayClaim, right: str, truths: Sequence[int], graph: Graph, points: Sequence[Mapping[str, float]]
) -> bool:
    try:
        value = claim.reread(right)
    except GradcliError:
        return False
    if not isinstance(value, Array) or value.shape != claim.shape:
        return False
    pairs = [*zip(entries(value), truths, strict=True)]
    return all(all(screened(graph, pairs, SamplePoint({**point}, generic=True))) for point in points)
