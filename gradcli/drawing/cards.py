"""What stands in each box, and the room it takes, which is the same whatever the numbers are.

Depends on `lettering`. A box has its title and operation, a line for its value and one for its gradient; how many
letters a number may have follows from its digits alone.
"""

from math import ceil
from typing import NamedTuple

from gradcli.drawing.lettering import formula, plain, width
from gradcli.drawing.look import Look, Values
from gradcli.drawing.picture import Arrow, Box, Kind, Picture
from gradcli.excerpts import amid, cells

SIZE, SMALL = 12.0, 11.0
"""The letters of boxes, and of arrows and legends, in pixels."""
LINE, PADDING = 16.0, 10.0
LONGEST_HEAD, LONGEST_TITLE, LONGEST_LABEL = 26, 22, 8
SIGNS_OF_A_NUMBER = 7
"""Letters of a number beside its digits: a sign, a point, e-308."""
LONGEST_FACTOR = 9
"""Letters of a number on an arrow; a tooltip has all of it."""
VALUE, GRADIENT = "value", "gradient"
NOT_COMPUTED = "–"
UNDERIVED = (Kind.constant, Kind.condition)
"""Kinds by which nothing is derived."""


class Card(NamedTuple):
    """The lines of a box: its head, then numbers with what they are called.

    gradient  what its derivative is called; empty where no line is kept for it
    """

    head: tuple[str, ...]
    value: bool
    gradient: str
    width: float
    height: float


def cards(picture: Picture, look: Look) -> dict[str, Card]:
    """The card of each box, by its key."""
    labels = _gradients(picture)
    called = max(map(cells, (VALUE, *(labels[box.key] for box in picture.boxes if box.kind not in UNDERIVED))))
    room = called + 1 + picture.digits + SIGNS_OF_A_NUMBER
    return {box.key: _card(box, look.values, labels[box.key], room) for box in picture.boxes}


def output(picture: Picture) -> Box:
    """The box of the output, the last one."""
    return next((box for box in picture.boxes if box.kind is Kind.output), picture.boxes[-1])


def is_bare(box: Box) -> bool:
    """Whether a box is a number in the text, whose title is its value; a named constant is none."""
    return box.kind is Kind.constant and box.title[:1] in "-.0123456789"


def has_factor(arrow: Arrow, boxes: dict[str, Box], look: Look) -> bool:
    """Whether room is kept for a local derivative: nothing is derived by constants, nor through conditions."""
    source, target = boxes[arrow.source].kind, boxes[arrow.target].kind
    return look.values is Values.both and source not in UNDERIVED and target is not Kind.condition


def _gradients(picture: Picture) -> dict[str, str]:
    """∂L/∂y of each box; one word for all where a name is too long."""
    of = plain(output(picture).title)
    labels = {box.key: f"∂{of}/∂{plain(box.title)}" for box in picture.boxes}
    told = [labels[box.key] for box in picture.boxes if box.kind not in UNDERIVED]
    long = any(cells(label) > LONGEST_LABEL for label in told)
    return dict.fromkeys(labels, GRADIENT) if long else labels


def _card(box: Box, values: Values, label: str, room: int) -> Card:
    head = _head(box)
    value = values is not Values.none and not is_bare(box)
    gradient = label if values is Values.both and box.kind not in UNDERIVED else ""
    wide = max(*map(cells, head), room if value else 0)
    lines = len(head) + value + bool(gradient)
    across = 2 * ceil(width("0", SIZE) * wide / 2 + PADDING)  # whole pixels, of which the half are whole too
    return Card(head, value, gradient, across, lines * LINE + PADDING)


def _head(box: Box) -> tuple[str, ...]:
    """`y = x*w` in one line, or in two; a name alone."""
    title, does = plain(box.title), plain(box.operation)
    if not does:
        return (amid(title, LONGEST_TITLE),)
    if cells(f"{title} = {does}") <= LONGEST_HEAD:
        return (f"{title} = {does}",)
    return f"{amid(title, LONGEST_TITLE)} =", formula(does, LONGEST_HEAD)
