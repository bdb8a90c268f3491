"""Python expressions → JavaScript expressions: the subset in which the kernels are written.

Depends on `functions`, `operations`, `scope` and `signatures`. What has no entry in the tables below is an error and
never a guess.
"""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from gradcli.emit.javascript import names
from gradcli.emit.javascript.fragments import (
    BOTH,
    CHOICE,
    COMPARISON,
    EITHER,
    SHIFT,
    SIGN,
    Code,
    enclosed,
    given,
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
    of_value,
)
from gradcli.emit.javascript.operations import comparison, operated
from gradcli.emit.javascript.scope import Scope, bound
from gradcli.emit.javascript.signatures import signature


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


def _constant(node: ast.Constant, scope: Scope) -> Code:  # noqa: ARG001
    if not isinstance(node.value, int | float):
        raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for this constant")
    return number(node.value, of_value(node.value))


def _name(node: ast.Name, scope: Scope) -> Code:
    return scope.read(node.id)


def _attribute(node: ast.Attribute, scope: Scope) -> Code:
    value = scope.known(node)
    if value is None:
        raise UntranslatableError(f"{ast.unparse(node)!r} is no constant of a module")
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


def _compared(node: ast.Compare, scope: Scope) -> Code:
    operands = [expression(operand, scope) for operand in (node.left, *node.comparators)]
    pairs = zip(operands, node.ops, operands[1:], strict=False)
    return Code("&&".join(comparison(*pair) for pair in pairs), BOOL, COMPARISON if len(operands) == 2 else BOTH)


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
    loop, inner = node.generators[0], scope.inner()
    if len(node.generators) > 1 or loop.ifs or any(isinstance(part, ast.NamedExpr) for part in ast.walk(node)):
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
    if isinstance(node.func, ast.Name) and node.func.id in BUILTINS and not scope.has(node.func.id):
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
    known = scope.known(node)
    if known is not None:
        return names.of_function(known), operands
    if not isinstance(node, ast.Attribute):
        raise UntranslatableError(f"{ast.unparse(node)!r} is no function of a module")
    its = expression(node.value, scope)
    return f"{its.kind.name}${node.attr}", [its, *operands]


def _of_signature(name: str, operands: Sequence[Code]) -> Code:
    if name in METHODS:
        return METHODS[name](*operands)
    its = signature(name)
    kinds = (*its.parameters, *[its.rest or NONE] * (len(operands) - len(its.parameters)))
    texts = ",".join(given(operand, kind) for operand, kind in zip(operands, kinds, strict=False))
    return Code(f"{name}({texts})", its.result)


EXPRESSIONS: dict[type[ast.expr], Callable[[Any, Scope], Code]] = {
    ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.UnaryOp: _unary, ast.BinOp: _binary,
    ast.Compare: _compared, ast.BoolOp: _logical, ast.IfExp: _chosen, ast.Tuple: _array, ast.List: _array,
    ast.Subscript: _subscript, ast.ListComp: _comprehension, ast.GeneratorExp: _comprehension, ast.NamedExpr: _walrus,
    ast.Call: _called,
}  # fmt: skip
