"""How an arrow shows what comes back along it: by a glyph, a line and an ink, each of which does alone.

Depends on `picture`. Every form draws these; a terminal has its own heads for them.
"""

from enum import StrEnum
from typing import NamedTuple

from gradcli.drawing.picture import Arrow


class Sign(StrEnum):
    """What an arrow says of its contribution to the gradient of the box that it comes from."""

    plus = "plus"
    minus = "minus"
    zero = "zero"
    unknown = "unknown"
    dead = "dead"
    bare = "bare"


class Mark(NamedTuple):
    """A glyph, a line as Graphviz names it, the name of an ink, and what they mean."""

    glyph: str
    line: str
    ink: str
    meaning: str


MARKS = {
    Sign.plus: Mark("▲", "solid", "plus", "adds to the gradient"),
    Sign.minus: Mark("▼", "dashed", "minus", "takes from the gradient"),
    Sign.zero: Mark("○", "solid", "zero", "adds 0"),
    Sign.unknown: Mark("?", "solid", "unknown", "no number comes back"),
    Sign.dead: Mark("⊘", "dotted", "zero", "branch not taken"),
    Sign.bare: Mark("", "solid", "bare", "no derivative needed"),
}


def sign(arrow: Arrow) -> Sign:
    """The sign of an arrow of a picture as it is shown."""
    if arrow.dead:
        return Sign.dead
    if not arrow.contribution:
        return Sign.bare
    if arrow.contribution == "nan":
        return Sign.unknown
    return {1: Sign.plus, -1: Sign.minus}.get(arrow.sign, Sign.zero)
