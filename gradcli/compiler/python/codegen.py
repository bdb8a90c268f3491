"""The lines of a Python function that computes a formula, as syntax nodes.

Depends on the scalar kernels. No name and no number of a formula is ever text that Python parses. The names that are
made here begin with a dot, as none that a person can write: node i is ".i", a function "." and its operator.
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any

from gradcli.compiler.branches import WHERE, Branch, Choices
from gradcli.compiler.python.temporaries import Temporaries
from gradcli.evaluate.scalar import MEANINGS
from gradcli.kernels import KERNELS
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import GUARDED

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
MENDING = {0: False, **dict.fromkeys(range(2, 6), True)}
CHOICES: Choices = {**WHERE, **{GUARDED + name: MENDING for name in OPERATORS}}
"""What takes only some of its operands. What mends takes the first, or where that is not right a kernel on the last."""


class Writer:
    """The lines for a formula; `names` is variable → name in the function."""

    def __init__(self, formula: Formula, names: Mapping[str, str]) -> None:
        self.formula, self.graph = formula, formula.graph
        self.temporaries = Temporaries(formula, CHOICES, EXTREMES)
        self.names, self.variables = names, {node: names[name] for name, node in formula.variables.items()}
        self.globals: dict[str, Any] = {}

    @property
    def outputs(self) -> list[ast.expr]:
        """The outputs, once their lines have run."""
        return [self.operand(node) for node in self.formula.outputs.values()]

    def lines(self, branch: Branch | None = None) -> Iterator[ast.stmt]:
        """The lines in a branch; those that always run for None."""
        for node in self.temporaries.lines.get(branch, ()):
            is_simple = node not in self.temporaries.branching
            yield assigned(f".{node}", self.expression(node)) if is_simple else self.branches(node)

    def branches(self, node: int) -> ast.stmt:
        """The lines of a choice with lines in its branches."""
        condition, *results = self.choice(node)
        then, other = (
            [*self.lines((node, holds)), assigned(f".{node}", result)]
            for holds, result in zip((True, False), results, strict=True)
        )
        return ast.If(condition, then, other)

    def choice(self, node: int) -> tuple[ast.expr, ast.expr, ast.expr]:
        """The condition of a choice, its result where that holds, and its other result."""
        operator, operands = self.graph.operators[node], self.graph.operands[node]
        if operator == "where":
            return self.condition(operands[0]), self.operand(operands[1]), self.operand(operands[2])
        result, rare, *mended = operands
        kernel = self.call(operator.removeprefix(GUARDED), [self.operand(at) for at in mended])
        return self.condition(rare), kernel, self.operand(result)

    def operand(self, node: int) -> ast.expr:
        """A node where it is used: a variable, the result of a line, or the operation itself."""
        if node in self.variables:
            return loaded(self.variables[node])
        return loaded(f".{node}") if node in self.temporaries.nodes else self.expression(node)

    def expression(self, node: int) -> ast.expr:
        """A number, or an operation on its operands."""
        operator, operands = self.graph.operators[node], self.graph.operands[node]
        value = self.graph.value_of(node)
        if value is not None or not operands:
            return ast.Constant(MEANINGS[operator]() if value is None else float(value))
        if operator in CHOICES:
            return ast.IfExp(*self.choice(node))
        return ast.IfExp(test, ONE, ZERO) if (test := self.test(node)) else self.written(operator, operands)

    def written(self, operator: str, operands: Sequence[int]) -> ast.expr:
        """An operation whose result is a number."""
        arguments = [self.operand(at) for at in operands]
        write = WRITERS.get(operator)
        if write is None or (operator in EXTREMES and len(operands) != 2):
            return self.call(operator, arguments)
        return write(operator, *arguments)

    def condition(self, node: int) -> ast.expr:
        """A node of which only the truth counts."""
        test = None if node in self.temporaries.nodes else self.test(node)
        return test or self.operand(node)

    def test(self, node: int) -> ast.expr | None:
        """A comparison or a connective, as Python's own."""
        operator, operands = self.graph.operators[node], self.graph.operands[node]
        if operator in COMPARISONS:
            x, y = operands
            return self.within(operator, x, y) or compared(self.operand(x), self.operand(y), COMPARISONS[operator])
        if operator in CONNECTIVES:
            return ast.BoolOp(CONNECTIVES[operator], [self.condition(at) for at in operands])
        return ast.UnaryOp(ast.Not(), self.condition(operands[0])) if operator == "not" else None

    def within(self, operator: str, x: int, limit: int) -> ast.expr | None:
        """|x| < limit for a literal, without a call: -limit < x < limit."""
        value = self.graph.value_of(limit)
        if operator != "lt" or value is None or self.graph.operators[x] != "abs" or x in self.temporaries.nodes:
            return None
        inner = self.operand(self.graph.operands[x][0])
        return ast.Compare(ast.Constant(-value), [ast.Lt(), ast.Lt()], [inner, ast.Constant(value)])

    def call(self, operator: str, arguments: list[ast.expr]) -> ast.expr:
        """The function of an operator on arguments; its value if they are all literals."""
        bare = RAISING.get(operator) or (None if operator in KERNELS else getattr(math, operator, None))
        numbers = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
        if len(numbers) == len(arguments):
            return ast.Constant(MEANINGS[operator](*numbers))
        self.globals[f".{operator}"] = bare or MEANINGS[operator]
        return called(f".{operator}", arguments)


ONE, ZERO = ast.Constant(1.0), ast.Constant(0.0)


def loaded(name: str) -> ast.expr:
    """A name where it is read."""
    return ast.Name(name, ast.Load())


def assigned(name: str, value: ast.expr) -> ast.stmt:
    """A line that gives a name to a value."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def called(name: str, arguments: list[ast.expr]) -> ast.expr:
    """A call."""
    return ast.Call(loaded(name), arguments, [])


def compared(x: ast.expr, y: ast.expr, how: ast.cmpop) -> ast.expr:
    """A comparison."""
    return ast.Compare(x, [how], [y])


def _extreme(operator: str, x: ast.expr, y: ast.expr) -> ast.expr:
    """y if it is the less or the greater one, or NaN; else x."""
    takes_y = ast.BoolOp(ast.Or(), [compared(y, x, EXTREMES[operator]), compared(y, y, ast.NotEq())])
    return ast.IfExp(takes_y, y, x)


WRITERS: dict[str, Callable[..., ast.expr]] = {
    **dict.fromkeys(ARITHMETIC, lambda operator, x, y: ast.BinOp(x, ARITHMETIC[operator], y)),
    **dict.fromkeys(EXTREMES, _extreme),
    "neg": lambda _, x: ast.UnaryOp(ast.USub(), x),
}
"""Operator → the expression for it, where it is no call and no condition."""


def made(arguments: ast.arguments, body: list[ast.stmt], namespace: dict[str, Any]) -> FunctionType:
    """The function of these lines."""
    definition = ast.FunctionDef("f", arguments, body, [])
    module = compile(ast.fix_missing_locations(ast.Module([definition], [])), "<gradcli>", "exec")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, namespace)
