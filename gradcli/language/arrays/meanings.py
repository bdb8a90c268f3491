"""What the operators of arrays are: products, transposes, lists, indices, loops, and functions of whole arrays.

Depends on `unfolding`, whose values it gives. Each is a function of the unfolding, the node and its operands.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import prod

from gradcli.language.arrays.indexing import index
from gradcli.language.arrays.scope import REDUCTIONS
from gradcli.language.arrays.state import Value
from gradcli.language.arrays.steps import check_steps
from gradcli.language.arrays.unfolding import AXIS, Meaning, Unfolding
from gradcli.language.spelled import MOST_SORTED, spelled
from gradcli.shapes import Array, shape_text

NOTHING: Array[int] = Array((0,), ())
"""What a loop without a step gives."""
NARY = ("min", "max", "hypot")
"""Operators that are functions of numbers, or of the entries of one array."""


# -- products


def matmul(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """A @ B: sums over the last index of the first and the first of the second."""
    one, other = (unfolding.values[operand] for operand in operands)
    if not (isinstance(one, Array) and isinstance(other, Array) and _fits(one, other)):
        from gradcli.language.arrays.misfits import no_product  # only a mistake needs it

        raise unfolding.error(*no_product(*unfolding.operands(at, (one, other))), at)
    rows = [*one.rows()] if len(one.shape) == 2 else [one]
    columns = [*transposed(other).rows()] if len(other.shape) == 2 else [other]
    shape = (*one.shape[:-1], *other.shape[1:])
    unfolding.check_size(2 * prod(shape) * one.shape[-1], at)
    sums = [_products(unfolding, at, row.entries, column.entries) for row in rows for column in columns]
    return Array(shape, sums) if shape else sums[0]


def _fits(one: Array[int], other: Array[int]) -> bool:
    return len(one.shape) <= 2 and len(other.shape) <= 2 and one.shape[-1] == other.shape[0]


def _products(unfolding: Unfolding, at: int, one: Sequence[int], other: Sequence[int]) -> int:
    """The sum of the products of two rows of numbers."""
    span, total = unfolding.span(at), -1
    for pair in zip(one, other, strict=True):
        unfolding.count(at)
        product = unfolding.node("mul", pair, span)
        total = product if total < 0 else unfolding.node("add", (total, product), span)
    return total


def dot(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """dot(a, b): the sum of the products of entries."""
    one, other = (_vector(unfolding, operand, "dot") for operand in operands)
    if one.shape != other.shape:
        from gradcli.language.arrays.misfits import no_dot  # only a mistake needs it

        raise unfolding.error(*no_dot(*unfolding.operands(at, (one, other))), at)
    return _products(unfolding, at, one.entries, other.entries)


def outer(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """outer(a, b): the matrix of all products of an entry of one vector with one of the other."""
    one, other = (_vector(unfolding, operand, "outer") for operand in operands)
    span = unfolding.span(at)
    unfolding.check_size(len(one.entries) * len(other.entries), at)
    entries = [unfolding.node("mul", (x, y), span) for x in one.entries for y in other.entries]
    return Array((len(one.entries), len(other.entries)), entries)


def transpose(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """A': rows become columns. A vector has neither."""
    value = unfolding.values[operands[0]]
    if not isinstance(value, Array):
        text = unfolding.text(operands[0])
        what = "has no shape" if unfolding.is_unknown(operands[0]) else "is a number"
        hint = f"declare its shape, {text}: [2, 3], or bind an array; or leave the ' away"
        raise unfolding.error(f"`{text}` {what}, and ' is a transpose", hint, at)
    if len(value.shape) != 2:
        text = unfolding.text(operands[0])
        message = f"{unfolding.described(operands[0], value)}: what is no matrix has no transpose"
        raise unfolding.error(message, f"for a product of vectors write dot({text}, b) or outer({text}, b)", at)
    return transposed(value)


def transposed(matrix: Array[int]) -> Array[int]:
    """A matrix turned around."""
    rows, columns = matrix.shape
    return Array(
        (columns, rows),
        [matrix.entries[at] for start in range(columns) for at in range(start, rows * columns, columns)],
    )


# -- lists and loops


def list_(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """[a, b, c], of numbers or of arrays of one shape, which become the rows of another."""
    if len(operands) == 1 and unfolding.written.operators[operands[0]] == "for":
        found = unfolding.values[operands[0]]
        if found is NOTHING:
            raise unfolding.error("an array without entries", "let the loop's range end where it begins, or behind", at)
        return found
    return _stacked(unfolding, at, [unfolding.values[operand] for operand in operands])


def _stacked(unfolding: Unfolding, at: int, items: Sequence[Value]) -> Array[int]:
    """Numbers, or arrays of one shape, one after the other."""
    shapes = [item.shape if isinstance(item, Array) else () for item in items]
    if len({*shapes}) > 1:
        first, odd = shapes[0], next(at for at, shape in enumerate(shapes) if shape != shapes[0])
        told = [shape_text(shape) if shape else "a number" for shape in (first, shapes[odd])]
        message = f"the entries of a list have one shape: the first is {told[0]}, entry {odd + 1} is {told[1]}"
        raise unfolding.error(message, "give every row as many entries", at)
    flat = [each for item in items for each in (item.entries if isinstance(item, Array) else (item,))]
    return Array((len(items), *shapes[0]), flat)


def for_(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """body for i in 1..3: the values of the body, one after the other."""
    body, *nodes = operands
    loops = [*zip(nodes[::2], nodes[1::2], strict=True)]
    check_steps(unfolding, loops, at)
    found = [unfolding.value(body) for _ in unfolding.runs(loops)]
    return _stacked(unfolding, at, found) if found else NOTHING


# -- functions of whole arrays


def reduction(name: str, unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """sum(x), of an array by all entries or along one axis, or of several numbers."""
    given, axis = _arguments(unfolding, operands)
    arrays = [value for value in given if isinstance(value, Array)]
    if len(given) > 1 and arrays:
        if name in NARY and axis is None:
            return unfolding.elementwise(at, name, given)
        texts = [unfolding.text(operand) for operand in operands]
        hint = f"write {name}([{', '.join(texts)}]) for all entries" if name != "norm" else "take the norm of one"
        raise unfolding.error(f"`{name}` takes one array, or several numbers", hint, at)
    _check_summed(unfolding, at, name, operands, arrays)
    if arrays and arrays[0] is NOTHING:
        return _of_nothing(unfolding, at, name)
    if arrays and axis is not None and len(arrays[0].shape) > 1:
        return _along(name, unfolding, at, arrays[0], axis)
    numbers = arrays[0].entries if arrays else [value for value in given if not isinstance(value, Array)]
    return _applied(name, unfolding, at, numbers)


def _of_nothing(unfolding: Unfolding, at: int, name: str) -> int:
    """A sum without terms is 0, a product without factors 1."""
    if name not in ("sum", "prod"):
        raise unfolding.error(f"`{name}` of nothing", "let the loop's range end where it begins, or behind", at)
    return unfolding.number(float(name == "prod"), unfolding.span(at))


def _applied(name: str, unfolding: Unfolding, at: int, numbers: Sequence[int]) -> int:
    """A function on numbers."""
    span = unfolding.span(at)
    if name in NARY:
        return unfolding.node(name, tuple(numbers), span) if len(numbers) > 1 or name == "hypot" else numbers[0]
    if name == "median" and len(numbers) > MOST_SORTED:
        raise unfolding.limit(f"`median` takes {MOST_SORTED:,} numbers at most, and here are {len(numbers):,}", span)
    return spelled(unfolding.graph, name, numbers, span)


def _along(name: str, unfolding: Unfolding, at: int, array: Array[int], axis: int) -> Array[int]:
    """A function along an axis of a matrix: the index that it takes away."""
    lines = transposed(array) if axis == 1 else array
    return Array((lines.shape[0],), [_applied(name, unfolding, at, row.entries) for row in lines.rows()])


def _arguments(unfolding: Unfolding, operands: tuple[int, ...]) -> tuple[list[Value], int | None]:
    """The arguments of a call, and its axis if it has one."""
    written, given, axis = unfolding.written, list[Value](), None
    for operand in operands:
        if written.operators[operand] == AXIS:
            axis = operand
        else:
            given.append(unfolding.values[operand])
    return given, None if axis is None else _axis(unfolding, axis, given[0])


def _axis(unfolding: Unfolding, node: int, value: Value) -> int:
    number = unfolding.whole(unfolding.written.operands[node][0], "an axis", node)
    most = len(value.shape) if isinstance(value, Array) else 0
    if most == number == 1:
        return number
    if most != 2 or not 1 <= number <= 2:
        hint = "axes count from 1: axis 1 takes the rows together, axis 2 the columns"
        raise unfolding.error(
            f"there is no axis {number} in {'a matrix' if most == 2 else 'what is no matrix'}", hint, node
        )
    return number


def _check_summed(
    unfolding: Unfolding, at: int, name: str, operands: tuple[int, ...], arrays: Sequence[Array[int]]
) -> None:
    """Raise for a sum over a loop of arrays, which may be meant entry by entry."""
    first = operands[0]
    if not arrays or unfolding.written.operators[first] != "for" or len(arrays[0].shape) == 1 or len(operands) > 1:
        return
    inside = unfolding.text(first)
    hint = f"write {name}([{inside}]) for one number, or {name}([{inside}], axis 1) for one in each place"
    raise unfolding.error(f"`{name}` of arrays can be meant in two ways", hint, at)


def length(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """‖x‖: of a vector its length, of a number its absolute value."""
    value = unfolding.values[operands[0]]
    if isinstance(value, Array):
        return _applied("norm", unfolding, at, value.entries)
    return unfolding.node("abs", (value,), unfolding.span(at))


def bars(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """|x| of a number; of an array it may be meant in two ways."""
    value = unfolding.values[operands[0]]
    if isinstance(value, Array):
        text = unfolding.text(operands[0])
        hint = f"write abs({text}) for that of each entry, or norm({text}) for the length"
        raise unfolding.error("|…| of an array can be meant in two ways", hint, at)
    return unfolding.node("abs", (value,), unfolding.span(at))


def softmax(unfolding: Unfolding, at: int, operands: tuple[int, ...], *, log: bool = False) -> Value:
    """softmax(x) = exp(x - logsumexp(x)), entry by entry, which does not overflow; a matrix takes an axis."""
    given, axis = _arguments(unfolding, operands)
    (array,) = given
    if not isinstance(array, Array):
        hint = unfolding.declaring(operands[0]) or "write softmax([a, b, c])"
        raise unfolding.error(f"`softmax` takes an array, and {unfolding.described(operands[0], array)}", hint, at)
    if len(array.shape) > 1 and axis is None:
        hint = "write axis 2 to let each row sum to 1, axis 1 for each column"
        raise unfolding.error("softmax of a matrix goes along one of its axes", hint, at)
    lines = transposed(array) if axis == 1 else array
    rows = [*lines.rows()] if len(lines.shape) == 2 else [lines]
    found = Array(lines.shape, [each for row in rows for each in _softmax(unfolding, at, row.entries, log=log)])
    return transposed(found) if axis == 1 and len(found.shape) == 2 else found


def _softmax(unfolding: Unfolding, at: int, numbers: Sequence[int], *, log: bool) -> list[int]:
    span = unfolding.span(at)
    total = spelled(unfolding.graph, "logsumexp", numbers, span)
    logs = [unfolding.node("sub", (number, total), span) for number in numbers]
    return logs if log else [unfolding.node("exp", (each,), span) for each in logs]


def _vector(unfolding: Unfolding, node: int, name: str) -> Array[int]:
    value = unfolding.values[node]
    if not (isinstance(value, Array) and len(value.shape) == 1):
        message = f"`{name}` takes vectors, and {unfolding.described(node, value)}"
        hint = unfolding.declaring(node) or "write [a, b, c] for a vector"
        if isinstance(value, Array):
            hint = "the product of matrices is A @ B"
        raise unfolding.error(message, hint, node)
    return value


def _misplaced(what: str, hint: str, unfolding: Unfolding, at: int, _: tuple[int, ...]) -> Value:
    raise unfolding.error(what, hint, at)


_STRAY_RANGE = partial(_misplaced, "a range stands in an index or behind `in`", "write [i for i in 1..3] for an array")

MEANINGS: Mapping[str, Meaning] = {
    **{name: partial(reduction, name) for name in (*REDUCTIONS, *NARY)},
    "matmul": matmul,
    "dot": dot,
    "outer": outer,
    "transpose": transpose,
    "length": length,
    "bars": bars,
    "softmax": softmax,
    "log_softmax": partial(softmax, log=True),
    "list": list_,
    "index": index,
    "for": for_,
    "range": _STRAY_RANGE,
    "begin": _STRAY_RANGE,
    "end": _STRAY_RANGE,
    AXIS: partial(_misplaced, "an axis is the last argument of a call", "write sum(W, axis 1)"),
}
"""Operator of what is written -> what it is."""
