"""Operator → the form of its result.

Depends on `powers`, and for functions with a law of their own on handbooks. An operator that is not here is its
definition, or an atom.
"""

from functools import partial, reduce
from math import factorial

from flint import fmpq

from gradcli.precision.cancellation.forms import ONE, Form, Monomial, TooLongError, atom, number, plus, scaled
from gradcli.precision.cancellation.powers import (
    HALF,
    MINUS,
    Rule,
    Terms,
    divided,
    exponential,
    function,
    inverse,
    logarithm,
    power,
    root,
    times,
    total,
)

MOST_SHIFTS, MOST_TIMES, MOST_ANGLES = 8, 6, 3
"""How often the recurrence of gamma is used, how many times an angle is taken, and how many of them in a sum."""


def _odd(operator: str) -> Rule:
    def rule(terms: Terms, x: Form) -> Form:
        return (
            scaled(function(terms, operator, scaled(x, MINUS)), MINUS)
            if _leads_below(x)
            else function(terms, operator, x)
        )

    return rule


def _magnitude(terms: Terms, x: Form) -> Form:
    side = terms.sign(terms.node(x))
    return scaled(x, fmpq(side)) if side else function(terms, "abs", x)


def _even(terms: Terms, operator: str, x: Form) -> Form:
    return function(terms, operator, scaled(x, MINUS) if _leads_below(x) else x)


def _leads_below(x: Form) -> bool:
    return bool(x) and x[min(x)] < 0


def _cosine(terms: Terms, x: Form) -> Form:
    return _angle(terms, x)[0]


def _sine(terms: Terms, x: Form) -> Form:
    return _angle(terms, x)[1]


def _angle(terms: Terms, x: Form) -> tuple[Form, Form]:
    """Cosine and sine: of a sum by those of its terms, of a multiple by those of the angle (DLMF 4.21.2, 4.21.34)."""
    if len(x) > MOST_ANGLES:
        return _even(terms, "cos", x), _odd("sin")(terms, x)
    found = number(ONE), number(fmpq(0))
    for monomial, by in x.items():
        found = _turned(terms, found, _multiple(terms, monomial, by))
    return found


def _turned(terms: Terms, first: tuple[Form, Form], second: tuple[Form, Form]) -> tuple[Form, Form]:
    """Cosine and sine of a sum."""
    (c, s), (d, t) = first, second
    real = total(terms, times(terms, c, d), scaled(times(terms, s, t), MINUS))
    return real, total(terms, times(terms, s, d), times(terms, c, t))


def _multiple(terms: Terms, monomial: Monomial, by: fmpq) -> tuple[Form, Form]:
    """Cosine and sine of a term, whose factor may have few multiples in it."""
    many = abs(int(by.p)) if abs(by.p) <= MOST_TIMES else 1
    angle = {monomial: abs(by) / many}
    c, s = _even(terms, "cos", angle), function(terms, "sin", angle)
    ((cosine, _),), ((sine, _),) = next(iter(c)), next(iter(s))
    terms.atoms.squares.setdefault(cosine, plus(number(ONE), {((sine, fmpq(2)),): MINUS}))
    real, imaginary = reduce(partial(_turned, terms), [(c, s)] * many)
    return real, scaled(imaginary, ONE if by > 0 else MINUS)


def _erfc(terms: Terms, x: Form) -> Form:
    """erfc(-x) = 2 - erfc(x)."""
    if _leads_below(x):
        return plus(number(fmpq(2)), scaled(function(terms, "erfc", scaled(x, MINUS)), MINUS))
    return function(terms, "erfc", x)


def _gamma(terms: Terms, x: Form) -> Form:
    """By recurrence, reflection and duplication (DLMF 5.5.1, 5.5.3, 5.5.5)."""
    if _moves_down(x):
        other = _gamma(terms, plus(number(ONE), scaled(x, MINUS)))
        return divided(terms, _pi(terms), times(terms, _of_turn(terms, "sin", x), other))
    if (half := _half(x)) is not None:
        two = exponential(terms, times(terms, plus(x, number(MINUS)), logarithm(terms, number(fmpq(2)))))
        both = times(terms, _gamma(terms, half), _gamma(terms, plus(half, number(HALF))))
        return divided(terms, times(terms, two, both), root(terms, _pi(terms)))
    base, steps = _shifted(x)
    return times(terms, function(terms, "gamma", base), *steps)


def _pi(terms: Terms) -> Form:
    return atom(terms.called("pi"))


def _of_turn(terms: Terms, operator: str, x: Form) -> Form:
    """sin(πx) or cos(πx), by what x is beyond a whole number."""
    whole = fmpq(x.get((), fmpq(0)).floor())
    angle = times(terms, _pi(terms), plus(x, number(-whole)))
    return scaled(RULES[operator](terms, angle), MINUS if whole.p % 2 else ONE)


def _moves_down(x: Form) -> bool:
    """Whether what moves of an argument has a negative sign."""
    return _leads_below({monomial: by for monomial, by in x.items() if monomial})


def _half(x: Form) -> Form | None:
    """Half of an argument that is a whole even multiple of what moves in it, and a whole number."""
    moving = [by for monomial, by in x.items() if monomial]
    if not moving or any(by.q != 1 or by.p % 2 for by in moving) or max(moving) > MOST_SHIFTS:
        return None
    return scaled(x, HALF)


def _shifted(x: Form) -> tuple[Form, list[Form]]:
    """The argument without the whole part of its constant, and what lies between."""
    whole = int(x.get((), fmpq(0)).floor()) if len(x) > 1 else 0
    if not 0 < whole <= MOST_SHIFTS:
        return x, []
    base = plus(x, number(fmpq(-whole)))
    return base, [plus(base, number(fmpq(at))) for at in range(whole)]


def _lgamma(terms: Terms, x: Form) -> Form:
    if terms.sign(terms.node(x)) != 1:
        raise TooLongError
    return logarithm(terms, _gamma(terms, x))


def _digamma(terms: Terms, x: Form) -> Form:
    """The logarithmic derivatives of the same (DLMF 5.5.2, 5.5.4, 5.5.8)."""
    if _moves_down(x):
        cotangent = divided(terms, _of_turn(terms, "cos", x), _of_turn(terms, "sin", x))
        other = _digamma(terms, plus(number(ONE), scaled(x, MINUS)))
        return total(terms, other, scaled(times(terms, _pi(terms), cotangent), MINUS))
    if (half := _half(x)) is not None:
        both = total(terms, _digamma(terms, half), _digamma(terms, plus(half, number(HALF))))
        return total(terms, scaled(both, HALF), logarithm(terms, number(fmpq(2))))
    base, steps = _shifted(x)
    return total(terms, function(terms, "digamma", base), *[inverse(terms, it) for it in steps])


def _polygamma(terms: Terms, n: Form, x: Form) -> Form:
    """ψ_n(x + 1) = ψ_n(x) + (-1)^n n! x^-(n+1) (DLMF 5.15.5)."""
    order, (base, steps) = n.get((), fmpq(0)), _shifted(x)
    if order.q != 1 or len(n) != 1 or not 0 < order <= MOST_SHIFTS:
        return function(terms, "polygamma", n, x)
    factor = fmpq((-1) ** int(order) * factorial(int(order)))
    moved = [scaled(power(terms, inverse(terms, it), number(order + 1)), factor) for it in steps]
    return total(terms, function(terms, "polygamma", n, base), *moved)


def _hypot(terms: Terms, *operands: Form) -> Form:
    return root(terms, total(terms, *[times(terms, it, it) for it in operands]))


RULES: dict[str, Rule] = {
    "add": total,
    "sub": lambda terms, x, y: total(terms, x, scaled(y, MINUS)),
    "neg": lambda _, x: scaled(x, MINUS),
    "mul": times,
    "div": divided,
    "pow": power,
    "sqrt": root,
    "hypot": _hypot,
    "exp": exponential,
    "log": logarithm,
    "abs": _magnitude,
    "cos": _cosine,
    "sin": _sine,
    "erfc": _erfc,
    "gamma": _gamma,
    "lgamma": _lgamma,
    "digamma": _digamma,
    "polygamma": _polygamma,
    **{name: _odd(name) for name in ("asin", "atan", "cbrt")},
}
DEFINED = {
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tanh": "(exp(2*x) - 1)/(exp(2*x) + 1)",
    "tan": "sin(x)/cos(x)",
    "softplus": "log(1 + exp(x))",
    "logaddexp": "log(exp(x) + exp(y))",
    "xlogy": "x*log(y)",
    "entr": "-x*log(x)",
    "erf": "1 - erfc(x)",
    "asinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))",
    "atanh": "log((1 + x)/(1 - x))/2",
}
"""Definitions for those that have none, or one that chooses for its digits."""
