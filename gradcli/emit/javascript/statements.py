"""Python functions → JavaScript functions: the statements of which the kernels are made.

Depends on `expressions`. What has no entry in the table below is an error and never a guess.
"""

import ast
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from gradcli.emit.javascript import names
from gradcli.emit.javascript.expressions import expression, truth
from gradcli.emit.javascript.fragments import Code, given
from gradcli.emit.javascript.functions import put
from gradcli.emit.javascript.kinds import (
    FLOAT,
    INT,
    Kind,
    UntranslatableError,
    item,
    listed,
    of_annotation,
    of_function,
)
from gradcli.emit.javascript.operations import operated
from gradcli.emit.javascript.scope import Scope, bound
from gradcli.emit.javascript.signatures import definition


def function(module: ModuleType, name: str) -> str:
    """A kernel as an arrow function. Raises UntranslatableError, which says where, for what is not in the subset."""
    node = definition(module, name)
    try:
        return _decorated(node, _function(node, module))
    except UntranslatableError as error:
        raise UntranslatableError(f"{module.__name__}.{name}: {error}") from error


def _decorated(node: ast.FunctionDef, text: str) -> str:
    for decorator in node.decorator_list:
        if ast.unparse(decorator) != "cache":
            raise UntranslatableError(f"@{ast.unparse(decorator)} has no JavaScript")
        if any(kind not in (INT, FLOAT) for kind in of_function(node).parameters):
            raise UntranslatableError("a cache knows numbers only")
        text = f"functools$cache({text})"
    return text


def _function(node: ast.FunctionDef, module: ModuleType) -> str:
    its = of_function(node, module)
    body = _Body(module, its.result)
    parameters = _parameters(node.args, its.parameters, body.scope)
    if node.args.vararg and its.rest:
        body.scope.kinds[node.args.vararg.arg] = listed(its.rest)
        parameters.append(f"...{names.local(node.args.vararg.arg)}")
    given = len(body.scope.kinds)
    text = body.block(node.body)
    own = [names.local(name) for name in body.scope.kinds][given:]
    taken = ",".join(parameters)
    return f"{taken if taken.isidentifier() else f'({taken})'}=>{_braced(text, own)}"


def _braced(text: str, own: Sequence[str]) -> str:
    """A function's body with its variables declared; a body that only returns is what it returns."""
    if not own and text.startswith("return ") and text.count(";") == 1:
        return text.removeprefix("return ").removesuffix(";")
    declared = f"let {','.join(own)};" if own else ""
    return f"{{{declared}{text}}}"


def _parameters(taken: ast.arguments, kinds: Sequence[Kind], scope: Scope) -> list[str]:
    if taken.posonlyargs or taken.kwonlyargs or taken.kwarg:
        raise UntranslatableError("there is no JavaScript for parameters by place or name only")
    defaults = [None] * (len(taken.args) - len(taken.defaults)) + taken.defaults
    texts = []
    for parameter, kind, default in zip(taken.args, kinds, defaults, strict=True):
        scope.kinds[parameter.arg] = kind
        value = f"={given(expression(default, scope), kind)}" if default else ""
        texts.append(names.local(parameter.arg) + value)
    return texts


class _Body:
    """The body of one function: what its names mean, and what it returns."""

    def __init__(self, module: ModuleType, result: Kind) -> None:
        self.scope, self.result = Scope(module, {}), result

    def block(self, body: Sequence[ast.stmt]) -> str:
        """Statements one after another."""
        return "".join(self.statement(node) for node in body)

    def branch(self, body: Sequence[ast.stmt]) -> str:
        """The statements under a condition or in a loop: a single one needs no braces, if it has no branches itself."""
        text = self.block(body)
        single = text.count(";") == 1 and not isinstance(body[0], ast.If | ast.For | ast.While)
        return text if single else f"{{{text}}}"

    def statement(self, node: ast.stmt) -> str:
        """One statement, with the semicolon or the brace that ends it."""
        translate = STATEMENTS.get(type(node))
        if translate is None:
            raise UntranslatableError(f"{ast.unparse(node)!r}: there is no JavaScript for {type(node).__name__}")
        return translate(self, node)

    def returned(self, node: ast.Return) -> str:
        """return x"""
        if node.value is None:
            raise UntranslatableError("a kernel returns a number")
        return f"return {given(expression(node.value, self.scope), self.result)};"

    def assigned(self, node: ast.Assign) -> str:
        """x = y = …, where the last of them may be a tuple of names, and the first a place in an array or a dict."""
        first, *others = node.targets
        if isinstance(first, ast.Subscript):
            before = self.assigned(ast.Assign(others, node.value)) if others else ""
            return before + self.put(first, expression(others[0] if others else node.value, self.scope))
        code = expression(node.value, self.scope)
        values = {self.fitting(target, code) for target in node.targets}
        if len(values) > 1:
            raise UntranslatableError(f"{ast.unparse(node)!r} assigns to names of two kinds")
        return f"{'='.join([*(self.named(target, code) for target in node.targets), *values])};"

    def named(self, target: ast.expr, code: Code) -> str:
        """The pattern on the left."""
        return bound(target, self.scope.kinds.get(getattr(target, "id", ""), code.kind), self.scope)

    def fitting(self, target: ast.expr, code: Code) -> str:
        """The value on the right: a name keeps its kind."""
        known = self.scope.kinds.get(target.id, code.kind) if isinstance(target, ast.Name) else code.kind
        return given(code, known)

    def put(self, target: ast.Subscript, code: Code) -> str:
        """array[place] = x"""
        return f"{put(expression(target.value, self.scope), expression(target.slice, self.scope), code)};"

    def annotated(self, node: ast.AnnAssign) -> str:
        """x: int = y"""
        if node.value is None:
            raise UntranslatableError(f"{ast.unparse(node)!r} has no value")
        kind = of_annotation(node.annotation, self.scope.module)
        value = given(expression(node.value, self.scope), kind)
        return f"{bound(node.target, kind, self.scope)}={value};"

    def augmented(self, node: ast.AugAssign) -> str:
        """x += y"""
        before = expression(node.target, self.scope)
        return f"{before.text}={given(operated(before, node.op, expression(node.value, self.scope)), before.kind)};"

    def conditional(self, node: ast.If) -> str:
        """if, elif and else"""
        otherwise = f"else {self.branch(node.orelse)}" if node.orelse else ""
        return f"if({truth(node.test, self.scope).text}){self.branch(node.body)}{otherwise}"

    def repeated(self, node: ast.While) -> str:
        """while"""
        if node.orelse:
            raise UntranslatableError("there is no JavaScript for the else of a loop")
        return f"while({truth(node.test, self.scope).text}){self.branch(node.body)}"

    def iterated(self, node: ast.For) -> str:
        """for x in array"""
        if node.orelse:
            raise UntranslatableError("there is no JavaScript for the else of a loop")
        array = expression(node.iter, self.scope)
        pattern = bound(node.target, item(array.kind), self.scope)
        return f"for({pattern} of {array.text}){self.branch(node.body)}"

    def alone(self, node: ast.Expr) -> str:
        """A docstring, or a call for its effect."""
        return "" if isinstance(node.value, ast.Constant) else f"{expression(node.value, self.scope).text};"


STATEMENTS: dict[type[ast.stmt], Callable[[_Body, Any], str]] = {
    ast.Return: _Body.returned, ast.Assign: _Body.assigned, ast.AnnAssign: _Body.annotated,
    ast.AugAssign: _Body.augmented, ast.If: _Body.conditional, ast.While: _Body.repeated, ast.For: _Body.iterated,
    ast.Expr: _Body.alone, ast.Break: lambda _body, _node: "break;",
}  # fmt: skip
