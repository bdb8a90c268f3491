"""A graph of what is written → nodes of the scalar graph: each node there is a number or an array of numbers here.

Depends on the modules beside it, and on `gradcli.graph`. Nothing recurses but loops in loops, which the text nests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from math import prod
from typing import TYPE_CHECKING, Self

from gradcli.errors import LanguageError, LimitError, Source, Span, listed
from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.language.arrays.recurrences import Recurrence
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.arrays.static import Static
from gradcli.language.scope import HOLE
from gradcli.shapes import Array, Shape, entry_names, shape_text

if TYPE_CHECKING:
    from gradcli.language.arrays.misfits import Operand

Value = int | Array[int]
Meaning = Callable[["Unfolding", int, tuple[int, ...]], Value]
"""What an operator of arrays is at a node, of whose operands the values are known."""
MOST = 4_000_000
"""How many operations the arrays of a program may unfold to."""
AXIS = "axis"


class Unfolding:
    """The scalar graph of one text, as far as it is unfolded.

    values   node of what is written -> what it is; of those that depend on a loop's variable, for its number now
    shapes   the shapes of variables that are arrays, as bound or declared
    origins  how the shape of a name is known: bound, declared, defined
    free     the variables that are numbers
    meant    names that stand for values which are known
    running  the loops around, and their ranges
    counted  scalar node -> the numbers of the loops that made it: "i = 3"
    """

    def __init__(
        self,
        source: Source,
        scope: ArrayScope,
        shapes: Mapping[str, Shape],
        numbers: Mapping[str, int],
        meanings: Mapping[str, Meaning],
    ) -> None:
        self.source, self.scope, self.written, self.meanings = source, scope, scope.graph, meanings
        self.graph = Graph()
        self.shapes: dict[str, Shape] = {**shapes}
        self.origins = dict.fromkeys(shapes, "bound")
        self.static = Static(scope.graph, scope.counters, numbers)
        self.static.numbers.update(numbers)
        self.values: dict[int, Value] = {}
        self.recurrences: dict[str, Recurrence] = {}
        self.counted: dict[int, str] = {}
        self.free: set[str] = set()
        self.meant: Mapping[str, Value] = {}
        self.running: dict[str, range] = {}
        self._made: dict[str, list[int]] = {}
        self.steps = 0

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

    def limit(self, message: str, span: Span | None = None) -> LimitError:
        """The error for what is too large."""
        return LimitError(message, hint="take smaller arrays, or fewer of them", span=span, source=self.source)

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

    # -- loops

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

    # -- what is said

    def span(self, node: int) -> Span:
        """Where a node is written."""
        return self.written.span(node) or (0, 0)

    def text(self, node: int) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return " ".join(self.source.text[start:end].split())

    def error(self, message: str, hint: str, node: int) -> LanguageError:
        """An error at the place of a node; in loops it says their numbers."""
        return self._error_at(message, hint, self.span(node))

    def _error_at(self, message: str, hint: str, span: Span) -> LanguageError:
        start, end = span
        where = listed([f"{shown(name)} = {self.static.numbers[name]}" for name in self._made])
        message = f"{message} ({where})" if where else message
        return LanguageError(message, hint=hint, span=(start, max(end, start + 1)), source=self.source)

    def operands(self, at: int, given: Sequence[Value]) -> "list[Operand]":
        """The operands of a node, for what is said of their shapes."""
        from gradcli.language.arrays.misfits import Operand  # only a mistake needs it

        shapes = [value.shape if isinstance(value, Array) else () for value in given]
        nodes = self.written.operands[at]
        return [
            Operand(self.text(node), self.described(node, value), shape, self.is_unknown(node))
            for node, value, shape in zip(nodes, given, shapes, strict=True)
        ]

    def is_unknown(self, node: int) -> bool:
        """Whether a node is a name to which nothing is bound."""
        name = str(self.written.leaves[node]) if self.written.operators[node] == VARIABLE else ""
        return name in self.free and name not in self.scope.variables

    def declaring(self, node: int) -> str:
        """The mend for a name that should be an array, and to which nothing is bound; empty for anything else."""
        from gradcli.language.arrays.misfits import declaring  # only a mistake needs it

        return declaring(self.text(node)) if self.is_unknown(node) else ""

    def described(self, node: int, value: Value) -> str:
        """An operand with its shape, and where that comes from."""
        text = self.text(node)
        if self.is_unknown(node):
            return f"`{text}` has no shape"
        what = f"`{text}` is {shape_text(value.shape) if isinstance(value, Array) else 'a number'}"
        return f"{what} as {self.origins[text]}" if text in self.origins else what


def shown(name: str) -> str:
    """The variable of a loop as it is written."""
    return name.partition(HOLE)[0]
