"""A long drawing set in rows, as text is: layers that have room beside each other, the next ones below.

Depends on the modules beside it. What comes from a row above stands there as a name without a frame.
"""

from collections.abc import Iterator, Sequence

from gradcli.drawing.picture import Box, Kind, Picture
from gradcli.drawing.terminal.labels import REFERENCE, Wording
from gradcli.drawing.terminal.layers import Layered
from gradcli.drawing.terminal.plan import Plan, ordered

LEAST = 1.5
"""Layers of a row, on the average; with fewer it would be no drawing."""


def rows(picture: Picture, found: Layered, how: Wording) -> list[Plan]:
    """The rows, each as long as the width lets it be; none if they would be too short to be read."""
    layers = [[it for it in layer if it < len(picture.boxes)] for layer in found.layers]
    plans: list[Plan] = []
    start, waiting = 0, set[int]()
    while start < len(layers):
        plan, taken, waiting = _row(picture, layers[start:], waiting, how)
        if plan is None:
            return []
        plans.append(plan)
        start += taken
    return plans if len(plans) * LEAST <= len(layers) else []


def _row(
    picture: Picture, layers: Sequence[Sequence[int]], waiting: set[int], how: Wording
) -> tuple[Plan | None, int, set[int]]:
    """The longest row of the next layers and of what waits for its use, how many layers it has, and what waits on."""
    best, taken, later = None, 0, waiting
    for count in range(1, len(layers) + 1):
        inside = waiting.union(*layers[:count])
        used = _used(picture, inside) if count < len(layers) else inside
        if not used:
            continue
        part = _part(picture, used)
        plan = Plan(part, ordered(part), how)
        if plan.width > how.look.width:
            break
        best, taken, later = plan, count, inside - used
    return best, taken, later


def _used(picture: Picture, inside: set[int]) -> set[int]:
    """Those of some boxes that a row shows: what is made of nothing stands where it is used first."""
    at = {box.key: it for it, box in enumerate(picture.boxes)}
    ends = [(at[arrow.source], at[arrow.target]) for arrow in picture.arrows]
    return inside & {end for pair in ends if pair[1] in inside for end in pair}


def _part(picture: Picture, inside: set[int]) -> Picture:
    """Some boxes, the arrows that come to them, and the names of what these come from."""
    boxes = {picture.boxes[it].key: picture.boxes[it] for it in sorted(inside)}
    arrows = [arrow for arrow in picture.arrows if arrow.target in boxes]
    whole = {box.key: box for box in picture.boxes}
    outside = dict.fromkeys(arrow.source for arrow in arrows if arrow.source not in boxes)
    named = [_reference(whole[key]) for key in outside]
    return Picture((*named, *boxes.values()), tuple(arrows))


def _reference(box: Box) -> Box:
    """A box that stands above, by its name."""
    return Box(box.key, REFERENCE, box.title, "", "", "", Kind.constant)


def sources_above(plans: Sequence[Plan]) -> Iterator[str]:
    """The names without a frame."""
    yield from (box.title for plan in plans for box in plan.picture.boxes if box.node == REFERENCE)
