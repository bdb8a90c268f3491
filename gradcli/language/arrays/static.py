"""Whole numbers that are known while arrays are unfolded: indices, sizes, the ends of ranges, conditions on them.

Depends on the graph of what is written, and on exact ratios. Nothing recurses.
"""

from collections.abc import Callable, Iterable, Mapping
from math import floor

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.ratios import RATIOS, order
from gradcli.graph.written import Ratio, as_written


def _truth(holds: bool) -> Ratio:
    return int(holds), 1


def _floor(x: Ratio) -> Ratio | None:
    return (floor(x[0] / x[1]) if abs(x[0]) > 1 << 60 else x[0] // x[1], 1) if x[1] else None


def _mod(x: Ratio, y: Ratio) -> Ratio | None:
    return (x[0] % y[0], 1) if x[1] == y[1] == 1 and y[0] else None


MEANINGS: Mapping[str, Callable[..., Ratio | None]] = {
    **RATIOS,
    **dict.fromkeys(("beside", "cdot", "times"), RATIOS["mul"]),
    "floor": _floor,
    "ceil": lambda x: (-(-x[0] // x[1]), 1) if x[1] else None,
    "mod": _mod,
    "min": lambda *x: min(x, key=lambda each: each[0] / each[1]),
    "max": lambda *x: max(x, key=lambda each: each[0] / each[1]),
    "lt": lambda x, y: _truth(order(x, y) < 0),
    "le": lambda x, y: _truth(order(x, y) <= 0),
    "gt": lambda x, y: _truth(order(x, y) > 0),
    "ge": lambda x, y: _truth(order(x, y) >= 0),
    "eq": lambda x, y: _truth(order(x, y) == 0),
    "ne": lambda x, y: _truth(order(x, y) != 0),
    "and": lambda x, y: _truth(bool(x[0] and y[0])),
    "or": lambda x, y: _truth(bool(x[0] or y[0])),
    "not": lambda x: _truth(not x[0]),
    "where": lambda c, x, y: x if c[0] else y,
}
"""Operator -> what it makes of ratios; truth is 1 or 0."""


class Static:
    """What of a graph is known before any number is bound but those that count.

    numbers   variable -> the whole number that it is: a loop's variable, a size, a name that is an index
    varies    for each node the variables of loops on which it depends, as bits
    """

    def __init__(self, graph: Graph, counters: Iterable[str], known: Iterable[str]) -> None:
        self.graph, self.numbers = graph, dict[str, int]()
        self.bits = {name: 1 << at for at, name in enumerate(counters)}
        self.known = {*known, *self.bits}
        self.varies: list[int] = []
        self.is_static = bytearray()
        self._plans: dict[int, tuple[int, ...]] = {}

    def follow(self) -> None:
        """Look at the nodes that are new in the graph."""
        graph = self.graph
        for at in range(len(self.varies), len(graph)):
            operator, operands = graph.operators[at], graph.operands[at]
            name = str(graph.leaves[at]) if operator == VARIABLE else ""
            bits = self.bits.get(name, 0)
            for operand in operands:
                bits |= self.varies[operand]
            if operator == "for":
                for counter in operands[1::2]:
                    bits &= ~self.varies[counter]
            self.varies.append(bits)
            known = operator == CONSTANT or name in self.known or operator in MEANINGS
            self.is_static.append(known and all(self.is_static[operand] for operand in operands))

    def learn(self, name: str, number: int) -> None:
        """Take a name for a whole number from here on."""
        self.known.add(name)
        self.numbers[name] = number
        self.varies.clear()
        self.is_static.clear()
        self.follow()

    def ratio(self, node: int) -> Ratio | None:
        """What a node comes to; None where it is not known, or is no ratio."""
        if not self.is_static[node]:
            return None
        graph, found = self.graph, dict[int, Ratio | None]()
        for at in self._plan(node):
            operator = graph.operators[at]
            if operator == CONSTANT:
                found[at] = as_written(graph.value_of(at) or 0.0)
            elif operator == VARIABLE:
                number = self.numbers.get(str(graph.leaves[at]))
                found[at] = None if number is None else (number, 1)
            else:
                found[at] = self._applied(operator, [found[operand] for operand in graph.operands[at]])
        return found[node]

    def whole(self, node: int) -> int | None:
        """The whole number that a node comes to; None where it is none."""
        found = self.ratio(node)
        return found[0] if found and found[1] == 1 else None

    def _applied(self, operator: str, given: list[Ratio | None]) -> Ratio | None:
        known = [each for each in given if each is not None]
        if operator == "where" and given[0] is not None:
            return given[1] if given[0][0] else given[2]
        try:
            return MEANINGS[operator](*known) if len(known) == len(given) else None
        except (OverflowError, ZeroDivisionError):
            return None

    def _plan(self, node: int) -> tuple[int, ...]:
        """The nodes on which one depends, and itself, operands first."""
        if node not in self._plans:
            needed, pending = {node}, [node]
            while pending:
                new = [at for at in self.graph.operands[pending.pop()] if at not in needed]
                needed.update(new)
                pending.extend(new)
            self._plans[node] = tuple(sorted(needed))
        return self._plans[node]
