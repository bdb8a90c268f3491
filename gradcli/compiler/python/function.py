"""A formula as a Python function: as fast as one that a person writes with `math`.

Depends on `codegen`. The functions are optimists: where an operation raises, the whole is interpreted.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from keyword import iskeyword
from types import FunctionType
from typing import Any

from gradcli.compiler.lowerings import PYTHON
from gradcli.compiler.python.codegen import Writer, assigned, called, compared, loaded, made
from gradcli.compiler.result import MISSING, Blank, Result
from gradcli.evaluate.scalar import evaluate
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import lowered

MOST = 3_000
"""More operations than this are interpreted: Python would take too long to compile them."""
ERRORS = (ZeroDivisionError, OverflowError, ValueError)
NATIVE = OPERATORS.keys() - PYTHON.formulas.keys()

Outputs = Callable[..., Sequence[float]]
Answer = Callable[..., tuple[float, dict[str, float]]]


def inlined(formula: Formula) -> Outputs:
    """A function of the formula's variables, in their order and as floats, to the outputs in theirs.

    Its numbers are those of the scalar interpreter, to the last bit.
    """

    def interpreted(*numbers: float) -> Sequence[float]:
        return tuple(_evaluated(formula, numbers))

    if formula.operations > MOST:
        return interpreted
    writer = Writer(formula, _parameters(formula))
    return _plain(writer, interpreted, ast.Tuple(writer.outputs, ast.Load()))


def answering(formula: Formula, wrt: Sequence[str]) -> Answer:
    """The same for a formula whose outputs are a value and its derivatives by `wrt`: value, and name → derivative.

    Its parameters have the names of the variables. Its operators are right to 4 ulp of those of the interpreter.
    """

    def interpreted(*numbers: float) -> tuple[float, dict[str, float]]:
        return _answer(formula, wrt, numbers)

    if formula.operations > MOST:
        return interpreted
    writer = _ordinary(formula)
    return _plain(writer, interpreted, ast.Tuple([*_written_answer(writer, wrt)], ast.Load()))


def calling(formula: Formula, wrt: Sequence[str], general: Callable[..., Any]) -> Callable[..., Any] | None:
    """A method `__call__` that gives the same as a Result, for floats by position or by name; None if it is too long.

    The first variable has two parameters, one by position and one by name, so that a table can come first and a
    number for that variable all the same. `general(self, named, *arguments)` has the word where not all are floats:
    `named` is the argument for the first variable if there is another one before it.
    """
    if formula.operations > MOST or not formula.variables or not all(map(_is_parameter, formula.variables)):
        return None
    writer = _ordinary(formula)
    names = [*writer.names.values()]

    def interpreted(*numbers: float) -> Result:
        return Result(*_answer(formula, wrt, numbers))

    body = [*_first_of(names), _when_floats(names, _guarded(writer, interpreted, [*_result(writer, wrt)]))]
    arguments = ast.arguments(_args(".self", ".first"), _args(*names[1:]), None, _args(names[0]), [None], None, [])
    writer.globals |= {".general": general, ".missing": MISSING, ".type": type, ".float": float, ".blank": Blank}
    call = made(arguments, [*body, _otherwise(loaded(".missing"), names)], writer.globals)
    call.__defaults__, call.__kwdefaults__ = (MISSING,) * len(names), {names[0]: MISSING}
    return call


def _evaluated(formula: Formula, numbers: Sequence[float]) -> list[float]:
    bindings = dict(zip(formula.variables, numbers, strict=True))
    return evaluate(formula.graph, list(formula.outputs.values()), bindings)


def _answer(formula: Formula, wrt: Sequence[str], numbers: Sequence[float]) -> tuple[float, dict[str, float]]:
    value, *slopes = _evaluated(formula, numbers)
    return value, dict(zip(wrt, slopes, strict=True))


def _is_parameter(name: str) -> bool:
    return name.isidentifier() and not iskeyword(name)


def _parameters(formula: Formula) -> dict[str, str]:
    """The name of the parameter for each variable: its own, if that can be one."""
    return {name: name if _is_parameter(name) else f".{node}" for name, node in formula.variables.items()}


def _ordinary(formula: Formula) -> Writer:
    """What writes a formula for ordinary arguments."""
    return Writer(lowered(formula, NATIVE, PYTHON), _parameters(formula))


def _args(*names: str) -> list[ast.arg]:
    return [ast.arg(name) for name in names]


def _plain(writer: Writer, interpreted: Callable[..., Any], result: ast.expr) -> FunctionType:
    """The function of floats by position or by name that gives `result`."""
    names = writer.names.values()
    arguments = ast.arguments([], _args(*names), None, [], [], None, [])
    return made(arguments, [_guarded(writer, interpreted, [ast.Return(result)])], writer.globals)


def _guarded(writer: Writer, interpreted: Callable[..., Any], end: list[ast.stmt]) -> ast.stmt:
    """The lines of a formula, and what follows them; `interpreted` has the word where one raises."""
    writer.globals |= {".interpreted": interpreted, ".errors": ERRORS}
    again = ast.Return(called(".interpreted", [loaded(name) for name in writer.names.values()]))
    return ast.Try([*writer.lines(), *end], [ast.ExceptHandler(loaded(".errors"), None, [again])], [], [])


def _written_answer(writer: Writer, wrt: Sequence[str]) -> Iterator[ast.expr]:
    """The value, and the dictionary of the derivatives."""
    value, *slopes = writer.outputs
    yield value
    yield ast.Dict([ast.Constant(name) for name in wrt], slopes)


def _result(writer: Writer, wrt: Sequence[str]) -> Iterator[ast.stmt]:
    """The lines that return them as a Result."""
    yield assigned(".result", called(".blank", []))
    for name, part in zip(("value", "gradient"), _written_answer(writer, wrt), strict=True):
        yield ast.Assign([ast.Attribute(loaded(".result"), name, ast.Store())], part)
    yield ast.Return(loaded(".result"))


def _first_of(names: Sequence[str]) -> Iterator[ast.stmt]:
    """The lines that find the argument for the first variable."""
    is_missing = compared(loaded(names[0]), loaded(".missing"), ast.Is())
    both = compared(loaded(".first"), loaded(".missing"), ast.IsNot())
    general = ast.If(both, [_otherwise(loaded(names[0]), [".first", *names[1:]])], [])
    yield ast.If(is_missing, [assigned(names[0], loaded(".first"))], [general])


def _when_floats(names: Sequence[str], line: ast.stmt) -> ast.stmt:
    """A line for arguments that are all floats."""
    tests = [compared(called(".type", [loaded(name)]), loaded(".float"), ast.Is()) for name in names]
    return ast.If(ast.BoolOp(ast.And(), tests) if tests[1:] else tests[0], [line], [])


def _otherwise(named: ast.expr, names: Sequence[str]) -> ast.stmt:
    """The line that hands the arguments on."""
    return ast.Return(called(".general", [loaded(".self"), named, *map(loaded, names)]))
