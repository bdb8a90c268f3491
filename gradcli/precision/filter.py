"""A filter: all nodes in doubles, each with one bound of its error, for a graph that is made ready once.

What it shows to be right is right; of the rest it tells nothing, and `gradcli.precision.error_bounds` looks again. So
it may be blunt where that is sharp, and costs little more than the doubles (Fortune and Van Wyk, Efficient exact
arithmetic for computational geometry, 1993). Depends on `gradcli.precision.error_propagation` for all operators but
those of arithmetic.
"""

from collections.abc import Mapping
from math import inf, isfinite, ulp
from typing import Any

from gradcli.graph.graph import Graph, PausedCollector
from gradcli.kernels.arithmetic import div
from gradcli.precision.error_propagation import MEANINGS
from gradcli.precision.running_error import NORMAL, TINY, UNIT, Tracked, as_written, exactly, slack_of

PROMISED = 16.0
"""A result is right if it is within so many units in the last place."""
MUL, ADD, SUB, DIV, NEG, ONE, TWO, MORE = range(8)
ARITHMETIC = {"mul": MUL, "add": ADD, "sub": SUB, "div": DIV, "neg": NEG}
"""What is written out in the loop: nearly every node is that."""
CALLED = {1: ONE, 2: TWO}
"""Other operators, by the number of their operands."""


class Filtered:
    """Every node's double and how far it may be off, by index; what is not needed must not be used."""

    __slots__ = ("slacks", "values")

    def __init__(self, values: list[float], slacks: list[float]) -> None:
        self.values, self.slacks = values, slacks

    def __getitem__(self, node: int) -> Tracked:
        """A node as `gradcli.precision.error_bounds` has it, with no correction."""
        return self.values[node], 0.0, self.slacks[node]

    def is_right(self, node: int) -> bool:
        """Whether a double is certainly as right as is promised, and a 0 exact."""
        value, slack = self.values[node], self.slacks[node]
        return slack <= PROMISED * ulp(value) and (value != 0.0 or slack == 0.0) and isfinite(value)


class Filter:
    """The nodes flagged in `needed`, ready for any bindings."""

    def __init__(self, graph: Graph, needed: bytearray) -> None:
        self.values, self.slacks = [0.0] * len(needed), [0.0] * len(needed)
        self.variables: list[tuple[int, str]] = []
        self.steps: list[tuple[Any, ...]] = []
        for at, flag in enumerate(needed):
            if flag and (leaf := graph.leaves.get(at)) is not None:
                self._leaf(at, leaf)
            elif flag:
                self.steps.append(_step(at, graph.operators[at], graph.operands[at]))

    def _leaf(self, at: int, leaf: float | str) -> None:
        if isinstance(leaf, str):
            self.variables.append((at, leaf))
        else:
            tracked = as_written(leaf)
            self.values[at], self.slacks[at] = tracked[0], slack_of(tracked)

    def at(self, bindings: Mapping[str, float]) -> Filtered:
        """All nodes at the bindings. Raises KeyError for a missing one.

        To first order, as all bounds are: the rounding errors of a bound itself do not count.
        """
        values, slacks = [*self.values], [*self.slacks]
        for at, name in self.variables:
            tracked = exactly(bindings[name])
            values[at], slacks[at] = tracked[0], slack_of(tracked)
        with PausedCollector():
            self._run(values, slacks)
        return Filtered(values, slacks)

    def _run(self, values: list[float], slacks: list[float]) -> None:
        """One loop, in which nothing is called that need not be."""
        for code, at, a, b, operands, meaning in self.steps:
            x, y, first, second = values[a], values[b], slacks[a], slacks[b]
            if code == MUL:
                value = x * y
                size = abs(value)
                slack = UNIT * size if size > NORMAL else 0.0 if x == first == 0.0 or y == second == 0.0 else TINY
                if first or second:
                    slack += abs(x) * second + abs(y) * first + first * second
            elif code == ADD:
                value = x + y
                slack = first + second + UNIT * abs(value)
            elif code == ONE:
                value, known, error = meaning((x, 0.0, first))
                slack = abs(known) + error
            elif code == DIV:
                value = x / y if y else div(x, y)
                size, rest = abs(value), abs(y) - second
                slack = UNIT * size if size > NORMAL else 0.0 if x == first == 0.0 else TINY
                if first or second:
                    slack = slack + (first + size * second) / rest if rest > 3 * second else inf
            elif code == SUB:
                value = x - y
                slack = first + second + UNIT * abs(value)
            elif code == NEG:
                value, slack = -x, first
            else:
                met = (
                    [(x, 0.0, first), (y, 0.0, second)]
                    if code == TWO
                    else [(values[i], 0.0, slacks[i]) for i in operands]
                )
                value, known, error = meaning(*met)
                slack = abs(known) + error
            values[at], slacks[at] = value, slack


def _step(at: int, operator: str, operands: tuple[int, ...]) -> tuple[Any, ...]:
    """A node, its first operand and its last, and what it does; the first of all where there are none."""
    code = ARITHMETIC.get(operator, CALLED.get(len(operands), MORE))
    first, last = (operands[0], operands[-1]) if operands else (0, 0)
    return code, at, first, last, operands, MEANINGS[operator]
