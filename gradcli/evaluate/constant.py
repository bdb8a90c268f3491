"""A number as it is typed, or an array of them: a text that is a constant expression, such as 0.1, pi/4 or [1, 2].

Depends on the language to read it and on `gradcli.evaluate.scalar` for its value.
"""

from collections.abc import Callable
from math import isfinite

from gradcli.errors import BindingError, Source
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.ratios import RATIOS
from gradcli.graph.walk import interpret, leaves, reachable
from gradcli.graph.written import Ratio, as_written, rational, typed
from gradcli.language.program import Program, parse
from gradcli.language.uncertainty import check_certain
from gradcli.shapes import Array, flattened


def constant(source: Source) -> float:
    """The value of a constant expression. Raises BindingError for what is none, LanguageError for no formula."""
    if not source.text.strip():
        raise BindingError(f"{source.name} has no value", hint="write a number, or pi/4")
    check_certain(source)
    program = parse(source.text, name=source.name)
    _check_constant(program)
    return _number(program, program.output)


def constants(source: Source) -> Array[float]:
    """The numbers of an array: [[1, 2], [3, pi/4]]. Raises what `constant` does, and LimitError for too many."""
    if found := _plain(source):
        return found
    program = parse(source.text, name=source.name, takes_arrays=True)
    _check_constant(program)
    if not program.entries:
        raise BindingError(f"the value of {source.name} is no array", hint="write [1, 2, 3]")
    return Array(program.arrays[program.name], [_number(program, entry) for entry in program.entries])


def _plain(source: Source) -> Array[float] | None:
    """An array of numbers alone, as most are; None for any other text."""
    import json  # few values are arrays

    try:
        nest = json.loads(source.text, parse_int=typed, parse_float=typed)
    except (ValueError, RecursionError):
        return None
    found = flattened(nest) if isinstance(nest, list) else None
    return found if found and all(isinstance(each, float) for each in found.entries) else None


def _check_constant(program: Program) -> None:
    """Raise BindingError for a value that depends on a variable."""
    for name, node in program.variables.items():
        raise BindingError(
            f"the value of {program.source.name} must be a number, and `{name}` is a variable",
            hint="write a number, or pi/4",
            span=program.graph.span(node),
            source=program.source,
        )


def _number(program: Program, node: int) -> float:
    """The number: what arithmetic on literals comes to as a ratio, and all else as a double."""
    graph, needed = program.graph, reachable(program.graph, [node])
    near = evaluate(graph, [node], {})[0]
    try:
        ratio = interpret(graph, needed, EXACT, leaves(graph, {}, as_written))[node]
    except OverflowError:
        if near and isfinite(near):
            return near
        raise too_far(f"the value of {program.source.name}") from None
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
