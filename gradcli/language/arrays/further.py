"""Further expressions beside a program with arrays, which may use all of its names: text → nodes of its graph.

Depends on the modules beside it. What is written has a graph for itself; the scalar graph is the program's.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from itertools import dropwhile

from gradcli.errors import Source, Span
from gradcli.graph.graph import PausedCollector
from gradcli.language.arrays.grammar import ArrayExpression
from gradcli.language.arrays.program import ArrayProgram, meanings_in
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.parsed import Value
from gradcli.language.readings import AmbiguityError
from gradcli.language.scope import Function
from gradcli.language.statements import is_latex, mistakes
from gradcli.language.tokens import Token, array_scanner


class FurtherScope(ArrayScope):
    """The names of an expression beside a program, whose functions stand in another text than this one."""

    def unfold(self, function: Function, arguments: tuple[int, ...], span: Span) -> int:
        """The node of a function's body on arguments; all of it has the place of the call."""
        steps = tuple(step._replace(start=span[0], end=span[1]) for step in function.template.steps)
        placed = function._replace(template=function.template._replace(steps=steps, places=()))
        return super().unfold(placed, arguments, span)


def further(read: ArrayProgram, beside: Source, start: int, meant: Mapping[str, Value]) -> Value:
    """What the expression is that begins at a place of a text, where some names stand for nodes that are `meant`.

    Raises LanguageError, and LimitError for arrays that are too large.
    """
    try:
        return _value(read, beside, start, meant)
    except AmbiguityError as error:
        raise error.tried(lambda text: _value(read, Source(text), start, meant)) from None


def _value(read: ArrayProgram, beside: Source, start: int, meant: Mapping[str, Value]) -> Value:
    known = {**read.values, **meant}
    scope = FurtherScope(beside, ChainMap(dict.fromkeys((*known, *read.shapes)), read.scope.variables))
    scope.arrays |= {name: len(shape) for name, shape in read.shapes.items()}
    scope.functions, scope.counters_of = read.scope.functions, read.scope.counters_of
    stream, expression = _tokens(beside, scope, start), ArrayExpression(beside, scope)
    with PausedCollector():
        node = expression.parse(stream)
        rest = next(dropwhile(lambda token: token[0] == "end", stream), None) if expression.stop[0] == "end" else None
        if rest and rest[0] != "eof":
            raise mistakes(beside).error("one expression is expected", "leave out what follows", rest[2:])
        unfolding = read.unfolding.beside(beside, scope, known)
        unfolding.meanings = meanings_in(beside.text)
        return unfolding.value(node)


def _tokens(beside: Source, scope: FurtherScope, start: int) -> Iterator[Token]:
    if not is_latex(beside.text):
        return array_scanner(beside)(start)
    from gradcli.language.latex import Reader  # few texts beside a program are LaTeX

    return Reader(beside, scope, start).tokens(start)
