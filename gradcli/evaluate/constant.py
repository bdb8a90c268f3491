"""A number as it is typed: a text that is a constant expression, such as 0.1 or pi/4.

Depends on the language to read it and on `gradcli.evaluate.scalar` for its value.
"""

from collections.abc import Callable
from math import isfinite

from gradcli.errors import BindingError, Source
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.ratios import RATIOS
from gradcli.graph.walk import interpret, leaves, reachable
from gradcli.graph.written import Ratio, as_written, rational
from gradcli.language.program import Program, parse
from gradcli.language.uncertainty import check_certain


def constant(source: Source) -> float:
    """The value of a constant expression. Raises BindingError for what is none, LanguageError for no formula."""
    if not source.text.strip():
        raise BindingError(f"{source.name} has no value", hint="write a number, or pi/4")
    check_certain(source)
    program = parse(source.text, name=source.name)
    if program.variables:
        name, node = next(iter(program.variables.items()))
        raise BindingError(
            f"the value of {source.name} must be a number, and `{name}` is a variable",
            hint="write a number, or pi/4",
            span=program.graph.span(node),
            source=source,
        )
    return _number(program, source)


def _number(program: Program, source: Source) -> float:
    """The number: what arithmetic on literals comes to as a ratio, and all else as a double."""
    graph, needed = program.graph, reachable(program.graph, [program.output])
    near = evaluate(graph, [program.output], {})[0]
    try:
        ratio = interpret(graph, needed, EXACT, leaves(graph, {}, as_written))[program.output]
    except OverflowError:
        if near and isfinite(near):
            return near
        raise too_far(f"the value of {source.name}") from None
    return near if ratio is None or not ratio[0] else rational(*ratio)  # a zero has a sign


def too_far(what: str) -> BindingError:
    """The error for a number whose digits would fill a page."""
    return BindingError(f"{what} is too far from 1 to be written out", hint="write it in the formula itself")


class _Exact(dict[str, Callable[..., Ratio | None]]):
    """Operator → what it makes of ratios; None of those that have none, and where there is none."""

    def __missing__(self, operator: str) -> Callable[..., Ratio | None]:
        meaning = RATIOS.get(operator)
        self[operator] = exact = lambda *them: None if meaning is None or None in them else meaning(*them)
        return exact


EXACT = _Exact()
