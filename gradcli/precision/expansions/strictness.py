"""What most operators do with operands that do not move, or of which nothing is known.

Depends on `series`, and on `gradcli.precision.enclosures.meanings` for numbers.
"""

from collections.abc import Callable

from gradcli.precision.enclosures import meanings
from gradcli.precision.expansions.series import UNDEFINED, UNKNOWN, Expansion, constant, number_of

Meaning = Callable[..., Expansion]


def strict(operator: str) -> Callable[[Meaning], Meaning]:
    """Of an operator's meaning: a number where the operands are, and nothing where one of them is none."""

    def narrowed(meaning: Meaning) -> Meaning:
        def image(*operands: Expansion) -> Expansion:
            numbers = [number_of(x) for x in operands]
            if None not in numbers:
                return constant(meanings.MEANINGS[operator](*numbers))
            lost = [x for x in operands if x is UNDEFINED or x is UNKNOWN]
            return next((x for x in lost if x is UNDEFINED), UNKNOWN) if lost else meaning(*operands)

        return image

    return narrowed
