"""What a Python program gives a formula: the formula itself, a number for each variable, names to differentiate by.

Depends on the language, and on `gradcli.evaluate.constant` for a number that is a text.
"""

from collections.abc import Collection, Iterable, Mapping
from math import inf, isinf
from typing import TYPE_CHECKING, Any, SupportsFloat, SupportsIndex

from gradcli.errors import BindingError, Source, UsageError, listed
from gradcli.evaluate.constant import constant, too_far
from gradcli.graph.written import Written, rational, typed
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.program import Program, parse

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from gradcli.language.glued import Offer

    Number = float | str | Decimal | Fraction | SupportsFloat | SupportsIndex
    Bindings = Mapping[str, Number]
    Wrt = str | Iterable[str]

NO_NUMBER = "pass a float, an int, a Decimal, a Fraction, or a text such as '0.1'; gradcli.compile takes arrays"


def bound(
    expression: str | Program, bindings: "Bindings | None", named: "Bindings"
) -> tuple[Program, dict[str, float]]:
    """The program, and a double for each of its variables. Raises what `some_bound` does, and for one without."""
    program, numbers = some_bound(expression, bindings, named)
    missing = [name for name in program.variables if name not in numbers]
    if missing:
        raise _unbound(program, missing, [*(bindings or ()), *named])
    return program, numbers


def _offer(program: Program, missing: list[str], given: Iterable[str]) -> "Offer | None":
    from gradcli.language.glued import unglued  # only a mistake needs it

    return unglued(program.source.text, missing, {*program.variables, *given})


def _unbound(program: Program, missing: list[str], given: Collection[str]) -> BindingError:
    """One error for all variables without a number; perhaps some are products of others."""
    offer = _offer(program, missing, given)
    hint = f"pass {(offer.rest if offer and offer.rest else missing)[0]}=…"
    twin = next((text for name in missing if (text := look_alike(name, given))), "")
    hint = twin or (offer.or_else(hint) if offer else hint)
    span = program.graph.span(program.variables[missing[0]])
    return BindingError(f"no value for {listed(missing)}", hint=hint, span=span, source=program.source)


def some_bound(
    expression: str | Program, bindings: "Bindings | None", named: "Bindings"
) -> tuple[Program, dict[str, float]]:
    """The program, and a double for each of its variables that is given one.

    A mapping may hold more than the formula uses, as a file of bindings may; a keyword may not, as an option may not.
    Raises LanguageError, UsageError for what is no formula, and BindingError.
    """
    given = {**_mapping(bindings), **named}
    program = formula(expression, given)
    missing = [name for name in program.variables if name not in given]
    if missing and not named.keys() <= program.variables.keys() and _offer(program, missing, given):
        raise _unbound(program, missing, given)
    for name in named:
        _check_used(program, name)
    return program, {name: number(name, given[name]) for name in program.variables if name in given}


def formula(expression: str | Program, variables: Iterable[str] = (), name: str = "expression") -> Program:
    """The program of a formula that may be parsed already. Raises LanguageError, and UsageError for what is none."""
    if isinstance(expression, Program):
        return expression
    if not isinstance(expression, str):
        problem = f"a formula is a text or a Program, and this is of the type {type(expression).__name__}"
        raise UsageError(problem, hint="write it as a text: 'x^2'")
    known = variables if isinstance(variables, Mapping) else _names(variables, "variables")
    return parse(expression, variables=known, name=str(name))


def nodes(program: Program, wrt: "Wrt | None") -> dict[str, int]:
    """The nodes to differentiate by: all variables, or those named, in that order; none for an empty list."""
    if wrt is None:
        return dict(program.variables)
    known = {**program.variables, **program.definitions}
    names = _names(wrt, "wrt")
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"it depends on {listed(known) or 'nothing'}"
            raise BindingError(f"the output does not depend on `{name}`", hint=hint)
    return {name: known[name] for name in names}


def number(name: str, given: object) -> float:
    """A double, or the very number that a text, a Decimal, a Fraction or an int says, beyond the doubles too.

    Raises BindingError, and LanguageError for a text.
    """
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


def _mapping(bindings: "Bindings | None") -> "dict[str, Number]":
    """The bindings that come as a mapping. Raises UsageError for what is none."""
    given: Any = {} if bindings is None else bindings
    names: list[Any] = [*given.keys()] if hasattr(given, "keys") else [None]
    if not all(isinstance(name, str) for name in names):
        raise UsageError("bindings are a mapping of names to numbers", hint='pass {"x": 2}, or x=2')
    return {name: given[name] for name in names}


def _names(given: "Wrt", option: str) -> list[str]:
    """The names in a text with commas, or in a list. Raises UsageError for what is neither."""
    if isinstance(given, str):
        return [name.strip().strip("`") for name in given.split(",") if name.strip()]
    names: list[Any]
    try:
        names = [*given]
    except TypeError:
        names = [given]
    if not all(isinstance(name, str) for name in names):
        raise UsageError(f"`{option}` takes names", hint='pass "x", "x, w" or ["x", "w"]')
    return [*map(str, names)]


def _check_used(program: Program, name: str) -> None:
    """Raise BindingError for a name that the formula does not use, or defines itself."""
    used = program.graph.variables()
    if name in program.definitions:
        span = program.graph.span(program.definitions[name])
        hint = "bind another name, or take the definition out"
        raise BindingError(f"`{name}` is defined in the formula", hint=hint, span=span, source=program.source)
    if name not in used:
        fallback = f"its variables are {listed(used)}" if used else "it has no variables"
        hint = look_alike(name, used) or did_you_mean(name, used) or fallback
        raise BindingError(f"the formula has no variable `{name}`", hint=hint)
