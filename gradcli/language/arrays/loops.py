"""Loops, and the whole numbers that they count by: indices, sizes, the ends of ranges.

Depends on the state beside it.
"""

from collections.abc import Iterator, Sequence

from gradcli.errors import LanguageError
from gradcli.graph.graph import CONSTANT, VARIABLE
from gradcli.language.arrays.state import State, shown

MOST = 4_000_000
"""How many operations the arrays of a program may unfold to."""


class Loops(State):
    """The state of a text with its loops, which nest as the text does."""

    def runs(self, loops: Sequence[tuple[int, int]]) -> Iterator[None]:
        """Set the variables of loops to all their numbers, one after the other; the first is the outermost."""
        if not loops:
            yield
            return
        (variable, bounds), *inner = loops
        name = str(self.written.leaves[variable])
        self._check_counter(variable, name)
        numbers = self.range(bounds)
        self._made[name], self.running[name] = [], numbers
        try:
            for number in numbers:
                self.static.numbers[name] = number
                yield from self.runs(inner)
                for at in self._made[name]:
                    del self.values[at]
                self._made[name].clear()
        finally:
            del self._made[name], self.running[name]
            self.static.numbers.pop(name, None)

    def _check_counter(self, variable: int, name: str) -> None:
        if name in self._made:
            message = f"`{shown(name)}` counts in a loop around this one already"
            raise self.error(message, "take another letter for one of them", variable)
        if name in self.shapes or name in self.recurrences or name in self.free:
            message = f"`{shown(name)}` cannot count here: it is a name of the program already"
            raise self._error_at(message, "take a name that nothing else has: i, j, k", self.scope.counters[name])

    def range(self, node: int) -> range:
        """The numbers of a range in a loop."""
        operands = self.written.operands[node]
        if self.written.operators[node] != "range" or any(
            self.written.operators[at] in ("begin", "end") for at in operands
        ):
            raise self.error("a loop goes through a range", "write for i in 1..3", node)
        first, last = (self.whole(operand, "the end of a range", node) for operand in operands)
        if last - first >= MOST:
            raise self.limit(f"a loop of {last - first + 1:,} steps is more than {MOST:,}", self.span(node))
        if last < first - 1 and all(self.written.operators[at] == CONSTANT for at in operands):
            raise self.error(f"the range {first}..{last} is empty", f"write {last}..{first}", node)
        return range(first, last + 1)

    def whole(self, node: int, what: str, place: int) -> int:
        """The whole number that a node comes to. Raises LanguageError, at the place of another, where it is none."""
        found = self.static.whole(node)
        if found is None:
            raise self._not_whole(node, what, place)
        return found

    def _not_whole(self, node: int, what: str, place: int) -> LanguageError:
        free = [name for name in self._names(node) if name not in self.static.numbers]
        if not free:
            return self.error(f"{what} is a whole number, and `{self.text(node)}` is none", "round it: floor(…)", place)
        name = free[0]
        if name in self.shapes:
            hint = f"take one of its entries: {name}[1]"
            return self.error(f"{what} is a whole number, and `{name}` is an array", hint, place)
        message, hint = f"{what} is a whole number, and `{shown(name)}` is none that is known", f"bind it: {name}=3"
        if name in self.scope.counters:
            hint = "of several loops the first is the outermost: for i in 1..3 for j in 1..i"
        elif self.scope.values.get(name) is not None:
            message = f"{what} is a whole number, and `{name}` is bound to {self.scope.values[name]}"
            hint = f"bind it to a whole number: {name}=3"
        elif name in self.scope.definitions:
            hint = "an index is made of numbers, of loops' variables, and of names bound to whole numbers"
        return self.error(message, hint, place)

    def _names(self, node: int) -> list[str]:
        graph, pending, found = self.written, [node], list[str]()
        while pending:
            at = pending.pop()
            pending.extend(graph.operands[at])
            if graph.operators[at] == VARIABLE:
                found.append(str(graph.leaves[at]))
        return found
