"""The model of a picture: boxes and arrows with the numbers of both passes, before they take a form.

Depends on the standard library. Where a box stands is no part of it: that depends on the arrows alone, never on the
numbers.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

MOST_BOXES = 60
"""A picture of more boxes is folded around the user's own definitions, unless another fold is asked for."""
LONGEST = 300
"""Letters of a formula that stands in a picture."""
DECADES = 4.0
"""Powers of ten between the thinnest arrow and the thickest."""


class Fold(StrEnum):
    """What is drawn as one box: nothing, all between the user's own definitions, or that where there is much."""

    auto = "auto"
    none = "none"
    names = "names"


class Kind(StrEnum):
    """What a box is."""

    variable = "variable"
    constant = "constant"
    operation = "operation"
    condition = "condition"
    output = "output"


Numbers = tuple[float | None, float | None]
"""Two numbers as they are, with all their digits; None of what is not computed."""
NO_NUMBERS: Numbers = (None, None)


class Box(NamedTuple):
    """A node as it is drawn.

    key        a short name, unique in the picture: n3; a constant is drawn once for each use: n3_1, n3_2
    title      its name, or the constant that it is: 2, pi
    operation  what it does with named operands; nothing for a variable or a constant
    value      its value for reading; true or false of a condition
    adjoint    the derivative of the output by it; empty where none is computed, which is no 0
    badges     what is to be said of it: a kink, the origin of a NaN, digits that doubles lose
    dead       whether nothing comes back to it, for a branch that is not taken
    whole      the formula of it in full, for who wants to see all of it
    numbers    value and adjoint as they are, for programs: no form that is looked at depends on them
    """

    key: str
    node: int
    title: str
    operation: str
    value: str
    adjoint: str
    kind: Kind
    badges: tuple[str, ...] = ()
    dead: bool = False
    whole: str = ""
    numbers: Numbers = NO_NUMBERS


class Arrow(NamedTuple):
    """An operand and what uses it. Arrows run as values do, and stand in operand order.

    position      which operand it is
    local         the local derivative; empty where none is needed
    contribution  what comes back along it; empty where none is computed
    sign          1, -1 or 0, that of the contribution
    weight        its magnitude beside the largest, 0 to 1 over some powers of ten
    dead          whether it belongs to a branch that is not taken
    why           why the contribution is 0
    free          whether its operator commutes, so that it may enter the box in any order
    numbers       local derivative and contribution as they are, for programs
    """

    source: str
    target: str
    position: int
    local: str = ""
    contribution: str = ""
    sign: int = 0
    weight: float = 0.0
    dead: bool = False
    why: str = ""
    free: bool = False
    numbers: Numbers = NO_NUMBERS


class Picture(NamedTuple):
    """Boxes, operands first, and arrows, in the order of their targets and operands.

    folded  how many operations are drawn with others
    digits  how many significant digits its numbers have, for which forms leave room
    whole   whether every operand has an arrow of its own, and no arrow stands for several ways
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    folded: int = 0
    digits: int = 6
    whole: bool = True


Badges = Mapping[int, tuple[str, ...]]
"""Node → what notices say of it."""
NOT_FINITE = "not finite"
"""The badge of what is the first to be inf or nan."""
