"""Shapes and texts as elements of SVG, in the inks of a theme.

Depends on `colours`, `geometry` and `lettering`.
"""

from collections.abc import Sequence
from math import hypot

from gradcli.drawing.colours import Ink
from gradcli.drawing.geometry import Place, Point
from gradcli.drawing.lettering import markup, width

CORNER = 7.0
USUAL = 12.0
"""The size of most letters."""
BOLD = 0.45
"""How much wider the lines of bold letters are; a stroke looks the same with every font."""


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:g}"


class Pen:
    """Draws in some inks, which stand in attributes: every renderer reads those."""

    def __init__(self, inks: dict[str, Ink]) -> None:
        self.inks = inks

    def ink(self, name: str) -> str:
        """The attributes of a filled shape."""
        fill, border = self.inks[name]
        edge = f' stroke="{border}"' if border != "none" else ""
        return f'class="g-{name}" fill="{fill}"{edge}'

    def stroke(self, name: str) -> str:
        """The attributes of a line."""
        return f'class="g-{name}-line" fill="none" stroke="{self.inks[name].fill}"'

    def edged(self, name: str, edge: str) -> str:
        """The attributes of a shape with a border in another ink."""
        return f'class="g-{name} g-{edge}-line" fill="{self.inks[name].fill}" stroke="{self.inks[edge].fill}"'

    def figure(self, name: str, text: str, end: Point, size: float, _part: str) -> str:
        """A number that ends at a place; a page finds it as that part, value or gradient."""
        return self.text(name, text, Point(end.x - width(text, size), end.y), size)

    def text(self, name: str, text: str, at: Point, size: float, *, bold: bool = False) -> str:
        """A text that begins at a place on its base line, and is as long as it was measured."""
        if not text:
            return ""
        long = f'textLength="{number(width(text, size))}" lengthAdjust="spacingAndGlyphs"'
        fill = self.inks[name].fill
        ink = f'class="g-{name} g-{name}-line" fill="{fill}" stroke="{fill}" stroke-width="{BOLD}"'
        place = f'x="{number(at.x)}" y="{number(at.y)}" font-size="{number(size)}"'
        return f"<text {ink if bold else self.ink(name)} {place} {long}>{markup(text)}</text>"

    def tip(self, text: str) -> str:
        """What a number on an arrow tells in full."""
        return f"<title>{markup(text)}</title>"

    def shape(self, name: str, path: str, more: str = "") -> str:
        """A closed shape, filled."""
        return f'<path {self.ink(name)} {more}d="{path}"/>'

    def line(self, name: str, points: Sequence[Point], thick: float, dashes: str = "") -> str:
        """A way of straight stretches with round corners."""
        return self.border(name, way(points), dashes, thick)

    def border(self, name: str, path: str, dashes: str = "", thick: float = 1.0) -> str:
        """A line that nothing fills. Dashes of no length are dots."""
        drawn = f' stroke-dasharray="{dashes}"' if dashes else ""
        dots = ' stroke-linecap="round"' if dashes.startswith("0") else ""
        return f'<path {self.stroke(name)} stroke-width="{number(thick)}"{drawn}{dots} d="{path}"/>'

    def head(self, name: str, points: Sequence[Point], long: float, broad: float) -> str:
        """The head of an arrow, whose tip is the end of its way."""
        tip, (x, y) = points[-1], direction(points)
        back = Point(tip.x - long * x, tip.y - long * y)
        one, other = Point(back.x - broad * y, back.y + broad * x), Point(back.x + broad * y, back.y - broad * x)
        return self.shape(name, f"M{at(tip)}L{at(one)}L{at(other)}Z")


class InlinePen(Pen):
    """Draws for a page whose style has the inks: shapes have classes alone, and texts of a usual size no size.

    A number that a page writes anew ends where it ends.
    """

    def ink(self, name: str) -> str:
        """The class of a filled shape."""
        return f'class="g-{name}"'

    def stroke(self, name: str) -> str:
        """The class of a line."""
        return f'class="g-{name}-line" fill="none"'

    def edged(self, name: str, edge: str) -> str:
        """The classes of both inks."""
        return f'class="g-{name} g-{edge}-line"'

    def figure(self, name: str, text: str, end: Point, size: float, part: str) -> str:
        """A number as that part, whose end the style knows for one."""
        return self._text(f"g-{name} is-{part}", text, end, size)

    def text(self, name: str, text: str, at: Point, size: float, *, bold: bool = False) -> str:
        """A text as wide as the reader's font has it."""
        return self._text(f"g-{name} g-{name}-line g-bold" if bold else f"g-{name}", text, at, size)

    def tip(self, text: str) -> str:
        """Nothing: the script of a page has the word, which tells it as it is."""
        return "<title/>" if text else ""

    def _text(self, kind: str, text: str, at: Point, size: float) -> str:
        more = f' font-size="{number(size)}"' if size != USUAL else ""
        return f'<text class="{kind}" x="{number(at.x)}" y="{number(at.y)}"{more}>{markup(text)}</text>' if text else ""


def at(point: Point) -> str:
    """A place in a path."""
    return f"{number(point.x)} {number(point.y)}"


def direction(points: Sequence[Point]) -> tuple[float, float]:
    """Where a way is going at its end."""
    before, end = points[-2:]
    size = hypot(end.x - before.x, end.y - before.y) or 1.0
    return (end.x - before.x) / size, (end.y - before.y) / size


def shortened(points: Sequence[Point], by: float) -> list[Point]:
    """A way that ends a little before its end, where the head begins."""
    end, (x, y) = points[-1], direction(points)
    return [*points[:-1], Point(end.x - by * x, end.y - by * y)]


def way(points: Sequence[Point]) -> str:
    """A path of straight stretches with round corners."""
    steps = [f"M{at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _apart(before, corner) / 2, _apart(corner, after) / 2)
        steps.append(f"L{at(_towards(corner, before, radius))}Q{at(corner)} {at(_towards(corner, after, radius))}")
    return "".join([*steps, f"L{at(points[-1])}"])


def _apart(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def _towards(start: Point, end: Point, by: float) -> Point:
    share = by / (_apart(start, end) or 1.0)
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))


def rounded_box(place: Place, radius: float) -> str:
    """A box with round corners."""
    x, y, wide, tall = place
    radius = min(radius, wide / 2, tall / 2)
    turn = f"a{number(radius)} {number(radius)} 0 0 1"
    return (
        f"M{number(x + radius)} {number(y)}h{number(wide - 2 * radius)}{turn} {number(radius)} {number(radius)}"
        f"v{number(tall - 2 * radius)}{turn} -{number(radius)} {number(radius)}"
        f"h-{number(wide - 2 * radius)}{turn} -{number(radius)} -{number(radius)}"
        f"v-{number(tall - 2 * radius)}{turn} {number(radius)} -{number(radius)}Z"
    )


def cut_box(place: Place, corner: float) -> str:
    """A box whose corners are cut off."""
    x, y, wide, tall = place
    turn = f"l{number(corner)} {number(corner)}"
    back = turn.replace(" ", " -")
    return (
        f"M{number(x + corner)} {number(y)}h{number(wide - 2 * corner)}{turn}v{number(tall - 2 * corner)}"
        f"l-{number(corner)} {number(corner)}h-{number(wide - 2 * corner)}l-{number(corner)} -{number(corner)}"
        f"v-{number(tall - 2 * corner)}{back}Z"
    )
