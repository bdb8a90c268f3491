r"""What products mean in LaTeX, where it depends on the shapes of what stands side by side: W x, w^\top x, a \cdot b.

Depends on `meanings`, to which it adds.
"""

from collections.abc import Mapping, Sequence

from gradcli.language.arrays.meanings import MEANINGS, matmul, outer, transpose
from gradcli.language.arrays.misfits import multiplies
from gradcli.language.arrays.state import Value
from gradcli.language.arrays.unfolding import Meaning, Unfolding
from gradcli.shapes import Array

PRODUCTS = ("beside", "cdot", "times", "mul", "neg", "div")
TURNED = r"^\top"
Operands = tuple[int, ...]


def beside(unfolding: Unfolding, at: int, operands: Operands) -> Value:
    """A product of numbers, of matrices, of a row and a vector; of a vector and a row all products of their entries."""
    arrays = _arrays(unfolding, operands)
    if len(arrays) < 2:
        return _elementwise(unfolding, at, operands)
    if all(len(array.shape) == 1 for array in arrays):
        rows = [_is_row(unfolding, operand) for operand in operands]
        if not any(rows):
            raise _of_two_vectors(unfolding, at, operands)
        if not rows[0]:
            return outer(unfolding, at, operands)
    return _product(unfolding, at, operands, arrays)


def cdot(unfolding: Unfolding, at: int, operands: Operands) -> Value:
    r"""a \cdot b: of two vectors it is their dot product."""
    arrays = _arrays(unfolding, operands)
    return _product(unfolding, at, operands, arrays) if len(arrays) == 2 else _elementwise(unfolding, at, operands)


def times(unfolding: Unfolding, at: int, operands: Operands) -> Value:
    r"""a \times b, of which one is a number: of two vectors it would be their cross product."""
    if len(_arrays(unfolding, operands)) == 2:
        left, right = _texts(unfolding, operands)
        hint = rf"write {left} \odot {right} entry by entry, {left} {right} for the product of matrices"
        raise unfolding.error(r"`\times` of two arrays is not read", hint, at)
    return _elementwise(unfolding, at, operands)


def row(unfolding: Unfolding, at: int, operands: Operands) -> Value:
    r"""A^\top: of a matrix its transpose, of a vector itself, as vectors have no orientation."""
    value = unfolding.values[operands[0]]
    is_vector = isinstance(value, Array) and len(value.shape) == 1
    return value if is_vector else transpose(unfolding, at, operands)


def _arrays(unfolding: Unfolding, operands: Operands) -> list[Array[int]]:
    given = (unfolding.values[operand] for operand in operands)
    return [value for value in given if isinstance(value, Array)]


def _elementwise(unfolding: Unfolding, at: int, operands: Operands) -> Value:
    return unfolding.elementwise(at, "mul", [unfolding.values[operand] for operand in operands])


def _texts(unfolding: Unfolding, operands: Operands) -> list[str]:
    return [unfolding.text(operand) for operand in operands]


def _is_row(unfolding: Unfolding, node: int) -> bool:
    """Whether the first array of a product is transposed."""
    operators, operands = unfolding.written.operators, unfolding.written.operands
    while operators[node] in PRODUCTS:
        arrays = (each for each in operands[node] if isinstance(unfolding.values[each], Array))
        node = next(arrays, operands[node][0])
    return operators[node] == "row"


def _of_two_vectors(unfolding: Unfolding, at: int, operands: Operands) -> Exception:
    left, right = _texts(unfolding, operands)
    hint = rf"write {left}^\top {right} for a number, {left} \odot {right} entry by entry"
    return unfolding.error("the product of two vectors can be meant in two ways", hint, at)


def _product(unfolding: Unfolding, at: int, operands: Operands, arrays: Sequence[Array[int]]) -> Value:
    one, other = (array.shape for array in arrays)
    if multiplies(one, other):
        return matmul(unfolding, at, operands)
    left, right = _texts(unfolding, operands)
    told = [each.described for each in unfolding.operands(at, arrays)]
    hint = "the last size of the first is the first size of the second: [2, 3] and [3]"
    if multiplies(one[::-1], other):
        hint = rf"write {left.removesuffix(TURNED) if left.endswith(TURNED) else left + TURNED} {right}"
    raise unfolding.error(f"{told[0]}, and {told[1]}: they have no product", hint, at)


IN_LATEX: Mapping[str, Meaning] = {**MEANINGS, "beside": beside, "cdot": cdot, "times": times, "row": row}
"""Operator of what is written in LaTeX -> what it is."""
