"""Shapes and texts as elements of SVG, in the inks of a theme.

Depends on `colours`, `forms` and `lettering`.
"""

from gradcli.drawing.colours import USUAL_BOX, Ink
from gradcli.drawing.forms import at, number
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

    def group(self, key: str, told: str, corner: Point, drawn: str, _sign: str = "") -> str:
        """The same from a corner on; without a key a mere group."""
        named = f'id="{key}" ' if key else ""
        tip = f"<title>{markup(told)}</title>" if told else ""
        return f'<g {named}transform="translate({at(corner)})">{tip}{drawn}</g>'

    def arrow(self, _sign: str, ink: str, way: str, head: str, thick: float, dashes: str) -> str:
        """The line of an arrow and its head."""
        return self.border(ink, way, dashes, thick) + self.shape(ink, head)

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

    def figure(self, label: str, start: Point, name: str, text: str, end: float, _part: str) -> str:
        """What a number is called, and the number, which ends at a place; a page finds it as that part of a box."""
        number = self.text(name, text, Point(end - width(text, USUAL), start.y), USUAL)
        return self.text("quiet", label, start, USUAL) + number

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

    def border(self, name: str, form: str, dashes: str = "", thick: float = 1.0) -> str:
        """A line that nothing fills. Dashes of no length are dots."""
        return f'<{form} {self.stroke(name)} stroke-width="{number(thick)}"{dashed(dashes)}/>'

    def frame(self, form: str, dashes: str) -> str:
        """The shape of a note."""
        return self.border("quiet", form, dashes)


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

    def figure(self, label: str, start: Point, name: str, text: str, end: float, part: str) -> str:
        """A number as that part of a text, whose end the style knows for one."""
        kind = f"g-{part}" if name == "text" else f"g-{name} g-{part}"
        shown = f'{markup(label)}<tspan class="{kind}" x="{number(end)}">{markup(text)}</tspan>'
        return f"<text{_from(start)}>{shown}</text>"

    def text(self, name: str, text: str, at: Point, _size: float, *, bold: bool = False) -> str:
        """A text as wide as the reader's font has it; the style knows where letters are small."""
        return self._text("g-t" if bold else "" if name == "quiet" else f"g-{name}", text, at)

    def factor(self, text: str, start: Point, _size: float) -> str:
        """A text in a group whose letters are of that size and ink."""
        return self._text("", text, start)

    def capsule(self, _edge: str, form: str) -> str:
        """Its fill is that of all of them, its border that of its group."""
        return f"<{form}/>"

    def arrow(self, sign: str, _ink: str, way: str, head: str, thick: float, _dashes: str) -> str:
        """A group of the sign, of which the style knows the inks and the dashes."""
        return f'<g class="g-{sign}"><{way} stroke-width="{number(thick)}"/><{head}/></g>'

    def frame(self, form: str, _dashes: str) -> str:
        """Its dashes follow from its class."""
        return f"<{form} {self.stroke('quiet')}/>"

    def part(self, _key: str, _told: str, drawn: str) -> str:
        """What is drawn: the script of a page knows it by its place, and tells it as it is."""
        return drawn

    def group(self, key: str, _told: str, corner: Point, drawn: str, sign: str = "") -> str:
        """The same from a corner on, of a sign if it has one; without a key it stands in the legend."""
        kinds = " ".join(["g-chips"] * (not key) + [f"g-{sign}"] * bool(sign))
        kind = f'class="{kinds}" ' if kinds else ""
        return f'<g {kind}transform="translate({at(corner)})">{drawn}</g>'

    def disc(self, sign: str, _ink: str, _glyph: str, _middle: float, _radius: float) -> str:
        """A sign as the page has it: `sign` draws it."""
        return f'<use href="#{self.scope}-{sign}"/>'

    def sign(self, sign: str, glyph: str, middle: float, radius: float) -> str:
        """A sign under its id: a disc of the colour of where it is used, and a letter on it.

        The style tells of it by its own class: where it is used, nothing is known of what it stands in.
        """
        disc = f'<circle cx="{number(middle)}" cy="{number(middle)}" r="{number(radius)}"/>'
        start = Point(middle - width(glyph, USUAL) / 2, middle + BELOW_MIDDLE)
        letter = f'<text x="{number(start.x)}" y="{number(start.y)}">{glyph}</text>'
        return f'<g id="{self.scope}-{sign}" class="{self.scope}-s">{disc}{letter}</g>'

    def _text(self, kind: str, text: str, at: Point) -> str:
        named = f' class="{kind}"' if kind else ""
        return f"<text{named}{_from(at)}>{markup(text)}</text>" if text else ""


def _from(place: Point) -> str:
    """The attributes of a place from which a text runs; it needs none to begin at 0."""
    return f' x="{number(place.x)}"' * bool(place.x) + f' y="{number(place.y)}"'


def dashed(dashes: str) -> str:
    """The attributes of a line with gaps."""
    if not dashes:
        return ""
    return f' stroke-dasharray="{dashes}"' + (' stroke-linecap="round"' if dashes.startswith("0") else "")
