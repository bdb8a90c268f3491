r"""A picture in DOT, the language of Graphviz; nothing here needs the program.

Depends on `labels`, `signs` and `colours`. Every text stands in quotes, with what Graphviz would replace in it (`\N`,
`&lt;`) written so that it shows as it is.
"""

from collections.abc import Iterable, Iterator, Mapping

from gradcli.drawing.colours import PAPER, Ink, inks
from gradcli.drawing.labels import arrow_text, arrow_whole, box_lines, box_whole, legend
from gradcli.drawing.lettering import plain
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Arrow, Box, Kind, Picture
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


def dot(picture: Picture, look: Look) -> Iterator[str]:
    """A directed graph: a line a node, then a line an edge, operands in their order."""
    drawn, colours = shown(picture, look.values), inks(look.theme)
    boxes = {box.key: box for box in drawn.boxes}
    yield "digraph {\n"
    yield from _defaults(drawn, look, colours)
    for box in drawn.boxes:
        yield _statement(box.key, _node(box, colours))
    for arrow in drawn.arrows:
        whole = arrow_whole(arrow, boxes[arrow.source], boxes[arrow.target])
        yield _statement(f"{arrow.source} -> {arrow.target}", {**_edge(arrow, colours), "tooltip": _lines(whole)})
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


def _node(box: Box, colours: Inks) -> Attributes:
    shape = {**SHAPES[box.kind], "fillcolor": colours[box.kind].fill}
    told = {"label": _lines(box_lines(box)), "tooltip": _lines(box_whole(box))}
    return {**told, **shape, **(_dead(shape["style"], colours) if box.dead else {})}


def _dead(style: str, colours: Inks) -> Attributes:
    return {"style": f"{style},dotted", "color": colours["quiet"].fill, "fontcolor": colours["quiet"].fill}


def _edge(arrow: Arrow, colours: Inks) -> Attributes:
    """How an edge differs from the others."""
    kind = sign(arrow)
    if kind is Sign.bare:
        return {}
    colour = colours[MARKS[kind].ink].fill
    looks = {"style": MARKS[kind].line, "color": colour, "fontcolor": colour}
    width = THINNEST + (THICKEST - THINNEST) * arrow.weight
    return {"label": _lines([f" {arrow_text(arrow)} "]), **looks, "penwidth": f"{width:.1f}"}


def _statement(head: str, attributes: Attributes) -> str:
    inside = ", ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"  {head} [{inside}];\n"


def _lines(texts: Iterable[str]) -> str:
    """Lines of text as they stand between quotes."""
    return r"\n".join(map(_escaped, texts))


def _escaped(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
