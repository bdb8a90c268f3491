"""Terms of a small language of formulas, apart from gradcli: their text, their numbers in mpmath, their slopes as terms.

Numbers are mpmath's, slopes go forward by the textbook's partials of `truth`; the derivative of a term as a term is by
rules of its own, written so that they lose no digits.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from mpmath import mp
from truth import TRUTHS, Truth, smooth

Real = Any
"""An mpf: mpmath has no types."""


class Term:
    """A number, a variable, or an operator of terms; equal to none but itself."""

    __slots__ = ("leaf", "operands", "operator", "size")

    def __init__(self, operator: str, operands: "tuple[Term, ...]" = (), leaf: "int | str" = "") -> None:
        self.operator, self.operands, self.leaf = operator, operands, leaf
        self.size: int = 1 + sum(it.size for it in operands)

    def __add__(self, other: "Term | int") -> "Term":
        other = term(other)
        if self.operator == other.operator == "number":
            return number(int(self.leaf) + int(other.leaf))
        return self if is_number(other, 0) else other if is_number(self, 0) else Term("add", (self, other))

    def __radd__(self, other: int) -> "Term":
        return term(other) + self

    def __sub__(self, other: "Term | int") -> "Term":
        other = term(other)
        if self.operator == other.operator == "number":
            return number(int(self.leaf) - int(other.leaf))
        return self if is_number(other, 0) else number(0) if other is self else Term("sub", (self, other))

    def __rsub__(self, other: int) -> "Term":
        return term(other) - self

    def __mul__(self, other: "Term | int") -> "Term":
        other = term(other)
        if is_number(self, 0) or is_number(other, 0):
            return number(0)
        return self if is_number(other, 1) else other if is_number(self, 1) else Term("mul", (self, other))

    def __rmul__(self, other: int) -> "Term":
        return term(other) * self

    def __truediv__(self, other: "Term | int") -> "Term":
        other = term(other)
        return self if is_number(self, 0) or is_number(other, 1) else Term("div", (self, other))

    def __rtruediv__(self, other: int) -> "Term":
        return term(other) / self

    def __pow__(self, other: "Term | int") -> "Term":
        other = term(other)
        return number(1) if is_number(other, 0) else self if is_number(other, 1) else Term("pow", (self, other))

    def __neg__(self) -> "Term":
        return number(0) if is_number(self, 0) else Term("neg", (self,))


def number(value: int) -> Term:
    """A whole number."""
    return Term("number", leaf=value) if value >= 0 else -Term("number", leaf=-value)


def variable(name: str) -> Term:
    """A variable."""
    return Term("variable", leaf=name)


def constant(name: str) -> Term:
    """pi."""
    return Term("constant", leaf=name)


def term(it: Term | int) -> Term:
    """A term as it is, a whole number as one."""
    return number(it) if isinstance(it, int) else it


def call(name: str, *operands: Term | int) -> Term:
    """A function of the language, or a comparison by its name."""
    return Term(name, tuple(map(term, operands)))


def is_number(it: Term, value: int) -> bool:
    """Whether a term is a whole number as it stands."""
    return it.operator == "number" and it.leaf == value


# -- text

SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^",
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=", "mod": "%",
}  # fmt: skip


def text(it: Term) -> str:
    """A term as gradcli reads it."""
    if not it.operands:
        return str(it.leaf)
    if it.operator == "neg":
        return f"-{_inner(it.operands[0])}"
    if it.operator in SIGNS:
        return f" {SIGNS[it.operator]} ".join(map(_inner, it.operands))
    return f"{it.operator}({', '.join(map(text, it.operands))})"


def _inner(it: Term) -> str:
    return f"({text(it)})" if it.operator in SIGNS or it.operator == "neg" else text(it)


# -- numbers

NO_NUMBER = (ArithmeticError, ValueError, RecursionError, MemoryError)
"""What mpmath raises where there is no number, or too large a one."""


def _best(choose: Callable[..., Real]) -> Truth:
    """max or min of up to three: a tie is shared."""

    def partial(at: int) -> Callable[..., Real]:
        return lambda *x: mp.mpf(x[at] == choose(x)) / sum(it == choose(x) for it in x)

    return smooth(lambda *x: choose(x), *map(partial, range(3)))


PLAIN = {
    "max": _best(max),
    "min": _best(min),
    "pow": smooth(mp.power, lambda x, y: y * mp.power(x, y - 1), lambda x, y: mp.power(x, y) * mp.log(x)),
    "erf": smooth(mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "erfc": smooth(mp.erfc, lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "normal_cdf": smooth(lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, lambda x: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)),
    "gelu": smooth(
        lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
        lambda x: mp.erfc(-x / mp.sqrt(2)) / 2 + x * mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi),
    ),
}  # fmt: skip
"""Without the ends that `truth` puts to exponents: they are far beyond the doubles here."""
MEANINGS: dict[str, Truth] = {**TRUTHS, **PLAIN}


class Numbers(NamedTuple):
    """The value of a term, and its slopes by the variables that it depends on."""

    value: Real
    slopes: Mapping[str, Real]


def numbers(it: Term, point: Mapping[str, float], digits: int) -> Numbers:
    """Value and slopes with so many working digits. Raises what mpmath does where there are none."""
    with mp.workdps(digits):
        known: dict[int, Numbers] = {}
        return _numbers(it, point, known)


def _numbers(it: Term, point: Mapping[str, float], known: dict[int, Numbers]) -> Numbers:
    if id(it) not in known:
        known[id(it)] = _leaf(it, point) or _combined(it, [_numbers(operand, point, known) for operand in it.operands])
    return known[id(it)]


def _leaf(it: Term, point: Mapping[str, float]) -> Numbers | None:
    if it.operator == "variable":
        return Numbers(mp.mpf(point[str(it.leaf)]), {str(it.leaf): mp.mpf(1)})
    if it.operator == "constant":
        return Numbers(+getattr(mp, str(it.leaf)), {})
    return Numbers(mp.mpf(it.leaf), {}) if it.operator == "number" else None


def _combined(it: Term, operands: list[Numbers]) -> Numbers:
    meaning, values = MEANINGS[it.operator], [operand.value for operand in operands]
    slopes: dict[str, Real] = {}
    for at, operand in enumerate(operands):
        moving = {name: slope for name, slope in operand.slopes.items() if slope}
        partial = meaning.partials[at](*values) if moving else 0
        for name, slope in moving.items():
            slopes[name] = slopes.get(name, 0) + partial * slope
    value = meaning.value(*values)
    if isinstance(value, mp.mpc) or any(isinstance(slope, mp.mpc) for slope in slopes.values()):
        raise ValueError("no real number")
    return Numbers(value, slopes)


# -- slopes as terms


def f(name: str) -> Callable[..., Term]:
    """A function of the language, to be called with terms."""
    return lambda *operands: call(name, *operands)


exp, log, sqrt, sin, cos, cosh, sinh = map(f, ("exp", "log", "sqrt", "sin", "cos", "cosh", "sinh"))
PI = constant("pi")
RULES: dict[str, tuple[Callable[..., Term], ...]] = {
    "add": (lambda x, y: number(1), lambda x, y: number(1)),
    "sub": (lambda x, y: number(1), lambda x, y: number(-1)),
    "mul": (lambda x, y: y, lambda x, y: x),
    "div": (lambda x, y: 1 / y, lambda x, y: -(x / y**2)),
    "pow": (lambda x, y: y * x ** (y - 1), lambda x, y: x**y * log(x)),
    "neg": (lambda x: number(-1),),
    "exp": (exp,),
    "expm1": (exp,),
    "log": (lambda x: 1 / x,),
    "log1p": (lambda x: 1 / (1 + x),),
    "sqrt": (lambda x: 1 / (2 * sqrt(x)),),
    "sin": (cos,),
    "cos": (lambda x: -sin(x),),
    "tan": (lambda x: 1 / cos(x) ** 2,),
    "atan": (lambda x: 1 / (1 + x**2),),
    "sinh": (cosh,),
    "cosh": (sinh,),
    "tanh": (lambda x: 1 / cosh(x) ** 2,),
    "asinh": (lambda x: 1 / sqrt(1 + x**2),),
    "sigmoid": (lambda x: exp(-x) / (1 + exp(-x)) ** 2,),
    "softplus": (lambda x: 1 / (1 + exp(-x)),),
    "erf": (lambda x: 2 * exp(-(x**2)) / sqrt(PI),),
    "erfc": (lambda x: -(2 * exp(-(x**2)) / sqrt(PI)),),
    "normal_cdf": (lambda x: exp(-(x**2) / 2) / sqrt(2 * PI),),
    "lgamma": (lambda x: call("digamma", x),),
    "gamma": (lambda x: call("gamma", x) * call("digamma", x),),
    "digamma": (lambda x: call("polygamma", 1, x),),
}  # fmt: skip


@cache
def derivative(it: Term, by: str) -> Term:
    """The derivative as a term. Raises KeyError where there is no rule."""
    if not it.operands:
        return number(int(it.operator == "variable" and it.leaf == by))
    total = number(0)
    for at, operand in enumerate(it.operands):
        inner = derivative(operand, by)
        if not is_number(inner, 0):
            total = total + RULES[it.operator][at](*it.operands) * inner
    return total


__all__ = [
    "NO_NUMBER",
    "PI",
    "Numbers",
    "Real",
    "Term",
    "call",
    "constant",
    "derivative",
    "f",
    "number",
    "numbers",
    "text",
    "variable",
]
