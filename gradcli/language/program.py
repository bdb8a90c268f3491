"""A whole program: statements, definitions, functions; text → Program.

Depends on `gradcli.language.expression` for what an expression is, on `gradcli.language.scope` for names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, takewhile
from math import isinf
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import LanguageError, NameProblem, Notice, Source
from gradcli.graph.graph import Graph, paused_collector
from gradcli.graph.walk import reachable
from gradcli.language.expression import Expression
from gradcli.language.foreign import Foreign
from gradcli.language.functions import FUNCTIONS, RESERVED
from gradcli.language.scope import Scope
from gradcli.language.tokens import Token, scanner

if TYPE_CHECKING:
    from gradcli.language.heads import Head
    from gradcli.language.mistakes import Mistakes

_FUNCTION = r"\s*(?:\\left\s*)?\(((?:(?!\\right)[^()=;])*)(?:\\right\s*)?\)\s*&?\s*=(?!=)"
"""What stands behind the name of a function that is defined; compiled where a statement begins with a call."""
_FIXED = frozenset({"inf", "nan"})

Reader = Callable[[Source, int], int]
"""Reads the expression that begins at a place of a text; gives its node. Raises LanguageError."""


class Program(NamedTuple):
    """A parsed program.

    source       the text as typed
    graph        its graph; nodes below `written` stand in the text, derivatives come after them
    output       the node of the last statement
    name         the output's name: the definition's, or "f"
    definitions  names that statements defined, and their nodes
    variables    the variables on which the output depends, in order of first appearance, and their nodes
    notices      what the language had to say
    """

    source: Source
    graph: Graph
    output: int
    name: str
    definitions: dict[str, int]
    variables: dict[str, int]
    notices: tuple[Notice, ...]
    written: int

    def node(self, name: str) -> int:
        """The node of a variable or definition. Raises KeyError."""
        return self.definitions[name] if name in self.definitions else self.variables[name]


def parse(text: str, *, variables: Iterable[str] = (), name: str = "expression") -> Program:
    """Parse a program, which may be LaTeX.

    `variables` are names that are variables even if a constant (`e`) or a function (`gamma`) is called so; a mapping
    of them says the whole numbers too that are bounds of sums;
    `name` is what errors call the text. Raises LanguageError with a span where the text is no program.
    """
    return _opened(Source(text, name), variables)[0]


def _opened(source: Source, variables: Iterable[str]) -> tuple[Program, Scope]:
    """A program and its scope."""
    names = variables if hasattr(variables, "keys") else tuple(variables)
    scope = Scope(source, names)
    try:
        with paused_collector():
            return _Statements(source, scope).program(), scope
    except LanguageError as error:
        from gradcli.language.heads import plain  # only a text that is no program needs it

        if not is_latex(source.text) and (head := plain(source.text)):
            return _headed(source, head, names)
        raise _tried(error, names) from None


def _headed(source: Source, head: "Head", variables: Iterable[str]) -> tuple[Program, Scope]:
    """A program whose statements another language begins, and its scope. What it tells has its places in the source."""
    names = (*variables, *head.parameters)
    scope = Scope(Source(head.text, source.name), names)
    for message, span in head.read:
        scope.read_as(message, span)
    try:
        return _Statements(scope.source, scope).program()._replace(source=source), scope
    except LanguageError as error:
        error.source = source
        raise _tried(error, names) from None


def _tried(error: LanguageError, variables: Iterable[str], start: int = 0) -> LanguageError:
    """An error; that of a text with two readings shows those that are programs."""
    from gradcli.language.readings import AmbiguityError  # only a mistake needs it

    if not isinstance(error, AmbiguityError):
        return error
    return error.tried(lambda text: _reading(text, variables, start))


def _mistakes(source: Source) -> "Mistakes":
    from gradcli.language.mistakes import Mistakes  # only a mistake needs it

    return Mistakes(source)


def _reading(text: str, variables: Iterable[str], start: int = 0) -> None:
    """Parse a text that may be meant. Raises LanguageError."""
    source = Source(text)
    _Statements(source, Scope(source, variables), start).program()


class OpenProgram(NamedTuple):
    """A program whose scope is open for further expressions; `functions` are the parameters of those it defines."""

    program: Program
    read: Reader
    functions: dict[str, tuple[str, ...]]


def parse_open(text: str, *, variables: Iterable[str] = (), name: str = "expression") -> OpenProgram:
    """Parse a program and leave its scope open, for further expressions beside its output; takes what `parse` takes."""
    program, scope = _opened(Source(text, name), variables)

    def read(beside: Source, start: int) -> int:
        try:
            return further(beside, start)
        except LanguageError as error:
            raise _tried(error, scope.variables, start) from None

    def further(beside: Source, start: int) -> int:
        scope.source = beside
        stream_from, grammar = reading(beside, scope, start)
        stream, expression = stream_from(start), grammar(beside, scope)
        node = expression.parse(stream)
        rest = [token for token in stream if token[0] != "end"] if expression.stop[0] == "end" else []
        if rest and rest[0][0] != "eof":
            raise _mistakes(beside).error("one expression is expected", "leave out what follows", rest[0][2:])
        return node

    return OpenProgram(program, read, {name: function.parameters for name, function in scope.functions.items()})


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


class _Statements:
    """The statements of one program, read one after another."""

    def __init__(self, source: Source, scope: Scope, start: int = 0) -> None:
        self.source, self.scope = source, scope
        self.tokens, self.grammar = reading(source, scope, start)
        self.stream: Iterator[Token] = self.tokens(start)
        self.output = -1
        self.name = ""
        self.last_function: Token | None = None

    def program(self) -> Program:
        """Read all statements."""
        bare: Token | None = None
        stop = ""
        while stop != "eof":
            first = next(self.stream)
            stop = first[0]
            if stop in ("end", "eof"):
                continue
            if bare:
                message = "only the last statement is the output; this one before it is lost"
                raise _mistakes(self.source).error(message, "give it a name: y = …, or join the lines", bare[2:])
            stop, bare = self._statement(first)
        if self.last_function:
            self._apply(self.last_function)
        if self.output < 0:
            raise _mistakes(self.source).no_expression(0)
        return self._finished()

    def _statement(self, first: Token) -> tuple[str, Token | None]:
        """Read one statement: the kind of the token that ended it, and its first token if it defines nothing."""
        self.last_function = None
        if first[0] == "define":
            return self._definition(first), None
        text = self.source.text
        if first[0] == "call" and "=" in text and (match := re.compile(_FUNCTION).match(text, first[3])):
            return self._function(first, match), None
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
        _, name, start, end = token
        graph = self.scope.graph
        value = _literal(graph, self.output)
        if value is not None:
            self.output = graph.named_constant(name, value, start, end)
        elif graph.operands[self.output]:
            graph.names.setdefault(self.output, name)
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
            raise _mistakes(self.source).error(message, "write f(x, y) = …", span)
        return tuple(names)

    def _apply(self, token: Token) -> None:
        """A program that ends with `f(x) = …` is about f: its output is f of its own parameters."""
        self.output = self.scope.apply(token)
        self._name(token)

    def _refused(self, token: Token, message: str, hint: str) -> NameProblem:
        return NameProblem(message, hint=hint, span=token[2:], source=self.source)

    def _finished(self) -> Program:
        scope, output = self.scope, self.output
        if "e" in scope.known:
            scope.note_factor_e()
        partly = scope.definitions or scope.functions or scope.has_bounds
        needed = reachable(scope.graph, [output]) if partly else None
        variables = {
            name: node
            for name, node in scope.graph.variables().items()
            if needed is None or (node <= output and needed[node])
        }
        unused = [name for name, node in scope.definitions.items() if needed and (node > output or not needed[node])]
        said = "is defined but the output does not depend on it"
        notices = [*scope.notices, *(Notice("unused", f"`{name}` {said}", scope.definitions[name]) for name in unused)]
        known = next((name for name, node in scope.definitions.items() if node == output), "")
        name = self.name or known or _free_name({*variables, *scope.definitions})
        written = len(scope.graph)
        scope.graph.close()
        return Program(self.source, scope.graph, output, name, scope.definitions, variables, tuple(notices), written)


def _literal(graph: Graph, node: int) -> float | None:
    """The number that a node is as written, with its minus; None where it is more, or its double says nothing."""
    if graph.operators[node] == "neg":
        value = graph.value_of(graph.operands[node][0])
        return None if value is None or isinf(value) else -value
    return graph.value_of(node)


def _free_name(taken: set[str]) -> str:
    """f, or the next letter that no variable has."""
    candidates = chain("fgh", (f"f{number}" for number in count(1)))
    return next(name for name in candidates if name not in taken)
