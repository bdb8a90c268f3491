"""How a box is drawn and how an arrow, with a tooltip that has all of what they show.

Depends on `pen` and `cards`. A sign is told by a colour, by a glyph and by the line.
"""

from gradcli.drawing.cards import LINE, LONGEST_FACTOR, NOT_COMPUTED, PADDING, SIZE, SMALL, VALUE, Card
from gradcli.drawing.geometry import Place, Point, Route
from gradcli.drawing.lettering import amid, fitting, markup, plain, width
from gradcli.drawing.pen import Pen, cut_box, number, rounded_box, shortened
from gradcli.drawing.picture import Arrow, Box, Kind
from gradcli.drawing.signs import MARKS, Sign, sign

ROUNDING = {Kind.variable: 10.0, Kind.constant: 3.0, Kind.operation: 5.0, Kind.output: 5.0}
CUT = 7.0
THICK_BORDER, BORDER = 2.6, 1.2
THIN, THICKEST = 1.3, 4.8
HEAD, HEAD_WIDTH = 9.0, 4.0
RING, LINK_ROUNDING = 6.5, 12.0
LONGEST_CHIP = 2 * RING + width("0" * LONGEST_FACTOR, SMALL) + 10
"""A sign with the longest number."""
DOTS = "0 5"
DASHES = {"solid": "", "dashed": "9 5", "dotted": DOTS}


def adjoint_sign(box: Box) -> str:
    """The ink of a gradient."""
    if box.adjoint in ("", "nan", "0"):
        return "quiet"
    return Sign.minus if box.adjoint.startswith("-") else Sign.plus


def box(pen: Pen, key: str, box: Box, card: Card, place: Place) -> str:
    """A box with its lines, in a group of that id."""
    lines = [pen.text("text", line, _line(place, row), SIZE, bold=True) for row, line in enumerate(card.head)]
    row = len(card.head)
    if card.value:
        lines += _number(pen, VALUE, box.value, "text", place, row, "value")
    if card.gradient:
        adjoint = box.adjoint or NOT_COMPUTED
        lines += _number(pen, card.gradient, adjoint, adjoint_sign(box), place, row + 1, "gradient")
    tip = f"<title>{markup(_told(box, card))}</title>"
    return f'<g id="{key}">{tip}{outline(pen, box, place)}{"".join(lines)}{_badge(pen, box, place)}</g>'


def outline(pen: Pen, box: Box, place: Place) -> str:
    """The shape of a box, by its kind."""
    border = THICK_BORDER if box.kind is Kind.output else BORDER
    dots = f' stroke-dasharray="{DOTS}" stroke-linecap="round"' if box.dead else ""
    cut = box.kind is Kind.condition
    path = cut_box(place, CUT) if cut else rounded_box(place, ROUNDING[box.kind])
    return pen.shape(box.kind, path, f'stroke-width="{border}"{dots} ')


def _line(place: Place, row: int) -> Point:
    """The base line of a row of letters."""
    return Point(place.x + PADDING, place.y + PADDING / 2 + row * LINE + SIZE)


def _number(pen: Pen, name: str, text: str, ink: str, place: Place, row: int, part: str) -> list[str]:
    """What a number is called, on the left, and the number on the right, which a page finds as that part."""
    start = _line(place, row)
    end = Point(place.x + place.width - PADDING, start.y)
    return [pen.text("quiet", name, start, SIZE), pen.figure(ink, text, end, SIZE, part)]


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
    around = rounded_box(Place(left, corner.y - 12, long, 15), 4)
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
    mark = MARKS[sign(arrow)]
    thick = THIN + (THICKEST - THIN) * arrow.weight
    drawn = stroke(pen, mark.ink, route, 1.8 if arrow.dead else thick, DASHES[mark.line])
    return f'<g id="{key}"><title>{markup(told)}</title>{drawn}</g>'


def stroke(pen: Pen, ink: str, route: Route, thick: float, dashes: str) -> str:
    """A line with its head."""
    long, broad = HEAD + thick, HEAD_WIDTH + thick / 2
    return pen.line(ink, shortened(route.points, long - 1), thick, dashes) + pen.head(ink, route.points, long, broad)


def factor(pen: Pen, key: str, arrow: Arrow, at: Point, told: str) -> str:
    """The number of an arrow on its line: the local derivative, with the sign of what comes back."""
    if not arrow.local:
        return ""
    return f'<g id="{key}">{pen.tip(told)}{chip(pen, sign(arrow), fitting(arrow.local, LONGEST_FACTOR), at)}</g>'


def chip(pen: Pen, kind: Sign, text: str, at: Point) -> str:
    """A sign and a number in a capsule around a place."""
    long = 2 * RING + width(text, SMALL) + (9 if text else 2)
    glyph, _, ink, _ = MARKS[kind]
    start, radius = at.x - long / 2, RING + 1
    ring = Point(start + radius, at.y)
    place = f'x="{number(start)}" y="{number(at.y - radius)}" width="{number(long)}" height="{number(2 * radius)}"'
    return (
        f'<rect {pen.edged("paper", ink)} {place} rx="{number(radius)}"/>'
        f'<circle {pen.ink(ink)} cx="{number(ring.x)}" cy="{number(ring.y)}" r="{number(RING)}"/>'
        f"{pen.text('paper', glyph, Point(ring.x - width(glyph, SIZE) / 2, at.y + 4.2), SIZE, bold=True)}"
        f"{pen.text('text', text, Point(start + 2 * RING + 4, at.y + 4), SMALL)}"
    )


def note(pen: Pen, key: str, text: str, place: Place, told: str) -> str:
    """A box that stands in another row, or the row in which one is used."""
    words = pen.text(
        "quiet", text, Point(place.x + (place.width - width(text, SIZE)) / 2, place.y + place.height / 2 + 4), SIZE
    )
    return f'<g id="{key}"><title>{markup(plain(told))}</title>{frame(pen, place)}{words}</g>'


def frame(pen: Pen, place: Place) -> str:
    """The shape of a note."""
    return pen.border("quiet", rounded_box(place, LINK_ROUNDING), "3 3")
