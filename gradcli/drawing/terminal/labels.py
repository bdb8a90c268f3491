"""What a box says, long or short, and the signs of arrows.

Depends on `gradcli.drawing` and on `cells`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gradcli.drawing import cards
from gradcli.drawing.look import Direction, Look, Values
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.signs import Sign, sign
from gradcli.drawing.terminal.cells import Line, Piece, Style, safe, shortened

REFERENCE = -1
"""The node of a box that only names one that is drawn in another place."""


LEAST, MUCH, LITTLE, WIDER = 8, 16, 16, (16, 24, 40, 60)
"""Cells of a name where there is little room, and where there is some; of an operation; where names are alike."""


class Wording(NamedTuple):
    """How much a box says.

    output  the name of what is differentiated
    short   whether value and derivative share a line
    name    the cells of a name at most, where it is part of a line
    does    those of an operation
    """

    output: str
    look: Look
    short: bool = False
    name: int = MUCH
    does: int = 28

    @property
    def mark(self) -> str:
        """What stands for what was cut."""
        return ".." if self.look.ascii else "…"

    @property
    def partial(self) -> str:
        """The sign of a derivative."""
        return "d" if self.look.ascii else "∂"

    @property
    def heads(self) -> str:
        """The heads of arrows: for a gradient above 0, below 0, for none, for NaN."""
        return (ASCII_HEADS if self.look.ascii else HEADS)[self.look.direction]

    def named(self, text: str) -> str:
        """A name, as it is shown."""
        return shortened(safe(text), self.name, self.mark)


def wordings(picture: Picture, look: Look) -> tuple[Wording, Wording]:
    """Much, and little; of long names as much as tells one from another."""
    much = Wording(cards.output(picture).title, look)
    little = much._replace(short=True, does=LITTLE)
    return much._replace(name=_telling(picture, much, MUCH)), little._replace(name=_telling(picture, much, LEAST))


def _telling(picture: Picture, how: Wording, least: int) -> int:
    """The cells of names, so many or as many more as are needed that no two look the same."""
    titles = {box.title for box in picture.boxes if box.operation or not is_bare(box)}
    sizes = (size for size in (least, *WIDER) if size >= least)
    return next((size for size in sizes if len({*map(how._replace(name=size).named, titles)}) == len(titles)), least)


def is_bare(box: Box) -> bool:
    """Whether a box has no frame: a number without a name, or the name of what stands in another place."""
    return cards.is_bare(box) or box.node == REFERENCE


def head(box: Box, how: Wording) -> str:
    """The name, and what it does."""
    if cards.is_bare(box) and box.node != REFERENCE:
        return safe(box.value or box.title)
    does = f" = {shortened(safe(box.operation), how.does, how.mark)}" if box.operation else ""
    return how.named(box.title) + does


def value(box: Box) -> str:
    """The value, if it is to be shown and not said yet."""
    return "" if not box.value or is_bare(box) else f"= {safe(box.value)}"


def head_pieces(box: Box, how: Wording) -> Line:
    """The name, what it does, and the value."""
    title, number = Piece(head(box, how), Style.faint if box.dead else Style.head), value(box)
    return (title, Piece(f" {number}")) if number else (title,)


def gradient_piece(box: Box, how: Wording) -> Piece:
    """The derivative of the output; an empty text if there is none."""
    if not box.adjoint:
        return Piece("")
    of, sign = how.named(how.output), how.partial
    by = sign if how.short else f"{sign}{of}/{sign}{how.named(box.title)} ="
    return Piece(f"{by} {box.adjoint}", _slope_style(box))


def lines(box: Box, how: Wording) -> list[Line]:
    """The lines in a box."""
    return [*_numbers(box, how), *((Piece(f"! {safe(badge)}", Style.badge),) for badge in box.badges)]


def _numbers(box: Box, how: Wording) -> Iterator[Line]:
    first, slope = head_pieces(box, how), gradient_piece(box, how)
    slopes = (slope,) if slope.text else ()
    if not box.operation or len(first) == 1:  # a variable and its value share a line
        yield first
        yield from [slopes] if slopes else []
        return
    yield first[:1]
    number = Piece(first[1].text)
    if how.short:
        yield (Piece(number.text.lstrip(" =")), *((Piece("  "), slope) if slopes else ()))
    else:
        yield (number,)
        yield from [slopes] if slopes else []


def _slope_style(box: Box) -> Style:
    if box.dead or box.adjoint == "0":
        return Style.faint
    if box.adjoint == "nan":
        return Style.badge
    return Style.minus if box.adjoint.startswith("-") else Style.plus


class ArrowText(NamedTuple):
    """What an arrow shows: its head, whether it is dotted, the factor beside it, its style."""

    head: str
    dead: bool
    factor: str
    style: Style


HEADS = {
    Direction.LR: "▶▷→?",
    Direction.RL: "◀◁←?",
    Direction.TB: "▼▽↓?",
    Direction.BT: "▲△↑?",
}
"""Of what adds, takes away, does neither, or is no number: as glyphs, for who sees no colours."""
ASCII_HEADS = {Direction.LR: ">o)?", Direction.RL: "<o)?", Direction.TB: "vo)?", Direction.BT: "^o)?"}
HEAD = {Sign.plus: 0, Sign.minus: 1, Sign.zero: 2, Sign.dead: 2, Sign.bare: 2, Sign.unknown: 3}
STYLE = {
    Sign.plus: Style.plus,
    Sign.minus: Style.minus,
    Sign.unknown: Style.badge,
    **dict.fromkeys((Sign.zero, Sign.dead, Sign.bare), Style.faint),
}


def arrow_text(arrow: Arrow, look: Look) -> ArrowText:
    """What an arrow shows; where nothing comes back, it is one like any other."""
    kind = sign(arrow) if look.values is Values.both else Sign.plus
    head = (ASCII_HEADS if look.ascii else HEADS)[look.direction][HEAD[kind]]
    local = ("*" if look.ascii else "×") + arrow.local if arrow.local else ""
    return ArrowText(head, arrow.dead, local, STYLE[kind] if look.values is Values.both else Style.plain)
