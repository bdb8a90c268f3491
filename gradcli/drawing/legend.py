"""What the signs of a drawing mean: those that stand in it, and no others.

Depends on `meanings` for what is said, and on `shapes`. It stands below the drawing, as signs follow from numbers, and
places must not.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gradcli.drawing import shapes
from gradcli.drawing.cards import GRADIENT, LONGEST_TITLE, NOT_COMPUTED, SMALL, Card, cards
from gradcli.drawing.forms import way
from gradcli.drawing.geometry import Place, Point, Route
from gradcli.drawing.lettering import fitting, plain, width
from gradcli.drawing.look import Look
from gradcli.drawing.meanings import Meaning, Word, meanings
from gradcli.drawing.pen import Pen
from gradcli.drawing.picture import Box, Kind, Picture
from gradcli.drawing.shapes import THICKEST, THIN
from gradcli.drawing.signs import MARKS, Sign
from gradcli.excerpts import amid

SWATCH, ROW, GAP, ABOVE = 34.0, 22.0, 22.0, 26.0
LONGEST_EXAMPLE, SIGN_THICK = 5, 2.0
NARROWEST = 480.0
"""A legend is as wide as its drawing, or so wide."""


Draw = Callable[[Place], str]


class Entry(NamedTuple):
    """What a sign means, and how it is drawn at a place; words alone need none."""

    meaning: str
    draw: Draw | None = None


class Legend(NamedTuple):
    """Elements, and the room that they take."""

    text: str
    width: float
    height: float


def legend(pen: Pen, picture: Picture, look: Look, rows: bool, wide: float, moves: bool = False) -> Legend:
    """The meanings in lines of that width; of a picture that moves, of all signs."""
    x, y, longest, drawn = 0.0, ABOVE, 0.0, []
    for entry in _entries(pen, picture, look, rows, moves):
        sign = SWATCH + 6 if entry.draw else 0.0
        long = sign + width(entry.meaning, SMALL)
        if x and x + long > max(wide, NARROWEST):
            x, y = 0.0, y + ROW
        drawn.append(entry.draw(Place(x, y, SWATCH, ROW)) if entry.draw else "")
        drawn.append(pen.text("quiet", entry.meaning, Point(x + sign, y + ROW / 2 + 4), SMALL))
        longest, x = max(longest, x + long), x + long + GAP
    return Legend("".join(drawn), longest, y + ROW if drawn else 0.0)


def _entries(pen: Pen, picture: Picture, look: Look, rows: bool, moves: bool) -> Iterator[Entry]:
    first = {box.kind: box for box in reversed(picture.boxes) if not box.dead}
    words = _words(pen, cards(picture, look))
    for said in meanings(picture, look.values, moves=moves):
        yield Entry(*_entry(pen, said, first, words))
    if rows:
        yield Entry("stands elsewhere", lambda at: shapes.frame(pen, _inner(at)))


def _entry(pen: Pen, said: Meaning, first: Mapping[Kind, Box], words: Mapping[Word, Draw]) -> tuple[str, Draw | None]:
    """What is said, and what draws its sign."""
    if isinstance(said.about, Kind):
        return said.text, _shape(pen, first[said.about])
    if isinstance(said.about, Sign):
        return said.text, _arrow(pen, said.about)
    if said.about is Word.local:
        return said.text, _word(pen, "text", fitting(said.example, LONGEST_EXAMPLE))
    if said.about is Word.gradient:
        return f"{said.text} {amid(plain(said.example), LONGEST_TITLE)}", words.get(Word.gradient)
    if said.about is Word.badge:
        return f"{plain(said.example)}: {said.text}", words[Word.badge]
    return said.text, words.get(said.about)


def _words(pen: Pen, found: Mapping[str, Card]) -> dict[Word, Draw]:
    """The signs that are no boxes and no arrows; a gradient that is called so needs none."""
    named = any(card.gradient not in ("", GRADIENT) for card in found.values())
    return {
        Word.dash: _word(pen, "quiet", NOT_COMPUTED),
        Word.width: _widths(pen),
        Word.badge: lambda at: shapes.tag(pen, "!", Point(at.x + at.width, at.y + 15)),
        **({Word.gradient: _word(pen, "quiet", "∂/∂")} if named else {}),
    }


def _shape(pen: Pen, box: Box) -> Draw:
    return lambda at: shapes.outline(pen, box, _inner(at))


def _arrow(pen: Pen, sign: Sign) -> Draw:
    glyph = MARKS[sign].glyph

    def draw(at: Place) -> str:
        y = at.y + at.height / 2
        route = Route((Point(at.x, y), Point(at.x + at.width, y)), Point(at.x + 11, y))
        ring = shapes.chip(pen, "", "", sign, "", route.number) if glyph else ""
        return shapes.signed(pen, sign, route, SIGN_THICK) + ring

    return draw


def _word(pen: Pen, ink: str, text: str) -> Draw:
    return lambda at: pen.text(ink, text, Point(at.x + at.width - width(text, SMALL), at.y + at.height / 2 + 4), SMALL)


def _widths(pen: Pen) -> Draw:
    def draw(at: Place) -> str:
        ends = [(at.y + 6, THIN), (at.y + 15, THICKEST)]
        ways = [(way((Point(at.x, y), Point(at.x + at.width, y))), thick) for y, thick in ends]
        return "".join(pen.border("quiet", form, thick=thick) for form, thick in ways)

    return draw


def _inner(at: Place) -> Place:
    """Where a small box stands in the room of a sign."""
    return Place(at.x + 6, at.y + 4, at.width - 8, at.height - 8)
