"""Operator → what it makes of enclosures: the image of the operands, whatever they are within their bounds.

Depends on the operator table, on python-flint's `arb` and on `special`. What neither has is put together from the row's
definition.
Nothing is decided that is not certain: where a ball straddles a switch, the result holds both sides, or is UNKNOWN.
The working precision is that of flint's context.
"""

import operator as op
from collections.abc import Sequence
from functools import reduce

from flint import arb, fmpq

from gradcli.evaluate import scalar
from gradcli.graph.template import Template
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator, Trait
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures import special
from gradcli.precision.enclosures.arithmetic import FARTHEST, add, div, exact_power, floor, mod, mul, neg, raised, sub
from gradcli.precision.enclosures.balls import (
    HUGE,
    INF,
    NAN,
    NEAR,
    NEGATIVE_INF,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    as_double,
    as_written,
    exactly,
    is_finite,
    is_huge,
    kept,
    sign,
    truth,
)
from gradcli.precision.enclosures.decisions import (
    HALF,
    best,
    comparison,
    connective,
    magnitude,
    nearest,
    negated,
    side_of,
    where,
)
from gradcli.precision.enclosures.orders import ORDERED, by_order
from gradcli.precision.enclosures.special import Native
from gradcli.precision.enclosures.strictness import Meaning, strict


class _Meanings(dict[str, Meaning]):
    """What `OWN` has not is found when first asked for: arb's function of that name, or the row's definition."""

    def __missing__(self, operator: str) -> Meaning:
        row = OPERATORS[operator]
        native = NATIVE.get(operator)
        self[operator] = meaning = _composite(row) if native is None else _function(row, native)
        return meaning


def run_template(template: Template, operands: Sequence[Enclosure]) -> Enclosure:
    """What a template whose holes are filled with enclosures comes to."""
    return template.run(operands, MEANINGS, as_written)


def fails(condition: Template, operands: Sequence[Enclosure]) -> bool:
    """Whether a condition fails for certain."""
    return truth(run_template(condition, operands)) is False


def _composite(row: Operator) -> Meaning:
    definition = parse_template(row.definition, row.operands)

    def image(*operands: Enclosure) -> Enclosure:
        if len(operands) == 1 and operands[0] is NAN:
            return NAN
        found = run_template(definition, operands)
        at_infinity = found is NAN and any(x is INF or x is NEGATIVE_INF for x in operands)
        return _limit(row, *operands) if at_infinity else found

    return image


def _limit(row: Operator, *operands: Enclosure) -> Enclosure:
    """What doubles have at a pole and at infinity where that is whole, infinite or none, and so the very limit."""
    numbers = [as_double(x) for x in operands]
    found: Enclosure = NAN if None in numbers else exactly(scalar.MEANINGS[row.name](*numbers))
    return NAN if is_finite(found) and found.q != 1 else found


def _function(row: Operator, native: Native) -> Meaning:
    """A function of one operand, or a constant; what is outside the domain is NaN where that is certain."""
    if not row.signature:
        return lambda: kept(native())
    kernel, grows = scalar.MEANINGS[row.name], Trait.EXPLOSIVE in row.traits

    def image(x: Enclosure) -> Enclosure:
        if x is UNKNOWN or x is NAN:
            return x
        if is_huge(x):
            return HUGE if grows and x is HUGE else arb(0, NEAR) if row.name == "exp" else UNKNOWN
        if not is_finite(x):
            limit = exactly(kernel(float(x)))  # doubles have it exactly where it is whole, infinite or none
            return kept(native(x)) if is_finite(limit) and limit.q != 1 else limit
        found = native(as_ball(x))
        if found.is_finite():
            return kept(found)
        return HUGE if grows and x > FARTHEST else _outside(row, x)

    return image


def _outside(row: Operator, x: Enclosure) -> Enclosure:
    """What a function is where arb gives no number: a pole, NaN beyond the domain, or not known."""
    condition = parse_template(row.domain, row.operands) if row.domain else None
    return _limit(row, x) if condition and truth(run_template(condition, (x,))) is False else UNKNOWN


def _cbrt(x: Enclosure) -> Enclosure:
    if not is_finite(x):
        return x
    if type(x) is fmpq and (exact := exact_power(abs(x), fmpq(1, 3))) is not None:
        return exact if x >= 0 else -exact
    ball = as_ball(x)
    if sign(x) is not None:
        return kept(ball.root(3) if x > 0 else -(-ball).root(3))
    reach = ball.abs_upper().root(3).abs_upper()
    return kept(arb(0, reach))


def _hypot(*operands: Enclosure) -> Enclosure:
    if not all(map(is_finite, operands)):
        return INF
    squares = [kept(x**2) for x in operands]
    return magnitude(operands[0]) if len(operands) == 1 else MEANINGS["sqrt"](reduce(add, squares))


def _atan2(y: Enclosure, x: Enclosure) -> Enclosure:
    if is_finite(x) and is_finite(y):
        return kept(arb.atan2(as_ball(y), as_ball(x)))
    if not is_finite(y):
        quarters = (HALF if is_finite(x) else fmpq(1, 4) if x is INF else fmpq(3, 4)) * (1 if y is INF else -1)
        return kept(arb.pi() * quarters)
    if x is INF:
        return ZERO
    return UNKNOWN if sign(y) is None else kept(arb.pi() if y >= 0 else -arb.pi())


def _lgamma(x: Enclosure) -> Enclosure:
    if not is_finite(x):
        return INF
    if x > 0:
        return kept(special.lgamma(as_ball(x)))
    if type(x) is fmpq and x.q == 1:
        return INF
    return MEANINGS["log"](MEANINGS["abs"](MEANINGS["gamma"](x)))  # which may be unknown


def _polygamma(order: int, x: Enclosure) -> Enclosure:
    if order == 0:
        return MEANINGS["digamma"](x)
    if not is_finite(x):
        return ZERO if x is INF else NAN
    if type(x) is fmpq and x.q == 1 and x <= 0:
        return INF if order % 2 else NAN if x else NEGATIVE_INF
    return kept(special.polygamma(order, as_ball(x)))


NATIVE: dict[str, Native] = {
    "pi": arb.pi,
    **{name: getattr(arb, name) for name in ("exp", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos")},
    **{name: getattr(arb, name) for name in ("atan", "cosh", "asinh", "acosh", "atanh")},
    **{name: special.near_zero(getattr(arb, name)) for name in ("expm1", "sinh", "tanh")},
    **{name: getattr(arb, name) for name in ("erf", "gamma", "digamma", "sinc")},
    "erfc": special.erfc,
    "erfinv": arb.erfinv,
    "lambertw": arb.lambertw,
    "lambertw_slope": lambda x: (-x.lambertw()).exp() / (1 + x.lambertw()),
    "probit": special.probit,
}
"""Operators that are arb's own, by the same name."""

OWN: dict[str, Meaning] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "neg": neg,
    "div": div,
    "mod": strict(mod),
    "pow": raised,
    "lt": comparison(op.lt, op.ge),
    "le": comparison(op.le, op.gt),
    "gt": comparison(op.gt, op.le),
    "ge": comparison(op.ge, op.lt),
    "eq": comparison(op.eq, op.ne),
    "ne": comparison(op.ne, op.eq),
    "and": connective(deciding=False),
    "or": connective(deciding=True),
    "not": negated,
    "where": where,
    "min": best(op.lt, "min"),
    "max": best(op.gt, "max"),
    "sign": strict(side_of),
    "abs": lambda x: x if x is NAN or x is UNKNOWN else magnitude(x),
    "floor": floor,
    "ceil": lambda x: neg(floor(neg(x))),
    "round": nearest,
    "cbrt": _cbrt,
    "hypot": strict(_hypot),
    "atan2": strict(_atan2),
    "lgamma": strict(_lgamma),
    "polygamma": by_order(_polygamma),
    **ORDERED,
}
"""What arb has not, or gives for complex numbers, and all that is exact for rationals."""

MEANINGS = _Meanings(OWN)
