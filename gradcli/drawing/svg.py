"""A picture as SVG: one file without scripts or anything from elsewhere, which an HTML page may hold as it is.

Depends on `layout`, `shapes` and `legend`. Ids begin with letters that follow from what is drawn, so that two drawings
share a page; positions follow from the graph.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import unescape

from gradcli.drawing import shapes
from gradcli.drawing.cards import cards
from gradcli.drawing.colour_names import TRANSPARENT
from gradcli.drawing.colours import inks, style, whole_style
from gradcli.drawing.font import face
from gradcli.drawing.forms import at, number
from gradcli.drawing.geometry import Place, Point, around
from gradcli.drawing.layout import Layout, layout
from gradcli.drawing.legend import legend
from gradcli.drawing.lettering import FAMILY, markup, plain
from gradcli.drawing.look import Look, Values
from gradcli.drawing.pen import InlinePen, Pen
from gradcli.drawing.picture import NO_NUMBERS, Arrow, Box, Picture
from gradcli.drawing.rows import exit_text, link_text
from gradcli.drawing.sheet import EMPTY, LARGE, LAYERS, Layer, sheet
from gradcli.drawing.shown import shown
from gradcli.excerpts import amid

MARGIN = 16.0
TEXT = re.compile("<text[^>]*>([^<]*)<")
MOST_TOLD = 60
LONGEST_INLINE = 40
SHORT = 5
"""Letters of what ids on a page begin with, whose drawing is alone there."""
IN_A_PAGE = "The table of this page has the same numbers."


def svg(picture: Picture, look: Look, *, font: bool = True) -> Iterator[str]:
    """The drawing in pieces, with the letters that it needs of its font. Raises what `layout` raises."""
    return _Drawing(picture, look, font=font).pieces()


def inline(picture: Picture, look: Look) -> Iterator[str]:
    """The same as a part of a page: its inks in one style, its boxes to be reached. Raises the same."""
    return _Drawing(picture, look, inline=True).pieces()


def prefix(picture: Picture, look: Look) -> str:
    """What the ids of a drawing begin with: the same for what looks the same, another for any other."""
    boxes = [box._replace(numbers=NO_NUMBERS) for box in picture.boxes]
    arrows = [arrow._replace(numbers=NO_NUMBERS) for arrow in picture.arrows]
    return "g" + sha256(repr((boxes, arrows, picture[2:], look)).encode("utf-8", "replace")).hexdigest()[:6]


class _Drawing:
    """A picture with all that is known of it."""

    def __init__(self, picture: Picture, look: Look, *, inline: bool = False, font: bool = False) -> None:
        self.picture, self.look, self.inline, self.font = shown(picture, look.values), look, inline, font
        self.drawing: Layout = layout(picture, look)
        self.cards, self.boxes = cards(picture, look), {box.key: box for box in picture.boxes}
        self.id = prefix(picture, look)[: SHORT if inline else None]
        self.pen = InlinePen(inks(look.theme), self.id) if inline else Pen(inks(look.theme))

    def pieces(self) -> Iterator[str]:
        """All of it: lines below, boxes on them, numbers on top, the legend at the bottom."""
        rows, wide = bool(self.drawing.links), self.drawing.width
        below = legend(self.pen, self.picture, self.look, rows, wide, moves=self.inline)
        left, right = self._overhang()
        wide, tall = max(self.drawing.width + right, below.width), self.drawing.height + below.height
        size, corner = Point(left + wide + 2 * MARGIN, tall + 2 * MARGIN), Point(MARGIN + left, MARGIN)
        if self.inline and len(self.boxes) >= LARGE:
            ground = "".join(self._whole(below.text, size, corner, ()))
            yield from sheet(f'id="{self.id}" {self._named()}', ground, [*self._layers()], corner, size)
        else:
            yield from self._whole(below.text, size, corner, [*self._layers()])

    def _whole(self, legend: str, size: Point, corner: Point, layers: Sequence[Layer]) -> Iterator[str]:
        """An SVG; that without layers is the ground of a sheet, which has its name."""
        drawn = [*self._drawn(legend, layers or EMPTY)]
        yield from self._frame(size, whole=bool(layers))
        if self.font:
            letters = {letter for piece in drawn for text in TEXT.findall(piece) for letter in unescape(text)}
            yield f"<style>{face(self.id, letters)}</style>\n"
        yield f'<g transform="translate({at(corner)})">\n'
        yield from drawn
        yield "</g></svg>\n"

    def _drawn(self, legend: str, layers: Sequence[Layer]) -> Iterator[str]:
        yield from self._between_rows()
        for name, (drawn, _) in zip(LAYERS, layers, strict=True):
            yield f'<g class="g-{name}">\n{"".join(drawn)}</g>\n'
        yield f'<g id="{self.id}-legend" transform="translate(0 {number(self.drawing.height)})">{legend}</g>\n'

    def _layers(self) -> Iterator[Layer]:
        """Lines, boxes and numbers, each with the room that it takes."""
        half = shapes.LONGEST_CHIP / 2
        routes = self.drawing.routes
        yield Layer([*self._arrows()], [around(route.points) for route in routes])
        yield Layer([*self._boxes()], [self.drawing.places[box.key] for box in self.picture.boxes])
        yield Layer([*self._factors()], [Place(x - half, y, 2 * half, 0) for _, (x, y) in routes])

    def _overhang(self) -> tuple[float, float]:
        """How far the longest number would stand out beside the boxes, left and right, on the line that it is on."""
        at = [route.number.x for route in self.drawing.routes] or [shapes.LONGEST_CHIP]
        half = shapes.LONGEST_CHIP / 2
        return max(0.0, half - min(at)), max(0.0, max(at) + half - self.drawing.width)

    def _arrows(self) -> Iterator[str]:
        for index, (arrow, route) in enumerate(zip(self.picture.arrows, self.drawing.routes, strict=True)):
            yield shapes.line(self.pen, f"{self.id}-a{index}", arrow, route, _told(arrow, self.boxes))

    def _boxes(self) -> Iterator[str]:
        for box in self.picture.boxes:
            yield shapes.box(self.pen, f"{self.id}-{box.key}", box, self.cards[box.key], self.drawing.places[box.key])

    def _factors(self) -> Iterator[str]:
        for index, (arrow, route) in enumerate(zip(self.picture.arrows, self.drawing.routes, strict=True)):
            told = _told(arrow, self.boxes)
            yield shapes.factor(self.pen, f"{self.id}-f{index}", arrow, route.number, told)

    def _named(self) -> str:
        role = "group" if self.inline else "img"
        return f'role="{role}" aria-labelledby="{self.id}-t" aria-describedby="{self.id}-d"'

    def _frame(self, size: Point, *, whole: bool) -> Iterator[str]:
        wide, tall = map(number, size)
        key, named = (f' id="{self.id}"', f" {self._named()}") if whole else ("", "")
        box = f'width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}"'
        family = f"{self.id}, {FAMILY}" if self.font else FAMILY
        yield f'<svg xmlns="http://www.w3.org/2000/svg"{key} {box}{named} font-family="{family}">\n'
        title = amid(self.look.title, LONGEST_INLINE) if self.inline else self.look.title
        told = IN_A_PAGE if self.inline else _description(self.picture, self.look)
        yield f'<title id="{self.id}-t">{markup(plain("The graph of " + title))}</title>\n'
        yield f'<desc id="{self.id}-d">{markup(told)}</desc>\n'
        if isinstance(self.pen, InlinePen):
            yield whole_style(self.look.theme, self.id, shapes.borders(), shapes.lines_of_signs())
            yield shapes.signs(self.pen)
        else:
            yield style(self.look.theme, self.id)
        if (ground := markup(self.look.background)) not in ("", TRANSPARENT):
            ink = f'style="fill:{ground};stroke:none"' if self.inline else f'fill="{ground}"'
            yield f'<rect width="100%" height="100%" {ink}/>\n'

    def _between_rows(self) -> Iterator[str]:
        """Boxes of earlier rows where they are used, and arrows out of a row."""
        for index, link in enumerate(self.drawing.links):
            box, key = self.boxes[link.source], f"{self.id}-l{index}"
            yield shapes.note(self.pen, key, link_text(box), link.place, f"{box.title}, which is drawn before")
        for index, leaving in enumerate(self.drawing.exits):
            text, key = exit_text(leaving.row, self.look.upright), f"{self.id}-e{index}"
            yield shapes.leaving(self.pen, leaving.route)
            yield shapes.note(self.pen, key, text, leaving.place, f"{self.boxes[leaving.source].title} {text}")


def _told(arrow: Arrow, boxes: dict[str, Box]) -> str:
    """An arrow in words."""
    ends = f"{boxes[arrow.source].title} → {boxes[arrow.target].title}"
    if not arrow.contribution:
        return plain(ends)
    upstream = boxes[arrow.target].adjoint
    why = f" ({arrow.why})" if arrow.why else ""
    return plain(f"{ends}: local derivative {arrow.local} × upstream {upstream} → {arrow.contribution}{why}")


def _description(picture: Picture, look: Look) -> str:
    """What the drawing shows, in words: its boxes with their numbers."""
    told = [_sentence(box, look) for box in picture.boxes[:MOST_TOLD]]
    more = len(picture.boxes) - len(told)
    rest = [f"and {more:,} more boxes"] if more else []
    return plain(f"Values flow along the arrows, gradients against them. {'; '.join([*told, *rest])}.")


def _sentence(box: Box, look: Look) -> str:
    named = " = ".join(filter(None, (box.title, box.operation)))
    value = f": {box.value}" if look.values is not Values.none and box.value != box.title else ""
    return named + value + (f", gradient {box.adjoint}" if box.adjoint and look.values is Values.both else "")
