"""SymPy's proof that two nodes of a graph are the same function.

Depends on `gradcli.proof.sympy_formula`. Where nothing in the formulas chooses, one proof over the real numbers is
enough; else one for each pattern of signs and branches that the points show.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sympy

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.multiprecision import as_written, values_as_written
from gradcli.precision.multiprecision_kernels import MP
from gradcli.proof.decisions import DECISIONS, outcome, unfolded
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_formula import ARITHMETIC, CHOICES, DIGITS, Piece, is_long, pieces, symbol

MOST_PIECES = 24


def pieces_are_equal(
    graph: Graph, nodes: Sequence[int], points: Sequence[Mapping[str, float]], free: Sequence[str], *, whole: bool
) -> bool:
    """Whether SymPy shows it. Names in `free` become symbols, the others keep their numbers.

    With `whole`, on all pieces that there are: whatever the decisions come to.
    """
    graph, nodes, _ = unfolded(graph, nodes)
    needed = reachable(graph, nodes)
    if is_long(graph, needed, nodes):
        return False
    try:
        task = _Task(graph, needed, nodes, points, frozenset(free))
        way = _everywhere if whole or not task.chosen() else _by_pieces
        return any(way(task, cut=cut) for cut in (True, False))
    except FAILURES:
        return False


class _Task(NamedTuple):
    """What is to be proved: that two nodes are equal, where `free` are the variables that move."""

    graph: Graph
    needed: bytearray
    nodes: Sequence[int]
    points: Sequence[Mapping[str, float]]
    free: frozenset[str]

    def chosen(self) -> list[int]:
        """The nodes whose formula depends on the numbers."""
        operators = self.graph.operators
        return [at for at, flag in enumerate(self.needed) if flag and operators[at] in DECISIONS]


def _everywhere(task: _Task, *, cut: bool) -> bool:
    """One proof for all real numbers, in which every decision is a symbol: it holds whatever that comes to."""
    return _is_equal(task, task.points[0], cut=cut, whole=True)


def _by_pieces(task: _Task, *, cut: bool) -> bool:
    """A proof for each quadrant and branch on which there is a point."""
    seen: set[object] = set()
    for point in task.points:
        pattern = (*(point[name] > 0 for name in sorted(task.free)), *_branches(task, point))
        if pattern in seen:
            continue
        seen.add(pattern)
        if len(seen) > MOST_PIECES or not _is_equal(task, point, cut=cut, whole=False):
            return False
    return True


def _branches(task: _Task, point: Mapping[str, float]) -> list[float]:
    """What the choices of a formula come to at a point."""
    values = evaluate_all(task.graph, task.needed, point)
    return [outcome(task.graph, node, values) for node in task.chosen()]


def _is_equal(task: _Task, point: Mapping[str, float], *, cut: bool, whole: bool) -> bool:
    """Whether SymPy shows that both nodes are equal.

    cut    whether what stands in a function is a symbol of its own. What is equal so is equal, and sooner shown
    whole  whether a decision is a symbol of its own, and the signs of the variables are not known
    """
    graph, needed = task.graph, task.needed
    given: dict[int, Piece] = {}
    with MP.workdps(DIGITS):
        for node, leaf in graph.leaves.items():
            if node < len(needed) and needed[node]:
                given[node] = _leaf(leaf, point, task.free, signed=not whole)
    symbols = [*_inner(task)] if cut else []
    symbols += task.chosen() if whole else []
    if symbols:
        values = values_as_written(graph, needed, point, DIGITS)
        given |= {node: Piece(sympy.Dummy(real=True), values[node]) for node in symbols}
    found = pieces(graph, needed, given)
    first, second = (found[node].formula for node in task.nodes)
    return first is not None and second is not None and is_zero(first - second)


def _inner(task: _Task) -> set[int]:
    """What stands in a function that is neither arithmetic nor a choice."""
    graph = task.graph
    needed = (at for at, flag in enumerate(task.needed) if flag)
    functions = (at for at in needed if graph.operators[at] not in (*ARITHMETIC, *CHOICES))
    return {inner for at in functions for inner in graph.operands[at] if graph.operands[inner]}


def _leaf(leaf: float | str, point: Mapping[str, float], free: Collection[str], *, signed: bool) -> Piece:
    """A number is the decimal that it is written as; a variable that moves is a symbol."""
    number = float(point[leaf] if isinstance(leaf, str) else leaf)
    value = as_written(number)
    if leaf not in free:
        return Piece(sympy.Rational(repr(number)), value)
    return symbol(value) if signed else Piece(sympy.Dummy(real=True), value)
