"""What is claimed, once it is read: one number about one derivative, or an array of them.

Depends on `gradcli.claims.right_sides` for whether there are derivatives in it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gradcli.claims.right_sides import holds_derivatives
from gradcli.graph.graph import Graph
from gradcli.language.parsed import Value
from gradcli.shapes import Shape


class Claim(NamedTuple):
    """A claim that has been read: one right side about one derivative.

    text    as typed, without comments; of several sides or components this one
    of, by  the names: what is differentiated, by what
    source, variable  their nodes
    node    the node of the right side; of an update, of the derivative that it must have been made of
    right   the right side as typed
    graph   where the nodes are
    point   the numbers at which it is claimed, beside those that are bound
    rate    the learning rate of an update; None for a derivative
    is_rounded  whether the numbers of the point are only near to what is written, as that of pi is
    is_number  whether the right side is of numbers alone
    side, sides  which side of a chain of how many it is
    """

    text: str
    of: str
    by: str
    source: int
    variable: int
    node: int
    right: str
    graph: Graph
    point: Mapping[str, float] = {}
    rate: float | None = None
    is_rounded: bool = False
    is_number: bool = False
    side: int = 0
    sides: int = 1

    @property
    def name(self) -> str:
        """The derivative that it is about, or the update: dL/dw, w_new."""
        return f"d{self.of}/d{self.by}" if self.rate is None else updated(self.by)

    @property
    def holds_derivatives(self) -> bool:
        """Whether its right side has derivatives itself, whose numbers are those of the rules."""
        return holds_derivatives(self.right, of_update=self.rate is not None)


class ArrayClaim(NamedTuple):
    """A claim about a derivative that is an array: one for each of its entries.

    text     as typed, without comments
    of, by   the names: what is differentiated, by what
    source, variable  what these are
    right    the right side as typed
    shape    the shape of the derivative
    entries  the claims about its entries, the last index running fastest
    matrices names in the right side that are matrices
    reread   what the right side is where something else stands in it; raises LanguageError
    """

    text: str
    of: str
    by: str
    source: Value
    variable: Value
    right: str
    shape: Shape
    entries: Sequence[Claim]
    matrices: Sequence[str]
    reread: Callable[[str], Value]

    @property
    def name(self) -> str:
        """The derivative that it is about, or the update: dL/dW, W_new."""
        return f"d{self.of}/d{self.by}" if self.rate is None else updated(self.by)

    @property
    def rate(self) -> float | None:
        """The learning rate of an update; None for a derivative."""
        return self.entries[0].rate

    @property
    def side(self) -> int:
        """Which side of a chain it is."""
        return self.entries[0].side

    @property
    def sides(self) -> int:
        """Of how many."""
        return self.entries[0].sides


AnyClaim = Claim | ArrayClaim


def parts_of(claim: AnyClaim) -> Sequence[Claim]:
    """The claims about single numbers that a claim is made of."""
    return claim.entries if isinstance(claim, ArrayClaim) else (claim,)


def updated(weight: str) -> str:
    """What an update makes of a weight: w_new, W_new[1,2]."""
    name, bracket, index = weight.partition("[")
    return f"{name}_new{bracket}{index}"
