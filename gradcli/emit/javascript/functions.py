"""Python's built-in functions and methods: what each becomes on operands of a kind.

Depends on `fragments`. A kind that an entry does not take is an error.
"""

from collections.abc import Callable

from gradcli.emit.javascript.fragments import Code, enclosed, given
from gradcli.emit.javascript.kinds import FLOAT, INT, NONE, Kind, common, item, listed


def _magnitude(x: Code) -> Code:
    return Code(f"int$abs({x.text})" if x.kind == INT else f"math$fabs({given(x, FLOAT)})", x.kind)


def _extreme(name: str) -> Callable[..., Code]:
    """max or min of some operands."""

    def code(*operands: Code) -> Code:
        kind = common([operand.kind for operand in operands])
        return Code(f"{name}([{','.join(given(operand, kind) for operand in operands)}])", kind)

    return code


def _whole(x: Code) -> Code:
    return Code(f"float$int({given(x, FLOAT)})", INT)


def _rounded(x: Code) -> Code:
    return Code(f"float$round({given(x, FLOAT)})", INT)


def _sum(terms: Code) -> Code:
    return Code(f"int$sum({given(terms, listed(INT))})", INT)


def _length(values: Code) -> Code:
    item(values.kind)
    return Code(f"list$len({values.text})", INT)


def _range(*bounds: Code) -> Code:
    whole = [given(bound, INT) for bound in bounds]
    first, end, step = {1: ["0n", *whole, "1n"], 2: [*whole, "1n"], 3: whole}[len(whole)]
    return Code(f"int$range({first},{end},{step})", listed(INT))


def _enumerated(values: Code, start: Code = Code("0n", INT)) -> Code:  # noqa: B008
    kind = Kind("tuple", (INT, item(values.kind)))
    return Code(f"list$enumerate({values.text},{given(start, INT)})", listed(kind))


def _zipped(one: Code, other: Code) -> Code:
    return Code(f"list$zip({one.text},{other.text})", listed(Kind("tuple", (item(one.kind), item(other.kind)))))


def _reversed(values: Code) -> Code:
    return Code(f"list$reversed({values.text})", listed(item(values.kind)))


def _array(values: Code) -> Code:
    return Code(f"[...{enclosed(values)}]", listed(item(values.kind)))


def _divmod(x: Code, y: Code) -> Code:
    return Code(f"int$divmod({given(x, INT)},{given(y, INT)})", Kind("tuple", (INT, INT)))


def _append(values: Code, value: Code) -> Code:
    return Code(f"{enclosed(values)}.push({given(value, item(values.kind))})", NONE)


def _get(known: Code, key: Code) -> Code:
    """What a dict has, or undefined."""
    of_key, of_value = known.kind.items
    return Code(f"{enclosed(known)}.get({given(key, of_key)})", Kind("maybe", (of_value,)))


def put(array: Code, place: Code, value: Code) -> str:
    """The assignment to a place in an array, or in a dict."""
    if array.kind.name == "dict":
        of_key, of_value = array.kind.items
        return f"{enclosed(array)}.set({given(place, of_key)},{given(value, of_value)})"
    return f"list$put({array.text},{given(place, INT)},{given(value, item(array.kind))})"


BUILTINS: dict[str, Callable[..., Code]] = {
    "abs": _magnitude, "max": _extreme("list$max"), "min": _extreme("list$min"), "int": _whole, "round": _rounded,
    "sum": _sum, "len": _length, "range": _range, "enumerate": _enumerated, "zip": _zipped, "reversed": _reversed,
    "tuple": _array, "list": _array, "divmod": _divmod,
}  # fmt: skip
"""Name -> the call of it."""
METHODS: dict[str, Callable[..., Code]] = {"list$append": _append, "dict$get": _get}
"""Kind and name -> the call of it on an object, which is the first operand."""
