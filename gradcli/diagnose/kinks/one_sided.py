"""Kinks that a point meets, and the slopes of the output on both sides of it.

Depends on `gradcli.diagnose.kinks.directional` for the sweeps, and on `gradcli.diagnose.kinks.limits` for what first
derivatives do not decide: `where(x^2 > 0, 3*x, 2*x)` has the slope 3 on both sides of 0, which no first derivative of
x^2 shows; the rules give none to `sqrt(x^2)`. Nothing is swept where no operator is at its kink.
"""

from collections.abc import Mapping, Sequence
from math import isclose, isfinite, isnan
from typing import TYPE_CHECKING, NamedTuple

from gradcli.diagnose.kinks.active import active_kinks, has_kinks
from gradcli.diagnose.kinks.directional import CLOSE, OneSided, swept
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.evaluate.trace import trace
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable, users
from gradcli.language.program import Program
from gradcli.precision.readings import enclosures
from gradcli.precision.settled_nodes import SECONDS, settled_nodes

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

MOST_VISITS = 200_000
"""How many nodes all sweeps together may visit; each takes some 20 microseconds."""
GLANCES = 8
"""How many nodes can be looked at in the time that a visit takes."""
MOST_FOLLOWED = 10_000
"""No more nodes are followed to a limit: each takes thousands of digits there."""


class Sides(NamedTuple):
    """The output on both sides of a point, as one node grows through it, and the kinks that have a say in it."""

    left: OneSided
    right: OneSided
    kinks: tuple[int, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether both sides have one slope."""
        return isclose(self.left.derivative, self.right.derivative, rel_tol=CLOSE)

    def jumps(self, value: float) -> bool:
        """Whether the output, which is `value` at the point, is known to be another just beside it."""
        limits = (self.left.value, self.right.value)
        return any(not isnan(limit) and not isclose(limit, value, rel_tol=CLOSE) for limit in limits)


class Kinks(NamedTuple):
    """What one point meets.

    value    the output at the point
    sides    for each name whose derivative depends on a kink, the output on both sides
    skipped  the names for which there was no time, in a graph of millions of nodes
    """

    value: float
    sides: dict[str, Sides]
    skipped: tuple[str, ...] = ()


def one_sided(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    limits: bool = False,
    algebra: "Algebra | None" = None,
    most_visits: int = MOST_VISITS,
    most_followed: int = MOST_FOLLOWED,
) -> Kinks:
    """The output on both sides of the point, by those of the nodes `wrt` whose way to the output meets a kink.

    With `limits` the sides that first derivatives leave open are approached in many digits, in a graph of at most
    `most_followed` nodes; without they stay so. Names beyond `most_visits` of nodes are skipped.

    >>> from gradcli.language import parse
    >>> program, point = parse("where(x^2 > 0, 3*x, 2*x)"), Point({"x": 0.0}, 0.0, {"x": 2.0})
    >>> one_sided(program, point, program.variables).sides["x"].right
    OneSided(value=nan, derivative=nan, defined=True)
    >>> one_sided(program, point, program.variables, limits=True).sides["x"].right
    OneSided(value=0.0, derivative=3.0, defined=True)
    """
    kinks = _by_first_derivatives(program, point, wrt, most_visits, settled=limits, algebra=algebra)
    followed = limits and isfinite(kinks.value) and program.output <= most_followed
    names = _unresolved(point, kinks) if followed else []
    return _resolved(program, point, {name: wrt[name] for name in names}, kinks) if names else kinks


# -- by first derivatives


def _by_first_derivatives(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    most_visits: int,
    *,
    settled: bool,
    algebra: "Algebra | None",
) -> Kinks:
    graph, output = program.graph, program.output
    if not wrt or not has_kinks(graph):
        return Kinks(point.value, {})
    needed, moving = reachable(graph, [output]), dependent(graph, wrt.values(), output)
    values = _with_one_zero(evaluate_all(graph, needed, point.bindings))
    nodes = [*active_kinks(graph, needed, moving, values)]
    if nodes and settled:  # doubles that lost their digits may stand on a kink where the numbers do not
        every = [node for node, flag in enumerate(needed) if flag]
        values = _with_one_zero(settled_nodes(graph, every, point.bindings, algebra=algebra)[0])
        nodes = [*active_kinks(graph, needed, moving, values)]
        if nodes and (known := enclosures(graph, every, point.bindings, SECONDS, algebra)):
            # 1e16 + 1 is no kink of `> 1e16`, though its double stands on it
            nodes = [*active_kinks(graph, needed, moving, *known)]
    if not nodes:
        return Kinks(point.value, {})
    leads = reachable(graph, nodes)
    led = {name: node for name, node in wrt.items() if node < len(leads) and leads[node] and node != output}
    return Kinks(values[output], *_swept(graph, needed, values, output, led, most_visits))


def _with_one_zero(values: Sequence[float]) -> list[float]:
    """With one zero: on which side of it a number lies is told by the way it moves."""
    return [0.0 if value == 0.0 else value for value in values]


def _swept(
    graph: Graph, needed: Sequence[int], values: Sequence[float], output: int, led: Mapping[str, int], most_visits: int
) -> tuple[dict[str, Sides], tuple[str, ...]]:
    """Both sides for every name, and the names for which there was no time."""
    found: dict[str, Sides] = {}
    visits, names = 0, [*led]
    for done, name in enumerate(names):
        if visits >= most_visits:
            return found, tuple(names[done:])
        moved = users(graph, led[name], output, needed)
        visits += 2 * len(moved) + output // GLANCES
        (left, before), (right, after) = (swept(graph, values, led[name], way, moved, output) for way in (-1.0, 1.0))
        if before or after:
            found[name] = Sides(left, right, tuple(sorted({*before, *after})))
    return found, ()


# -- by limits


def _resolved(program: Program, point: Point, wrt: Mapping[str, int], kinks: Kinks) -> Kinks:
    """What the sweeps found, and limits by `wrt`, where they left a side open or the rules give no finite slope."""
    limits = _limits(program, point, wrt, kinks.value)
    better = {name: _better(sides, limits[name]) for name, sides in kinks.sides.items() if name in limits}
    news = {name: sides for name, sides in limits.items() if name not in better and _tells(sides)}
    return kinks._replace(sides=kinks.sides | better | _placed(program, point, wrt, news))


def _unresolved(point: Point, kinks: Kinks) -> list[str]:
    """The names of which a side is not known, or no kink is known and the slope is not finite all the same."""
    open_ = [name for name, (left, right, _) in kinks.sides.items() if not (_is_known(left) and _is_known(right))]
    seen = {*kinks.sides, *kinks.skipped}
    return open_ + [name for name, slope in point.gradient.items() if name not in seen and not isfinite(slope)]


def _is_known(side: OneSided) -> bool:
    """Whether a sweep is to be believed: an infinite slope may be an accident of double precision."""
    return not side.defined or isfinite(side.derivative)


def _limits(program: Program, point: Point, wrt: Mapping[str, int], value: float) -> dict[str, Sides]:
    """Both sides by difference quotients."""
    from gradcli.diagnose.kinks.limits import Approach  # mpmath: only here, where first derivatives do not do

    approach = Approach(program.graph, program.output, point)

    def anchored(side: OneSided) -> OneSided:
        """A side that does not jump, beside the value as the sweeps know it: in doubles, which may have lost digits."""
        return side._replace(value=value) if side.value == point.value else side

    found = {name: approach.sides(node) for name, node in wrt.items()}
    return {name: Sides(anchored(left), anchored(right)) for name, (left, right) in found.items()}


def _better(sides: Sides, limits: Sides) -> Sides:
    """Both sides, as the sweep found them or else by limits."""
    return Sides(_better_side(sides.left, limits.left), _better_side(sides.right, limits.right), sides.kinks)


def _better_side(side: OneSided, limit: OneSided) -> OneSided:
    tells = not limit.defined or not (isnan(limit.derivative) and isnan(limit.value))
    return limit if tells and not _is_known(side) else side


def _tells(sides: Sides) -> bool:
    """Whether both sides are known, or one is finite: an infinite slope at the end of a domain is no news."""
    slopes = (sides.left.derivative, sides.right.derivative)
    return any(map(isfinite, slopes)) or not any(map(isnan, slopes))


def _placed(program: Program, point: Point, wrt: Mapping[str, int], news: Mapping[str, Sides]) -> dict[str, Sides]:
    """The sides, each with the node at which the rules lose the slope; with the output where that is a variable."""
    if not news:
        return {}
    # Most kinks do without, and start sooner.
    from gradcli.diagnose.nonfinite.origin import adjoint_origin, contributions

    traced = trace(program, point.bindings, wrt)
    into, operands = contributions(traced), program.graph.operands
    origins = {name: adjoint_origin(traced, into, wrt[name]) for name in news}
    places = {name: it.node if it and operands[it.node] else program.output for name, it in origins.items()}
    return {name: sides._replace(kinks=(places[name],)) for name, sides in news.items()}
