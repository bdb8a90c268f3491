"""How a picture is to look: which numbers, which way, which colours.

Depends on the standard library.
"""

from enum import StrEnum
from typing import NamedTuple


class Values(StrEnum):
    """Which numbers stand in a picture."""

    none = "none"
    forward = "forward"
    both = "both"


class Direction(StrEnum):
    """Where arrows run: left to right, top to bottom, or against these; the words of Graphviz."""

    LR = "LR"
    TB = "TB"
    RL = "RL"
    BT = "BT"


class Theme(StrEnum):
    """Dark on light, light on dark, or as the reader's screen is."""

    auto = "auto"
    light = "light"
    dark = "dark"


class Look(NamedTuple):
    """What was asked for.

    title       the formula, which a picture is called by
    values      the numbers that are shown
    direction   the way that arrows run
    theme       its colours
    background  a colour behind it, as `colour_names` gives it; that of the theme where it is empty
    width       columns of a terminal
    ascii       whether a terminal has no box characters
    color       whether a terminal has colours
    """

    title: str
    values: Values = Values.both
    direction: Direction = Direction.LR
    theme: Theme = Theme.auto
    background: str = ""
    width: int = 80
    ascii: bool = False
    color: bool = False

    @property
    def upright(self) -> bool:
        """Whether arrows run up or down."""
        return self.direction in (Direction.TB, Direction.BT)
