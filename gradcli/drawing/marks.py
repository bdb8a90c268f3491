"""How an arrow shows what it adds to the gradient: by a glyph, a line and a colour, each of which does alone.

Depends on the standard library.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gradcli.drawing.picture import Arrow


class Mark(NamedTuple):
    """A glyph, a line as Graphviz names it, the colour's name in a palette, and what it says of the contribution."""

    glyph: str
    line: str
    tint: str
    meaning: str


UP = Mark("▲", "solid", "up", "adds to the gradient")
DOWN = Mark("▼", "dashed", "down", "takes from the gradient")
ZERO = Mark("○", "solid", "faint", "no effect")
UNDEFINED = Mark("?", "solid", "undefined", "not a number")
DEAD = Mark("⊘", "dotted", "faint", "branch not taken")
PLAIN = Mark("", "solid", "faint", "no gradient computed")
MARKS = (UP, DOWN, ZERO, UNDEFINED, DEAD, PLAIN)


def mark(arrow: Arrow) -> Mark:
    """How an arrow is drawn."""
    if arrow.dead:
        return DEAD
    if arrow.sign:
        return UP if arrow.sign > 0 else DOWN
    if not arrow.contribution:
        return PLAIN
    return UNDEFINED if arrow.contribution == "nan" else ZERO


def marks(arrows: Iterable[Arrow]) -> list[Mark]:
    """Those that occur, in the order of a legend."""
    found = {*map(mark, arrows)}
    return [each for each in MARKS if each in found]
