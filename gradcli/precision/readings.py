"""The door to enclosures: nodes that doubles do not hold, read as doubles once enough digits are settled.

Depends on `gradcli.precision.enclosures`, which loads python-flint (50 ms): only here, where doubles do not do. Where
that is not installed nothing is settled.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isfinite, isinf, nan
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.precision.enclosures import is_available
from gradcli.time_limit import within

if TYPE_CHECKING:
    from gradcli.precision.enclosures.balls import Enclosure
    from gradcli.precision.enclosures.questions import Algebra, Question
    from gradcli.precision.enclosures.search import Search
    from gradcli.precision.multiprecision_kernels import Number

DIGITS, FINER = 25, 200
"""The digits that must settle before a number is rounded to a double: 8 more than a double tells apart. More of them
where it is so near to the middle of two doubles that it is not clear which is nearer."""


SHARE = 0.6
"""Of the time that is left, what a graph without what cancels may take."""


class Reading(NamedTuple):
    """One node.

    double   the nearest double; where the number is not settled 0 if it is less than any, infinite if it is beyond all
             that is followed, else NaN
    settled  whether that is certain
    beyond   the number itself where no double holds it
    below    where it is not settled, a power of ten that it is less than, as a text; empty where none is known
    far      whether it is beyond all that is followed
    certain  where it is not settled, how many of its digits are
    """

    double: float
    settled: bool
    beyond: "Number | None" = None
    below: str = ""
    far: bool = False
    certain: int = 0


class Readings(NamedTuple):
    """What became of all.

    of       node → what is known of it; nothing where python-flint is missing
    digits   how many digits were tried
    seconds  how long that took
    in_time  whether it ended by itself
    origin   the node that is left open first; None if there is none
    found    node → its enclosure
    smooth   whether the output of the slopes among them is known to be smooth at the point
    """

    of: Mapping[int, Reading] = {}
    digits: int = 0
    seconds: float = 0.0
    in_time: bool = True
    origin: int | None = None
    found: "Mapping[int, Enclosure]" = MappingProxyType({})
    smooth: bool = False


def readings(
    graph: Graph,
    nodes: Sequence[int],
    bindings: Mapping[str, float],
    doubles: Mapping[int, float],
    seconds: float,
    algebra: "Algebra | None" = None,
    digits: int = DIGITS,
    slopes: Mapping[int, tuple[int, int]] = MappingProxyType({}),
) -> Readings:
    """Nodes in so many digits. `doubles` are those that they have, whose sign a pole and a 0 keep.

    `slopes` says which of them are the derivative of which output by which variable.
    """
    if not (nodes and is_available()):
        return Readings()
    from gradcli.precision.enclosures.conversions import nearest
    from gradcli.precision.enclosures.search import Search

    search = Search(graph, nodes, bindings, digits, algebra)
    search.settle(seconds, cheap=True)
    smooth = False
    if algebra and search.unsettled():
        shorter, smooth = _anew(search, bindings, seconds - search.seconds, slopes)
        search.found |= shorter
    if search.unsettled():
        search.settle(seconds - search.seconds)
    found = {**search.found}
    open_ = set(search.unsettled())
    if between := [node for node, x in found.items() if node not in open_ and nearest(x) is None]:
        found |= Search(graph, between, bindings, FINER).settle(seconds - search.seconds)
    of = {node: _reading(x, doubles[node], digits if node in open_ else 0) for node, x in found.items()}
    return Readings(of, search.tried, search.seconds, search.in_time, search.origin() if open_ else None, found, smooth)


def _anew(
    search: "Search", bindings: Mapping[str, float], seconds: float, slopes: Mapping[int, tuple[int, int]]
) -> "tuple[dict[int, Enclosure], bool]":
    """What is settled of the nodes that a search leaves open, in a graph without what cancels, which may be smooth."""
    from gradcli.precision.cancellation.anew import Anew, Point, written_anew
    from gradcli.precision.enclosures.search import Search, is_settled

    began, nodes = monotonic(), search.unsettled()

    given, asking = Point(bindings, search.read), SHARE * seconds / 2
    write = partial(written_anew, search.graph, nodes, given, search.algebra, asking, slopes)
    graph, of, smooth = within(SHARE * seconds, write, Anew(Graph(), {}))
    again = Search(graph, [*of.values()], bindings, search.digits, search.algebra)
    found = again.settle(SHARE * seconds - (monotonic() - began))
    search.seconds += monotonic() - began
    return {node: found[at] for node, at in of.items() if is_settled(found[at], search.digits)}, smooth


def remembered(algebra: "Algebra") -> "Algebra":
    """The same for one graph at one point, each question asked once."""
    known: dict[Question, bool] = {}

    def asked(
        graph: Graph, question: "Question", leaves: "Mapping[int, Enclosure]", values: "Sequence[Enclosure]"
    ) -> bool:
        if question not in known:
            known[question] = algebra(graph, question, leaves, values)
        return known[question]

    return asked


def _reading(x: "Enclosure", double: float, lacking: int) -> Reading:
    """What is known of a node, of which so many digits are sought and not settled; 0 for none."""
    from gradcli.precision.enclosures.balls import is_huge
    from gradcli.precision.enclosures.conversions import (
        bound,
        certain_digits,
        is_beyond_doubles,
        middle,
        nearest,
        number,
    )

    if lacking:
        near, certain = nearest(x), certain_digits(x)
        enough = near is not None and near != 0 and isfinite(near) and lacking <= DIGITS
        if enough:
            return Reading(near or 0.0, settled=True)
        near = nan if near is None else near + 0.0
        return Reading(near, settled=False, below=bound(x), far=is_huge(x), certain=certain)
    near = middle(x)
    beyond = number(x, DIGITS) if is_beyond_doubles(x, near) else None
    pole = isinf(near) and isinf(double) and beyond is None
    return Reading(double if double == near or pole else near, settled=True, beyond=beyond)
