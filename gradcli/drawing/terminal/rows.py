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
    start = 0
    while start < len(layers):
        plan, taken = _row(picture, layers, start, how)
        if plan is None:
            return []
        plans.append(plan)
        start += taken
    return plans if len(plans) * LEAST <= len(layers) else []


def _row(picture: Picture, layers: Sequence[Sequence[int]], start: int, how: Wording) -> tuple[Plan | None, int]:
    """The longest row from a layer on, and how many layers are in it."""
    best, taken = None, 0
    for end in range(start + 1, len(layers) + 1):
        part = _part(picture, {it for layer in layers[start:end] for it in layer})
        plan = Plan(part, ordered(part), how)
        if plan.width > how.look.width:
            break
        best, taken = plan, end - start
    return best, taken


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
