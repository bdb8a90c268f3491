"""What is known of a text with arrays while it is unfolded, and how it is told.

Depends on what is known of whole numbers, and on errors.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from gradcli.errors import LanguageError, LimitError, Source, Span, listed
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.arrays.static import Static
from gradcli.language.scope import HOLE
from gradcli.shapes import Array, Shape, shape_text

if TYPE_CHECKING:
    from gradcli.language.arrays.misfits import Operand
    from gradcli.language.arrays.recurrences import Recurrence

Value = int | Array[int]


class State:
    """The scalar graph of one text, as far as it is unfolded, and what was written.

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
        meanings: Mapping[str, Callable[..., Value]],
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

    def limit(self, message: str, span: Span | None = None) -> LimitError:
        """The error for what is too large."""
        return LimitError(message, hint="take smaller arrays, or fewer of them", span=span, source=self.source)

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
