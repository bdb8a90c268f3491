"""What a formula gives when it is called.

Depends on `gradcli.emit` in a notebook alone.
"""

from collections.abc import Iterator
from typing import Any

MISSING = object()
"""The argument that was not given."""


class Result:
    """What a formula gives: its value, and the derivative by each name that was asked for, in that order.

    Both are floats for floats, and arrays for arrays. `value, gradient = result` takes it apart.
    """

    __slots__ = ("gradient", "value")
    __match_args__ = ("value", "gradient")

    def __init__(self, value: Any, gradient: dict[str, Any]) -> None:
        self.value, self.gradient = value, gradient

    def __iter__(self) -> Iterator[Any]:
        """The value, then the gradient."""
        return iter((self.value, self.gradient))

    def __eq__(self, other: object) -> bool:
        """Whether both parts are equal to those of another result, or of a pair."""
        return isinstance(other, Result | tuple) and (self.value, self.gradient) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as the gradient has none

    def __repr__(self) -> str:
        """The call that makes it."""
        return f"Result(value={self.value!r}, gradient={self.gradient!r})"

    def _repr_html_(self) -> str:
        """A row a number, or a row an array, for a notebook."""
        from gradcli.emit.html import table

        return table(("", "value"), [("value", self.value), *((f"d/d{by}", it) for by, it in self.gradient.items())])

    def _repr_latex_(self) -> str | None:
        """The numbers, for a notebook; nothing where they are arrays."""
        from gradcli.emit.aligned import numbers

        floats = all(isinstance(each, float) for each in (self.value, *self.gradient.values()))
        return numbers(self.value, self.gradient) if floats else None


class Blank(Result):
    """A result that its maker fills: half as long a way as the call of `Result`, of all that Python offers."""

    __slots__ = ()
    __init__ = object.__init__
