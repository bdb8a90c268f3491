"""Kinks that a point meets, and the slopes of the output on both sides of it.

Depends on `gradcli.precision.expansions.beside`, which expands the formula to either side: `where(x^2 > 0, 3*x, 2*x)`
has the slope 3 on both sides of 0, and so has `sqrt(x^2)*x` the slope 0, for which the rules give none. What the
expansion does not decide is NaN. Nothing is expanded where no operator can be at its kink.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from math import isfinite, isnan, nan
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.diagnose.kinks.active import active_kinks, has_kinks
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.evaluate.trace import trace
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable, users
from gradcli.language.program import Program
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.enclosures import is_available
from gradcli.precision.error_bounds import Bounds, may_hold
from gradcli.time_limit import left, within

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra
    from gradcli.precision.expansions.beside import Beside, Side, Surroundings

MOST_VISITS = 200_000
"""How many nodes may be expanded in all; each takes some 20 microseconds."""
GLANCES = 8
"""How many nodes can be looked at in the time that a visit takes."""
SECONDS = 5.0
"""The time that all the sides of one point may take."""
LARGE, LATE = "the graph is large", "it takes too long"
NO_ENCLOSURES = "without python-flint no side is settled"
ROUTES = having(Trait.ROUTES)


class OneSided(NamedTuple):
    """The output on one side of a point, as one node moves there.

    value       its limit; NaN where it has none or it is not known; that at the point unless the output jumps
    derivative  its one-sided derivative; NaN where it has none or it is not known
    defined     whether the output is defined there at all
    jumps       whether its limit is known to be another number than that at the point
    """

    value: float
    derivative: float
    defined: bool = True
    jumps: bool = False

    @property
    def is_open(self) -> bool:
        """Whether no expansion tells its slope, though it may have one."""
        return self.defined and isnan(self.derivative)


class Sides(NamedTuple):
    """The output on both sides of a point, as one node grows through it, and the kinks that have a say in it."""

    left: OneSided
    right: OneSided
    kinks: tuple[int, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether both sides have one slope, to a double."""
        return self.left.derivative == self.right.derivative

    @property
    def is_open(self) -> bool:
        """Whether it is not known if there is one slope."""
        sides = self.left, self.right
        return not self.jumps and all(it.defined for it in sides) and any(it.is_open for it in sides)

    @property
    def jumps(self) -> bool:
        """Whether the output is known to be another number just beside the point."""
        return self.left.jumps or self.right.jumps


class Kinks(NamedTuple):
    """What one point meets.

    value    the output at the point
    sides    for each name whose derivative depends on a kink, the output on both sides
    skipped  the names that were not looked at, and `reason` why
    """

    value: float
    sides: dict[str, Sides]
    skipped: tuple[str, ...] = ()
    reason: str = ""


def one_sided(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    limits: bool = False,
    bounds: Bounds | None = None,
    algebra: "Algebra | None" = None,
    most_visits: int = MOST_VISITS,
    seconds: float = SECONDS,
) -> Kinks:
    """The output on both sides of the point, by those of the nodes `wrt` whose way to the output meets a kink.

    With `limits` those by which the point has no finite slope are looked at too. `bounds` tell what may be a kink;
    else plain doubles do. Names beyond `most_visits` of nodes, or `seconds`, are skipped.

    >>> from gradcli.language import parse
    >>> program, point = parse("where(x^2 > 0, 3*x, 2*x)"), Point({"x": 0.0}, 0.0, {"x": 2.0})
    >>> one_sided(program, point, program.variables).sides["x"].right
    OneSided(value=0.0, derivative=3.0, defined=True, jumps=False)
    """
    doubtful = {name for name, slope in point.gradient.items() if limits and not isfinite(slope)}
    asked = {*_led(program, wrt, _nodes_near_kinks(program, point, wrt, bounds)), *doubtful}
    if not asked or not isfinite(point.value):
        return Kinks(point.value, {})
    if not is_available():
        return Kinks(point.value, {}, tuple(name for name in wrt if name in asked), NO_ENCLOSURES)
    return _looked_at(program, point, {name: wrt[name] for name in wrt if name in asked}, most_visits, seconds, algebra)


def _nodes_near_kinks(program: Program, point: Point, wrt: Mapping[str, int], bounds: Bounds | None) -> Iterator[int]:
    """The nodes that may be at their kinks as far as doubles tell."""
    graph = program.graph
    if wrt and has_kinks(graph):
        needed, moving = reachable(graph, [program.output]), dependent(graph, wrt.values(), program.output)
        if bounds:
            yield from active_kinks(graph, needed, moving, bounds.tracked, may_hold)
        else:
            yield from active_kinks(graph, needed, moving, evaluate_all(graph, needed, point.bindings))


def _led(program: Program, wrt: Mapping[str, int], nodes: Iterator[int]) -> Iterator[str]:
    """The names that lead to one of these nodes."""
    leads = reachable(program.graph, nodes)
    yield from (name for name, at in wrt.items() if at < len(leads) and leads[at] and at != program.output)


def _looked_at(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    most_visits: int,
    seconds: float,
    algebra: "Algebra | None",
) -> Kinks:
    """Both sides by each name, as far as there is time."""
    # python-flint takes 50 ms to load: only where there may be a kink.
    from gradcli.precision.enclosures.certainty import holds
    from gradcli.precision.expansions.beside import Surroundings

    graph, output, deadline = program.graph, program.output, monotonic() + min(seconds, left())
    there = Surroundings(graph, output, point.bindings, deadline, algebra)
    moving = dependent(graph, wrt.values(), output)
    kinks = {*active_kinks(graph, there.needed, moving, there.values(), holds)}
    found, news = dict[str, Sides](), dict[str, Sides]()
    visits, names = 0, [*wrt]
    for done, name in enumerate(names):
        if visits >= most_visits or monotonic() > deadline:
            return Kinks(point.value, found | _placed(program, point, wrt, news), tuple(names[done:]), LARGE)
        visits += 2 * len(users(graph, wrt[name], output, there.needed)) + output // GLANCES
        sides = within(left(), partial(_sides, there, wrt[name], kinks, point.value), None)
        if sides is None:
            return Kinks(point.value, found | _placed(program, point, wrt, news), tuple(names[done:]), LATE)
        if sides.kinks:
            found[name] = sides
        elif not isfinite(point.gradient.get(name, 0.0)) and _tells(sides):
            news[name] = sides
    return Kinks(point.value, found | _placed(program, point, wrt, news))


def _sides(there: "Surroundings", node: int, kinks: set[int], value: float) -> Sides:
    """The output on the left and on the right, as a node grows through the point."""
    around = {way: there.beside({node: way}) for way in (-1, 1)}
    left, right = (_in_doubles(it.side(), way, value) for way, it in around.items())
    met = set.union(*(kinks & _influencing(there.graph, there.output, it.moved) for it in around.values()))
    found = Sides(left, right)
    guilty = _breaking(around, found) if len(met) > 1 else met
    return found._replace(kinks=tuple(sorted(met, key=lambda at: (at not in guilty, at))))


def _breaking(around: Mapping[int, "Beside"], output: Sides) -> set[int]:
    """The nodes through which the output breaks: each does as it does, which is to jump or else to have two slopes."""
    right = around[1]
    graph, found = right.graph, {right.point.output}
    for node in reversed([*right.moved]):
        if node in found:
            found.update(at for at in graph.operands[node] if _breaks(around, at, output))
    return found


def _breaks(around: Mapping[int, "Beside"], node: int, output: Sides) -> bool:
    left, right = (_in_doubles(it.side(node), way, nan) for way, it in around.items())
    return left.jumps or right.jumps if output.jumps else left.derivative != right.derivative


def _in_doubles(side: "Side", way: int, value: float) -> OneSided:
    from gradcli.precision.enclosures.certainty import double

    limit = value + 0.0 if side.value is None else double(side.value)
    return OneSided(limit, way * double(side.slope) + 0.0, side.defined, side.jumps)


def _influencing(graph: Graph, output: int, moved: Mapping[int, Any]) -> set[int]:
    """The moving nodes that have a say in the output: of what is chosen from, that which is taken."""
    found = {output}
    for node in reversed([*moved]):
        if node in found:
            operands = graph.operands[node]
            taken = [at for at in operands if graph.operators[node] in ROUTES and moved.get(at) is moved[node]]
            decides = operands[:1] if graph.operators[node] == "where" else ()
            found.update((*decides, *taken) if taken else operands)
    return found & moved.keys()


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
