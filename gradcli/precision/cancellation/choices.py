"""What compares or chooses, where it is certain all around the point: the operand that is taken, or the number.

Depends on `nodes`. A difference is looked at by its form, in which nothing cancels any more.
"""

from collections.abc import Sequence

from flint import fmpq

from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.cancellation.forms import TooLongError, scaled
from gradcli.precision.cancellation.nodes import Nodes
from gradcli.precision.enclosures.balls import sign, truth
from gradcli.precision.enclosures.moving import STILL

COMPARED = {"lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (1, 0), "eq": (0,), "ne": (-1, 1)}
"""The signs of the difference for which a comparison holds."""
WHOLE = having(Trait.WHOLE)


class Choices(Nodes):
    """New nodes, of which one may be chosen."""

    def chosen(self, operator: str, operands: Sequence[int]) -> int | None:
        """The operand or the number that a choice comes to all around; None where that is not certain."""
        if operator == "where":
            holds = truth(self.known[operands[0]].value) if self.known[operands[0]].slope is STILL else None
            return None if holds is None else operands[1 if holds else 2]
        if operator in ("min", "max"):
            return self._best(1 if operator == "max" else -1, operands)
        if operator == "abs":
            side, form = self.sign(operands[0]), self.known[operands[0]].form
            return None if form is None or not side else operands[0] if side > 0 else self.node(scaled(form, fmpq(-1)))
        if operator in COMPARED and (side := self.side(*operands)) is not None:
            return self.constant(fmpq(side in COMPARED[operator]))
        if operator in WHOLE:
            known = self.known[self.called(operator, *operands)]
            return self.constant(known.value) if type(known.value) is fmpq and known.slope is STILL else None
        return None

    def _best(self, way: int, operands: Sequence[int]) -> int | None:
        first, *others = operands
        for other in others:
            side = self.side(first, other)
            if side is None:
                return None
            first = other if side == -way else first
        return first

    def side(self, one: int, other: int) -> int | None:
        """The sign of a difference, all around; None where that is not certain."""
        first, second = self.known[one].form, self.known[other].form
        if one == other or first is None or second is None:
            return 0 if one == other and first is not None else None
        try:
            apart = self.atoms.plus(first, scaled(second, fmpq(-1)))
        except TooLongError:
            return sign(self.known[self.called("sub", one, other)].value) or None
        if not apart:
            return 0
        plain = sign(self.known[self.called("sub", one, other)].value)
        return (plain or self.sign(self.node(apart)) or None) if self.around or plain != 0 else 0
