"""The door to enclosures: nodes that doubles do not hold, read as doubles once enough digits are settled.

Depends on `gradcli.precision.enclosures`, which loads python-flint (50 ms): only here, where doubles do not do. Where
that is not installed nothing is settled.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite, isinf, nan
from typing import TYPE_CHECKING, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.precision.enclosures import is_available

if TYPE_CHECKING:
    from gradcli.graph.template import Template
    from gradcli.precision.enclosures.balls import Enclosure
    from gradcli.precision.enclosures.questions import Algebra
    from gradcli.precision.multiprecision_kernels import Number

DIGITS, FINER = 25, 200
"""The digits that must settle before a number is rounded to a double: 8 more than a double tells apart. More of them
where it is so near to the middle of two doubles that it is not clear which is nearer."""


class Reading(NamedTuple):
    """One node.

    double   the nearest double; where the number is not settled 0 if it is less than any, infinite if it is beyond all
             that is followed, else NaN
    settled  whether that is certain
    beyond   the number itself where no double holds it
    below    where it is not settled, a power of ten that it is less than, as a text; empty where none is known
    far      whether it is beyond all that is followed
    """

    double: float
    settled: bool
    beyond: "Number | None" = None
    below: str = ""
    far: bool = False


class Readings(NamedTuple):
    """What became of all.

    of       node → what is known of it; nothing where python-flint is missing
    digits   how many digits were tried
    seconds  how long that took
    in_time  whether it ended by itself
    origin   the node that is left open first; None if there is none
    """

    of: Mapping[int, Reading] = {}
    digits: int = 0
    seconds: float = 0.0
    in_time: bool = True
    origin: int | None = None


def readings(
    graph: Graph,
    nodes: Sequence[int],
    bindings: Mapping[str, float],
    doubles: Mapping[int, float],
    seconds: float,
    algebra: "Algebra | None" = None,
) -> Readings:
    """Nodes in digits enough for any double. `doubles` are those that they have, whose sign a pole and a 0 keep."""
    if not (nodes and is_available()):
        return Readings()
    from gradcli.precision.enclosures.conversions import nearest
    from gradcli.precision.enclosures.search import Search

    search = Search(graph, nodes, bindings, DIGITS, algebra)
    found = {**search.settle(seconds)}
    open_ = set(search.unsettled())
    if between := [node for node, x in found.items() if node not in open_ and nearest(x) is None]:
        found |= Search(graph, between, bindings, FINER).settle(seconds - search.seconds)
    of = {node: _reading(x, doubles[node], settled=node not in open_) for node, x in found.items()}
    return Readings(of, search.tried, search.seconds, search.in_time, search.origin() if open_ else None)


def _reading(x: "Enclosure", double: float, *, settled: bool) -> Reading:
    from gradcli.precision.enclosures.balls import is_huge
    from gradcli.precision.enclosures.conversions import bound, is_beyond_doubles, middle, nearest, number

    if not settled:
        certain = nearest(x)
        known = certain is not None and certain != 0 and isfinite(certain)
        below = "" if known else bound(x)
        return Reading(nan if certain is None else certain, settled=known, below=below, far=is_huge(x))
    near = middle(x)
    beyond = number(x, DIGITS) if is_beyond_doubles(x, near) else None
    pole = isinf(near) and isinf(double) and beyond is None
    return Reading(double if double == near or pole else near, settled=True, beyond=beyond)


def enclosures(
    graph: Graph,
    nodes: Sequence[int],
    bindings: Mapping[str, float],
    seconds: float,
    algebra: "Algebra | None" = None,
) -> "tuple[Mapping[int, Enclosure], Callable[[Template, tuple[Enclosure, ...]], int]] | None":
    """Nodes as they are enclosed, and how a condition is run on them: 1 unless it fails for certain.

    None where python-flint is missing.
    """
    if not is_available():
        return None
    from gradcli.precision.enclosures.balls import truth
    from gradcli.precision.enclosures.meanings import run_template
    from gradcli.precision.enclosures.search import Search

    search = Search(graph, nodes, bindings, DIGITS, algebra)
    search.settle(seconds)

    def run(template: "Template", operands: "tuple[Enclosure, ...]") -> int:
        return int(truth(run_template(template, operands)) is not False)

    return search.at(max(search.tried, DIGITS)), run
