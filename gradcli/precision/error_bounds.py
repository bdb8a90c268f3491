"""Nodes in doubles, value and derivatives alike, each with what is known of it: right to 16 ulp, or not known to be.

Depends on `gradcli.precision.error_propagation`, which says what every operator does to errors. One more interpretation
of the graph; where it finds digits lost it names the node at which they went.
"""

from collections.abc import Mapping
from functools import cached_property
from math import inf, isfinite, ulp
from typing import Any

from gradcli.graph.graph import Graph, PausedCollector
from gradcli.graph.template import Template
from gradcli.graph.walk import interpret, leaves
from gradcli.precision.error_propagation import MEANINGS
from gradcli.precision.filter import PROMISED, Filtered
from gradcli.precision.running_error import Tracked, as_written, exactly, is_certain

BLURRED = 2.0**-48
"""A number whose relative error may be larger than this, 16 ulp, has lost digits."""
JUMP = 8.0
"""Digits went at a node whose relative error is so many times that of its operands; otherwise errors added up."""


def may_hold(template: Template, operands: tuple[Any, ...]) -> int:
    """How a condition is run on doubles with their errors, or plain numbers: 1 unless it fails for certain."""
    tracked = [it if isinstance(it, tuple) else exactly(it) for it in operands]
    found = template.run(tracked, MEANINGS, exactly)
    return int(found[0] != 0 or not is_certain(found))


class Bounds:
    """The nodes flagged in `needed` in doubles, each with its error, worked out when one is first asked for.

    `filtered` is what a filter tells of them, where there is one. A missing binding is a KeyError then.
    """

    def __init__(
        self, graph: Graph, needed: bytearray, bindings: Mapping[str, float], filtered: Filtered | None = None
    ) -> None:
        self.graph, self.needed, self.bindings, self.filtered = graph, needed, bindings, filtered
        self._culprits: dict[int, int | None] = {}

    @cached_property
    def tracked(self) -> list[Tracked]:
        """Value, correction and bound of every node, by index."""
        leaf = leaves(self.graph, self.bindings, exactly, as_written)
        with PausedCollector():
            return interpret(self.graph, self.needed, MEANINGS, leaf)

    def double(self, node: int) -> float:
        """What double precision gives."""
        return self.tracked[node][0]

    def settled(self, node: int) -> float | None:
        """The number that is right to 16 ulp: the double, or the double with its correction; None if neither is."""
        value, known, error = self.tracked[node]
        if known == error == 0.0 or (isfinite(value) and abs(known) + error <= PROMISED * ulp(value)):
            return value
        corrected = value + known
        return corrected if isfinite(corrected) and error <= (PROMISED - 1) * ulp(corrected) else None

    def underflows(self, node: int) -> bool:
        """Whether a node's double is a 0 that may be a smaller number in truth."""
        value, known, error = self.tracked[node]
        return value == 0.0 and (known != 0.0 or error != 0.0)

    def culprit(self, node: int) -> int | None:
        """The node at which a number's digits went; None where no one node is to blame."""
        passed: list[int] = []
        while node not in self._culprits:
            passed.append(node)
            error, operands = self.blur(node), self.graph.operands[node]
            worst = max(operands, key=self.blur, default=None)
            if worst is None or not self.blur(worst) > BLURRED:
                self._culprits[node] = node if worst is None or error > JUMP * self.blur(worst) else None
            else:
                node = self.heir(node, worst)
        found = self._culprits[node]
        self._culprits.update(dict.fromkeys(passed, found))  # most ways end alike
        return found

    def left(self, node: int) -> int:
        """The node at which the doubles on the way to a node first overflowed or underflowed."""
        while True:
            operands = self.graph.operands[node]
            if self.graph.operators[node] == "where":
                operands = (self.heir(node, operands[0]),)
            beyond = [at for at in operands if not isfinite(self.double(at)) or self.underflows(at)]
            if not beyond:
                return node
            node = beyond[0]

    def heir(self, node: int, worst: int) -> int:
        """The operand to follow: of a conditional the branch that is taken, unless the condition itself is unclear."""
        if self.graph.operators[node] != "where":
            return worst
        condition, if_true, if_false = self.graph.operands[node]
        if self.blur(condition) > BLURRED:
            return condition
        return if_true if self.double(condition) else if_false

    def blur(self, node: int) -> float:
        """The relative error that a node's double may have; infinite where nothing is known of it."""
        value, known, error = self.tracked[node]
        slack = abs(known) + error
        if not slack:
            return 0.0
        return slack / abs(value) if value and isfinite(slack) and isfinite(value) else inf
