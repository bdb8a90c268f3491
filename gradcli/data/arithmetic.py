"""Plain arithmetic over columns, by polars itself: then no engine is needed, nor NumPy, which takes 40 ms to load.

Depends on `gradcli.diagnose` for the formula in its plainest operators and for what is the same in every row. There are
only operators here that IEEE 754 decides to the last bit, so every engine gives these numbers.
"""

import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import polars as pl

from gradcli.evaluate.scalar import MEANINGS
from gradcli.graph.walk import interpret, leaves
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import DEFINITIONS, UnsupportedOperator, lowered

MOST = 64
"""Operations, for the result of each is a column of its own."""

OPERATIONS: Mapping[str, Callable[..., pl.Series]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "abs": operator.abs,
    "sign": pl.Series.sign,
    "sqrt": pl.Series.sqrt,
}


def arithmetic(formula: Formula) -> Formula | None:
    """A formula in these operators alone; None where it has others, or too many."""
    if formula.operations > MOST:
        return None
    try:
        plain = lowered(formula, OPERATIONS, DEFINITIONS)
    except UnsupportedOperator:
        return None
    return plain if plain.operations <= MOST else None


def columns(formula: Formula, given: Mapping[str, pl.Series | float], length: int) -> dict[str, pl.Series]:
    """For each output a column of `length` entries; `given` has a column or a number for each variable."""
    leaf = leaves(formula.graph, given, lambda column: column)
    meanings = {name: partial(_result, name, length) for name in OPERATIONS}
    values = interpret(formula.graph, formula.needed, meanings, leaf)
    return {name: _column(values[node], length) for name, node in formula.outputs.items()}


def _result(name: str, length: int, *operands: Any) -> Any:
    """What an operator gives over numbers, and columns of one length."""
    if all(isinstance(operand, float) for operand in operands):
        return MEANINGS[name](*operands)
    if _shortened(name, operands):
        operands = tuple(_column(operand, length) for operand in operands)
    return OPERATIONS[name](*operands)


def _shortened(name: str, operands: tuple[pl.Series | float, ...]) -> bool:
    """Whether polars would take a short cut: x/3 is x*(1/3) to it, and x + 0 is x, even where x is -0."""
    number = next((operand for operand in operands if isinstance(operand, float)), None)
    return number is not None and (name == "div" or number == 0.0)


def _column(value: pl.Series | float, length: int) -> pl.Series:
    return pl.repeat(value, length, dtype=pl.Float64, eager=True) if isinstance(value, float) else value
