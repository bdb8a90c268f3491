"""Python expressions → JavaScript expressions: the subset in which the kernels are written.

Depends on `fragments`, `functions`, `names` and `signatures`. What has no entry in the tables below is an error and
never a guess.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from gradcli.emit.javascript import names
from gradcli.emit.javascript.fragments import (
    ATOM,
    BOTH,
    CHOICE,
    COMPARISON,
    EITHER,
    POWER,
    PRODUCT,
    SHIFT,
    SIGN,
    SUM,
    Code,
    converted,
    enclosed,
    given,
    literal,
    number,
)
from gradcli.emit.javascript.functions import BUILTINS, METHODS
from gradcli.emit.javascript.kinds import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    Kind,
    UntranslatableError,
    common,
    item,
    listed,
    of_global,
    of_value,
)
from gradcli.emit.javascript.signatures import signature

LONGEST = 24
"""A constant of a module that takes more digits than this has a name; any other stands where it is used."""


class Scope:
    """What names mean inside a function: `kinds` of its own ones, all others are those of its module."""

    def __init__(self, module: ModuleType, kinds: Mapping[str, Kind]) -> None:
        self.module, self.kinds = module, dict(kinds)

    def inner(self) -> "Scope":
        """The scope of a comprehension."""
        return Scope(self.module, self.kinds)


def expression(node: ast.expr, scope: Scope) -> Code:
    """The JavaScript of an expression. Raises UntranslatableError for what is not in the subset."""
    translate = EXPRESSIONS.get(type(node))
    if translate is None:
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for {type(node).__name__}")
    return translate(node, scope)


def truth(node: ast.expr, scope: Scope) -> Code:
    """An expression as a condition. NaN is true in Python and false in JavaScript."""
    if isinstance(node, ast.BoolOp):
        sign, power = ("&&", BOTH) if isinstance(node.op, ast.And) else ("||", EITHER)
        return Code(sign.join(enclosed(truth(value, scope), power + 1) for value in node.values), BOOL, power)
    code = expression(node, scope)
    if code.kind == BOOL:
        return code
    if code.kind not in (INT, FLOAT):
        raise UntranslatableError(f"{code.text!r} is of kind {code.kind.name}, where a condition is wanted")
    return Code(f"{enclosed(code, SHIFT)}!=={'0n' if code.kind == INT else '0'}", BOOL, COMPARISON)


def bound(target: ast.expr, kind: Kind, scope: Scope) -> str:
    """The pattern that takes a value of a kind apart into names, which the scope then knows."""
    if isinstance(target, ast.Name):
        if scope.kinds.setdefault(target.id, kind) != kind:
            raise UntranslatableError(f"{target.id} is of kind {scope.kinds[target.id].name}, then {kind.name}")
        return names.local(target.id)
    if not isinstance(target, ast.Tuple):
        raise UntranslatableError(f"{ast.unparse(target)!r} cannot be assigned to")
    return f"[{','.join(_places(target.elts, kind, scope))}]"


def _places(targets: Sequence[ast.expr], kind: Kind, scope: Scope) -> list[str]:
    kinds = kind.items if kind.name == "tuple" else (item(kind),) * len(targets)
    return [
        f"...{bound(target.value, listed(item(kind)), scope)}"
        if isinstance(target, ast.Starred)
        else bound(target, part, scope)
        for target, part in zip(targets, kinds, strict=True)
    ]


def _constant(node: ast.Constant, scope: Scope) -> Code:  # noqa: ARG001
    kind = of_value(node.value)
    if not isinstance(node.value, int | float) or kind == BOOL:
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for this constant")
    return number(node.value, kind)


def _name(node: ast.Name, scope: Scope) -> Code:
    if node.id in scope.kinds:
        return Code(names.local(node.id), scope.kinds[node.id])
    value = names.found(scope.module, node.id)
    kind = of_global(scope.module, node.id, value)
    if kind in (INT, FLOAT) and len(literal(value)) <= LONGEST:
        return number(value, kind)
    return Code(names.joined(scope.module, node.id), kind)


def _attribute(node: ast.Attribute, scope: Scope) -> Code:
    module = names.module_named(node.value, scope.module)
    if module is None or node.value.id in scope.kinds:  # type: ignore[attr-defined]
        raise UntranslatableError(f"{ast.unparse(node)!r} is no constant of a module")
    value = names.found(module, node.attr)
    return number(value, of_value(value))


def _unary(node: ast.UnaryOp, scope: Scope) -> Code:
    if isinstance(node.op, ast.Not):
        return Code(f"!{enclosed(truth(node.operand, scope))}", BOOL, SIGN)
    code = expression(node.operand, scope)
    if not isinstance(node.op, ast.USub) or code.kind not in (INT, FLOAT):
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for this operator")
    return Code(f"-{enclosed(code)}", code.kind, SIGN)


def _binary(node: ast.BinOp, scope: Scope) -> Code:
    return operated(expression(node.left, scope), node.op, expression(node.right, scope))


def operated(left: Code, operator: ast.operator, right: Code) -> Code:
    """Two operands and an operator between them."""
    kind, name = common([left.kind, right.kind]), type(operator).__name__
    operands = converted(left, kind), converted(right, kind)
    if (kind, name) in CALLS:
        function, result = CALLS[kind, name]
        return Code(f"{function}({operands[0].text},{operands[1].text})", result)
    if (kind, name) not in SIGNS:
        raise UntranslatableError(f"{left.text!r} {name} {right.text!r}: no JavaScript for this")
    sign, power = SIGNS[kind, name]
    before, after = ATOM if power == POWER else power, ATOM if operands[1].text.startswith("-") else power + 1
    return Code(f"{enclosed(operands[0], before)}{sign}{enclosed(operands[1], after)}", kind, power)


def _compared(node: ast.Compare, scope: Scope) -> Code:
    operands = [expression(operand, scope) for operand in (node.left, *node.comparators)]
    pairs = zip(operands, node.ops, operands[1:], strict=False)
    return Code("&&".join(_comparison(*pair) for pair in pairs), BOOL, COMPARISON if len(operands) == 2 else BOTH)


def _comparison(left: Code, operator: ast.cmpop, right: Code) -> str:
    if isinstance(operator, ast.In):
        return f"{enclosed(right)}.includes({given(left, item(right.kind))})"
    sign = COMPARISONS.get(type(operator))
    if sign is None:
        raise UntranslatableError(f"{left.text!r} {type(operator).__name__} {right.text!r}: no JavaScript for this")
    kind = common([left.kind, right.kind])
    return sign.join(enclosed(converted(code, kind), SHIFT) for code in (left, right))


def _logical(node: ast.BoolOp, scope: Scope) -> Code:
    first, *others = (expression(value, scope) for value in node.values)
    if first.kind.name == "maybe" and isinstance(node.op, ast.Or) and len(others) == 1:
        return Code(f"{first.text}??{enclosed(others[0])}", common([first.kind.items[0], others[0].kind]), CHOICE)
    if any(operand.kind != BOOL for operand in (first, *others)):
        raise UntranslatableError(f"{ast.unparse(node)!r} gives one of its operands")
    return truth(node, scope)


def _chosen(node: ast.IfExp, scope: Scope) -> Code:
    arms = expression(node.body, scope), expression(node.orelse, scope)
    kind = common([arm.kind for arm in arms])
    return Code(
        f"{enclosed(truth(node.test, scope), EITHER)}?{given(arms[0], kind)}:{given(arms[1], kind)}", kind, CHOICE
    )


def _array(node: ast.Tuple | ast.List, scope: Scope) -> Code:
    parts = [expression(part.value if isinstance(part, ast.Starred) else part, scope) for part in node.elts]
    spread = [isinstance(part, ast.Starred) for part in node.elts]
    text = f"[{','.join('...' * flag + part.text for part, flag in zip(parts, spread, strict=True))}]"
    kinds = tuple(item(part.kind) if flag else part.kind for part, flag in zip(parts, spread, strict=True))
    return Code(text, Kind("tuple", kinds) if isinstance(node, ast.Tuple) else listed(common(kinds)))


def _subscript(node: ast.Subscript, scope: Scope) -> Code:
    array = expression(node.value, scope)
    if isinstance(node.slice, ast.Slice):
        return _sliced(array, node.slice, scope)
    if array.kind.name == "tuple" and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
        return Code(f"{enclosed(array)}[{node.slice.value}]", array.kind.items[node.slice.value])
    index = expression(node.slice, scope)
    if array.kind.name != "list" or index.kind != INT:
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for this place")
    return Code(f"list$at({array.text},{index.text})", item(array.kind))


def _sliced(array: Code, part: ast.Slice, scope: Scope) -> Code:
    if part.lower is None or part.upper or part.step or array.kind.name != "list":
        raise UntranslatableError(f"{array.text!r}: there is no JavaScript for this slice")
    return Code(f"{enclosed(array)}.slice({given(expression(part.lower, scope), FLOAT)})", array.kind)


def _comprehension(node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Code:
    (loop,), inner = node.generators, scope.inner()
    if loop.ifs or any(isinstance(part, ast.NamedExpr) for part in ast.walk(node)):
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for what it has beside its loop")
    source = expression(loop.iter, scope)
    for name in ast.walk(loop.target):
        inner.kinds.pop(getattr(name, "id", ""), None)
    pattern = bound(loop.target, item(source.kind), inner)
    body = expression(node.elt, inner)
    return Code(f"{enclosed(source)}.map(({pattern})=>{body.text})", listed(body.kind))


def _walrus(node: ast.NamedExpr, scope: Scope) -> Code:
    code = expression(node.value, scope)
    return Code(f"({bound(node.target, code.kind, scope)}={code.text})", code.kind)


def _called(node: ast.Call, scope: Scope) -> Code:
    if any(isinstance(operand, ast.Starred) for operand in node.args):
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for operands that are taken apart")
    operands = [expression(operand, scope) for operand in node.args]
    if isinstance(node.func, ast.Name) and node.func.id in BUILTINS and not hasattr(scope.module, node.func.id):
        return _built_in(node, node.func.id, operands, scope)
    if node.keywords:
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for operands by name")
    return _of_signature(*_callee(node.func, operands, scope))


def _built_in(node: ast.Call, name: str, operands: Sequence[Code], scope: Scope) -> Code:
    by_name = {str(part.arg): expression(part.value, scope) for part in node.keywords if part.arg != "strict"}
    if name == "zip" and not ast.unparse(node).endswith(", strict=True)"):
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for zip without strict=True")
    try:
        return BUILTINS[name](*operands, **by_name)
    except TypeError:
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for such operands") from None


def _callee(node: ast.expr, operands: list[Code], scope: Scope) -> tuple[str, list[Code]]:
    """The JavaScript name of what is called, and its operands: a method's object is the first."""
    if isinstance(node, ast.Name) and node.id not in scope.kinds:
        return names.of_function(names.found(scope.module, node.id)), operands
    module = names.module_named(node.value, scope.module) if isinstance(node, ast.Attribute) else None
    if module is not None:
        return names.of_function(names.found(module, node.attr)), operands  # type: ignore[attr-defined]
    if not isinstance(node, ast.Attribute):
        raise UntranslatableError(f"{ast.unparse(node)!r} is no function of a module")
    its = expression(node.value, scope)
    return f"{its.kind.name}${node.attr}", [its, *operands]


def _of_signature(name: str, operands: Sequence[Code]) -> Code:
    if name in METHODS:
        return METHODS[name](*operands)
    its = signature(name)
    kinds = (*its.parameters[: len(operands)], *[its.rest or NONE] * (len(operands) - len(its.parameters)))
    texts = ",".join(given(operand, kind) for operand, kind in zip(operands, kinds, strict=True))
    return Code(f"{name}({texts})", its.result)


SIGNS: dict[tuple[Kind, str], tuple[str, int]] = {
    **{(kind, name): known for kind in (INT, FLOAT) for name, known in
       (("Add", ("+", SUM)), ("Sub", ("-", SUM)), ("Mult", ("*", PRODUCT)))},
    (INT, "Pow"): ("**", POWER), (INT, "LShift"): ("<<", SHIFT), (INT, "RShift"): (">>", SHIFT),
    (FLOAT, "Div"): ("/", PRODUCT),
}  # fmt: skip
"""Kind and operator -> its sign in JavaScript, and how tightly that binds."""
CALLS: dict[tuple[Kind, str], tuple[str, Kind]] = {
    (INT, "FloorDiv"): ("int$floordiv", INT),
    (INT, "Mod"): ("int$mod", INT),
    (INT, "Div"): ("fixed_point$ratio", FLOAT),
}  # fmt: skip
"""Kind and operator -> the function that it is, and the kind of its result."""
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
EXPRESSIONS: dict[type[ast.expr], Callable[[Any, Scope], Code]] = {
    ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.UnaryOp: _unary, ast.BinOp: _binary,
    ast.Compare: _compared, ast.BoolOp: _logical, ast.IfExp: _chosen, ast.Tuple: _array, ast.List: _array,
    ast.Subscript: _subscript, ast.ListComp: _comprehension, ast.GeneratorExp: _comprehension, ast.NamedExpr: _walrus,
    ast.Call: _called,
}  # fmt: skip
