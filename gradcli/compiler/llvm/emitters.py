"""What an operator is in machine code: a function of vectors.

Depends on `values`. What is not here is the row's definition, or the engine does not serve.
"""

from collections.abc import Callable, Mapping
from math import inf

from gradcli.compiler.llvm.functions.exp import exp
from gradcli.compiler.llvm.functions.log import log, log1p
from gradcli.compiler.llvm.functions.logaddexp import logaddexp
from gradcli.compiler.llvm.values import Mask, Vector, choose, numbers, truth

Emitter = Callable[..., Vector | Mask]
LEAST_CUBE = 1e-290
"""From here on the rounding error of a cube root's cube is a normal number."""


def least(x: Vector, y: Vector) -> Vector:
    """The lesser, or NaN if either is NaN; the first of equals."""
    return choose((y < x) | y.is_nan(), y, x)


def greatest(x: Vector, y: Vector) -> Vector:
    """The greater, or NaN if either is NaN; the first of equals."""
    return choose((y > x) | y.is_nan(), y, x)


def sign(x: Vector) -> Vector:
    """-1, 0 or 1; NaN stays NaN."""
    return choose(x > 0.0, 1.0, choose(x < 0.0, -1.0, x))


def mod(x: Vector, y: Vector) -> Vector:
    """C's remainder, and y once more where that has the other sign."""
    rest = x.c("fmod", y)
    signed = choose((rest < 0.0) ^ (y < 0.0), rest + y, rest)
    return choose(rest.equals(0.0), rest.intrinsic("copysign", y), signed)


def cbrt(x: Vector) -> Vector:
    """C's cube root, and one step of Newton with an exact remainder where that is no subnormal number."""
    root = x.c("cbrt")
    square = root * root
    remainder = square.fma(root, -x) + root.fma(root, -square) * root
    return choose((abs(x) > LEAST_CUBE) & (abs(x) < inf), root - remainder / (3.0 * square), root)


def c_function(name: str) -> Emitter:
    """The function of that name in C."""
    return lambda x, *others: x.c(name, *others)


def intrinsic(name: str) -> Emitter:
    """The function of that name in LLVM."""
    return lambda x: x.intrinsic(name)


def compared(relation: str) -> Emitter:
    """A comparison."""
    return lambda x, y: x.compared(relation, y)


C_FUNCTIONS = (
    *("exp2", "expm1", "log2", "log10", "hypot", "pow", "erf", "erfc", "lgamma"),
    *("fmod", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"),
    *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
)
"""Operators that C has under the same name; measured to be within 4 ulp of the scalar interpreter."""

NUMERIC: Mapping[str, Emitter] = {
    "add": Vector.__add__,
    "sub": Vector.__sub__,
    "mul": Vector.__mul__,
    "div": Vector.__truediv__,
    "neg": Vector.__neg__,
    "abs": Vector.__abs__,
    "mod": mod,
    "min": least,
    "max": greatest,
    "sign": sign,
    "floor": intrinsic("floor"),
    "ceil": intrinsic("ceil"),
    "trunc": intrinsic("trunc"),
    "round": intrinsic("roundeven"),
    "sqrt": intrinsic("sqrt"),
    "cbrt": cbrt,
    "exp": exp,
    "log": log,
    "log1p": log1p,
    "logaddexp": logaddexp,
    "gamma": c_function("tgamma"),
    "lt": compared("olt"),
    "le": compared("ole"),
    "gt": compared("ogt"),
    "ge": compared("oge"),
    "eq": compared("oeq"),
    "ne": compared("une"),
    "fma": Vector.fma,
    **{name: c_function(name) for name in C_FUNCTIONS},
}
"""Operator name → what it is in numbers."""

LOGICAL: Mapping[str, Emitter] = {
    "and": lambda x, y: truth(x) & truth(y),
    "or": lambda x, y: truth(x) | truth(y),
    "not": lambda x: ~truth(x),
    "where": lambda condition, x, y: choose(truth(condition), numbers(x), numbers(y)),
}
"""Operator name → what it is in truths."""


def over_numbers(emitter: Emitter) -> Emitter:
    """An emitter over numbers, of operands that may be truths."""
    return lambda *operands: emitter(*map(numbers, operands))


EMITTERS: Mapping[str, Emitter] = {**LOGICAL, **{name: over_numbers(emitter) for name, emitter in NUMERIC.items()}}
"""Operator name → its emitter, whatever its operands are."""
