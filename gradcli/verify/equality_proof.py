"""SymPy's proof that two nodes of a graph are the same function.

Depends on `gradcli.verify.symbolic` and `gradcli.verify.proof`. Where nothing in the formulas chooses, one proof over
the real numbers is enough; else one for each pattern of signs and branches that the points show.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import sympy

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.run.scalar import evaluate_all
from gradcli.verify.meanings import MP
from gradcli.verify.proof import DIGITS, FAILURES, LARGEST, LENGTH, is_zero, length
from gradcli.verify.sampling import exact
from gradcli.verify.symbolic import ARITHMETIC, CHOICES, Formula, Piece, pieces, symbol

SMOOTH = frozenset({"digamma", "polygamma", "sinc_n"})
"""What looks at a number and yet has one formula everywhere."""
MOST_PIECES = 8


def pieces_are_equal(
    graph: Graph, first: int, second: int, points: Sequence[Mapping[str, float]], free: Sequence[str]
) -> bool:
    """Whether SymPy shows it. Names in `free` become symbols, the others keep their numbers."""
    needed = reachable(graph, [first, second])
    if sum(needed) > LARGEST or length(graph, needed, (first, second)) > LENGTH:
        return False
    try:
        task = _Task(graph, needed, (first, second), points, frozenset(free))
        return any(_everywhere(task, cut=cut) for cut in (True, False)) or any(
            _by_pieces(task, cut=cut) for cut in (True, False)
        )
    except FAILURES:
        return False


class _Task(NamedTuple):
    """What is to be proved: that two nodes are equal, where `free` are the variables that move."""

    graph: Graph
    needed: bytearray
    nodes: tuple[int, int]
    points: Sequence[Mapping[str, float]]
    free: frozenset[str]

    def chosen(self) -> list[int]:
        """The nodes whose formula depends on the numbers."""
        operators = self.graph.operators
        return [at for at, flag in enumerate(self.needed) if flag and operators[at] in CHOICES.keys() - SMOOTH]


def _everywhere(task: _Task, *, cut: bool) -> bool:
    """One proof for all real numbers."""
    return not task.chosen() and _is_equal(_formulas(task, task.points[0], signed=False, cut=cut))


def _by_pieces(task: _Task, *, cut: bool) -> bool:
    """A proof for each quadrant and branch on which there is a point."""
    seen: set[object] = set()
    for point in task.points:
        pattern = (*(point[name] > 0 for name in sorted(task.free)), *_branches(task, point))
        if pattern in seen:
            continue
        seen.add(pattern)
        if len(seen) > MOST_PIECES or not _is_equal(_formulas(task, point, signed=True, cut=cut)):
            return False
    return True


def _branches(task: _Task, point: Mapping[str, float]) -> list[float]:
    """What the choices of a formula come to at a point."""
    values = evaluate_all(task.graph, task.needed, point)
    found = []
    for node in task.chosen():
        operands = [values[operand] for operand in task.graph.operands[node]]
        branch = BRANCHES.get(task.graph.operators[node], _result)
        found.append(float(branch(*operands, values[node])))
    return found


def _result(*numbers: float) -> float:
    return numbers[-1]


def _position(*numbers: float) -> int:
    """Which operand is the result."""
    *operands, result = numbers
    return operands.index(result) if result in operands else -1


BRANCHES: dict[str, Callable[..., float]] = {
    **dict.fromkeys(("min", "max"), _position),
    "abs": lambda operand, _: operand >= 0,
    "where": lambda condition, *_: condition != 0,
    "mod": lambda left, right, rest: round((left - rest) / right),
}
"""The piece on which an operator is; by default its value says it, as that of a comparison does."""


def _formulas(task: _Task, point: Mapping[str, float], *, signed: bool, cut: bool) -> list[Formula | None]:
    """Both nodes as SymPy has them.

    signed  whether SymPy may know the signs of the variables
    cut     whether what stands in a function is a letter of its own. What is equal so is equal, and sooner shown
    """
    graph, needed = task.graph, task.needed
    given: dict[int, Piece] = {}
    with MP.workdps(DIGITS):
        for node, leaf in graph.leaves.items():
            if node < len(needed) and needed[node]:
                given[node] = _leaf(task, node, leaf, point, signed=signed)
    if cut:
        values = exact(graph, needed, point, DIGITS)
        inner = {operand for node in _functions(task) for operand in graph.operands[node] if graph.operands[operand]}
        given |= {node: Piece(sympy.Dummy(real=True), values[node]) for node in inner}
    found = pieces(graph, needed, given, DIGITS)
    return [found[node].formula for node in task.nodes]


def _functions(task: _Task) -> list[int]:
    """The nodes that are neither arithmetic nor choices."""
    operators = task.graph.operators
    return [at for at, flag in enumerate(task.needed) if flag and operators[at] not in (*ARITHMETIC, *CHOICES)]


def _leaf(task: _Task, node: int, leaf: float | str, point: Mapping[str, float], *, signed: bool) -> Piece:
    """A number is the decimal that it is written as; a variable that moves is a symbol."""
    number = float(leaf if task.graph.operators[node] == CONSTANT else point[str(leaf)])
    value = MP.mpf(repr(number))
    if task.graph.operators[node] != VARIABLE or leaf not in task.free:
        return Piece(sympy.Rational(repr(number)), value)
    return symbol(value) if signed else Piece(sympy.Dummy(real=True), value)


def _is_equal(formulas: Sequence[Formula | None]) -> bool:
    first, second = formulas
    return first is not None and second is not None and is_zero(first - second)
