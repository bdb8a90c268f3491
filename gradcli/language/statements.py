"""The statements of a program, read one after another: definitions, functions, and the output at the end.

Depends on `gradcli.language.foreign` for expressions, or on `gradcli.language.latex` and on `expression` for those in
LaTeX, and on `gradcli.language.scope` for what their names come to mean.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, takewhile
from math import isinf
from typing import TYPE_CHECKING, Self

from gradcli.errors import NameProblem, Source, Span
from gradcli.graph.graph import Graph
from gradcli.language.expression import Expression
from gradcli.language.foreign import Foreign
from gradcli.language.functions import FUNCTIONS, RESERVED
from gradcli.language.scope import Scope
from gradcli.language.tokens import Token, scanner

if TYPE_CHECKING:
    from gradcli.language.mistakes import Mistakes

_FUNCTION = r"\s*(?:\\left\s*)?\(((?:(?!\\right)[^()=;])*)(?:\\right\s*)?\)\s*&?\s*=(?!=)"
"""What stands behind the name of a function that is defined; compiled where a statement begins with a call."""
_RETURNED = r"[ \t]+[-+−](?=\S)"
"""Behind `return`: a sign of what is returned, that is no operator; `return - x` may be a difference."""
_FIXED = frozenset({"inf", "nan"})


def is_latex(text: str) -> bool:
    """Whether a text is LaTeX: few may be, and to look closer takes time."""
    if not ("\\" in text or "{" in text or "$" in text):
        return False
    from gradcli.language.latex import is_latex

    return is_latex(text)


def reading(source: Source, scope: Scope, start: int = 0) -> tuple[Callable[[int], Iterator[Token]], type[Expression]]:
    """What gives the tokens of a text from a place on, and its grammar: in LaTeX no other language is read."""
    if is_latex(source.text):
        from gradcli.language.latex import Reader

        return Reader(source, scope, start).tokens, Expression
    return scanner(source), Foreign


class Statements:
    """The statements of one program. After `read`, `output` is the node of the last, and `name` what that is called."""

    def __init__(self, source: Source, scope: Scope, start: int = 0) -> None:
        self.source, self.scope = source, scope
        self.tokens, self.grammar = self._reading(start)
        self.stream: Iterator[Token] = self.tokens(start)
        self.output = -1
        self.name = ""
        self.last_function: Token | None = None

    def _reading(self, start: int) -> tuple[Callable[[int], Iterator[Token]], type[Expression]]:
        """What gives the tokens, and the grammar of expressions."""
        return reading(self.source, self.scope, start)

    def read(self) -> Self:
        """Read them all. Raises LanguageError where one is none, or none is the output."""
        bare: Token | None = None
        stop = ""
        while stop != "eof":
            first = next(self.stream)
            stop = first[0]
            if stop in ("end", "eof"):
                continue
            if bare:
                message = "only the last statement is the output; this one before it is lost"
                raise mistakes(self.source).error(message, "give it a name: y = …, or join the lines", bare[2:])
            stop, bare = self._statement(first)
        if self.last_function:
            self._apply(self.last_function)
        if self.output < 0:
            raise mistakes(self.source).no_expression(0)
        return self

    def _statement(self, first: Token) -> tuple[str, Token | None]:
        """Read one statement: the kind of the token that ended it, and its first token if it defines nothing."""
        self.last_function = None
        if first[0] == "define":
            return self._definition(first), None
        text = self.source.text
        if first[0] == "call" and "=" in text and (match := re.compile(_FUNCTION).match(text, first[3])):
            return self._function(first, match), None
        if (
            first[1] == "return"
            and re.compile(_RETURNED).match(text, first[3])
            and "return" not in self.scope.variables
        ):
            raise mistakes(self.source).error("`return` says nothing here", "leave it away", first[2:])
        self.name = ""
        return self._spreadsheet(first) if first[0] == "=" else self._expression(first, self.scope), first

    def _spreadsheet(self, equals: Token) -> str:
        """Read the formula of a spreadsheet, behind its `=`."""
        from gradcli.language.spreadsheet import Spreadsheet  # few statements begin so

        self.scope.read_as("a leading `=`: read as a spreadsheet's formula", equals[2:])
        expression = Spreadsheet(self.source, self.scope)
        self.output = expression.parse(self.stream)
        return expression.stop[0]

    def _expression(self, first: Token, scope: Scope) -> str:
        expression = self.grammar(self.source, scope)
        self.output = expression.parse(chain([first], self.stream))
        return expression.stop[0]

    def _definition(self, token: Token) -> str:
        name = token[1]
        self._check_definable(token)
        next(self.stream)
        self.scope.defining = name
        stop = self._expression(next(self.stream), self.scope)
        self.scope.defining = ""
        self._name(token)
        return stop

    def _name(self, token: Token) -> None:
        """Give the output a name. A number becomes a node of its own; a variable has two names then."""
        name = token[1]
        self.output = named(self.scope.graph, self.output, name, token[2:])
        self.name = name
        self.scope.known[name] = self.scope.definitions[name] = self.output

    def _check_definable(self, token: Token) -> None:
        name, scope = token[1], self.scope
        if name in RESERVED or name in scope.functions or name in _FIXED:
            what = "a constant" if name in _FIXED else "a function"
            raise self._refused(token, f"`{name}` is {what} and cannot be redefined", "choose another name")
        if name in scope.definitions:
            raise self._refused(token, f"`{name}` is already defined", "choose another name: a graph has no assignment")
        if name in scope.known or f"`{name}`" in scope.known or name in scope.called:
            raise self._refused(token, f"`{name}` is used before its definition", "move this definition up")

    def _function(self, token: Token, match: re.Match[str]) -> str:
        name, scope = token[1], self.scope
        if name in RESERVED or name in scope.functions:
            raise self._refused(token, f"the function `{name}` exists already", "choose another name")
        if name in scope.called:
            raise self._refused(token, f"`{name}` is used before its definition", "move this definition up")
        if name in scope.known:
            what = "defined" if name in scope.definitions else "a variable"
            raise self._refused(token, f"`{name}` is already {what} here", "choose another name")
        body = scope.body(name, self._parameters(match))
        self.stream = self.tokens(match.end())
        stop = self._expression(next(self.stream), body)
        scope.define(name, body, self.output)
        if name in FUNCTIONS:
            scope.read_as(f"`{name}(…)` is this program's own function here, not gradcli's", token[2:])
        self.output, self.last_function = -1, token
        return stop

    def _parameters(self, match: re.Match[str]) -> tuple[str, ...]:
        start, end = match.span(1)
        listed = list(takewhile(lambda token: token[2] < end, self.tokens(start)))
        names = [token[1] for token in listed[::2]]
        proper = all(token[0] == ("," if at % 2 else "name") for at, token in enumerate(listed))
        if not proper or len(listed) % 2 == 0 or len(set(names)) < len(names):
            message = "the parameters of a function are different names"
            span = (start, end) if start < end else (start - 1, end + 1)
            raise mistakes(self.source).error(message, "write f(x, y) = …", span)
        return tuple(names)

    def _apply(self, token: Token) -> None:
        """A program that ends with `f(x) = …` is about f: its output is f of its own parameters."""
        self.output = self.scope.apply(token)
        self._name(token)

    def _refused(self, token: Token, message: str, hint: str) -> NameProblem:
        return NameProblem(message, hint=hint, span=token[2:], source=self.source)


def mistakes(source: Source) -> "Mistakes":
    """The mistakes that can be made in a text."""
    from gradcli.language.mistakes import Mistakes  # only a mistake needs it

    return Mistakes(source)


def named(graph: Graph, node: int, name: str, span: Span) -> int:
    """The node of what has a name: of a number a node of its own; a variable has two names then."""
    value = _literal(graph, node)
    if value is not None:
        return graph.named_constant(name, value, *span)
    if graph.operands[node]:
        graph.names.setdefault(node, name)
    return node


def _literal(graph: Graph, node: int) -> float | None:
    """The number that a node is as written, with its minus; None where it is more, or its double says nothing."""
    if graph.operators[node] == "neg":
        value = graph.value_of(graph.operands[node][0])
        return None if value is None or isinf(value) else -value
    return graph.value_of(node)
