"""SymPy's proof that two nodes of a graph are the same function.

Depends on `gradcli.proof.sympy_formula`, `gradcli.proof.domains` and `gradcli.proof.is_zero`. Where nothing in the
formulas chooses, one proof over the real numbers is enough; else one for each piece that the points show, and where
that fails, one for each piece and each pattern of signs.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import sympy

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.graph.written import as_written as written
from gradcli.precision.multiprecision import values_as_written
from gradcli.precision.multiprecision_kernels import MP, Number, as_written
from gradcli.proof.decisions import DECISIONS, outcome, reached, taken, unfolded
from gradcli.proof.domains import is_forced, on_boundary, pattern, positive_in_domain, sides
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_families import Formula, Piece
from gradcli.proof.sympy_formula import ARITHMETIC, CHOICES, DIGITS, is_long, pieces, symbol

MOST_PIECES = 24
Point = Mapping[str, float]


def pieces_are_equal(
    graph: Graph, nodes: Sequence[int], source: int, points: Sequence[Point], free: Sequence[str], *, whole: bool
) -> bool:
    """Whether SymPy shows that two nodes are equal, wherever the second and `source` have values.

    Names in `free` become symbols, the others keep their numbers. With `whole`, on all pieces that there are: whatever
    the decisions come to.
    """
    graph, nodes, written = unfolded(graph, [*nodes, source])
    needed = reachable(graph, nodes)
    if is_long(graph, needed, nodes[:2]):
        return False
    tasks = (_Task(graph, needed, nodes, written, points, frozenset(free), dear) for dear in (False, True))
    return any(_is_shown(task, whole=whole) for task in tasks)


class _Task(NamedTuple):
    """What is to be proved: that the first two nodes are equal, where `free` are the variables that move.

    written  the nodes that a person wrote
    dear     whether all that SymPy can do is tried
    """

    graph: Graph
    needed: bytearray
    nodes: Sequence[int]
    written: frozenset[int]
    points: Sequence[Point]
    free: frozenset[str]
    dear: bool

    def chosen(self) -> list[int]:
        """The nodes whose formula depends on the numbers."""
        operators = self.graph.operators
        return [at for at, flag in enumerate(self.needed) if flag and operators[at] in DECISIONS]

    def symbols(self, point: Point, *, signed: bool) -> dict[int, Piece]:
        """A number is the decimal that it is written as; a variable that moves is a symbol."""
        with MP.workdps(DIGITS):
            leaves = [(node, leaf) for node, leaf in self.graph.leaves.items() if node < len(self.needed)]
            return {node: _leaf(leaf, point, self.free, signed) for node, leaf in leaves if self.needed[node]}

    def inner(self) -> set[int]:
        """What stands in a function that is neither arithmetic nor a choice."""
        graph = self.graph
        needed = (at for at, flag in enumerate(self.needed) if flag)
        functions = (at for at in needed if graph.operators[at] not in (*ARITHMETIC, *CHOICES))
        return {inner for at in functions for inner in graph.operands[at] if graph.operands[inner]}


def _is_shown(task: _Task, *, whole: bool) -> bool:
    return _is_equal(task, task.points[0], whole=True) if whole or not task.chosen() else _by_pieces(task)


def _by_pieces(task: _Task) -> bool:
    """A proof for each piece on which there is a point; if need be, for each quadrant of it."""
    found: dict[object, dict[object, Point]] = {}
    for point in task.points:
        quadrant = tuple(point[name] > 0 for name in sorted(task.free))
        found.setdefault(_piece(task, point), {}).setdefault(quadrant, point)
    if len(found) > MOST_PIECES:
        return False
    return all(_is_equal_on_piece(task, [*quadrants.values()]) for quadrants in found.values())


def _is_equal_on_piece(task: _Task, points: Sequence[Point]) -> bool:
    if _is_equal(task, points[0]):
        return True
    return len(points) <= MOST_PIECES and all(_is_equal(task, point, signed=True) for point in points)


def _piece(task: _Task, point: Point) -> object:
    """The piece on which a point lies, by its exact numbers: doubles may see a decision fall on the other side."""
    values = values_as_written(task.graph, task.needed, point, DIGITS)
    graph, written = task.graph, task.written  # of a rule's decisions no side is a fact
    return tuple((pattern if node in written else outcome)(graph, node, values) for node in task.chosen())


def _is_equal(task: _Task, point: Point, *, signed: bool = False, whole: bool = False) -> bool:
    """Whether SymPy shows that both nodes are equal on the piece of a point.

    signed  whether the signs of the variables are those of the point
    whole   whether a decision is a symbol of its own, but for those that can be decided in one way only
    """
    symbols = task.symbols(point, signed=signed)
    for cut in (True, False):  # what stands in a function is a symbol of its own: what is equal so is sooner shown
        try:
            if _is_zero_with(task, point, symbols, [*task.inner()] if cut else [], whole=whole):
                return True
        except FAILURES:
            continue
    return False


def _is_zero_with(task: _Task, point: Point, symbols: Mapping[int, Piece], cut: list[int], *, whole: bool) -> bool:
    values = values_as_written(task.graph, task.needed, point, DIGITS) if cut or whole else []
    given = {**symbols, **_dummies(cut, values)}
    found = _pieces_left_open(task, given, values) if whole else pieces(task.graph, task.needed, given, task.nodes)
    first, second, source = (found[node].formula for node in task.nodes)
    if first is None or second is None:
        return False
    positive = [*positive_in_domain(second), *(positive_in_domain(source) if source is not None else ())]
    difference = first - second
    for side, number in () if whole else _sides(task, found):
        if number == 0:
            difference, *positive = on_boundary([difference, *positive], side)
        else:
            positive.append(side if number > 0 else -side)
    return is_zero(difference, positive=positive, dear=task.dear)


def _pieces_left_open(task: _Task, given: Mapping[int, Piece], values: Sequence[Number]) -> list[Piece]:
    """All nodes where every decision is a symbol that may fall in several ways."""
    open_ = task.chosen()
    while True:
        found = pieces(task.graph, task.needed, {**given, **_dummies(open_, values)}, task.nodes)
        still = [node for node in open_ if not is_forced(task.graph, node, found)]
        if len(still) == len(open_):
            return found
        open_ = still


def _dummies(nodes: Iterable[int], values: Sequence[Number]) -> dict[int, Piece]:
    return {node: Piece(sympy.Dummy(real=True), values[node]) for node in nodes}


def _sides(task: _Task, found: Sequence[Piece]) -> list[tuple[Formula, Number]]:
    """On which sides of their boundaries the decisions are that matter at a point. A rule's are not asked."""
    graph, values = task.graph, [it.number if it else MP.nan for it in found]
    there = reached(task.nodes[:2], partial(taken, graph, values=values))
    asked = (node for node in task.chosen() if node in task.written and node < len(there) and there[node])
    return [side for node in asked for side in sides(graph, node, found)]


def _leaf(leaf: float | str, point: Point, free: Collection[str], signed: bool) -> Piece:
    number = point[leaf] if isinstance(leaf, str) else leaf
    value = as_written(number)
    if leaf not in free:
        return Piece(sympy.Rational(*written(number)), value)
    return symbol(value) if signed else Piece(sympy.Dummy(real=True), value)
