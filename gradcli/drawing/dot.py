r"""A picture in DOT, the language of Graphviz; nothing here needs the program.

Depends on `labels`, `signs` and `colours`. Every text stands in quotes, with what Graphviz would replace in it (`\N`,
`&lt;`) written so that it shows as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from gradcli.drawing.colours import PAPER, Ink, inks
from gradcli.drawing.labels import arrow_text, arrow_whole, box_lines, box_whole, legend
from gradcli.drawing.lettering import plain
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Arrow, Kind, Picture
from gradcli.drawing.shown import shown
from gradcli.drawing.signs import MARKS, Sign, sign
from gradcli.excerpts import amid

FONT = "Helvetica,Arial,sans-serif"
WIDEST_TITLE = 80
THINNEST, THICKEST = 1.0, 4.0
SHAPES: Mapping[Kind, Mapping[str, str]] = {
    Kind.variable: {"style": "filled,rounded"},
    Kind.constant: {"style": "filled", "penwidth": "0.5"},
    Kind.operation: {"style": "filled"},
    Kind.condition: {"style": "filled", "shape": "hexagon"},
    Kind.output: {"style": "filled", "peripheries": "2"},
}

Inks = Mapping[str, Ink]
Attributes = Mapping[str, str]
"""Names and values, the values as they stand between quotes."""
_SPECIAL = re.compile(r'[&\\"]')


def dot(picture: Picture, look: Look) -> Iterator[str]:
    """A directed graph: a line a node, then a line an edge, operands in their order."""
    drawn, colours = shown(picture, look.values), inks(look.theme)
    boxes = {box.key: box for box in drawn.boxes}
    shapes = {it: _attributes(_shape(*it, colours)) for it in {(box.kind, box.dead) for box in drawn.boxes}}
    lines = {kind: _attributes(_line(kind, colours)) for kind in Sign}
    yield "digraph {\n"
    yield from _defaults(drawn, look, colours)
    for box in drawn.boxes:
        yield f"  {box.key} [{_told(box_lines(box), box_whole(box))}, {shapes[box.kind, box.dead]}];\n"
    for arrow in drawn.arrows:
        whole = arrow_whole(arrow, boxes[arrow.source], boxes[arrow.target])
        yield f'  {arrow.source} -> {arrow.target} [{_edge(arrow, lines)}{_lines(whole)}"];\n'
    yield "}\n"


def _defaults(drawn: Picture, look: Look, colours: Inks) -> Iterator[str]:
    """What holds for the graph, for all nodes and for all edges."""
    under = [amid(plain(look.title), WIDEST_TITLE), *legend(drawn, look.values)]
    ink = {"fontname": FONT, "fontcolor": colours["text"].fill}
    way = {"rankdir": look.direction, "ordering": "in", "bgcolor": _lines([look.background or PAPER[look.theme]])}
    told = {"label": _lines(under), "labelloc": "b", "tooltip": _lines([look.title])}
    yield _statement("graph", {**way, **told, **ink})
    yield _statement("node", {"shape": "box", "color": colours["text"].fill, **ink})
    faint = {"color": colours["bare"].fill, "fontcolor": colours["quiet"].fill, "fontname": FONT}
    yield _statement("edge", {**faint, "arrowsize": "0.7", "penwidth": f"{THINNEST}"})


def _told(lines: Iterable[str], whole: Iterable[str]) -> str:
    """What stands in a node, and what it tells who points at it."""
    return f'label="{_lines(lines)}", tooltip="{_lines(whole)}"'


def _shape(kind: Kind, dead: bool, colours: Inks) -> Attributes:
    """How nodes of a kind look."""
    shape = {**SHAPES[kind], "fillcolor": colours[kind].fill}
    quiet = {"style": f"{shape['style']},dotted", "color": colours["quiet"].fill, "fontcolor": colours["quiet"].fill}
    return shape | quiet if dead else shape


def _line(kind: Sign, colours: Inks) -> Attributes:
    """How edges of a sign differ from the others."""
    colour = colours[MARKS[kind].ink].fill
    return {} if kind is Sign.bare else {"style": MARKS[kind].line, "color": colour, "fontcolor": colour}


def _edge(arrow: Arrow, lines: Mapping[Sign, str]) -> str:
    """The attributes of an edge up to its tooltip."""
    kind = sign(arrow)
    if kind is Sign.bare:
        return 'tooltip="'
    width = THINNEST + (THICKEST - THINNEST) * arrow.weight
    return f'label=" {_lines([arrow_text(arrow)])} ", {lines[kind]}, penwidth="{width:.1f}", tooltip="'


def _statement(head: str, attributes: Attributes) -> str:
    return f"  {head} [{_attributes(attributes)}];\n"


def _attributes(attributes: Attributes) -> str:
    return ", ".join(f'{name}="{value}"' for name, value in attributes.items())


def _lines(texts: Iterable[str]) -> str:
    """Lines of text as they stand between quotes."""
    lines = [*texts]
    together = "".join(lines)
    is_plain = together.isprintable() and not _SPECIAL.search(together)  # so are nearly all, of which there are many
    return r"\n".join(lines if is_plain else map(_escaped, lines))


def _escaped(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
