"""How a box is drawn and how an arrow, with a tooltip that has all of what they show.

Depends on `pen` and `cards`. A sign is told by a colour, by a glyph and by the line.
"""

from math import ceil

from gradcli.drawing.cards import LINE, LONGEST_FACTOR, NOT_COMPUTED, PADDING, SIZE, SMALL, VALUE, Card
from gradcli.drawing.forms import cut, head, rounded, shortened, way
from gradcli.drawing.geometry import Place, Point, Route
from gradcli.drawing.lettering import fitting, plain, width
from gradcli.drawing.pen import InlinePen, Pen
from gradcli.drawing.picture import Arrow, Box, Kind
from gradcli.drawing.signs import MARKS, Sign, sign
from gradcli.excerpts import amid

ROUNDING = {Kind.variable: 10.0, Kind.constant: 3.0, Kind.operation: 5.0, Kind.output: 5.0}
CUT = 7.0
THICK_BORDER, BORDER = 2.6, 1.2
THIN, DEAD, THICKEST = 1.3, 1.8, 4.8
HEAD, HEAD_WIDTH = 9.0, 4.0
RING, LINK_ROUNDING = 6.5, 12.0
LONGEST_CHIP = 2 * RING + width("0" * LONGEST_FACTOR, SMALL) + 10
"""A sign with the longest number."""
VALUE_PART, GRADIENT_PART = "v", "d"
"""How a page calls the numbers of a box: every one has them."""
DOTS, NOTED = "0 5", "3 3"
DASHES = {"solid": "", "dashed": "9 5", "dotted": DOTS}


def adjoint_sign(box: Box) -> str:
    """The ink of a gradient."""
    if box.adjoint in ("", "nan", "0"):
        return "quiet"
    return Sign.minus if box.adjoint.startswith("-") else Sign.plus


def box(pen: Pen, key: str, box: Box, card: Card, place: Place) -> str:
    """A box with its lines, in a group of that id, which begins where the lines do."""
    place, corner = Place(-PADDING, 0, place.width, place.height), Point(place.x + PADDING, place.y)
    lines = [pen.text("text", line, _line(place, row), SIZE, bold=True) for row, line in enumerate(card.head)]
    row = len(card.head)
    end = place.x + place.width - PADDING
    if card.value:
        lines.append(pen.figure(VALUE, _line(place, row), "text", box.value, end, VALUE_PART))
    if card.gradient:
        adjoint, ink = box.adjoint or NOT_COMPUTED, adjoint_sign(box)
        lines.append(pen.figure(card.gradient, _line(place, row + 1), ink, adjoint, end, GRADIENT_PART))
    drawn = [outline(pen, box, place), *lines, _badge(pen, box, place)]
    return pen.group(key, _told(box, card), corner, "".join(drawn))


def outline(pen: Pen, box: Box, place: Place) -> str:
    """The shape of a box, by its kind."""
    radius = min(ROUNDING.get(box.kind, 0.0), place.width / 2, place.height / 2)
    form = cut(place, CUT) if box.kind is Kind.condition else rounded(place, radius)
    return pen.shape(box.kind, form, borders()[box.kind], DOTS if box.dead else "")


def lines_of_signs() -> dict[str, tuple[str, str]]:
    """The ink of each sign and its dashes."""
    return {kind: (mark.ink, DASHES[mark.line]) for kind, mark in MARKS.items()}


def borders() -> dict[str, float]:
    """How thick the border of each kind of box is."""
    return {kind: THICK_BORDER if kind is Kind.output else BORDER for kind in Kind}


def _line(place: Place, row: int) -> Point:
    """The base line of a row of letters."""
    return Point(place.x + PADDING, place.y + PADDING / 2 + row * LINE + SIZE)


def _badge(pen: Pen, box: Box, place: Place) -> str:
    """What is to be said of a box, on its upper border; shorter than the box, so that it moves nothing."""
    if not box.badges:
        return ""
    most = int((place.width - PADDING) / width("0", SMALL))
    return tag(pen, amid("! " + plain(", ".join(box.badges)), most), Point(place.x + place.width, place.y))


def tag(pen: Pen, text: str, corner: Point) -> str:
    """A remark that ends at a corner of a box."""
    long = width(text, SMALL) + PADDING
    left = corner.x - long
    around = rounded(Place(left, corner.y - 12, long, 15), 4)
    return pen.shape("badge", around) + pen.text("remark", text, Point(left + PADDING / 2, corner.y - 0.5), SMALL)


def _told(box: Box, card: Card) -> str:
    """A box in words, with all of its formula."""
    whole = [box.whole] if box.whole not in ("", box.title, box.operation) else []
    lines = [" = ".join(filter(None, [box.title, box.operation, *whole]))]
    if card.value:
        lines.append(f"{VALUE} {box.value}")
    if card.gradient:
        lines.append(f"{card.gradient} {box.adjoint or 'not computed'}")
    return "\n".join(plain(line) for line in (*lines, *box.badges))


def line(pen: Pen, key: str, arrow: Arrow, route: Route, told: str) -> str:
    """An arrow without its number."""
    thick = THIN + (THICKEST - THIN) * arrow.weight
    return pen.part(key, told, signed(pen, sign(arrow), route, DEAD if arrow.dead else thick))


def signed(pen: Pen, kind: Sign, route: Route, thick: float) -> str:
    """A line with its head, as its sign has them."""
    mark = MARKS[kind]
    return pen.arrow(kind, mark.ink, *_line_and_head(route, thick), thick, DASHES[mark.line])


def leaving(pen: Pen, route: Route) -> str:
    """An arrow out of a row."""
    line, end = _line_and_head(route, THIN)
    return pen.border(Sign.bare, line, NOTED, THIN) + pen.shape(Sign.bare, end)


def _line_and_head(route: Route, thick: float) -> tuple[str, str]:
    long, broad = HEAD + thick, HEAD_WIDTH + thick / 2
    return way(shortened(route.points, long - 1)), head(route.points, long, broad)


def factor(pen: Pen, key: str, arrow: Arrow, at: Point, told: str) -> str:
    """The number of an arrow on its line: the local derivative, with the sign of what comes back."""
    if not arrow.local:
        return pen.nothing
    return chip(pen, key, told, sign(arrow), fitting(arrow.local, LONGEST_FACTOR), at)


def chip(pen: Pen, key: str, told: str, kind: Sign, text: str, at: Point) -> str:
    """A sign and a number in a capsule around a place, from its upper left corner on."""
    long, radius = float(ceil(2 * RING + width(text, SMALL) + (9 if text else 2))), RING + 1
    glyph, _, ink, _ = MARKS[kind]
    capsule = pen.capsule(ink, rounded(Place(0, 0, long, 2 * radius), radius))
    number = pen.factor(text, Point(2 * RING + 4, radius + 4), SMALL)
    disc = pen.disc(kind, ink, glyph, radius, RING)
    return pen.group(key, told, Point(at.x - long / 2, at.y - radius), capsule + disc + number, kind)


def signs(pen: InlinePen) -> str:
    """The signs that `chip` shows on a page."""
    drawn = (pen.sign(kind, mark.glyph, RING + 1, RING) for kind, mark in MARKS.items())
    return f"<defs>{''.join(drawn)}</defs>"


def note(pen: Pen, key: str, text: str, place: Place, told: str) -> str:
    """A box that stands in another row, or the row in which one is used."""
    words = pen.text(
        "quiet", text, Point(place.x + (place.width - width(text, SIZE)) / 2, place.y + place.height / 2 + 4), SIZE
    )
    return Pen.part(pen, key, plain(told), frame(pen, place) + words)


def frame(pen: Pen, place: Place) -> str:
    """The shape of a note."""
    return pen.frame(rounded(place, min(LINK_ROUNDING, place.height / 2)), NOTED)
