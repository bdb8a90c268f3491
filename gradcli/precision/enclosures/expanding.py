"""Operator → what it makes of one-sided expansions: the terms of the result, beside a pole or a jump too.

Depends on `expansions`, on `meanings` for what does not move, and on flint's power series. What has no rule here
follows its formula in gradcli's own language: one that holds beside poles and branch points, or the row's definition.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate
from math import prod

from flint import arb, arb_series, ctx, fmpq, fmpq_series

from gradcli.graph.template import Template
from gradcli.language.program import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.precision.enclosures import balls, meanings
from gradcli.precision.enclosures.balls import Enclosure, as_ball, exactly, is_finite, kept
from gradcli.precision.enclosures.expansions import (
    BOUNDED,
    CONSTANT,
    FLAT,
    HUGE,
    INFINITE,
    LOGARITHM,
    NEGATIVE_HUGE,
    NEGATIVE_INFINITE,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Expansion,
    Order,
    add,
    compose,
    constant,
    factored,
    is_boundless,
    is_infinite,
    mul,
    neg,
    number_of,
    parted,
    shifted,
    sign,
    sub,
    within,
)

Meaning = Callable[..., Expansion]
ONE, HALF = constant(balls.ONE), fmpq(1, 2)
HIGHEST = 64
"""Higher whole powers are not multiplied out."""


class _Meanings(dict[str, Meaning]):
    """What is not here is found when first asked for: a Taylor series, a formula, or the row's definition."""

    def __missing__(self, operator: str) -> Meaning:
        self[operator] = meaning = _still_or(operator, OWN.get(operator) or _found(operator))
        return meaning


def run_template(template: Template, operands: Sequence[Expansion]) -> Expansion:
    """What a template whose holes are filled with expansions comes to."""
    return template.run(operands, MEANINGS, _literal)


def _literal(number: float) -> Expansion:
    return constant(exactly(number))


def _found(operator: str) -> Meaning:
    row = OPERATORS[operator]
    formula = FORMULAS.get(operator) or row.definition
    if not formula:
        return lambda *_: UNKNOWN
    template = parse_template(formula, ("x", "y") if row.variadic else row.operands)
    if row.variadic:
        return lambda *them: reduce(lambda x, y: run_template(template, (x, y)), them)
    return lambda *them: run_template(template, them)


def _still_or(operator: str, meaning: Meaning) -> Meaning:
    """What does not move where the operands do not: a number as it is; else what is strict in its operands."""
    if operator in CHOOSING:
        return meaning

    def image(*operands: Expansion) -> Expansion:
        numbers = [number_of(x) for x in operands]
        if None not in numbers:
            return constant(meanings.MEANINGS[operator](*numbers))
        for lost in (UNDEFINED, UNKNOWN):
            if any(x is lost for x in operands):
                return ONE if operator == "pow" and _is_one(*operands) else lost
        return meaning(*operands)

    return image


def _is_one(x: Expansion, y: Expansion) -> bool:
    return y == ZERO or x == ONE


# -- functions of one operand


def _series(operator: str, at: Enclosure) -> list[Enclosure] | None:
    """The Taylor coefficients at a number, rationals at 0 where they are; None where it has none."""
    exact = type(at) is fmpq and at == 0 and hasattr(fmpq_series, operator)
    series = getattr(fmpq_series([0, 1]) if exact else arb_series([as_ball(at), 1]), operator)()
    found = [kept(series[order]) for order in range(ctx.cap)]
    return found if all(map(is_finite, found)) else None


def _taylor(operator: str, x: Expansion) -> Expansion:
    """A function that is analytic where the operand tends to."""
    parts = parted(x)
    coefficients = _series(operator, parts[0]) if parts else None
    return compose(coefficients, parts[1]) if parts and coefficients else UNKNOWN


def _wave(operator: str, x: Expansion) -> Expansion:
    """Sine and cosine: bounded in any case."""
    if is_infinite(x):
        return UNDEFINED
    found = UNKNOWN if is_boundless(x) else _taylor(operator, x)
    return BOUNDED if found is UNKNOWN else found


def _step_between(operator: str, low: int, high: int, x: Expansion) -> Expansion:
    """A function that comes near to a number, faster than any power does, far out on both sides."""
    if is_boundless(x) or (x.terms and x.lead <= LOGARITHM):
        side = sign(x)
        return _beside(high if side > 0 else low, -side) if side else BOUNDED
    return _taylor(operator, x)


def _beside(number: int, side: int) -> Expansion:
    return Expansion((), FLAT, side) if number == 0 else Expansion(((CONSTANT, fmpq(number)),), FLAT)


def _exp(x: Expansion) -> Expansion:
    if is_boundless(x):
        return x if sign(x) == 1 else ZERO if is_infinite(x) else Expansion((), FLAT, 1)
    growing = tuple(term for term in x.terms if term[0] < CONSTANT)
    tame = Expansion(tuple(term for term in x.terms if term[0] >= CONSTANT), x.rest)
    if not growing:
        return _taylor("exp", x)
    (order, leading), *more = growing
    side = balls.sign(leading)
    if order < LOGARITHM and side:
        return HUGE if side > 0 else Expansion((), FLAT, 1)
    if order != LOGARITHM or more or x.rest <= CONSTANT:
        return UNKNOWN
    factor = _taylor("exp", tame)
    power = _exponent(leading)
    if power is not None:
        return shifted(factor, (-power, 0), balls.ONE)
    least = as_ball(-leading).lower().man_exp()
    return Expansion((), (Fraction(int(least[0])) * Fraction(2) ** int(least[1]), 0), 1)


def _exponent(x: Enclosure) -> int | Fraction | None:
    """A rational, as an order has it."""
    if type(x) is not fmpq:
        return None
    return int(x.p) if x.q == 1 else Fraction(int(x.p), int(x.q))


def _log(x: Expansion) -> Expansion:
    if x == ZERO:
        return NEGATIVE_INFINITE
    side = sign(x)
    if not side or is_boundless(x):
        return INFINITE if x is INFINITE else UNDEFINED if side == -1 else UNKNOWN
    if side < 0:
        return UNDEFINED
    parts = factored(x)
    if parts is None or parts[0][1] != 0:
        return UNKNOWN
    (power, _), leading, beside = parts
    logarithms = [balls.ZERO, *((-(fmpq(-1) ** order)) / order for order in range(1, ctx.cap))]
    own = add(constant(meanings.MEANINGS["log"](leading)), compose(logarithms, beside))
    return add(Expansion(((LOGARITHM, -_rational(power)),)), own) if power else own


def _rational(power: int | Fraction | float) -> fmpq:
    return fmpq(*power.as_integer_ratio())


# -- powers


def _pow(x: Expansion, y: Expansion) -> Expansion:
    exponent = number_of(y)
    if exponent is None:
        return _moving_power(x, y)
    if not is_finite(exponent):
        return UNKNOWN
    if type(exponent) is fmpq and exponent.q == 1 and 0 <= exponent <= HIGHEST and not is_boundless(x):
        return _multiplied(x, int(exponent.p))
    side = sign(x)
    if side == -1 and not (type(exponent) is fmpq and exponent.q == 1):
        return UNKNOWN if type(exponent) is arb and exponent.contains_integer() else UNDEFINED
    parts = factored(x)
    return _power(parts, exponent) if parts else _power_of_extremes(x, exponent, side)


def _multiplied(x: Expansion, times: int) -> Expansion:
    """A whole power by squaring, exact where x is."""
    found = ONE
    for bit in bin(times)[2:]:
        found = mul(found, found)
        found = mul(found, x) if bit == "1" else found
    return found


def _power(parts: tuple[Order, Enclosure, Expansion], exponent: Enclosure) -> Expansion:
    """(c h^p L^k (1 + u))^r, by the binomial series."""
    order, leading, beside = parts
    power = _exponent(exponent)
    if power is None and order != CONSTANT:
        return UNKNOWN if order[1] else MEANINGS["exp"](mul(constant(exponent), _log(Expansion(((order, leading),)))))
    factors = accumulate(range(1, ctx.cap), lambda term, at: kept(term * (exponent - at + 1) / at), initial=balls.ONE)
    found = compose(factors, beside)
    scale = meanings.MEANINGS["pow"](leading, exponent)
    if not is_finite(scale):
        return UNKNOWN
    moved = CONSTANT if power is None else (_whole(order[0] * power), _whole(order[1] * power))
    return shifted(found, moved, scale)


def _whole(power: int | Fraction | float) -> int | Fraction | float:
    return int(power) if power == int(power) else power


def _power_of_extremes(x: Expansion, exponent: Enclosure, side: int | None) -> Expansion:
    """What has no leading term: 0, what is faster than all powers, infinities."""
    way = balls.sign(exponent)
    if x == ZERO and way:
        return ZERO if way > 0 else INFINITE
    if is_infinite(x) or not way or not side or (side < 0 and not is_boundless(x)):
        return UNKNOWN
    if x.rest[0] == -FLAT[0]:
        odd = side < 0 and int(exponent.p) % 2 == 1
        return (NEGATIVE_HUGE if odd else HUGE) if way > 0 else Expansion((), FLAT, -1 if odd else 1)
    if x.rest[0] == FLAT[0]:
        return Expansion((), FLAT, 1) if way > 0 else HUGE
    return UNKNOWN


def _moving_power(x: Expansion, y: Expansion) -> Expansion:
    """e^(y log(x)); beside a negative base an exponent that moves is not whole."""
    if x == ZERO:
        return {1: ZERO, -1: INFINITE}.get(sign(y) or 0, UNKNOWN)
    if sign(x) == -1:
        parts = parted(y)
        return UNDEFINED if parts and sign(parts[1]) else UNKNOWN
    return MEANINGS["exp"](MEANINGS["mul"](y, MEANINGS["log"](x)))


def _div(x: Expansion, y: Expansion) -> Expansion:
    if is_infinite(y):
        return UNDEFINED if is_infinite(x) else ZERO
    if y == ZERO:
        side = sign(x)
        return UNDEFINED if side == 0 else UNKNOWN if side is None else INFINITE if side > 0 else NEGATIVE_INFINITE
    return mul(x, _pow(y, constant(fmpq(-1))))


# -- choices


def _comparison(operator: str, x: Expansion, y: Expansion) -> Expansion:
    """By the sign of the difference."""
    if x is UNDEFINED or y is UNDEFINED:
        return _literal(float(operator == "ne"))
    if x is UNKNOWN or y is UNKNOWN:
        return UNKNOWN
    side = 0 if x is y else sign(_apart(x, y))
    return UNKNOWN if side is None else constant(meanings.MEANINGS[operator](fmpq(side), balls.ZERO))


def _apart(x: Expansion, y: Expansion) -> Expansion:
    """A difference of the same sign, infinities beyond all that grows."""
    if y is ZERO:
        return x
    for one, other, way in ((x, y, 1), (y, x, -1)):
        if is_infinite(one):
            return ZERO if one is other else one if way > 0 else neg(one)
    return sub(x, y)


def truth(x: Expansion) -> bool | None:
    """Whether it counts as true beside the point; None where that is not known."""
    if x is UNDEFINED:
        return True
    side = sign(x)
    return None if side is None else side != 0


def _connective(deciding: bool, x: Expansion, y: Expansion) -> Expansion:
    sides = truth(x), truth(y)
    if deciding in sides:
        return _literal(float(deciding))
    return UNKNOWN if None in sides else _literal(float(not deciding))


def _not(x: Expansion) -> Expansion:
    holds = truth(x)
    return UNKNOWN if holds is None else _literal(float(not holds))


def _where(c: Expansion, x: Expansion, y: Expansion) -> Expansion:
    """The branch that is taken, by identity."""
    holds = truth(c)
    return _either(x, y) if holds is None else x if holds else y


def _either(x: Expansion, y: Expansion) -> Expansion:
    """What holds both: the terms that they share, and the order of what parts them."""
    if is_boundless(x) or is_boundless(y):
        return x if x is y else UNKNOWN
    return within(x, sub(x, y).lead)


def _best(way: int, *operands: Expansion) -> Expansion:
    """max, min: the very operand that wins."""

    def better(x: Expansion, y: Expansion) -> Expansion:
        for lost in (UNDEFINED, UNKNOWN):
            if x is lost or y is lost:
                return lost
        side = 0 if x is y else sign(_apart(y, x))
        return _either(x, y) if side is None else y if side * way > 0 else x

    return reduce(better, operands)


def _abs(x: Expansion) -> Expansion:
    side = sign(x)
    return _either(x, neg(x)) if side is None else neg(x) if side < 0 else x


def _sign(x: Expansion) -> Expansion:
    side = sign(x)
    return BOUNDED if side is None else constant(fmpq(side))


def _floor(x: Expansion) -> Expansion:
    """The whole number below: of what grows, as much but for something bounded."""
    if is_boundless(x):
        return x
    parts = parted(x)
    if parts is None:
        return add(x, BOUNDED)
    number, beside = parts
    below = meanings.MEANINGS["floor"](number)
    if type(below) is not fmpq:
        return BOUNDED
    side = 0 if below != number else sign(beside)
    return BOUNDED if side is None else constant(below - 1 if side < 0 else below)


def _round(x: Expansion) -> Expansion:
    """A half that moves goes to the side that it is on."""
    return _floor(add(x, constant(HALF)))


def _atan(x: Expansion) -> Expansion:
    if parted(x) is not None:
        return _taylor("atan", x)
    side = sign(x)
    quarter = constant(kept(arb.pi() * HALF * (side or 0)))
    return sub(quarter, _taylor("atan", _div(ONE, x))) if side else BOUNDED


def _atan2(y: Expansion, x: Expansion) -> Expansion:
    """By the octant (DLMF 4.23.26); where y is 0 it counts as above the cut."""
    over, beside = sign(y), sign(x)
    if beside == 1:
        return MEANINGS["atan"](MEANINGS["div"](y, x))
    if over:
        quarter = constant(kept(arb.pi() * HALF * over))
        return sub(quarter, MEANINGS["atan"](MEANINGS["div"](x, y)))
    if over == 0 and beside is not None:
        return constant(kept(arb.pi())) if beside else UNDEFINED
    return BOUNDED


def _branched(operator: str, x: Expansion) -> Expansion:
    """asin, acos: a series within, a root at the ends."""
    parts = parted(x)
    if parts and abs(parts[0]) == 1 and type(parts[0]) is fmpq:
        return run_template(ENDS[operator, int(parts[0].p)], (x,))
    if sign(x) and (is_boundless(x) or (x.terms and x.lead < CONSTANT)):
        return UNDEFINED
    return UNDEFINED if parts and abs(parts[0]) > 1 else _taylor(operator, x)


ENDS = {
    ("acos", 1): parse_template("2*asin(sqrt((1 - x)/2))", ("x",)),
    ("acos", -1): parse_template("pi - 2*asin(sqrt((1 + x)/2))", ("x",)),
    ("asin", 1): parse_template("pi/2 - 2*asin(sqrt((1 - x)/2))", ("x",)),
    ("asin", -1): parse_template("2*asin(sqrt((1 + x)/2)) - pi/2", ("x",)),
}

# -- the gamma function and its derivatives


def _gamma(x: Expansion) -> Expansion:
    """By its reflection (DLMF 5.5.3) at the poles and left of them."""
    parts = parted(x)
    if parts is None or not parts[0] <= 0:
        return _taylor("gamma", x)
    wave = mul(_taylor("sin_pi", x), _taylor("gamma", sub(ONE, x)))
    return MEANINGS["div"](constant(kept(arb.pi())), wave)


def _polygamma(n: Expansion, x: Expansion) -> Expansion:
    """From the Taylor series of lgamma, whose derivative of order n + 1 it is, right of 0."""
    parts, order = parted(x), number_of(n)
    if parts is None or type(order) is not fmpq or order.q != 1 or not 0 <= order <= HIGHEST or not parts[0] > 0:
        return _reflected(x) if order == 0 and parts and parts[0] <= 0 else UNKNOWN
    skipped, cap = int(order.p) + 1, ctx.cap
    ctx.cap = cap + skipped
    try:
        series = _series("lgamma", parts[0])
    finally:
        ctx.cap = cap
    falling = [reduce(lambda a, b: a * b, range(at + 1, at + skipped + 1)) for at in range(cap)]
    return compose([kept(series[at + skipped] * falling[at]) for at in range(cap)], parts[1]) if series else UNKNOWN


def _reflected(x: Expansion) -> Expansion:
    """digamma(1 - x) - pi cot(pi x) (DLMF 5.5.4)."""
    cotangent = MEANINGS["div"](_taylor("cos_pi", x), _taylor("sin_pi", x))
    return sub(_polygamma(ZERO, sub(ONE, x)), mul(constant(kept(arb.pi())), cotangent))


def _sinc_n(n: Expansion, x: Expansion) -> Expansion:
    """j_n(x)/x^n: at 0 as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3), else by recurrence (ibid. 10.51.1)."""
    order, parts = number_of(n), parted(x)
    if type(order) is not fmpq or order.q != 1 or not 0 <= order <= HIGHEST:
        return UNKNOWN
    if parts and type(parts[0]) is fmpq and parts[0] == 0:
        factors = accumulate(range(1, ctx.cap), lambda a, k: -a / (2 * k * (2 * (order + k) + 1)), initial=balls.ONE)
        return compose([it / prod(range(1, 2 * int(order.p) + 2, 2)) for it in factors], mul(x, x))
    before, now = MEANINGS["cos"](x), MEANINGS["div"](MEANINGS["sin"](x), x)
    for k in range(int(order.p)):
        above = sub(mul(constant(fmpq(2 * k + 1)), now), before)
        before, now = now, MEANINGS["div"](above, mul(x, x))
    return now


CHOOSING = having(Trait.COMPARISON, Trait.TRUTH) | {"where", "min", "max"}
"""What may have a number though an operand has none."""

FORMULAS: Mapping[str, str] = {
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tanh": "1 - 2/(exp(2*x) + 1)",
    "asinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))",
    "atanh": "log((1 + x)/(1 - x))/2",
    "sqrt": "x^(1/2)",
    "digamma": "polygamma(0, x)",
}
"""Formulas that hold beside poles and branch points, for what has no definition."""

OWN: dict[str, Meaning] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "neg": neg,
    "div": _div,
    "pow": _pow,
    "exp": _exp,
    "log": _log,
    "sin": partial(_wave, "sin"),
    "cos": partial(_wave, "cos"),
    "tan": partial(_taylor, "tan"),
    "erf": partial(_step_between, "erf", -1, 1),
    "erfc": partial(_step_between, "erfc", 2, 0),
    "asin": partial(_branched, "asin"),
    "acos": partial(_branched, "acos"),
    "atan": _atan,
    "atan2": _atan2,
    "gamma": _gamma,
    "polygamma": _polygamma,
    "sinc_n": _sinc_n,
    **{name: partial(_comparison, name) for name in having(Trait.COMPARISON)},
    "and": partial(_connective, False),
    "or": partial(_connective, True),
    "not": _not,
    "where": _where,
    "max": partial(_best, 1),
    "min": partial(_best, -1),
    "relu": partial(_best, 1, ZERO),
    "abs": _abs,
    "sign": _sign,
    "floor": _floor,
    "ceil": lambda x: neg(_floor(neg(x))),
    "round": _round,
}
"""Arithmetic, functions by their series, and what chooses."""

MEANINGS = _Meanings()
