"""Formulas with parameters in bases and exponents, a right claim about each, and falsifications of it.

The right claim is SymPy's derivative as SymPy prints it. It is held against a difference quotient of 100 digits by
mpmath before it counts as right, so neither gradcli nor SymPy is believed.
"""

import operator
import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import mpmath
import sympy

OUTER = (
    "{u}^{n}", "({u}^{m})^{p}", "({b}*{u}^{m})^{p}", "(({u}^{m})^{n})^{p}", "{u}^{n}*{v}^{m}", "{u}^{n}/{v}^{m}",
    "{b}^({c}*x)*{u}^{n}", "({b}^({c}*x))^{n}*{v}^{m}", "{u}^{n}*({v}^{m})^{p}/({n}*(1 + {m}*{p}))",
    "{u}*({u}^{m})^{p}/({n}*(3 + {m}*{p}))", "x^{m}*({b} + {c}*{u}^{n})^{p}", "({a}*{u}^{m} + {b}*{v}^{n})^{p}",
    "({b}*x)^{m}*{u}^{n}", "{u}^{n} + {a}*{v}^{m}", "exp({c}*x)*({u}^{n})^{m}", "{u}^({m} + {n})*{v}^({n} - {m})",
)  # fmt: skip
"""What is around a base."""
BASES = (
    "x", "({a}*x)", "({a} + {b}*x)", "log({a}*x^2)", "log({a}*x^{m})", "sin({a}*x)", "cos({b}*x)", "tan({a}*x + {b})",
    "({a} + {b}*x^2)", "({a}*x + {b}*x^{n})", "({a}*exp({b}*x))", "atan({a}*x)", "sinh({a}*x)", "({a} - {b}*exp(x))",
    "({a}*x^{m})", "({b}*log({a}*x^2)^{m})", "({a} + {b}*sin(x))", "asinh({b}*x)", "(x^2 - {a})", "({b}*tanh(x))",
)  # fmt: skip
NUMBERS, EXPONENTS = "abcd", "mnp"
BASIS = (-0.5, 0.5, -2.0, 1.5, -0.984375, 0.3, -1.7, 2.25, -3.0, 0.625, -0.1, 1.1)
WHOLE = (2.0, -2.0, 3.0, -1.0, -3.0, 4.0, 5.0, 1.0)
BROKEN = (0.5, -0.5, 1.5, 0.3, -2.5)
FALSE = {"sign": "-({})", "factor": "({})*(1 + 1e-9)", "term": "({}) + 1e-12", "double": "2*({})"}
"""The falsifications: names, and what becomes of a claim."""
DIGITS, STEP = 100, mpmath.mpf("1e-35")
ROOMY = mpmath.mpf("1e25")
"""Greater derivatives are left out: 1e-12 more is nothing to a person there."""
SEED = 12


class Right(NamedTuple):
    """A formula, a point, and the derivative by one variable as text."""

    text: str
    by: str
    claim: str
    bindings: dict[str, float]

    def false(self, kind: str) -> str:
        """The claim with a mistake in it."""
        return FALSE[kind].format(self.claim)


@cache
def rights(count: int, seed: int = SEED) -> tuple[Right, ...]:
    """So many of them, the same at every call."""
    source, found, seen = random.Random(seed), list[Right](), set[tuple[str, str]]()
    while len(found) < count:
        right = _right(source, _text(source))
        if right and (right.text, right.by) not in seen:
            seen.add((right.text, right.by))
            found.append(right)
    return tuple(found)


def _text(source: random.Random) -> str:
    names = {"a": NUMBERS, "b": NUMBERS, "c": NUMBERS, "m": EXPONENTS, "n": EXPONENTS, "p": EXPONENTS}

    def filled(template: str, **more: str) -> str:
        return template.format(**{slot: source.choice(names[slot]) for slot in names}, **more)

    return filled(source.choice(OUTER), u=filled(source.choice(BASES)), v=filled(source.choice(BASES)))


def _right(source: random.Random, text: str) -> Right | None:
    """A point for a formula, and its derivative; None where the one that is drawn has none."""
    formula = sympy.sympify(text.replace("^", "**"), locals={name: sympy.Symbol(name) for name in "abcdmnpx"})
    names = sorted(set(re.findall(r"\b[a-dmnpx]\b", text)))
    exponents = WHOLE if source.random() < 0.8 else BROKEN
    bindings = {name: source.choice(exponents if name in EXPONENTS else BASIS) for name in names}
    by = "x" if "x" in names and source.random() < 0.7 else source.choice(names)
    claim = str(sympy.diff(formula, sympy.Symbol(by)))
    slope, claimed = quotient(text, by, bindings), value(claim, bindings)
    if slope is None or claimed is None or not 0 < abs(slope) < ROOMY or abs(slope - claimed) > 1e-50 * abs(slope):
        return None
    return Right(text, by, claim, bindings)


def quotient(text: str, by: str, bindings: Mapping[str, float]) -> Any:
    """The central difference quotient, right to about 60 digits; None where there is none."""
    with mpmath.workdps(DIGITS):
        beside = [value(text, bindings, by, move) for move in (-STEP, STEP)]
        return None if None in beside else (beside[1] - beside[0]) / (2 * STEP)


def value(text: str, bindings: Mapping[str, float], moved: str = "", move: Any = 0) -> Any:
    """The value of a formula in real numbers, as decimals are written; None where there is none."""
    with mpmath.workdps(DIGITS):
        point = {name: Real(mpmath.mpf(repr(it)) + (move if name == moved else 0)) for name, it in bindings.items()}
        try:
            found = eval(_compiled(text), {**FUNCTIONS, **point})
        except (ArithmeticError, ValueError):
            return None
        return found.number if isinstance(found, Real) else mpmath.mpf(found)


@cache
def _compiled(text: str) -> Any:
    return compile(text.replace("^", "**"), "formula", "eval")


class Real:
    """A number that may not leave the real line on the way, nor become infinite."""

    def __init__(self, number: Any) -> None:
        if isinstance(number, mpmath.mpc) or not mpmath.isfinite(number):
            raise ValueError(number)
        self.number = mpmath.mpf(number)

    def __neg__(self) -> "Real":
        return Real(-self.number)


def _operator(meaning: Callable[[Any, Any], Any], *, swapped: bool = False) -> Callable[[Real, Any], Real]:
    def on_reals(self: Real, other: Any) -> Real:
        numbers = self.number, other.number if isinstance(other, Real) else mpmath.mpf(other)
        return Real(meaning(*(numbers[::-1] if swapped else numbers)))

    return on_reals


def _function(name: str) -> Callable[[Real], Real]:
    return lambda operand: Real(getattr(mpmath, name)(operand.number))


for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(Real, f"__{_name}__", _operator(getattr(operator, _name)))
    setattr(Real, f"__r{_name}__", _operator(getattr(operator, _name), swapped=True))
FUNCTIONS = {
    name: _function(name)
    for name in ("exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh", "sqrt")
}
