"""Operator → its meaning in mpmath's real numbers, of any precision.

Depends on the operator table, and on `multiprecision_families`. The named constants are the mathematical ones, so that
sin(pi) is 0; there is one zero, without a sign. Nothing raises: outside its domain a function is NaN, at a pole
infinite where the table says so.
"""

from functools import reduce
from typing import Any

from gradcli.graph.template import Template
from gradcli.graph.written import Written
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator, Trait
from gradcli.operators.table import OPERATORS
from gradcli.precision.multiprecision_context import (
    FARTHEST,
    INF,
    LONG,
    MP,
    NAN,
    ONE,
    ZERO,
    Meaning,
    Number,
    is_finite,
    long_exp,
    reached,
    real,
)
from gradcli.precision.multiprecision_families import ORDERED

__all__ = ["INF", "MEANINGS", "MP", "NAN", "ONE", "ZERO", "Meaning", "Number", "as_given", "as_written", "is_finite"]

NEAREST = 60
"""The same, where mpmath itself gives up: erfc from 2^500 on."""


class _Meanings(dict[str, Meaning]):
    """What `OWN` has not is found when first asked for: mpmath's function of that name, or the row's definition."""

    def __missing__(self, operator: str) -> Meaning:
        row = OPERATORS[operator]
        native = getattr(MP, row.targets.get("mpmath", operator), None)
        self[operator] = meaning = _composite(row) if native is None else _native(row, native)
        return meaning


def run_template(template: Template, operands: tuple[Number, ...]) -> Number:
    """The value of a template whose holes are filled with numbers."""
    number: Number = template.run(operands, MEANINGS, as_written)
    return number


def as_written(number: float | str) -> Number:
    """A literal as the decimal that is written, a tenth for 0.1; a decimal as it stands."""
    if type(number) is Written:
        return as_given(number)
    return MP.mpf(number if isinstance(number, str) else repr(float(number)))


def as_given(number: Any) -> Number:
    """What a variable is given: a double or a number of mpmath, unless more is known."""
    return MP.mpf(number.ratio[0]) / number.ratio[1] if type(number) is Written else MP.mpf(number)


def _native(row: Operator, native: Any) -> Meaning:
    """A function of mpmath, kept to the real line; or a constant at the precision of the moment."""
    if not row.signature:
        return lambda: +native
    farthest = INF if Trait.GENTLE in row.traits else FARTHEST

    def guarded(*operands: Number) -> Number:
        try:
            return real(native(*[reached(operand, farthest) for operand in operands]))
        except OverflowError:
            return real(native(*[reached(operand, NEAREST) for operand in operands]))
        except (ValueError, ZeroDivisionError, MP.NoConvergence):
            return MP.mpf(row.poles.get(operands[0], NAN))

    return guarded


def _composite(row: Operator) -> Meaning:
    definition = parse_template(row.definition, row.operands)
    if len(row.operands) == 1:
        return lambda x: x if x != x else run_template(definition, (x,))
    return lambda *operands: run_template(definition, operands)


def _truth(condition: bool) -> Number:
    return ONE if condition else ZERO


def _div(x: Number, y: Number) -> Number:
    if y != 0:
        return x / y
    return NAN if x == 0 or x != x else MP.sign(x) * INF


def _mod(x: Number, y: Number) -> Number:
    """The exact remainder with the sign of y; NaN where the quotient has too many digits to tell."""
    if y == 0 or not is_finite(x) or y != y:
        return NAN
    if not is_finite(y):
        return x if x == 0 or (x > 0) == (y > 0) else y
    if x != 0 and MP.mag(x) < MP.mag(y):  # mpmath would shift by as many bits as they are apart
        return x if (x > 0) == (y > 0) else x + y
    return x % y if x == 0 or MP.mag(x) - MP.mag(y) <= FARTHEST else NAN


def _pow(x: Number, y: Number) -> Number:
    """As C99's pow (Annex F.9.4.4), but for the sign of zero."""
    if y == 0 or x == 1 or (x == -1 and MP.isinf(y)):
        return ONE
    if x == 0 or x != x or y != y:
        return ZERO if x == 0 and y > 0 else INF if x == 0 and y < 0 else NAN
    if x < 0 and is_finite(x) and not (MP.isint(y) or MP.isinf(y)):
        return NAN
    size = MP.log(abs(x)) * y
    if not is_finite(size) or MP.mag(size) > FARTHEST:
        grown = MP.exp(MP.sign(size) * INF)
        return -grown if x < 0 and is_finite(y) and _is_odd(y) else grown
    if MP.mag(y) > LONG:
        with MP.extraprec(int(MP.mag(y)) + LONG):
            grown = long_exp(MP.log(abs(x)) * y)
        return -grown if x < 0 and _is_odd(y) else +grown
    return real(MP.power(x, y))


def _is_odd(y: Number) -> bool:
    """Whether a whole number is odd; none is that has no bit at the point."""
    return int(y.exp) == 0 and int(y.man) % 2 == 1


def _least(x: Number, *rest: Number) -> Number:
    return reduce(lambda least, y: y if y < least or y != y else least, rest, x)


def _greatest(x: Number, *rest: Number) -> Number:
    return reduce(lambda greatest, y: y if y > greatest or y != y else greatest, rest, x)


def _cbrt(x: Number) -> Number:
    return MP.sign(x) * MP.cbrt(abs(x)) if x == x else x


def _hypot(*x: Number) -> Number:
    return MP.sqrt(sum(each * each for each in x))


def _probit(x: Number) -> Number:
    """sqrt(2) erfinv(2x - 1), with room for what is taken away."""
    if not 0 <= x <= 1:
        return NAN
    if x in (0, 1):
        return INF if x else -INF
    with MP.extraprec(max(0, -2 * int(MP.mag(min(x, 1 - x))))):
        found = MP.sqrt(2) * MP.erfinv(2 * x - 1)
    return +found


OWN: dict[str, Meaning] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "neg": lambda x: -x,
    "div": _div,
    "mod": _mod,
    "pow": _pow,
    "exp": long_exp,
    "lt": lambda x, y: _truth(x < y),
    "le": lambda x, y: _truth(x <= y),
    "gt": lambda x, y: _truth(x > y),
    "ge": lambda x, y: _truth(x >= y),
    "eq": lambda x, y: _truth(x == y),
    "ne": lambda x, y: _truth(x != y),
    "and": lambda x, y: _truth(x != 0 and y != 0),
    "or": lambda x, y: _truth(x != 0 or y != 0),
    "not": lambda x: _truth(x == 0),
    "where": lambda c, x, y: x if c != 0 else y,
    "min": _least,
    "max": _greatest,
    "cbrt": _cbrt,
    "hypot": _hypot,
    "probit": _probit,
    **ORDERED,
}
"""What mpmath does not give under a name, or gives with complex values."""

MEANINGS = _Meanings(OWN)
