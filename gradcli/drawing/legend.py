"""What the signs of a drawing mean: those that stand in it, and no others.

Depends on `shapes`. It stands below the drawing, as signs follow from numbers, and places must not.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gradcli.drawing import shapes
from gradcli.drawing.cards import GRADIENT, LONGEST_TITLE, NOT_COMPUTED, SMALL, cards, output
from gradcli.drawing.geometry import Place, Point, Route
from gradcli.drawing.lettering import amid, fitting, plain, width
from gradcli.drawing.look import Look, Values
from gradcli.drawing.pen import Pen
from gradcli.drawing.picture import Box, Kind, Picture
from gradcli.drawing.shapes import MARKS, THICKEST, THIN, Sign

SWATCH, ROW, GAP, ABOVE = 34.0, 22.0, 22.0, 26.0
LONGEST_EXAMPLE = 5
NARROWEST = 480.0
"""A legend is as wide as its drawing, or so wide."""
KINDS = {
    Kind.variable: "variable",
    Kind.constant: "constant",
    Kind.operation: "operation",
    Kind.condition: "condition",
    Kind.output: "output",
}
SIGNS = {
    Sign.plus: "adds to the gradient",
    Sign.minus: "takes from the gradient",
    Sign.zero: "adds 0",
    Sign.unknown: "no number comes back",
    Sign.bare: "no derivative needed",
}
"""What an arrow tells of its contribution to the gradient of the box that it comes from."""


class Entry(NamedTuple):
    """What a sign means, and how it is drawn at a place; words alone need none."""

    meaning: str
    draw: Callable[[Place], str] | None = None


class Legend(NamedTuple):
    """Elements, and the room that they take."""

    text: str
    width: float
    height: float


def legend(pen: Pen, picture: Picture, look: Look, rows: bool, wide: float) -> Legend:
    """The meanings in lines of that width."""
    x, y, longest, drawn = 0.0, ABOVE, 0.0, []
    for entry in _entries(pen, picture, look, rows):
        sign = SWATCH + 6 if entry.draw else 0.0
        long = sign + width(entry.meaning, SMALL)
        if x and x + long > max(wide, NARROWEST):
            x, y = 0.0, y + ROW
        drawn.append(entry.draw(Place(x, y, SWATCH, ROW)) if entry.draw else "")
        drawn.append(pen.text("quiet", entry.meaning, Point(x + sign, y + ROW / 2 + 4), SMALL))
        longest, x = max(longest, x + long), x + long + GAP
    return Legend("".join(drawn), longest, y + ROW if drawn else 0.0)


def _entries(pen: Pen, picture: Picture, look: Look, rows: bool) -> Iterator[Entry]:
    yield from _kinds(pen, picture)
    yield from _signs(pen, picture, look)
    yield from _words(pen, picture, look)
    if rows:
        yield Entry("stands elsewhere", lambda at: shapes.frame(pen, _inner(at)))
    if picture.folded:
        yield Entry(f"{picture.folded:,} operations are folded into those that use them")


def _kinds(pen: Pen, picture: Picture) -> Iterator[Entry]:
    """The kinds of boxes, by their shapes."""
    first = {box.kind: box for box in reversed(picture.boxes) if not box.dead}
    for kind, meaning in KINDS.items():
        if kind in first:
            yield Entry(meaning, _shape(pen, first[kind]))


def _shape(pen: Pen, box: Box) -> Callable[[Place], str]:
    return lambda at: shapes.outline(pen, box, _inner(at))


def _signs(pen: Pen, picture: Picture, look: Look) -> Iterator[Entry]:
    """The signs of arrows, and that of a branch that is not taken."""
    live = {shapes.sign(arrow, look) for arrow in picture.arrows if not arrow.dead}
    for sign, meaning in SIGNS.items():
        if sign in live and look.values is Values.both:
            yield Entry(meaning, _arrow(pen, sign, MARKS[sign].dashes))
    if any(arrow.dead for arrow in picture.arrows):
        both = look.values is Values.both
        meaning = "not taken: nothing comes back" if both else "not taken"
        yield Entry(meaning, _arrow(pen, Sign.zero if both else Sign.bare, shapes.DOTS))


def _arrow(pen: Pen, sign: Sign, dashes: str) -> Callable[[Place], str]:
    def draw(at: Place) -> str:
        y = at.y + at.height / 2
        route = Route((Point(at.x, y), Point(at.x + at.width, y)), Point(at.x + 11, y))
        ring = shapes.chip(pen, sign, "", route.number) if MARKS[sign].glyph else ""
        return shapes.stroke(pen, sign, route, 2.0, dashes) + ring

    return draw


def _words(pen: Pen, picture: Picture, look: Look) -> Iterator[Entry]:
    """What stands in boxes and on arrows beside names and values."""
    if look.values is not Values.both:
        return
    local = next((arrow.local for arrow in picture.arrows if arrow.local and not arrow.dead), "")
    if local:
        yield Entry("on an arrow: the local derivative", _word(pen, "text", fitting(local, LONGEST_EXAMPLE)))
    weights = [arrow.weight for arrow in picture.arrows if arrow.contribution]
    if weights and max(weights) > min(weights):
        yield Entry("wider: contributes more (log scale)", _widths(pen))
    yield from _gradients(pen, picture, look)
    if any(box.badges for box in picture.boxes):
        yield Entry("a remark on this box", lambda at: shapes.tag(pen, "!", Point(at.x + at.width, at.y + 15)))


def _gradients(pen: Pen, picture: Picture, look: Look) -> Iterator[Entry]:
    """What a box calls its gradient, and the dash of one that is not computed."""
    found = cards(picture, look)
    told = [box for box in picture.boxes if found[box.key].gradient]
    if told:
        meaning = f"gradient: the derivative of {amid(plain(output(picture).title), LONGEST_TITLE)}"
        yield Entry(meaning, None if found[told[0].key].gradient == GRADIENT else _word(pen, "quiet", "∂/∂"))
    if any(not box.adjoint for box in told):
        yield Entry("not computed", _word(pen, "quiet", NOT_COMPUTED))


def _word(pen: Pen, ink: str, text: str) -> Callable[[Place], str]:
    return lambda at: pen.text(ink, text, Point(at.x + at.width - width(text, SMALL), at.y + at.height / 2 + 4), SMALL)


def _widths(pen: Pen) -> Callable[[Place], str]:
    def draw(at: Place) -> str:
        ends = [(at.y + 6, THIN), (at.y + 15, THICKEST)]
        return "".join(pen.line("quiet", (Point(at.x, y), Point(at.x + at.width, y)), thick) for y, thick in ends)

    return draw


def _inner(at: Place) -> Place:
    """Where a small box stands in the room of a sign."""
    return Place(at.x + 6, at.y + 4, at.width - 8, at.height - 8)
