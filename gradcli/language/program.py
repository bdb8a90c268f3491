"""A whole program: statements, definitions, functions; text → Program.

Depends on `gradcli.language.statements`, which reads them, and on `gradcli.language.scope` for names.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import LanguageError, Notice, Source
from gradcli.graph.graph import PausedCollector
from gradcli.graph.walk import reachable
from gradcli.language.parsed import Program as Program
from gradcli.language.parsed import free_name
from gradcli.language.scope import Scope
from gradcli.language.statements import Statements, is_latex, mistakes, reading
from gradcli.shapes import parted

if TYPE_CHECKING:
    from gradcli.language.heads import Head

Reader = Callable[[Source, int], int]
"""Reads the expression that begins at a place of a text; gives its node. Raises LanguageError."""


def parse(text: str, *, variables: Iterable[str] = (), name: str = "expression", takes_arrays: bool = False) -> Program:
    """Parse a program, which may be LaTeX.

    `variables` are names that are variables even if a constant (`e`) or a function (`gamma`) is called so; a mapping
    of them says the whole numbers too that are bounds of sums and indices. Names of entries make an array;
    `name` is what errors call the text. Raises LanguageError with a span where the text is no program, and where its
    output is an array, unless the caller `takes_arrays`; BindingError for an array that is not as it is declared.
    """
    program = _opened(Source(text, name), variables)[0]
    if program.entries and not takes_arrays:
        from gradcli.language.arrays.opened import not_a_number  # few programs have arrays

        raise not_a_number(program)
    return program


def _opened(source: Source, variables: Iterable[str]) -> tuple[Program, Scope]:
    """A program and its scope."""
    names = variables if hasattr(variables, "keys") else tuple(variables)
    if _has_arrays(names):
        return _with_arrays(source, names)
    scope = Scope(source, names)
    try:
        with PausedCollector():
            return _finished(Statements(source, scope).read()), scope
    except LanguageError as error:
        from gradcli.language.arrays.detection import has_signs  # here and below: only what is no program needs it
        from gradcli.language.heads import plain
        from gradcli.language.readings import AmbiguityError

        if not is_latex(source.text) and (head := plain(source.text)):
            return _headed(source, head, names)
        if not is_latex(source.text) and has_signs(source.text) and not isinstance(error, AmbiguityError):
            return _with_arrays(source, names, error)
        raise _tried(error, names) from None


def _has_arrays(variables: Iterable[str]) -> bool:
    """Whether one of what is bound is an entry of an array."""
    return any(name[-1:] == "]" and parted(name) for name in variables)


def _with_arrays(
    source: Source, variables: Iterable[str], before: LanguageError | None = None
) -> tuple[Program, Scope]:
    """A program with arrays, and its scope. Where it is none either, what was wrong `before` is told if it is about
    something else."""
    from gradcli.language.arrays.detection import begins_with_sign  # few programs have any
    from gradcli.language.arrays.opened import opened

    try:
        return opened(source, variables)
    except LanguageError as error:
        about_arrays = not before or not before.span or begins_with_sign(source.text[slice(*before.span)])
        raise (error if about_arrays or not before else before) from None


def _headed(source: Source, head: "Head", variables: Iterable[str]) -> tuple[Program, Scope]:
    """A program whose statements another language begins, and its scope. What it tells has its places in the source."""
    names = (*variables, *head.parameters)
    scope = Scope(Source(head.text, source.name), names)
    for message, span in head.read:
        scope.read_as(message, span)
    try:
        return _finished(Statements(scope.source, scope).read())._replace(source=source), scope
    except LanguageError as error:
        error.source = source
        raise _tried(error, names) from None


def _tried(error: LanguageError, variables: Iterable[str], start: int = 0) -> LanguageError:
    """An error; that of a text with two readings shows those that are programs."""
    from gradcli.language.readings import AmbiguityError  # only a mistake needs it

    if not isinstance(error, AmbiguityError):
        return error
    known = {*variables}
    if known and not is_latex(error.text):
        from gradcli.language.pieces import apart  # only a mistake needs it

        error.readings = [apart(reading, known) for reading in error.readings]
    return error.tried(lambda text: _reading(text, variables, start))


def _reading(text: str, variables: Iterable[str], start: int = 0) -> None:
    """Parse a text that may be meant. Raises LanguageError."""
    source = Source(text)
    Statements(source, Scope(source, variables), start).read()


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
            raise mistakes(beside).error("one expression is expected", "leave out what follows", rest[0][2:])
        return node

    return OpenProgram(program, read, {name: function.parameters for name, function in scope.functions.items()})


def _finished(read: Statements) -> Program:
    """The program whose statements were read."""
    scope, output = read.scope, read.output
    if "e" in scope.known:
        scope.note_factor_e()
    partly = scope.definitions or scope.functions or scope.has_bounds
    variables, notices, known = scope.graph.variables(), scope.notices, ""
    if partly:
        needed = reachable(scope.graph, [output])
        variables = {name: node for name, node in variables.items() if node <= output and needed[node]}
        unused = [name for name, node in scope.definitions.items() if node > output or not needed[node]]
        said = "is defined but the output does not depend on it"
        notices = [*notices, *(Notice("unused", f"`{name}` {said}", scope.definitions[name]) for name in unused)]
        known = next((name for name, node in scope.definitions.items() if node == output), "")
    name = read.name or known or free_name({*variables, *scope.definitions})
    written = len(scope.graph)
    scope.graph.close()
    return Program(read.source, scope.graph, output, name, scope.definitions, variables, tuple(notices), written)
