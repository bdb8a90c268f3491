"""A formula as a Python function, one line an operation: as fast as one that a person writes with `math`.

Depends on the scalar kernels. The function is made of syntax nodes, never of text: no name and no number of a formula
is ever parsed by Python. It is an optimist: where an operation raises, the whole is interpreted instead.
"""

import ast
import math
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, FunctionType
from typing import Any

from gradcli.graph.graph import CONSTANT, VARIABLE
from gradcli.run.arrays.formula import Formula
from gradcli.run.kernels import KERNELS
from gradcli.run.scalar import MEANINGS, evaluate

MOST = 3_000
"""More operations than this are interpreted: Python would take too long to compile them."""

Outputs = Callable[..., Sequence[float]]
Answer = Callable[..., tuple[float, dict[str, float]]]

ARITHMETIC: dict[str, ast.operator] = {"add": ast.Add(), "sub": ast.Sub(), "mul": ast.Mult(), "div": ast.Div()}
COMPARISONS: dict[str, ast.cmpop] = {
    "lt": ast.Lt(),
    "le": ast.LtE(),
    "gt": ast.Gt(),
    "ge": ast.GtE(),
    "eq": ast.Eq(),
    "ne": ast.NotEq(),
}
CONNECTIVES: dict[str, ast.boolop] = {"and": ast.And(), "or": ast.Or()}
EXTREMES: dict[str, ast.cmpop] = {"min": ast.Lt(), "max": ast.Gt()}
RAISING: dict[str, Callable[..., float]] = {"exp": math.exp, "log": math.log, "pow": math.pow, "sinh": math.sinh}
"""What kernels call inside a guard, and what is called here without one."""


def inlined(formula: Formula) -> Outputs:
    """A function of the formula's variables, in their order and as floats, to the outputs in theirs.

    Its numbers are those of the scalar interpreter, to the last bit.
    """

    def interpreted(*numbers: float) -> Sequence[float]:
        return tuple(_evaluated(formula, numbers))

    if formula.operations > MOST:
        return interpreted
    writer = _Writer(formula)
    outputs: Outputs = writer.function(ast.Tuple(writer.outputs, ast.Load()), interpreted)
    return outputs


def answering(formula: Formula, names: Sequence[str]) -> Answer:
    """The same for a formula whose outputs are a value and its derivatives by `names`: value, and name → derivative."""

    def interpreted(*numbers: float) -> tuple[float, dict[str, float]]:
        value, *slopes = _evaluated(formula, numbers)
        return value, dict(zip(names, slopes, strict=True))

    if formula.operations > MOST:
        return interpreted
    writer = _Writer(formula)
    value, *slopes = writer.outputs
    gradient = ast.Dict([ast.Constant(name) for name in names], slopes)
    answer: Answer = writer.function(ast.Tuple([value, gradient], ast.Load()), interpreted)
    return answer


def _evaluated(formula: Formula, numbers: Sequence[float]) -> list[float]:
    bindings = dict(zip(formula.variables, numbers, strict=True))
    return evaluate(formula.graph, list(formula.outputs.values()), bindings)


class _Writer:
    """The lines of one function. Node i is the local variable "v{i}", the functions that it calls are "f0", "f1" …"""

    def __init__(self, formula: Formula) -> None:
        self.formula, self.graph = formula, formula.graph
        self.globals: dict[str, Any] = {}
        self.called: dict[str, str] = {}

    @property
    def outputs(self) -> list[ast.expr]:
        """The outputs, once their lines have run."""
        return [self.operand(node) for node in self.formula.outputs.values()]

    def function(self, result: ast.expr, interpreted: Callable[..., Any]) -> Callable[..., Any]:
        """The function that returns `result`; `interpreted` has the word where an operation raises."""
        self.globals["interpreted"] = interpreted
        parameters = [f"v{node}" for node in self.formula.variables.values()]
        again = ast.Return(_call("interpreted", [_name(name) for name in parameters]))
        caught = ast.Tuple([_name(error) for error in ("ZeroDivisionError", "OverflowError", "ValueError")], ast.Load())
        body = ast.Try([*self.lines(), ast.Return(result)], [ast.ExceptHandler(caught, None, [again])], [], [])
        arguments = ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, [])
        return _made(ast.FunctionDef("formula", arguments, [body], []), self.globals)

    def lines(self) -> Iterator[ast.stmt]:
        """An assignment for each operation."""
        for node, flag in enumerate(self.formula.needed):
            if flag and self.graph.operands[node]:
                yield ast.Assign([ast.Name(f"v{node}", ast.Store())], self.expression(node))

    def operand(self, node: int) -> ast.expr:
        """A node where it is used: a number or a local variable."""
        operator = self.graph.operators[node]
        if operator == CONSTANT:
            return ast.Constant(float(self.graph.leaves[node]))
        if operator != VARIABLE and not self.graph.operands[node]:
            return ast.Constant(MEANINGS[operator]())
        return _name(f"v{node}")

    def expression(self, node: int) -> ast.expr:
        """An operation on its operands."""
        operator = self.graph.operators[node]
        operands = [self.operand(at) for at in self.graph.operands[node]]
        write = WRITERS.get(operator)
        if write is None or (operator in EXTREMES and len(operands) != 2):
            return _call(self.kernel(operator), operands)
        return write(operator, *operands)

    def kernel(self, operator: str) -> str:
        """The name of the function for an operator."""
        if operator not in self.called:
            name = self.called[operator] = f"f{len(self.called)}"
            bare = RAISING.get(operator) or (None if operator in KERNELS else getattr(math, operator, None))
            self.globals[name] = bare or MEANINGS[operator]
        return self.called[operator]


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _call(name: str, arguments: list[ast.expr]) -> ast.expr:
    return ast.Call(_name(name), arguments, [])


def _compared(x: ast.expr, how: ast.cmpop, y: ast.expr) -> ast.expr:
    return ast.Compare(x, [how], [y])


def _truth(condition: ast.expr) -> ast.expr:
    """1 or 0."""
    return ast.IfExp(condition, ast.Constant(1.0), ast.Constant(0.0))


def _extreme(operator: str, x: ast.expr, y: ast.expr) -> ast.expr:
    """y if it is the less or the greater one, or NaN; else x."""
    takes_y = ast.BoolOp(ast.Or(), [_compared(y, EXTREMES[operator], x), _compared(y, ast.NotEq(), y)])
    return ast.IfExp(takes_y, y, x)


WRITERS: dict[str, Callable[..., ast.expr]] = {
    **dict.fromkeys(ARITHMETIC, lambda operator, x, y: ast.BinOp(x, ARITHMETIC[operator], y)),
    **dict.fromkeys(COMPARISONS, lambda operator, x, y: _truth(_compared(x, COMPARISONS[operator], y))),
    **dict.fromkeys(CONNECTIVES, lambda operator, x, y: _truth(ast.BoolOp(CONNECTIVES[operator], [x, y]))),
    **dict.fromkeys(EXTREMES, _extreme),
    "neg": lambda _, x: ast.UnaryOp(ast.USub(), x),
    "where": lambda _, condition, x, y: ast.IfExp(condition, x, y),
}
"""Operator → the expression for it, where it is no call."""


def _made(definition: ast.FunctionDef, namespace: dict[str, Any]) -> Callable[..., Any]:
    """The function that a definition defines."""
    module = compile(ast.fix_missing_locations(ast.Module([definition], [])), "<gradcli>", "exec")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, namespace)
