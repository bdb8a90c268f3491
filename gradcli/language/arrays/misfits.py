"""What to say of arrays whose shapes do not fit: both shapes, where each comes from, and one way to mend it.

Depends on `unfolding` for what is said. Loaded by a mistake alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcli.errors import LanguageError
from gradcli.language.symbols import NOTATIONS
from gradcli.shapes import Array, Shape

if TYPE_CHECKING:
    from gradcli.language.arrays.unfolding import Unfolding, Value


def misfit(unfolding: "Unfolding", at: int, operator: str, given: "Sequence[Value]") -> LanguageError:
    """The error for an operator on arrays of different shapes."""
    operands = unfolding.written.operands[at]
    arrays = [(node, value) for node, value in zip(operands, given, strict=True) if isinstance(value, Array)]
    (one, first), (other, second) = arrays[0], next(each for each in arrays if each[1].shape != arrays[0][1].shape)
    sign = NOTATIONS[operator].symbol if operator in NOTATIONS else operator
    message = f"{unfolding.described(one, first)}, and {unfolding.described(other, second)}: `{sign}` goes entry by entry"
    left, right = unfolding.text(one), unfolding.text(other)
    return unfolding.error(message, _mend(operator, left, right, first.shape, second.shape), at)


def _mend(operator: str, left: str, right: str, first: Shape, second: Shape) -> str:
    """The product that fits, where one does."""
    if operator == "mul" and multiplies(first, second):
        return f"for the product of matrix and vector write {left} @ {right}"
    if operator == "mul" and multiplies(second, first):
        return f"write {right} @ {left} for their product"
    if len(first) == len(second) == 1:
        return "give both as many entries; outer(a, b) has all products of two vectors"
    if first == second[::-1] and len(first) == 2:
        return f"write {right}' to turn it around"
    return "only a number goes with every entry: give both one shape"


def multiplies(first: Shape, second: Shape) -> bool:
    """Whether the matrix product of two shapes is one."""
    return bool(first and second) and len(first) <= 2 and len(second) <= 2 and first[-1] == second[0]


def no_product(unfolding: "Unfolding", at: int, one: "Value", other: "Value") -> LanguageError:
    """The error for a matrix product of what has none."""
    left, right = unfolding.written.operands[at]
    message = f"{unfolding.described(left, one)}, and {unfolding.described(right, other)}: `@` has no product of them"
    texts = unfolding.text(left), unfolding.text(right)
    return unfolding.error(message, _product_mend(*texts, one, other), at)


def _product_mend(left: str, right: str, one: "Value", other: "Value") -> str:
    if not (isinstance(one, Array) and isinstance(other, Array)):
        return f"write {left}*{right}: a number goes with every entry"
    first, second = one.shape, other.shape
    if len(first) == 2 and multiplies(first[::-1], second):
        return f"write {left}' @ {right}"
    if len(second) == 2 and multiplies(first, second[::-1]):
        return f"write {left} @ {right}'"
    if multiplies(second, first):
        return f"write {right} @ {left}"
    return "the last size of the first is the first size of the second: [2, 3] @ [3]"
