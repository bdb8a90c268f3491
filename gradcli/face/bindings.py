"""What a Python program gives a formula: the formula itself, a number for each variable, names to differentiate by.

Depends on the language, and on `gradcli.evaluate.constant` for a number that is a text.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf, isinf
from typing import TYPE_CHECKING, Any, SupportsFloat, SupportsIndex

from gradcli.errors import BindingError, Source, UsageError, listed
from gradcli.evaluate.constant import constant, too_far
from gradcli.face.arrays import Given, spread_out, with_shapes
from gradcli.graph.written import Written, rational, typed
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.program import Program, parse
from gradcli.shapes import entry_name, grouped, names_in, parted, plain_entry, shape_text, spread

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from gradcli.language.glued import Offer

    Number = float | str | Decimal | Fraction | SupportsFloat | SupportsIndex
    Bound = Number | Sequence[Any]
    Bindings = Mapping[str, Bound]
    Size = int | Sequence[int]
    Wrt = str | Iterable[str]

NO_NUMBER = "pass a float, an int, a Decimal, a Fraction, a text such as '0.1', or an array or lists of these"


def bound(
    expression: str | Program, bindings: "Bindings | None", named: "Bindings", *, takes_arrays: bool = False
) -> tuple[Program, dict[str, float], Given]:
    """The program, a double for each of its variables, and what was given.

    Raises what `some_bound` does, and BindingError for a variable without a number.
    """
    program, numbers, given = some_bound(expression, bindings, named, takes_arrays=takes_arrays)
    missing = [name for name in program.variables if name not in numbers]
    if missing:
        raise _unbound(program, missing, given.values)
    return program, numbers, given


def _offer(program: Program, missing: list[str], given: Iterable[str]) -> "Offer | None":
    from gradcli.language.glued import unglued  # only a mistake needs it

    return unglued(program.source.text, missing, {*program.variables, *given})


def _unbound(program: Program, missing: list[str], given: Collection[str]) -> BindingError:
    """One error for all variables without a number; perhaps some are products of others."""
    offer = _offer(program, missing, given)
    whole = [*grouped(dict.fromkeys(missing), program.arrays)]
    hint = _passed((offer.rest if offer and offer.rest else whole)[0], program)
    twin = next((text for name in missing if (text := look_alike(name, given))), "")
    hint = twin or (offer.or_else(hint) if offer else hint)
    span = program.graph.span(program.variables[missing[0]])
    return BindingError(f"no value for {listed(whole)}", hint=hint, span=span, source=program.source)


def _passed(name: str, program: Program) -> str:
    """How a name is given its number, or an array its entries."""
    if parted(name):
        return f"pass it in a mapping: {{{name!r}: …}}"
    return (
        f"pass {name}=… of the shape {shape_text(program.arrays[name])}" if name in program.arrays else f"pass {name}=…"
    )


def some_bound(
    expression: str | Program, bindings: "Bindings | None", named: "Bindings", *, takes_arrays: bool = False
) -> tuple[Program, dict[str, float], Given]:
    """The program, a double for each of its variables that is given one, and what was given.

    A mapping may hold more than the formula uses, as a file of bindings may; a keyword may not, as an option may not.
    Raises LanguageError, UsageError for what is no formula, and BindingError.
    """
    given = spread_out({**_mapping(bindings), **named})
    _check_lists(expression, given, named)
    program = formula(expression, given.values, takes_arrays=takes_arrays)
    used = program.graph.variables()
    missing = [name for name in program.variables if name not in given.values]
    if missing and not named.keys() <= {*used, *program.arrays} and _offer(program, missing, given.values):
        raise _unbound(program, missing, given.values)
    _check_shapes(program, given)
    for name in named:
        _check_used(program, name, used)
    numbers = {name: number(name, given.values[name]) for name in program.variables if name in given.values}
    return program, numbers, given


def _check_lists(expression: object, given: Given, named: Collection[str]) -> None:
    """Raise BindingError for lists that are no arrays; a mapping may hold such as the formula does not name."""
    text = expression.source.text if isinstance(expression, Program) else str(expression)
    for name in given.misfits:
        if name in named or name in text:
            given.check_fit(name)


def _check_shapes(program: Program, given: Given) -> None:
    """Raise BindingError for an array, or a number, where the program has another."""
    for name, shape in program.arrays.items():
        if name in given.values and entry_name(name, (1,) * len(shape)) in program.variables:
            raise _unlike(program, name, f"`{name}` is one number")
        if given.shapes.get(name, shape) != shape:
            raise _unlike(program, name, f"`{name}` is bound with the shape {shape_text(given.shapes[name])}")
    for name in given.shapes:
        if name in program.variables:
            hint = f"parse the formula with shapes={{{name!r}: {given.shapes[name]}}}"
            raise BindingError(f"`{name}` is an array here, and one number in the formula", hint=hint)


def _unlike(program: Program, name: str, what: str) -> BindingError:
    shape = shape_text(program.arrays[name])
    return BindingError(f"{what}, and has the shape {shape} in the formula", hint=f"pass {name}=… of that shape")


def formula(
    expression: str | Program,
    variables: Iterable[str] = (),
    name: str = "expression",
    *,
    shapes: "Mapping[str, Size] | None" = None,
    takes_arrays: bool = False,
) -> Program:
    """The program of a formula that may be parsed already; `shapes` are those of arrays among its variables.

    Raises LanguageError, also for an output that is an array unless the caller `takes_arrays`, and UsageError for what
    is no formula.
    """
    if isinstance(expression, Program):
        if expression.entries and not takes_arrays:
            from gradcli.language.arrays.opened import not_a_number  # few programs have arrays

            raise not_a_number(expression)
        if shapes:
            raise UsageError("this formula is parsed, and has its shapes", hint="pass them to gradcli.parse")
        return expression
    if not isinstance(expression, str):
        problem = f"a formula is a text or a Program, and this is of the type {type(expression).__name__}"
        raise UsageError(problem, hint="write it as a text: 'x^2'")
    known = variables if isinstance(variables, Mapping) else _names(variables, "variables")
    known = with_shapes(known, shapes) if shapes else known
    return parse(expression, variables=known, name=str(name), takes_arrays=takes_arrays)


def nodes(program: Program, wrt: "Wrt | None") -> dict[str, int]:
    """The nodes to differentiate by: all variables, or those named, in that order; none for an empty list."""
    if wrt is None:
        return dict(program.variables)
    known = {**program.variables, **program.definitions}
    names = [*spread(_names(wrt, "wrt"), program.arrays)]
    for name in names:
        if name not in known:
            there = grouped(known, program.arrays)
            hint = did_you_mean(name, there) or f"it depends on {listed(there) or 'nothing'}"
            raise BindingError(f"the output does not depend on `{name}`", hint=hint)
    return {name: known[name] for name in names}


def number(name: str, given: object) -> float:
    """A double, or the very number that a text, a Decimal, a Fraction or an int says, beyond the doubles too.

    Raises BindingError, and LanguageError for a text.
    """
    if type(given) is float:
        return given
    if isinstance(given, str):
        return constant(Source(given, name))
    try:
        near = _double(given)
    except OverflowError:
        near = inf
    except (TypeError, ValueError, ArithmeticError):
        problem = f"`{name}` is no number: it is of the type {type(given).__name__}"
        raise BindingError(problem, hint=NO_NUMBER) from None
    if isinstance(given, float):
        return given if isinstance(given, Written) else near
    found = near if near != near or (isinf(near) and given == near) else _exactly(given, near)
    if found is None:
        raise too_far(f"`{name}`")
    return found


def _exactly(given: Any, near: float) -> float | None:
    """A number as the ratio that it is; None for a Decimal that is too far from 1."""
    if hasattr(given, "adjusted"):
        return typed(str(given))
    return rational(*given.as_integer_ratio()) if hasattr(given, "as_integer_ratio") else near


def _double(given: object) -> float:
    """A real number as a float. Raises TypeError and what `float` raises."""
    real = isinstance(given, SupportsFloat | SupportsIndex) and not isinstance(given, complex)
    kind = getattr(getattr(given, "dtype", None), "kind", "f")  # of a scalar of NumPy: f, i, u or b
    if not real or kind not in "fiub" or getattr(given, "ndim", None):
        raise TypeError
    return float(given)  # type: ignore[arg-type]  # it is of a type for that


def _mapping(bindings: "Bindings | None") -> "dict[str, Bound]":
    """The bindings that come as a mapping. Raises UsageError for what is none."""
    given: Any = {} if bindings is None else bindings
    names: list[Any] = [*given.keys()] if hasattr(given, "keys") else [None]
    if not all(isinstance(name, str) for name in names):
        raise UsageError("bindings are a mapping of names to numbers", hint='pass {"x": 2}, or x=2')
    return {name: given[name] for name in names}


def _names(given: "Wrt", option: str) -> list[str]:
    """The names in a text with commas, or in a list. Raises UsageError for what is neither."""
    if isinstance(given, str):
        return names_in(given)
    names: list[Any]
    try:
        names = [*given]
    except TypeError:
        names = [given]
    if not all(isinstance(name, str) for name in names):
        raise UsageError(f"`{option}` takes names", hint='pass "x", "x, w" or ["x", "w"]')
    return [*map(plain_entry, names)]


def _check_used(program: Program, name: str, used: Mapping[str, int]) -> None:
    """Raise BindingError for a name that the formula does not use, or defines itself."""
    first = entry_name(name, (1,) * len(program.arrays.get(name, ())))
    if name in program.definitions or first in program.definitions:
        span = program.graph.span(program.definitions[name if name in program.definitions else first])
        hint = "bind another name, or take the definition out"
        raise BindingError(f"`{name}` is defined in the formula", hint=hint, span=span, source=program.source)
    if name not in used and first not in used:
        there = grouped(used, program.arrays)
        fallback = f"its variables are {listed(there)}" if there else "it has no variables"
        hint = look_alike(name, there) or did_you_mean(name, there) or fallback
        raise BindingError(f"the formula has no variable `{name}`", hint=hint)
