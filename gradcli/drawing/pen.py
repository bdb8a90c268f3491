"""Shapes and texts as elements of SVG, in the inks of a theme.

Depends on `colours`, `forms` and `lettering`.
"""

from collections.abc import Sequence

from gradcli.drawing.colours import USUAL_BOX, Ink
from gradcli.drawing.forms import at, close, direction, number, step, way
from gradcli.drawing.geometry import Point
from gradcli.drawing.lettering import markup, width

USUAL = 12.0
"""The size of most letters."""
BOLD = 0.45
"""How much wider the lines of bold letters are; a stroke looks the same with every font."""
BELOW_MIDDLE = 4.2
"""How far below the middle of a letter its base line is."""


class Pen:
    """Draws in some inks, which stand in attributes: every renderer reads those.

    A form is the name of an element with the attributes of its geometry, as `rounded` and `way` give them.
    """

    nothing = ""

    def __init__(self, inks: dict[str, Ink]) -> None:
        self.inks = inks

    def part(self, key: str, told: str, drawn: str) -> str:
        """What is drawn for a part of the picture, under its id, with a tooltip."""
        return f'<g id="{key}"><title>{markup(told)}</title>{drawn}</g>'

    def group(self, key: str, told: str, corner: Point, drawn: str) -> str:
        """The same from a corner on; without a key a mere group."""
        named = f'id="{key}" ' if key else ""
        tip = f"<title>{markup(told)}</title>" if told else ""
        return f'<g {named}transform="translate({at(corner)})">{tip}{drawn}</g>'

    def ink(self, name: str) -> str:
        """The attributes of a filled shape."""
        fill, border = self.inks[name]
        edge = f' stroke="{border}"' if border != "none" else ""
        return f'class="g-{name}" fill="{fill}"{edge}'

    def stroke(self, name: str) -> str:
        """The attributes of a line."""
        return f'class="g-{name}-line" fill="none" stroke="{self.inks[name].fill}"'

    def thick(self, border: float) -> str:
        """The attribute of a border."""
        return f' stroke-width="{number(border)}"'

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

    def factor(self, text: str, start: Point, size: float) -> str:
        """The number on an arrow."""
        return self.text("text", text, start, size)

    def disc(self, _sign: str, ink: str, glyph: str, middle: float, radius: float) -> str:
        """A sign: its glyph on a disc of its ink, as far to the right as down."""
        disc = f'<circle {self.ink(ink)} cx="{number(middle)}" cy="{number(middle)}" r="{number(radius)}"/>'
        start = Point(middle - width(glyph, USUAL) / 2, middle + BELOW_MIDDLE)
        return disc + self.text("paper", glyph, start, USUAL, bold=True)

    def shape(self, name: str, form: str, border: float | None = None, dashes: str = "") -> str:
        """A filled shape."""
        edge = "" if border is None else self.thick(border)
        return f"<{form} {self.ink(name)}{edge}{dashed(dashes)}/>"

    def capsule(self, edge: str, form: str) -> str:
        """A shape filled as paper is, with a border in an ink."""
        fill, border = self.inks["paper"].fill, self.inks[edge].fill
        return f'<{form} class="g-paper g-{edge}-line" fill="{fill}" stroke="{border}"/>'

    def line(self, name: str, points: Sequence[Point], thick: float, dashes: str = "") -> str:
        """A way of straight stretches with round corners."""
        return self.border(name, way(points), dashes, thick)

    def border(self, name: str, form: str, dashes: str = "", thick: float = 1.0) -> str:
        """A line that nothing fills. Dashes of no length are dots."""
        return f'<{form} {self.stroke(name)} stroke-width="{number(thick)}"{dashed(dashes)}/>'

    def head(self, name: str, points: Sequence[Point], long: float, broad: float) -> str:
        """The head of an arrow, whose tip is the end of its way."""
        tip, (x, y) = points[-1], direction(points)
        back = Point(tip.x - long * x, tip.y - long * y)
        one, other = Point(back.x - broad * y, back.y + broad * x), Point(back.x + broad * y, back.y - broad * x)
        return self.shape(name, f'path d="{close(f"M{at(tip)}l{step(tip, one)}l{step(one, other)}z")}"')


class InlinePen(Pen):
    """Draws for a page, whose style has the inks and what is usual: shapes have classes alone, and texts no size.

    A number that a page writes anew ends where it ends. Signs are drawn once, and shown where they are used.
    """

    nothing = "<g/>"
    """What stands for a part that is not drawn, so that others keep their places."""

    def __init__(self, inks: dict[str, Ink], scope: str) -> None:
        super().__init__(inks)
        self.scope = scope

    def ink(self, name: str) -> str:
        """The class of a filled shape; that of the usual letters is none."""
        return f'class="g-{name}"'

    def stroke(self, name: str) -> str:
        """The class of a line."""
        return f'class="g-{name}-line"'

    def shape(self, name: str, form: str, border: float | None = None, dashes: str = "") -> str:
        """A filled shape; that of a usual box has no class."""
        shape = super().shape(name, form, border, dashes)
        return shape.replace(f" {self.ink(USUAL_BOX)}", "") if name == USUAL_BOX and form.startswith("rect") else shape

    def thick(self, _border: float) -> str:
        """Nothing: it follows from the kind of a box."""
        return ""

    def figure(self, name: str, text: str, end: Point, size: float, part: str) -> str:
        """A number as that part, whose end the style knows for one."""
        return self._text(f"is-{part}" if name == "text" else f"g-{name} is-{part}", text, end, size)

    def text(self, name: str, text: str, at: Point, size: float, *, bold: bool = False) -> str:
        """A text as wide as the reader's font has it."""
        return self._text(f"g-b-{name}" if bold else "" if name == "quiet" else f"g-{name}", text, at, size)

    def factor(self, text: str, start: Point, _size: float) -> str:
        """A text in a group whose letters are of that size and ink."""
        return self._text("", text, start, USUAL)

    def capsule(self, edge: str, form: str) -> str:
        """Its fill is that of all of them."""
        return f"<{form} {self.stroke(edge)}/>"

    def part(self, _key: str, _told: str, drawn: str) -> str:
        """What is drawn: the script of a page knows it by its place, and tells it as it is."""
        return f"<g>{drawn}</g>"

    def group(self, key: str, _told: str, corner: Point, drawn: str) -> str:
        """The same from a corner on; one without a key stands in the legend."""
        kind = "" if key else 'class="g-chips" '
        return f'<g {kind}transform="translate({at(corner)})">{drawn}</g>'

    def disc(self, sign: str, _ink: str, _glyph: str, _middle: float, _radius: float) -> str:
        """A sign as the page has it: `sign` draws it."""
        return f'<use href="#{self.scope}-{sign}"/>'

    def sign(self, sign: str, glyph: str, middle: float, radius: float) -> str:
        """A sign under its id. Where it is used, what the style tells of that id holds, and what is inherited."""
        disc = f'<circle cx="{number(middle)}" cy="{number(middle)}" r="{number(radius)}"/>'
        start = Point(middle - width(glyph, USUAL) / 2, middle + BELOW_MIDDLE)
        ink = f'fill="currentColor" stroke="currentColor" stroke-width="{BOLD}" font-size="{number(USUAL)}"'
        letter = f'<text x="{number(start.x)}" y="{number(start.y)}" {ink}>{glyph}</text>'
        return f'<g id="{self.scope}-{sign}">{disc}{letter}</g>'

    def _text(self, kind: str, text: str, at: Point, size: float) -> str:
        named = f' class="{kind}"' if kind else ""
        more = f' font-size="{number(size)}"' if size != USUAL else ""
        return f'<text{named} x="{number(at.x)}" y="{number(at.y)}"{more}>{markup(text)}</text>' if text else ""


def dashed(dashes: str) -> str:
    """The attributes of a line with gaps."""
    if not dashes:
        return ""
    return f' stroke-dasharray="{dashes}"' + (' stroke-linecap="round"' if dashes.startswith("0") else "")
