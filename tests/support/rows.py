"""The rows of the operator table as tests apply them: a program for each, and its value and local derivatives."""

from collections.abc import Callable

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

Point = tuple[float, ...]

ROWS = [row for row in OPERATORS.values() if row.signature]
"""Every row that has operands."""


def names(row: Operator) -> tuple[str, ...]:
    """The variables a row is tried on; a variadic one on two."""
    return ("x", "y") if row.variadic else row.operands


def orders(row: Operator) -> int:
    """How many of the first operands are orders and take whole numbers only."""
    return next((at for at, name in enumerate(names(row)) if name not in ("k", "n")), len(names(row)))


def text(row: Operator) -> str:
    """A program that applies the operator to its variables: "x + y", "not x", "max(x, y)"."""
    if row.notation is None:
        return f"{row.name}({', '.join(names(row))})"
    return f" {row.notation.symbol} ".join(("", *row.operands) if len(row.operands) == 1 else row.operands)


def runner(row: Operator) -> Callable[[Point], list[float]]:
    """A function from a point to the value and the local derivatives, through the whole of gradcli."""
    program = parse(text(row), variables=names(row))
    nodes = [program.variables[name] for name in names(row)]
    wanted = [program.output, *differentiate(program.graph, program.output, nodes).gradient]
    return lambda point: evaluate(program.graph, wanted, dict(zip(names(row), point, strict=True)))
