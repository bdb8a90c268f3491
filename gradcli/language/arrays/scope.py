"""What names and calls mean in a text with arrays: a call of a function of arrays is a node of what is written.

Depends on `gradcli.language.scope`.
"""

from collections.abc import Iterable
from typing import Self

from gradcli.errors import LanguageError, Source, Span
from gradcli.graph.graph import MAX_NODES
from gradcli.language.functions import RESERVED, SPELLED
from gradcli.language.scope import HOLE, Function, Scope
from gradcli.language.tokens import Token
from gradcli.operators import spellings
from gradcli.operators.table import CONSTANT
from gradcli.shapes import gathered

REDUCTIONS = frozenset({"sum", "prod", "mean", "var", "std", "median", "norm", "logsumexp"})
"""Functions of the entries of an array, or of several numbers."""
SHAPED = {row.name: row.signature for row in spellings.SHAPED}
"""Functions of arrays alone, and their arguments."""
ARRAY_FUNCTIONS = REDUCTIONS | SHAPED.keys()


class ArrayScope(Scope):
    """The names of a text with arrays.

    counters     the names that are variables of loops, and where the first is
    is_indexing  whether the statement at hand defines entries, and may end with loops
    """

    def __init__(self, source: Source, variables: Iterable[str] = (), most: int = MAX_NODES) -> None:
        super().__init__(source, variables, most)
        self.counters: dict[str, Span] = {}
        self.is_indexing = False
        self.fresh: dict[str, str] = {}
        self.counters_of: dict[str, frozenset[str]] = {}
        self.arrays = {name: len(shape) for name, shape in gathered(self.variables).items()}
        self.bounds: set[str] = set()

    def is_call(self, name: str) -> bool:
        """Whether a name before a bracket may be a function of another language."""
        from gradcli.language.libraries import MATHEMATICA  # only such a name needs it

        return name in RESERVED or name in MATHEMATICA

    def counter(self, token: Token) -> int:
        """The node of a loop's variable. Raises LanguageError for a name that means something else."""
        kind, name, start, end = token
        node = self.graph.variable(name, start, end)
        taken = self.known.get(name, node) != node or name in self.parameters or name in self.definitions
        if kind != "name" or taken or (name in CONSTANT and name not in self.variables) or name in self.variables:
            hint = "take a name that nothing else has: i, j, k"
            raise self.error(f"`{name}` cannot count here: it is a name of the program already", hint, (start, end))
        self.known[name] = node
        self.counters.setdefault(name, (start, end))
        return node

    def body(self, name: str, parameters: tuple[str, ...]) -> Self:
        """The scope of the body of a function."""
        inner = super().body(name, parameters)
        inner.counters_of, inner.arrays = self.counters_of, self.arrays
        return inner

    def define(self, name: str, body: Scope, output: int) -> None:
        """Take up a function; the variables of its loops are its own."""
        super().define(name, body, output)
        self.counters_of[name] = frozenset(getattr(body, "counters", ()))

    def unfold(self, function: Function, arguments: tuple[int, ...], span: Span) -> int:
        """The node of a function's body on arguments; the variables of its loops have new names at each call."""
        outer, number = self.fresh, len(self.graph)
        self.fresh = {name: f"{name}{HOLE}{number}" for name in self.counters_of.get(function.name, ())}
        try:
            return super().unfold(function, arguments, span)
        finally:
            self.fresh = outer

    def use_as_bound(self, name: str, span: Span) -> None:
        """Take a name for the whole number that is bound to it."""
        super().use_as_bound(name, span)
        self.bounds.add(name)

    def _free(self, name: str, span: Span) -> int:
        if name not in self.fresh:
            return super()._free(name, span)
        self.counters.setdefault(self.fresh[name], span)
        return self.graph.variable(self.fresh[name], *span)

    def call(self, token: Token, arguments: tuple[int, ...], end: int) -> int | None:
        """The node of a call; one of a function of arrays stays what it is until shapes are known."""
        name, span = token[1], (token[2], end)
        if name in self.functions or name not in ARRAY_FUNCTIONS:
            return super().call(token, arguments, end)
        if name in SHAPED:
            self._check_count(name, arguments, span)
        elif not arguments:
            return super().call(token, arguments, end)
        self.called.add(name)
        return self.graph.node(SPELLED[name].name if name in SPELLED else name, arguments, *span)

    def _check_count(self, name: str, arguments: tuple[int, ...], span: Span) -> None:
        """Raise for another number of arguments than a function of arrays takes."""
        takes, given = SHAPED[name].count(",") + 1, len(arguments)
        if given and self.graph.operators[arguments[-1]] == "axis":
            given -= 1
        if given != takes:
            raise self._count_error(name, given, takes, span)

    def _count_error(self, name: str, given: int, takes: int, span: Span) -> LanguageError:
        signature = f"{name}({SHAPED[name]})" if takes > 1 or given < 2 else f"{name}([a, b, c]), of one array"
        return self.wrong_count(name, given, str(takes), signature, span)
