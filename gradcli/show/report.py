"""One answer with everything that is to be said of it, before it takes a form.

Depends on the results that the lower floors give; every format writes from this.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Trace
from gradcli.language.program import Program

if TYPE_CHECKING:
    from gradcli.learn.descent import Step, Update
    from gradcli.precision.settle import Precise
    from gradcli.verify import Verification


class Report(NamedTuple):
    """An answer.

    trace     every number on the way; None where the format shows none of it
    update    one update, or several taken together; None without a learning rate
    steps     the steps of a descent, where several were asked for
    decimals  value and gradient in as many digits as were asked for
    digits    significant digits in tables
    by_name   whether the passes are told name by name, an array as one
    rows      how many rows a table shows at most; None for all
    color     when to colour: auto, always or never
    """

    program: Program
    point: Point
    trace: Trace | None = None
    notices: Sequence[Notice] = ()
    update: "Update | None" = None
    steps: "Sequence[Step]" = ()
    verification: "Verification | None" = None
    decimals: "Precise | None" = None
    digits: int = 6
    by_name: bool = False
    rows: int | None = None
    color: str = "auto"

    @property
    def given(self) -> "Point | Precise":
        """Value and gradient as they were asked for: in so many digits, else as doubles."""
        return self.decimals or self.point

    @property
    def output(self) -> "Mapping[str, float | str]":
        """The number of the output by its name, or those of its entries by theirs."""
        return self.given.entries or {self.program.name: self.given.value}

    @property
    def told(self) -> bool:
        """Whether every number is there: finite, and settled."""
        return self.given.finite and all(notice.kind != "unsettled" for notice in self.notices)
