"""About how long it takes to set a part of a picture: the same on every machine, so that a drawing is the same too.

Depends on `rows` and `picture`. Measured with graphlay 0.3.1: time grows with the pieces of arrows between neighbouring
layers, and with the cube of the arrows that begin or end in one gap.
"""

from collections import Counter

from gradcli.drawing.picture import Picture
from gradcli.drawing.rows import Part

A_BOX, A_PIECE, A_CROWD = 1e-4, 3.5e-5, 7e-9
"""Seconds for a box or an arrow, for a piece of one, for the cube of those that begin or end in a gap."""


def least_effort(picture: Picture) -> float:
    """No less than that for a picture, however it is cut into parts."""
    return A_BOX * (len(picture.boxes) + len(picture.arrows))


def effort(part: Part) -> float:
    """About so many seconds, in the swift way."""
    rank = dict.fromkeys(part.sizes, 0)
    for edge in part.edges:
        rank[edge.target] = max(rank[edge.target], rank[edge.source] + 1)
    starts = Counter(rank[edge.source] for edge in part.edges)
    ends = Counter(rank[edge.target] - 1 for edge in part.edges)
    pieces = sum(rank[edge.target] - rank[edge.source] for edge in part.edges)
    crowds = sum(max(starts[gap], ends[gap]) ** 3 for gap in {*starts, *ends})
    return A_BOX * (len(part.sizes) + len(part.edges)) + A_PIECE * pieces + A_CROWD * crowds
