"""The graph: nodes in parallel columns, each node referring only to nodes before it.

Depends on `gradcli.errors`, and on `gradcli.graph.written` for what a number is. An operator is a name here; what it
means is the table's affair.
The order of the nodes is a topological order: forward is a loop up, backward is a loop down.
"""

import gc
from array import array
from collections import defaultdict
from math import isnan

from gradcli.errors import LimitError, Span
from gradcli.graph.written import Written

CONSTANT = "constant"
VARIABLE = "variable"
MAX_NODES = 20_000_000

Leaf = float | str
"""What a leaf carries: a constant its value, a variable its name."""


class Graph:
    """An append-only arena of interned nodes.

    operators[i]  the name of node i's operator, or CONSTANT or VARIABLE
    operands[i]   the indices of its operands, all below i
    leaves[i]     the value of a constant, the name of a variable
    names[i]      the name that a definition gave it
    places        node, start and end of each further place in the text that means a node, one after another

    Asking twice for the same operator on the same operands gives the same node. Appending never changes a node
    that exists, so a derivative may share the graph of the formula it came from.
    """

    __slots__ = (
        "_closed",
        "_ends",
        "_interned",
        "_links",
        "_most",
        "_starts",
        "leaves",
        "names",
        "operands",
        "operators",
        "places",
    )

    def __init__(self, most: int = MAX_NODES) -> None:
        """An empty graph, of which no node beyond `most` has a place in a text."""
        self._most = most
        self.operators: list[str] = []
        self.operands: list[tuple[int, ...]] = []
        self.leaves: dict[int, Leaf] = {}
        self.names: dict[int, str] = {}
        self._starts = array("I")
        self._ends = array("I")
        self.places = array("I")
        self._closed = -1
        self._links = (array("I"), array("I"))
        self._interned: defaultdict[str, dict[object, int]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self.operators)

    def node(self, operator: str, operands: tuple[int, ...], start: int = 0, end: int = 0) -> int:
        """The index of this operator on these operands; `start` and `end` are the place in the text that made it."""
        fresh = len(self.operators)
        index = self._interned[operator].setdefault(operands, fresh)
        if index == fresh:
            self.operators.append(operator)
            self.operands.append(operands)
            if end:
                if len(self._starts) != fresh or fresh >= self._most:
                    self._skip_to(fresh)
                self._starts.append(start)
                self._ends.append(end)
        elif end:
            self.place(index, start, end)
        return index

    def find(self, operator: str, operands: tuple[int, ...]) -> int | None:
        """The node of this operator on these operands; None if there is none yet."""
        return self._interned[operator].get(operands)

    def fresh(self, operator: str, operands: tuple[int, ...]) -> int:
        """A new node, without looking for an equal one: for a derived node that nothing else comes to."""
        self.operators.append(operator)
        self.operands.append(operands)
        return len(self.operands) - 1

    def constant(self, value: float, start: int = 0, end: int = 0) -> int:
        """The node of a number. Zeros of either sign differ; infinities and NaN are operators of no operands."""
        if type(value) is Written:
            return self._leaf(CONSTANT, value, value.ratio, start, end)
        if value - value != 0.0:
            return self._not_finite(value)
        return self._leaf(CONSTANT, value, value or str(value), start, end)

    def variable(self, name: str, start: int = 0, end: int = 0) -> int:
        """The node of a variable."""
        return self._leaf(VARIABLE, name, name, start, end)

    def named_constant(self, name: str, value: float, start: int = 0, end: int = 0) -> int:
        """A constant that a definition named: a node of its own, apart from other constants of that value."""
        number = value.ratio if type(value) is Written else value
        index = self._leaf(CONSTANT, value, (name, number), start, end)
        self.names[index] = name
        return index

    def span(self, index: int) -> Span | None:
        """Where in the text the node was written; None for a derived node."""
        end = self._ends[index] if index < len(self._ends) else 0
        return (self._starts[index], end) if end else None

    def spans(self, index: int) -> tuple[Span, ...]:
        """Every place in the text that means the node, in the order of the text; none for a derived node."""
        first, (last, before) = self.span(index), self._linked()
        found = {first} if first else set[Span]()
        at = last[index] if index < len(last) else 0
        while at:
            found.add((self.places[3 * at - 2], self.places[3 * at - 1]))
            at = before[at - 1]
        return tuple(sorted(found))

    def place(self, index: int, start: int, end: int) -> int:
        """Keep a further place in the text that means a node, and give the node; one that is told twice counts once."""
        self.places.extend((index, start, end))
        return index

    def close(self) -> None:
        """The text is read: what is read from here on stands in another one, and tells no place of a node in this."""
        self._closed = len(self.places)

    def forget_places(self) -> None:
        """Leave all nodes without a place, as those of a rule are, which stands in no text of a person's."""
        del self._starts[:], self._ends[:], self.places[:]

    def variables(self) -> dict[str, int]:
        """Every variable, in order of first appearance."""
        return {str(leaf): i for i, leaf in self.leaves.items() if self.operators[i] == VARIABLE}

    def value_of(self, index: int) -> float | None:
        """The number of a constant node, as it is written; None for any other node."""
        leaf = self.leaves.get(index)
        return leaf if isinstance(leaf, float) else None

    def is_number(self, index: int, value: float) -> bool:
        """Whether a node is this very double, and not a decimal that is near to it."""
        leaf = self.leaves.get(index)
        return type(leaf) is float and leaf == value

    def _not_finite(self, value: float) -> int:
        if isnan(value):
            return self.node("nan", ())
        infinity = self.node("inf", ())
        return infinity if value > 0 else self.node("neg", (infinity,))

    def _leaf(self, operator: str, leaf: Leaf, key: object, start: int, end: int) -> int:
        fresh = len(self.operators)
        index = self._interned[operator].setdefault(key, fresh)
        if index == fresh:
            self.leaves[fresh] = leaf
            self.operators.append(operator)
            self.operands.append(())
            if end:
                self._skip_to(fresh)
                self._starts.append(start)
                self._ends.append(end)
        elif end:
            tell = self.places.append  # what `place` does, in half the time: numbers recur most of all
            tell(index)
            tell(start)
            tell(end)
        return index

    def _linked(self) -> "tuple[array[int], array[int]]":
        """For each node its last further place, for each of these the one before; counted from 1, and 0 is none."""
        told = len(self.places) if self._closed < 0 else self._closed
        if 3 * len(self._links[1]) != told:
            nodes = self.places[:told:3]
            last, before = array("I", bytes(4 * (max(nodes) + 1))), array("I")
            for at, node in enumerate(nodes, 1):
                before.append(last[node])
                last[node] = at
            self._links = last, before
        return self._links

    def _skip_to(self, index: int) -> None:
        """Derived nodes have no place in the text; where a written one follows them, theirs is empty."""
        if index >= self._most:
            raise LimitError(f"the expression has more than {self._most:,} operations", hint="split it into several")
        missing = index - len(self._starts)
        self._starts.extend([0] * missing)
        self._ends.extend([0] * missing)


class PausedCollector:
    """Pauses the cyclic garbage collector: nodes form no cycles, and walking millions of them is slow.

    A class, not a generator: it is entered for each text, and takes a third of the time.
    """

    __slots__ = ("was_enabled",)

    def __enter__(self) -> None:
        self.was_enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self.was_enabled:
            gc.enable()
