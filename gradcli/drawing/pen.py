"""Shapes and texts as elements of SVG, in the inks of a theme.

Depends on `colours`, `geometry` and `lettering`.
"""

from collections.abc import Sequence
from math import hypot

from gradcli.drawing.colours import Ink
from gradcli.drawing.geometry import Place, Point
from gradcli.drawing.lettering import markup, width

CORNER = 7.0
BOLD = 0.45
"""How much wider the lines of bold letters are; a stroke looks the same with every font."""


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:g}"


class Pen:
    """Draws in some inks: as attributes, or where a style has them all, by classes alone."""

    def __init__(self, inks: dict[str, Ink], *, styled: bool = False) -> None:
        self.inks, self.styled = inks, styled

    def ink(self, name: str) -> str:
        """The attributes of a filled shape."""
        fill, border = self.inks[name]
        edge = f' stroke="{border}"' if border != "none" else ""
        return f'class="g-{name}"' + ("" if self.styled else f' fill="{fill}"{edge}')

    def text(self, name: str, text: str, at: Point, size: float, *, bold: bool = False, part: str = "") -> str:
        """A text that begins at a place on its base line, as long as it was measured; a page finds it as `part`."""
        if not text:
            return ""
        long = f' textLength="{number(width(text, size))}"' + (
            "" if self.styled else ' lengthAdjust="spacingAndGlyphs"'
        )
        fill = self.inks[name].fill
        weight = f' stroke-width="{BOLD}"' if bold else ""
        ink = "" if self.styled else f' fill="{fill}"' + (f' stroke="{fill}"' if bold else "")
        kind = " ".join(filter(None, (f"g-{name}", f"g-{name}-line" if bold else "", part if self.styled else "")))
        place = f'x="{number(at.x)}" y="{number(at.y)}" font-size="{number(size)}"'
        return f'<text class="{kind}"{ink}{weight} {place}{long}>{markup(text)}</text>'

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
        ink = "" if self.styled else f' stroke="{self.inks[name].fill}"'
        attributes = f'class="g-{name}-line" fill="none"{ink}'
        return f'<path {attributes} stroke-width="{number(thick)}"{drawn}{dots} d="{path}"/>'

    def head(self, name: str, points: Sequence[Point], long: float, broad: float) -> str:
        """The head of an arrow, whose tip is the end of its way."""
        tip, (x, y) = points[-1], direction(points)
        back = Point(tip.x - long * x, tip.y - long * y)
        one, other = Point(back.x - broad * y, back.y + broad * x), Point(back.x + broad * y, back.y - broad * x)
        return self.shape(name, f"M{at(tip)}L{at(one)}L{at(other)}Z")


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
