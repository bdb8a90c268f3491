"""A graph of what is written → nodes of the scalar graph: each node there is a number or an array of numbers here.

Depends on the modules beside it, and on `gradcli.graph`. Nothing recurses but loops in loops, which the text nests.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import prod
from typing import Self

from gradcli.errors import Source, Span
from gradcli.graph.graph import VARIABLE
from gradcli.language.arrays.loops import MOST, Loops
from gradcli.language.arrays.recurrences import Recurrence
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.arrays.state import Value, shown
from gradcli.shapes import Array, entry_names

Meaning = Callable[["Unfolding", int, tuple[int, ...]], Value]
"""What an operator of arrays is at a node, of whose operands the values are known."""
AXIS = "axis"


class Unfolding(Loops):
    """The values of what is written: numbers, and arrays of numbers, as nodes of the scalar graph."""

    def beside(self, source: Source, scope: ArrayScope, meant: Mapping[str, Value]) -> Self:
        """The unfolding of another text, which goes on with this graph; names in it may stand for values."""
        other = type(self)(source, scope, self.shapes, self.static.numbers, self.meanings)
        other.graph, other.recurrences, other.meant = self.graph, self.recurrences, meant
        other.free, other.origins = {*self.free}, {**self.origins}
        return other

    # -- values

    def value(self, node: int) -> Value:
        """What a node of what is written is. Raises LanguageError, and LimitError for too many operations."""
        self.static.follow()
        values, pending = self.values, [node]
        while pending:
            at = pending.pop()
            if at < 0:  # its operands are known now
                at = ~at
            elif at in values:
                continue
            elif missing := [operand for operand in self._wanted(at) if operand not in values]:
                pending.append(~at)
                pending.extend(reversed(missing))
                continue
            self._keep(at, self._meaning(at))
        return values[node]

    def _wanted(self, at: int) -> Sequence[int]:
        """The operands whose values a node needs: of a choice that is known, one branch alone."""
        operator, operands = self.written.operators[at], self.written.operands[at]
        if operator == "for" or self._folds(at):
            return ()
        if operator == "index":
            return () if self._recurrence(operands[0]) else operands[:1]
        if operator == "where" and (truth := self.static.ratio(operands[0])):
            return operands[1:2] if truth[0] else operands[2:]
        return [operand for operand in operands if self.written.operators[operand] != AXIS]

    def _keep(self, at: int, value: Value) -> None:
        """Keep a value; one that a loop's variable changes is known by the innermost of those."""
        self.values[at] = value
        if bits := self.static.varies[at]:
            innermost = next((name for name in reversed(self._made) if self.static.bits[name] & bits), None)
            if innermost:
                self._made[innermost].append(at)

    def _folds(self, at: int) -> bool:
        """Whether a node is a whole number that loops make, as i - 1 is."""
        return bool(self.static.varies[at] or self._is_number(at)) and self.static.whole(at) is not None

    def _is_number(self, at: int) -> bool:
        return self.written.operators[at] == VARIABLE and self.written.leaves[at] in self.static.numbers

    def _meaning(self, at: int) -> Value:
        self.count(at)
        operator, operands = self.written.operators[at], self.written.operands[at]
        if self._folds(at):
            return self.graph.constant(float(self.static.whole(at) or 0), *self.span(at))
        if (number := self.written.value_of(at)) is not None:
            return self.graph.constant(number, *self.span(at))
        if operator == VARIABLE:
            return self._variable(at, str(self.written.leaves[at]))
        if operator == "where" and (truth := self.static.ratio(operands[0])):
            return self.values[operands[1] if truth[0] else operands[2]]
        if meaning := self.meanings.get(operator):
            return meaning(self, at, operands)
        return self.elementwise(at, operator, [self.values[operand] for operand in operands])

    def count(self, at: int = -1) -> None:
        """Count an operation, of this node. Raises LimitError for too many."""
        self.steps += 1
        if self.steps > MOST or len(self.graph) > MOST:
            span = self.span(at) if at >= 0 else None
            raise self.limit(f"the arrays of this program unfold to more than {MOST:,} operations", span)

    def check_size(self, more: int, at: int) -> None:
        """Raise LimitError where so many more operations are too many."""
        if len(self.graph) + more > MOST:
            raise self.limit(f"the arrays of this program unfold to more than {MOST:,} operations", self.span(at))

    def node(self, operator: str, operands: tuple[int, ...], span: Span) -> int:
        """A scalar node; one that is new knows the numbers of the loops around it."""
        graph = self.graph
        fresh = len(graph)
        found = graph.node(operator, operands, *span)
        if self._made and found == fresh:
            self.counted[found] = ", ".join(f"{shown(name)} = {self.static.numbers[name]}" for name in self._made)
        return found

    def number(self, value: float, span: Span) -> int:
        """A scalar literal."""
        return self.graph.constant(value, *span)

    # -- variables

    def _variable(self, at: int, name: str) -> Value:
        if name in self.meant:
            return self.meant[name]
        if name in self.recurrences:
            return self.recurrences[name].whole(self.span(at))
        if name in self.scope.counters:
            message = f"`{shown(name)}` counts in a loop, and has no number outside of it"
            raise self.error(message, "give the loop's variable another name", at)
        if name not in self.shapes:
            self.free.add(name)
            return self.graph.variable(name, *self.span(at))
        return self.array(name, self.span(at))

    def array(self, name: str, span: Span) -> Array[int]:
        """The variables that are the entries of an array."""
        shape = self.shapes[name]
        if prod(shape) > MOST:
            raise self.limit(f"`{name}` has {prod(shape):,} entries; gradcli takes up to {MOST:,}", span)
        return Array(shape, [self.graph.variable(each, *span) for each in entry_names(name, shape)])

    def _recurrence(self, node: int) -> Recurrence | None:
        """The array whose entries are being defined, where a node is its name."""
        is_name = self.written.operators[node] == VARIABLE
        return self.recurrences.get(str(self.written.leaves[node])) if is_name else None

    def recurrence(self, node: int) -> Recurrence | None:
        """The same, as long as it is not used as a whole."""
        found = self._recurrence(node)
        return found if found and not found.is_closed else None

    # -- entry by entry

    def elementwise(self, at: int, operator: str, given: Sequence[Value]) -> Value:
        """An operator on numbers, or on arrays entry by entry: a number goes with every entry."""
        span = self.span(at)
        arrays = [value for value in given if isinstance(value, Array)]
        if not arrays:
            return self.node(operator, tuple(given), span)  # type: ignore[arg-type]  # none of them is an array
        if len({array.shape for array in arrays}) > 1:
            from gradcli.language.arrays.misfits import misfit  # only a mistake needs it

            raise self.error(*misfit(operator, self.operands(at, given)), at)
        self._note_product(at, operator, given)
        columns = [value.entries if isinstance(value, Array) else repeat(value) for value in given]
        entries = []
        for operands in zip(*columns, strict=False):
            self.count(at)
            entries.append(self.node(operator, operands, span))
        return Array(arrays[0].shape, entries)

    def _note_product(self, at: int, operator: str, given: Sequence[Value]) -> None:
        """Note where a product of matrices would fit as well as one of their entries."""
        first = given[0]
        square = isinstance(first, Array) and len(first.shape) == 2 and first.shape[0] == first.shape[1]
        if square and operator in ("mul", "pow") and (operator == "pow" or isinstance(given[1], Array)):
            left, right = (self.text(operand) for operand in self.written.operands[at])
            product = f"{left} @ {right if operator == 'mul' else left}"
            inverse = operator == "pow" and right.lstrip("(").startswith(("-", "−"))
            said = "gradcli has no inverse of a matrix" if inverse else f"the product of matrices is {product}"
            self.scope.read_as(f"`{self.text(at)}` goes entry by entry; {said}", self.span(at))
