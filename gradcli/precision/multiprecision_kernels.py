"""Operator → its meaning in mpmath's real numbers, of any precision.

Depends on the operator table. The named constants are the mathematical ones, so that sin(pi) is 0; there is one zero,
without a sign. Nothing raises: outside its domain a function is NaN, at a pole infinite where the table says so.
"""

from collections.abc import Callable
from functools import reduce
from itertools import accumulate, zip_longest
from typing import Any

import mpmath

from gradcli.graph.template import Template
from gradcli.graph.written import Written
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator, Trait
from gradcli.operators.table import OPERATORS

Number = Any
"""A real number of mpmath, which has no types of its own."""
Meaning = Callable[..., Number]

MP: Any = mpmath.MPContext()
"""gradcli's own context: its precision is nobody else's."""
INF, NAN, ONE, ZERO = MP.inf, MP.nan, MP.one, MP.zero
FARTHEST = 4000
"""A number of more bits before the point counts as infinite where a function would need them all, as exp and sin do."""
LONG = 64
"""Bits before the point from which on exponentials are taken by a road of their own."""
NEAREST = 60
"""The same, where mpmath itself gives up: erfc from 2^500 on."""
HIGHEST_ORDER = 1000
REFLECTED = -100
"""Below it polygamma functions are taken by their reflection."""


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


def is_finite(number: Number) -> bool:
    """Whether it is a number, and no infinite one."""
    return bool(MP.isfinite(number))


def _native(row: Operator, native: Any) -> Meaning:
    """A function of mpmath, kept to the real line; or a constant at the precision of the moment."""
    if not row.signature:
        return lambda: +native
    farthest = INF if Trait.GENTLE in row.traits else FARTHEST

    def guarded(*operands: Number) -> Number:
        try:
            return _real(native(*[_reached(operand, farthest) for operand in operands]))
        except OverflowError:
            return _real(native(*[_reached(operand, NEAREST) for operand in operands]))
        except (ValueError, ZeroDivisionError, MP.NoConvergence):
            return MP.mpf(row.poles.get(operands[0], NAN))

    return guarded


def _composite(row: Operator) -> Meaning:
    definition = parse_template(row.definition, row.operands)
    if len(row.operands) == 1:
        return lambda x: x if x != x else run_template(definition, (x,))
    return lambda *operands: run_template(definition, operands)


def _real(number: Number) -> Number:
    return NAN if isinstance(number, MP.mpc) else number


def _reached(number: Number, farthest: Number = FARTHEST) -> Number:
    """The number, or infinity where it is out of reach."""
    return number if not is_finite(number) or MP.mag(number) <= farthest else MP.sign(number) * INF


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


def _exp(x: Number) -> Number:
    """e^x; that of a long number by its quotient by log(2), for mpmath would raise e to an integer of as many bits."""
    if not is_finite(x) or MP.mag(x) <= LONG:
        return MP.exp(x)
    x = _reached(x)
    if not is_finite(x):
        return MP.exp(x)
    with MP.extraprec(int(MP.mag(x)) + LONG):
        whole = MP.floor(x / MP.ln2)
        rest = MP.exp(x - whole * MP.ln2)
    return MP.ldexp(+rest, int(whole))


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
            grown = _exp(MP.log(abs(x)) * y)
        return -grown if x < 0 and _is_odd(y) else +grown
    return _real(MP.power(x, y))


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


def _is_order(n: Number) -> bool:
    return bool(MP.isint(n)) and 0 <= n <= HIGHEST_ORDER


def _polygamma(n: Number, x: Number) -> Number:
    if not _is_order(n):
        return NAN
    try:
        if x < REFLECTED and is_finite(x):
            return _reflected(int(n), x)
        return _real(MP.psi(int(n), _reached(x)))
    except (ValueError, ZeroDivisionError):
        return INF if n % 2 else NAN


def _reflected(n: int, x: Number) -> Number:
    """(-1)^n ψ_n(1 - x) - π cot^(n)(πx) (DLMF 5.15.6), for mpmath would add up as many terms as x is long.

    A derivative of the cotangent c is a polynomial of it, by c' = -(1 + c^2); at its poles ZeroDivisionError is raised.
    """
    terms = [0, 1]
    for _ in range(n):
        slopes = [power * factor for power, factor in enumerate(terms)][1:]
        terms = [-(low + high) for low, high in zip_longest(slopes, [0, 0, *slopes], fillvalue=0)]
    cotangent = MP.cospi(x) / MP.sinpi(x)
    derivative = MP.pi ** (n + 1) * MP.polyval(terms[::-1], cotangent)
    return (-1) ** n * MP.psi(n, _reached(1 - x)) - derivative


def _sinc_n(n: Number, x: Number) -> Number:
    """j_n(x)/x^n as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3 with 10.16.9)."""
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(_reached(x)):
        return ZERO
    odd = list(accumulate(range(1, 2 * int(n) + 2, 2), lambda a, b: a * b))[-1]
    return MP.hyp0f1(n + MP.mpf(1.5), -x * x / 4) / odd


def _erfcx_slope(n: Number, x: Number) -> Number:
    """(-1)^n n! U((n + 1)/2, 1/2, x^2)/√π (DLMF 7.18.11) to the right; to the left the recurrence (DLMF 7.18.7)."""
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(_reached(x)):
        return ZERO if x > 0 else INF * (-1) ** int(n)
    if x > 1:
        return (-1) ** int(n) * MP.factorial(n) * MP.hyperu((n + 1) / 2, MP.mpf(0.5), x * x) / MP.sqrt(MP.pi)
    with MP.extraprec(4 * int(n) + LONG):
        before, now = -2 / MP.sqrt(MP.pi), _exp(x * x) * MP.erfc(x)
        for k in range(int(n)):
            before, now = now, 2 * x * now + (2 * k * before if k else before)
    return +now


def _exprel_slope(n: Number, x: Number) -> Number:
    """1F1(n + 1; n + 2; x)/(n + 1) (DLMF 13.4.1), far out by parts: I_n = (e^x - n I_(n-1))/x."""
    x = _reached(x)
    if not _is_order(n) or x != x:
        return NAN
    if not is_finite(x):
        return INF if x > 0 else ZERO
    if abs(x) < LONG + n:
        return MP.hyp1f1(n + 1, n + 2, x) / (n + 1)
    power = _exp(x)
    with MP.extraprec(int((n + 1) * MP.mag(x))):
        return reduce(lambda before, k: (power - k * before) / x, range(1, int(n) + 1), (power - 1) / x)


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
    "exp": _exp,
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
    "polygamma": _polygamma,
    "sinc_n": _sinc_n,
    "erfcx": lambda x: _erfcx_slope(ZERO, x),
    "erfcx_slope": _erfcx_slope,
    "probit": _probit,
    "exprel": lambda x: _exprel_slope(ZERO, x),
    "exprel_slope": _exprel_slope,
}
"""What mpmath does not give under a name, or gives with complex values."""

MEANINGS = _Meanings(OWN)
