"""Formulas that are hard to draw, their pictures, and a picture as a test reads it back from a text.

Depends on gradcli's own model of a picture, never on how a form writes it.
"""

from decimal import Decimal
from typing import NamedTuple

from approved import NETWORK

import gradcli
from gradcli.drawing.picture import Arrow, Badges, Box, Fold, Kind, Picture
from gradcli.drawing.pictured import picture

CHAIN = "h0 = x; " + "; ".join(f"h{layer} = tanh(w*h{layer - 1})" for layer in range(1, 21))
LONG = "a_name_of_a_variable_that_has_more_than_forty_letters"
HOSTILE = [
    '<script>alert("1")</script>', "</script>", "\\N", "\\G\\", "\\n", "end", "1.", "- x", "# x", "* x", "+ 1", "a]b", "}}",
    "#35;", "&lt;b", "&#60;", "**a**", "__a__", "_a_", "~~a~~", "style:#1;", "a;b", "a|b", "a%%b", "%%{init: {}}%%",
    "www.example.org", "http://example.org", "a@b.c", "fa:fa-car", "$$x$$", "ﬂ°°60¶ß", "]]>", "--> n0", "'", '"', "a  b",
    "click", "subgraph", "graph", "node", "edge", "{a|<b>c}", "名前", "é", "\N{BULLET}", "🙂", "=====", "1)",
    "<br/>", "<img src=x onerror=alert(1)>", "\\(x\\)", "&#92;n", "fab:fa-git", "[x](y)", "![x](y)", "> q", "| a |", "~~~", "100%",
]  # fmt: skip
"""Names in back-ticks that mean something to one form or another."""
FORMULAS = {
    "tutorial": ("y = x*w; L = (y - 2)^2 + 2*x", "x w"),
    "a square by hand": ("x*x", "x"),
    "a square that is used twice": ("y = x*x; y*y - x", "x"),
    "operands in order": ("(a - b)/(b - a)^c", "a b c"),
    "softmax with a shared exponential": ("p = exp(a); q = exp(b); s = p + q; L = -log(p/s) + q/s", "a b"),
    "a dead arm": ("if x > 0 then -x^2 else log(y)*x", "x y"),
    "arms in arms": ("if x > 9 then x else if y > 9 then y else min(x, y, 3)", "x y"),
    "a chain of twenty layers": (CHAIN, "x w"),
    "a network": (NETWORK, "x1 x2 w11 w12 w21 w22 b1 b2 v1 v2 c"),
    "a constant of many uses": ("2*x + 2*y + 2^x + pi*pi - 0.12345678901", "x y"),
    "long names": (f"{LONG}*{LONG}_2 + {LONG}", f"{LONG} {LONG}_2"),
    "a number": ("5", ""),
    "a variable": ("x", "x"),
    "no effect": ("x*0 + y", "x y"),
    "not a number": ("log(0 - x)*0 + sqrt(-y)", "x y"),
    "beyond doubles": ("exp(x*1000)*exp(-y*1000)", "x y"),
}


class Edge(NamedTuple):
    """What a form says of an arrow."""

    source: str
    target: str
    label: str


class Told(NamedTuple):
    """A picture as it stands in a text: the lines of each node, and the edges in their order."""

    nodes: dict[str, list[str]]
    edges: list[Edge]


def drawn(name: str, fold: Fold = Fold.none, badges: Badges | None = None) -> Picture:
    """The picture of a formula, its variables 1.5, 2.5, …"""
    formula, names = FORMULAS[name]
    return picture_of(formula, {each: at + 1.5 for at, each in enumerate(names.split())}, fold, badges)


def picture_of(formula: str, at: dict[str, float], fold: Fold = Fold.none, badges: Badges | None = None) -> Picture:
    return picture(gradcli.trace(formula, at), fold, 6, badges or {})


def hostile() -> Picture:
    """The sum of variables that have all the names."""
    names = {name: at + 1.5 for at, name in enumerate(HOSTILE)}
    return picture_of(" + ".join(f"`{name}`" for name in names), names)


def alone(title: str) -> Picture:
    """A picture of one variable."""
    return Picture((Box("n0", 0, title, "", "2", "1", Kind.variable, whole=title),), ())


def parallel(count: int) -> Picture:
    """Two boxes and so many arrows."""
    boxes = tuple(Box(key, at, key, "", "2", "1", Kind.operation) for at, key in enumerate(("n0", "n1")))
    return Picture(boxes, tuple(Arrow("n0", "n1", position) for position in range(count)))


def same(told: Told, model: Picture) -> None:
    """A text says of each node and each arrow what the model does, in its order, and nothing of others."""
    assert [*told.nodes] == [box.key for box in model.boxes]
    for box in model.boxes:
        says(told.nodes[box.key], box)
    assert [(edge.source, edge.target) for edge in told.edges] == [
        (arrow.source, arrow.target) for arrow in model.arrows
    ]
    for edge, arrow in zip(told.edges, model.arrows, strict=True):
        assert edge.label.split(" ")[-1] == (arrow.local if arrow.contribution else "")
        assert edge.label[:1] == glyph(arrow)


def says(lines: list[str], box: Box) -> None:
    """The numbers of a node, and no gradient where none is computed."""
    gradients = [line for line in lines if line.startswith("gradient")]
    assert gradients == ([f"gradient {box.adjoint}"] if box.adjoint else [])
    if box.kind is not Kind.constant:
        assert f"value {box.value}" in lines
    else:
        assert lines[1:] == ([f"value {box.value}"] if box.title in ("pi", "f") else [])
    if len(box.title) < 28:
        assert lines[0].startswith(box.title)
    if box.operation and len(lines[0] + box.operation) < 28:
        assert lines[0].endswith(box.operation)
    assert all(any(badge in line for line in lines) for badge in box.badges)


def glyph(arrow: Arrow) -> str:
    if arrow.dead:
        return "⊘"
    if not arrow.contribution or arrow.contribution == "nan":
        return "?" if arrow.contribution else ""
    number = Decimal(arrow.contribution)  # which may be beyond the doubles
    return "▲" if number > 0 else "▼" if number < 0 else "○"
