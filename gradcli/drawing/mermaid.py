"""A picture in Mermaid, which Markdown pages draw; below the limits over which Mermaid draws nothing.

Depends on `labels`, `signs` and `colours`. What Mermaid, Markdown or HTML could take for their own in a text is an
entity code, `#42;` for `*`. A diagram has the background of its page, whatever background is asked for.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from gradcli.drawing.colours import MIDDLE, PAPER, Ink, inks
from gradcli.drawing.folding import NoRoomError
from gradcli.drawing.labels import arrow_text, box_lines, legend
from gradcli.drawing.lettering import plain
from gradcli.drawing.look import Look, Theme
from gradcli.drawing.picture import LONGEST, Arrow, Box, Kind, Picture
from gradcli.drawing.shown import shown
from gradcli.drawing.signs import MARKS, sign
from gradcli.excerpts import amid

MOST_EDGES, MOST_CHARACTERS = 500, 50_000
"""What Mermaid draws unless its settings say otherwise. It counts characters as JavaScript does, in UTF-16."""
THINNEST, THICKEST = 1.0, 4.0
SHAPES = {
    Kind.variable: ("([", "])"),
    Kind.constant: ("[", "]"),
    Kind.operation: ("[", "]"),
    Kind.condition: ("{{", "}}"),
    Kind.output: ("[[", "]]"),
}
Inks = Mapping[str, Ink]
STROKES = {"solid": "", "dashed": ",stroke-dasharray:8 5", "dotted": ",stroke-dasharray:2 4"}

_SPECIAL = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w .=,^/▲▼○⊘…→∂⚠]|[_ﬂ°¶ß]|  +")
"""All but letters, digits and signs without a meaning; a point between digits has none. The rest are Mermaid's own."""
_READ_LATE = re.compile(r"\\(?=[nN])|\$(?=\$)|:(?=fa-)|ﬂ(?=°)|¶(?=ß)")
"""What Mermaid finds once it has read the entity codes: a new line, mathematics, an icon, its own form of a code."""
WORD_JOINER = "\u2060"
"""A sign that takes no room: what stands around it is no sequence."""


def mermaid(picture: Picture, look: Look) -> Iterator[str]:
    """A flowchart: a line a node, a line an edge, operands in their order. Raises NoRoomError before the first line."""
    if len(picture.arrows) > MOST_EDGES:
        raise _too_much(picture, f"{len(picture.arrows):,} arrows", f"{MOST_EDGES}")
    written = [*_written(shown(picture, look.values), look)]
    size = sum(len(line.encode("utf-16-le")) // 2 for line in written)
    if size > MOST_CHARACTERS:
        raise _too_much(picture, f"{size:,} characters", f"{MOST_CHARACTERS:,}")
    return iter(written)


def _too_much(picture: Picture, size: str, most: str) -> NoRoomError:
    fold = "draw your own definitions alone: --collapse names"
    return NoRoomError(
        f"a Mermaid diagram of {size}; Mermaid draws up to {most}",
        hint="write Graphviz's language, which has no such limit: --format dot" if picture.folded else fold,
    )


def _written(drawn: Picture, look: Look) -> Iterator[str]:
    if look.theme is not Theme.auto:
        yield _directive(look.theme)
    signs = [*legend(drawn, look.values)]
    yield f"flowchart {look.direction}\n"
    yield f"  accTitle: {_text(amid(look.title, LONGEST))}\n"
    yield f"  accDescr: {_text(_description(drawn, signs))}\n"
    yield from map(_node, drawn.boxes)
    yield f'  legend["{_lines(signs)}"]:::legend\n' if signs else ""
    yield from map(_edge, drawn.arrows)
    yield from _looks(drawn, look)


def _directive(theme: Theme) -> str:
    """The colours of the diagram, whatever page it stands on."""
    names = dict.fromkeys(("background", "edgeLabelBackground"), PAPER[theme])
    letters = dict.fromkeys(("textColor", "lineColor", "primaryTextColor"), inks(theme)["text"].fill)
    settings = {"theme": "base", "themeVariables": {"darkMode": theme is Theme.dark, **names, **letters}}
    return f"%%{{init: {json.dumps(settings)}}}%%\n"


def _description(drawn: Picture, signs: Iterable[str]) -> str:
    """What who does not see the picture is told."""
    counts = f"{len(drawn.boxes):,} nodes and {len(drawn.arrows):,} arrows from operands to results"
    outputs = [f"the output {box.title} is {box.value}" for box in drawn.boxes if box.kind is Kind.output and box.value]
    return ", ".join([counts, *outputs, *signs])


def _node(box: Box) -> str:
    before, after = SHAPES[box.kind]
    return f'  {box.key}{before}"{_lines(box_lines(box))}"{after}:::{box.kind}{"Dead" if box.dead else ""}\n'


def _edge(arrow: Arrow) -> str:
    text = _text(arrow_text(arrow))
    label = f'|"{text}"|' if text else ""
    return f"  {arrow.source} -->{label} {arrow.target}\n"


def _looks(drawn: Picture, look: Look) -> Iterator[str]:
    """The classes of nodes, then what edges look like, those that look alike together."""
    colours = inks(look.theme)
    kinds = {(box.kind, box.dead): None for box in drawn.boxes}
    for kind, dead in kinds:
        yield _class(kind, colours, dead=dead)
    yield "  classDef legend fill:none,stroke:none,text-align:left\n"
    alike: dict[str, list[str]] = {}
    for number, arrow in enumerate(drawn.arrows):
        alike.setdefault(_stroke(arrow, MIDDLE if look.theme is Theme.auto else colours), []).append(f"{number}")
    for stroke, numbers in alike.items():
        yield f"  linkStyle {','.join(numbers)} {stroke}\n"


def _class(kind: Kind, colours: Inks, *, dead: bool) -> str:
    ink, stroke = (colours["quiet"].fill, STROKES["dotted"]) if dead else (colours["text"].fill, "")
    name = f"{kind}{'Dead' if dead else ''}"
    return f"  classDef {name} fill:{colours[kind].fill},stroke:{ink},color:{ink}{stroke}\n"


def _stroke(arrow: Arrow, colours: Inks) -> str:
    drawn = MARKS[sign(arrow)]
    width = THINNEST + (THICKEST - THINNEST) * arrow.weight
    return f"stroke:{colours[drawn.ink].fill},stroke-width:{width:.1f}px{STROKES[drawn.line]}"


def _lines(texts: Iterable[str]) -> str:
    return "<br/>".join(map(_text, texts))


def _text(text: str) -> str:
    """A text with entity codes for all that could mean something."""
    apart = _READ_LATE.sub(lambda found: found[0] + WORD_JOINER, plain(text).strip())
    return _SPECIAL.sub(lambda found: "".join(f"#{ord(letter)};" for letter in found[0]), apart)
