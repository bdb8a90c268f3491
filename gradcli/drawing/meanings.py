"""What is to be said of the signs of a picture: of those that stand in it, in the order of a legend.

Depends on `signs` and `cards`. Each form draws the sign to a meaning in its own way, and leaves out what it has no sign
for.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from gradcli.drawing.cards import UNDERIVED, output
from gradcli.drawing.look import Values
from gradcli.drawing.picture import NOT_FINITE, Kind, Picture
from gradcli.drawing.signs import MARKS, Sign, sign

BADGES = {
    "kink": "the slopes on its two sides differ",
    "jump": "the values on its two sides differ",
    "precision": "double precision loses digits here",
    NOT_FINITE: "inf or nan arises here",
}
"""What a badge means."""


class Word(StrEnum):
    """What a drawing says by other signs than those of boxes and arrows."""

    gradient = "gradient"
    dash = "dash"
    local = "local"
    width = "width"
    badge = "badge"
    folded = "folded"
    alone = "alone"


class Meaning(NamedTuple):
    """What a kind of box, the sign of an arrow or another sign means.

    example  the text of a badge, a number of an arrow, the name of the output
    """

    about: Kind | Sign | Word
    text: str
    example: str = ""


def meanings(picture: Picture, values: Values, *, moves: bool = False) -> Iterator[Meaning]:
    """What is to be said of a picture as it is shown; of one that moves, of every sign that an arrow may get."""
    live = {box.kind for box in picture.boxes if not box.dead}
    yield from (Meaning(kind, kind) for kind in Kind if kind in live)
    if values is Values.both:
        yield from _gradients(picture)
    yield from _arrows(picture, values, moves=moves)
    for badge in dict.fromkeys(badge for box in picture.boxes for badge in box.badges):
        yield Meaning(Word.badge, BADGES.get(badge, "what a notice says of it"), badge)
    if picture.folded:
        drawn = "operation is" if picture.folded == 1 else "operations are"
        yield Meaning(Word.folded, f"{picture.folded:,} {drawn} drawn with others")
    if not picture.arrows:
        what = "a number" if output(picture).kind is Kind.constant else "a variable"
        yield Meaning(Word.alone, f"the formula is {what} alone: there is nothing to compute, and no arrow")


def _gradients(picture: Picture) -> Iterator[Meaning]:
    """What a box calls its gradient, and one that is not computed."""
    told = [box for box in picture.boxes if box.kind not in UNDERIVED]
    if told:
        yield Meaning(Word.gradient, "gradient of", output(picture).title)
    if any(not box.adjoint for box in told):
        yield Meaning(Word.dash, "not computed")


def _arrows(picture: Picture, values: Values, *, moves: bool) -> Iterator[Meaning]:
    local = next((arrow.local for arrow in picture.arrows if arrow.local and not arrow.dead), "")
    if local:
        yield Meaning(Word.local, "local derivative", local)
    there = {*MARKS} if moves and values is Values.both else {sign(arrow) for arrow in picture.arrows}
    for each, mark in MARKS.items():
        if each in there and (each is not Sign.bare or values is Values.both):
            yield Meaning(each, mark.meaning)
    if len({arrow.weight for arrow in picture.arrows if arrow.contribution}) > 1:
        yield Meaning(Word.width, "wider: contributes more (log scale)")
