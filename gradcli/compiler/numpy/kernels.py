"""What operators are to NumPy: functions of arrays that write their result into an array.

Depends on the operator table, `lowerings` and the scalar kernels: an operator that NumPy does not have is what
`lowerings` says, or its definition if that is its meaning in doubles, too, and otherwise the kernel, row by row.
"""

import math
from collections.abc import Callable, Container, Iterable
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from gradcli.compiler.lowerings import NUMPY, is_composite
from gradcli.evaluate.scalar import MEANINGS
from gradcli.rewriting.lowering import GUARDED

Run = Callable[..., Any]
"""Takes the operands, arrays or numbers, and after them the array for the result."""


class ArrayKernel(NamedTuple):
    """An operator on arrays.

    run       the function
    takes     for each operand, whether it is a mask; the last one stands for all that follow
    gives     whether the result is a mask
    place     the operand over which the result is best written; None if it must not be written over any
    """

    run: Run
    takes: tuple[bool, ...] = (False,)
    gives: bool = False
    place: int | None = 0

    def takes_mask(self, position: int) -> bool:
        """Whether the operand at a position is a mask."""
        return self.takes[min(position, len(self.takes) - 1)]


SAME_NAME = (
    *("floor", "ceil", "sqrt", "cbrt", "hypot", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p"),
    *("sin", "cos", "tan", "sinh", "cosh", "tanh", "trunc", "fmod", "radians", "degrees"),
)
NUMERIC: dict[str, Run] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "mod": np.remainder,
    "pow": np.power,
    "neg": np.negative,
    "abs": np.absolute,
    "round": np.rint,
    **{name: getattr(np, name) for name in SAME_NAME},
    **{f"a{name}": getattr(np, f"arc{name}") for name in ("sin", "cos", "tan", "tan2", "sinh", "cosh", "tanh")},
}
COMPARISONS: dict[str, Run] = {
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
}
LOGIC: dict[str, Run] = {"and": np.logical_and, "or": np.logical_or, "not": np.logical_not}


LEAST, GREATEST = np.array(-math.inf), np.array(math.inf)


def _least(x: Any, y: Any, out: Any) -> None:
    # Of two zeros NumPy takes the second one, the scalar kernel the first, as `clip` does: of an array and a number
    # it makes the minimum twice as fast.
    if y.ndim:
        np.minimum(y, x, out=out)
    else:
        x.clip(LEAST, y, out)


def _greatest(x: Any, y: Any, out: Any) -> None:
    if y.ndim:
        np.maximum(y, x, out=out)
    else:
        x.clip(y, GREATEST, out)


def _sign(x: Any, out: Any) -> None:
    # NumPy's sign of -0 is 0.
    np.copysign(np.sign(x), x, out)


def _chosen(mask: Any, if_true: Any, if_false: Any, out: Any) -> None:
    some = mask.any()
    if some and not mask.all():
        _mixed(mask, if_true, if_false, out)
    elif (chosen := if_true if some else if_false) is not out:
        np.copyto(out, chosen)


def _mixed(mask: Any, if_true: Any, if_false: Any, out: Any) -> None:
    # By their bits: where rows change at random, NumPy's `where` takes three times as long.
    every = mask.astype(np.int64)
    np.negative(every, every)
    one, other = if_true.view(np.int64), if_false.view(np.int64)
    np.bitwise_and(every, np.bitwise_xor(one, other), every)
    np.bitwise_xor(every, other, out.view(np.int64))


VECTORS: dict[str, ArrayKernel] = {
    **{name: ArrayKernel(run) for name, run in NUMERIC.items()},
    **{name: ArrayKernel(run, gives=True, place=None) for name, run in COMPARISONS.items()},
    **{name: ArrayKernel(run, takes=(True,), gives=True) for name, run in LOGIC.items()},
    "min": ArrayKernel(_least),
    "max": ArrayKernel(_greatest),
    "sign": ArrayKernel(_sign),
    "where": ArrayKernel(_chosen, takes=(True, False), place=2),
}
"""The operators that NumPy has, right to 4 ulp of the scalar kernels wherever they are defined."""

SPECIAL = {"erf": "erf", "gamma": "gamma", "lgamma": "gammaln", "digamma": "psi"}
"""Operators that SciPy has, right to 4 ulp where `lowerings` has no fallback for them."""


class _Native(Container[str]):
    """The operators that a block can run as they are."""

    def __contains__(self, operator: object) -> bool:
        return operator in VECTORS or operator in SPECIAL or by_row(str(operator))


NATIVE = _Native()


def by_row(operator: str) -> bool:
    """Whether only the scalar kernel has an operator."""
    return not (operator in VECTORS or operator in SPECIAL or operator in NUMPY.formulas or is_composite(operator))


def array_kernel(operator: str) -> ArrayKernel:
    """The kernel of a native operator, or of one that falls back on the scalar kernel."""
    if operator.startswith(GUARDED):
        return with_fallback(MEANINGS[operator.removeprefix(GUARDED)])
    return VECTORS.get(operator) or _special(operator) or row_by_row(MEANINGS[operator])


def _special(operator: str) -> ArrayKernel | None:
    """SciPy's function for an operator, if SciPy is there."""
    if operator not in SPECIAL:
        return None
    try:
        # SciPy takes 0.1 s to load.
        from scipy import special
    except ImportError:
        return None
    return ArrayKernel(getattr(special, SPECIAL[operator]))


def row_by_row(kernel: Callable[..., float]) -> ArrayKernel:
    """A scalar kernel, for whatever NumPy does not have."""

    def run(*operands: Any) -> None:
        *inputs, out = operands
        out[:] = np.fromiter(map(kernel, *map(numbers, inputs)), float, len(out))

    return ArrayKernel(run)


def with_fallback(kernel: Callable[..., float]) -> ArrayKernel:
    """A result, with that of the scalar kernel in the rows of a mask."""

    def run(result: Any, mask: Any, *operands: Any) -> None:
        *inputs, out = operands
        rows = np.flatnonzero(mask)
        picked = [numbers(x[rows] if x.ndim else x) for x in inputs]
        if result is not out:
            np.copyto(out, result)
        out[rows] = np.fromiter(map(kernel, *picked), float, len(rows))

    return ArrayKernel(run, takes=(False, True, False))


def numbers(operand: Any) -> Iterable[float]:
    """An operand as numbers to take one by one; a single one again and again."""
    return operand.tolist() if operand.ndim else repeat(float(operand))


TRUTH = ArrayKernel(lambda x, out: np.not_equal(x, 0.0, out), gives=True, place=None)
"""The mask of a number: anything but 0 is true."""
NUMBER = ArrayKernel(lambda mask, out: np.copyto(out, mask), place=None)
"""The number of a mask, 1 or 0; also a copy of a number."""
