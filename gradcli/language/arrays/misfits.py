"""What to say of arrays whose shapes do not fit: both shapes, where each comes from, and one way to mend it.

Depends on the symbols of the language. Loaded by a mistake alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gradcli.language.symbols import NOTATIONS
from gradcli.shapes import Shape


class Operand(NamedTuple):
    """An operand as it is written; with its shape, in words; the shape, empty for a number; and whether it is a name
    to which nothing is bound."""

    text: str
    described: str
    shape: Shape
    is_unknown: bool = False


def misfit(operator: str, operands: Sequence[Operand]) -> tuple[str, str]:
    """Message and mend for an operator on arrays of different shapes.

    >>> misfit("mul", (Operand("W", "`W` is [2, 3]", (2, 3)), Operand("x", "`x` is [3]", (3,))))
    ('`W` is [2, 3], and `x` is [3]: `*` goes entry by entry', 'for the product of matrices write W @ x')
    """
    arrays = [operand for operand in operands if operand.shape]
    one = arrays[0]
    other = next(operand for operand in arrays if operand.shape != one.shape)
    sign = NOTATIONS[operator].symbol if operator in NOTATIONS else operator
    return f"{one.described}, and {other.described}: `{sign}` goes entry by entry", _mend(operator, one, other)


def _mend(operator: str, one: Operand, other: Operand) -> str:
    """The product that fits, where one does."""
    if operator == "mul" and multiplies(one.shape, other.shape):
        return f"for the product of matrices write {one.text} @ {other.text}"
    if operator == "mul" and multiplies(other.shape, one.shape):
        return f"for the product of matrices write {other.text} @ {one.text}"
    if len(one.shape) == len(other.shape) == 1:
        return "give both as many entries; outer(a, b) has all products of two vectors"
    if one.shape == other.shape[::-1] and len(one.shape) == 2:
        return f"write {other.text}' to turn it around"
    return "only a number goes with every entry: give both one shape"


def multiplies(first: Shape, second: Shape) -> bool:
    """Whether the matrix product of two shapes is one."""
    return bool(first and second) and len(first) <= 2 and len(second) <= 2 and first[-1] == second[0]


def declaring(name: str) -> str:
    """The mend for a name that should be an array, and to which nothing is bound."""
    return f"declare its shape, {name}: [3] or {name}: [2, 3], or bind an array: {name}=[1,2,3]"


def no_dot(one: Operand, other: Operand) -> tuple[str, str]:
    """Message and mend for a dot product of vectors of different lengths."""
    return f"{one.described}, and {other.described}: `dot` multiplies entry by entry", "give both as many entries"


def no_product(one: Operand, other: Operand) -> tuple[str, str]:
    """Message and mend for a matrix product of what has none."""
    return f"{one.described}, and {other.described}: `@` has no product of them", _product_mend(one, other)


def _product_mend(one: Operand, other: Operand) -> str:
    if unknown := next((operand.text for operand in (one, other) if operand.is_unknown and not operand.shape), ""):
        return declaring(unknown)
    if not (one.shape and other.shape):
        return f"write {one.text}*{other.text}: a number goes with every entry"
    if len(one.shape) == 2 and multiplies(one.shape[::-1], other.shape):
        return f"write {one.text}' @ {other.text}"
    if len(other.shape) == 2 and multiplies(one.shape, other.shape[::-1]):
        return f"write {one.text} @ {other.text}'"
    if multiplies(other.shape, one.shape):
        return f"write {other.text} @ {one.text}"
    return "the last size of the first is the first size of the second: [2, 3] @ [3]"
