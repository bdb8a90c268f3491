"""Clipping: a gradient that is too large is made shorter, as a whole or entry by entry.

Depends on errors alone. To the limit itself: PyTorch adds 1e-6 to the norm that it divides by.
"""

from collections.abc import Sequence
from math import fsum, hypot, inf
from typing import NamedTuple

from gradcli.errors import UsageError

NORMS = (1.0, 2.0, inf)


class Clip(NamedTuple):
    """Limits of a gradient; None for none. By value comes first."""

    norm: float | None = None
    kind: float = 2.0
    value: float | None = None

    def of(self, gradient: Sequence[float]) -> list[float]:
        """The gradient within the limits. By scaling: entries that are too large for their squares are no matter.

        >>> Clip(norm=1.0).of([0.0, -5e200])
        [0.0, -1.0]
        """
        clipped = list(gradient)
        if self.value is not None:
            clipped = [min(max(slope, -self.value), self.value) for slope in clipped]
        if self.norm is None:
            return clipped
        largest = max(map(abs, clipped), default=0.0)
        if not largest or length(clipped, self.kind) <= self.norm:
            return clipped
        scaled = [slope / largest for slope in clipped]
        factor = self.norm / length(scaled, self.kind)
        return [slope * factor for slope in scaled]


def checked(norm: float | None, kind: float, value: float | None) -> Clip:
    """The limits that are asked for. Raises UsageError for one that is not above 0, and for an unknown norm."""
    for name, limit in (("--clip-norm", norm), ("--clip-value", value)):
        if limit is not None and not limit > 0:
            raise UsageError(f"{name} is a limit above 0, and {limit:g} is given", hint=f"write {name} 1")
    if kind not in NORMS:
        raise UsageError(f"there is no norm {kind:g} to clip by", hint="write --clip-norm-type 1, 2 or inf")
    return Clip(norm, kind, value)


def length(gradient: Sequence[float], kind: float = 2.0) -> float:
    """The norm of a gradient, without overflow for 2."""
    if kind == 2:
        return hypot(*gradient)
    return max(map(abs, gradient), default=0.0) if kind == inf else fsum(map(abs, gradient))
