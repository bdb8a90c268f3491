"""The statements of a program with arrays: beside definitions there are shapes, `x: [3]`, and entries, `h[t] = …`.

Depends on `gradcli.language.statements` and on the grammar beside it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, takewhile
from typing import NamedTuple

from gradcli.errors import Source, Span
from gradcli.language.arrays.detection import without_declarations
from gradcli.language.arrays.grammar import ArrayExpression
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.statements import Statements, is_latex
from gradcli.language.tokens import Token, array_scanner

_ENTRY = re.compile(r"\s*\[((?:[^\[\]=;]|\[[^\[\]=;]*\])*)\]\s*=(?!=)")
"""Behind the name of an array, an entry of which is defined."""
_SHAPE = re.compile(r"\s*:\s*(?=\[)")
"""Behind the name of an array whose shape is declared."""


class Definition(NamedTuple):
    """`y = …`: a name, and the node of what it is."""

    name: str
    node: int
    span: Span


class Entries(NamedTuple):
    """`h[t] = … for t in 2..20`: the nodes of indices and body, and of each loop the variable and the range."""

    name: str
    indices: tuple[int, ...]
    body: int
    loops: tuple[tuple[int, int], ...]
    span: Span


class Declared(NamedTuple):
    """`W: [2, n]`: the nodes of the sizes."""

    name: str
    sizes: tuple[int, ...]
    span: Span


Statement = Definition | Entries | Declared


class ArrayStatements(Statements):
    """The statements of one program with arrays, as they are written: `found` are those that define, in their order."""

    scope: ArrayScope

    def __init__(self, source: Source, scope: ArrayScope, start: int = 0) -> None:
        self.found: list[Statement] = []
        super().__init__(source, scope, start)

    def _reading(self, start: int) -> tuple[Callable[[int], Iterator[Token]], type[ArrayExpression]]:
        if not is_latex(self.source.text):
            return array_scanner(self.source), ArrayExpression
        from gradcli.language.latex import Reader  # few texts with arrays are LaTeX

        self.tokens, self.grammar = array_scanner(self.source), ArrayExpression
        text, places = without_declarations(self.source.text)
        for place in places:
            self.stream = self.tokens(place)
            self._statement(next(self.stream))
        return Reader(Source(text, self.source.name), self.scope, start).tokens, ArrayExpression

    def _statement(self, first: Token) -> tuple[str, Token | None]:
        text = self.source.text
        if first[0] == "index" and (match := _ENTRY.match(text, first[3])):
            return self._entry(first, match), None
        if first[0] == "name" and (match := _SHAPE.match(text, first[3])):
            return self._shape(first, match.end()), None
        return super()._statement(first)

    def _name(self, token: Token) -> None:
        super()._name(token)
        self.found.append(Definition(token[1], self.output, token[2:]))

    def _shape(self, name: Token, start: int) -> str:
        """Read `: [2, 3]`."""
        if name[1] in self.scope.definitions or name[1] in self.scope.functions:
            raise self._refused(name, f"`{name[1]}` is defined here", "a definition has its shape already")
        self.stream = self.tokens(start)
        expression = self.grammar(self.source, self.scope)
        node = expression.parse(self.stream)
        sizes = self._items(node, name)
        self.found.append(Declared(name[1], sizes, (name[2], expression.stop[2])))
        self.scope.arrays[name[1]] = len(sizes)
        self.last_function, self.output = None, -1
        return expression.stop[0]

    def _items(self, node: int, name: Token) -> tuple[int, ...]:
        graph = self.scope.graph
        if graph.operators[node] != "list":
            raise self._refused(name, "a shape is a list of sizes", f"write {name[1]}: [2, 3]")
        return graph.operands[node]

    def _entry(self, name: Token, match: re.Match[str]) -> str:
        """Read `h[t] = … for t in 2..20`."""
        self._check_entries(name)
        inside = takewhile(lambda token: token[2] < match.end(1) + 1, self.tokens(match.start(1) - 1))
        end: Token = ("eof", "", match.end(1) + 1, match.end(1) + 1)
        indices = self._items(self.grammar(self.source, self.scope).parse(chain(inside, [end])), name)
        self.stream = self.tokens(match.end())
        self.scope.is_indexing = True
        stop = self._expression(next(self.stream), self.scope)
        self.scope.is_indexing = False
        body, *loops = self._parted()
        span = name[2], match.end(1) + 1
        pairs = tuple(zip(loops[::2], loops[1::2], strict=True))
        self.found.append(Entries(name[1], indices, body, pairs, span))
        self.output, self.name = self.scope.known[name[1]], name[1]
        return stop

    def _parted(self) -> tuple[int, ...]:
        """The body that was read, and the variables and ranges of its loops."""
        graph = self.scope.graph
        return graph.operands[self.output] if graph.operators[self.output] == "for" else (self.output,)

    def _check_entries(self, name: Token) -> None:
        """Raise for a name whose entries cannot be defined; and know it as an array from here on."""
        scope = self.scope
        if any(isinstance(each, Entries) and each.name == name[1] for each in self.found):
            return
        if name[1] in scope.variables:
            raise self._refused(name, f"`{name[1]}` is bound, and cannot be defined too", "choose another name")
        self._check_definable(name)
        scope.known[name[1]] = scope.definitions[name[1]] = scope.graph.variable(name[1], *name[2:])
