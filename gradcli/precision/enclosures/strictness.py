"""What most meanings do with an operand of which nothing is known: the same with the result.

Depends on `balls`.
"""

from collections.abc import Callable

from gradcli.precision.enclosures.balls import (
    NAN,
    UNKNOWN,
    Enclosure,
    is_huge,
)

Meaning = Callable[..., Enclosure]


def strict(meaning: Meaning) -> Meaning:
    """What is NaN with any operand, and not known where one is not, or is too large to be followed."""

    def image(*operands: Enclosure) -> Enclosure:
        for lost in (NAN, UNKNOWN):
            if any(x is lost for x in operands):
                return lost
        return UNKNOWN if any(map(is_huge, operands)) else meaning(*operands)

    return image
