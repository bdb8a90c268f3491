"""How long a check or a command may take, from its first line to its last.

Depends on `gradcli.time_limit`.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

from gradcli.errors import LimitError
from gradcli.time_limit import NUMBERS, SPARE, within

Result = TypeVar("Result")


class Deadline:
    """The end of the time that work may take; it has no end where `seconds` is None. `more` says how to allow more."""

    def __init__(self, seconds: float | None, more: str = "--seconds N") -> None:
        self.seconds, self.more, self.began = seconds, more, monotonic()

    def keep(self, work: Callable[[], Result]) -> Result:
        """What the work gives. What limits its own time ends in time; else LimitError is raised, a little later."""
        if self.seconds is None:
            return work()
        left = self.seconds + NUMBERS + SPARE - (monotonic() - self.began)
        found = within(left, lambda: (work(),), None, spare=SPARE)
        if found is None:
            raise LimitError(f"this takes more than {self.seconds:g} s", hint=f"allow more time: {self.more}")
        return found[0]

    def all(self, chunks: Iterable[str]) -> Iterable[str]:
        """The same chunks; all made in time, so that none is cut, where there is an end."""
        return chunks if self.seconds is None else self.keep(lambda: list(chunks))
