"""Graph → SymPy: the formula as it is around one point.

Depends on the operator table, on `gradcli.precision.multiprecision_kernels` for the numbers, and on SymPy. Where a
formula chooses (`where`, max, abs, floor …), the number at the point decides, and the branch not taken is not there.
What is left is smooth, so that SymPy's derivative and gradcli's are comparable without a convention on either side.
Names are never given to SymPy as text.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

import sympy

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.written import as_written as written
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, Number, as_written, is_finite
from gradcli.proof.sympy_families import FAMILIES, LARGEST, Formula, Piece, whole

DIGITS = 200
"""The working digits of the numbers that choose between branches."""
MOST_OPERATIONS, LONGEST = 400, 3000
"""Formulas of more operations are not given to SymPy, nor those that would be longer, written out."""


def is_long(graph: Graph, needed: bytearray, nodes: Sequence[int]) -> bool:
    """Whether formulas are more than SymPy is given: many operations, or many more where nothing is shared."""
    if sum(needed) > MOST_OPERATIONS:
        return True
    lengths: list[int] = []
    for node, flag in enumerate(needed):
        lengths.append(1 + sum(lengths[operand] for operand in graph.operands[node]) if flag else 0)
    return sum(lengths[node] for node in nodes) > LONGEST


def pieces(graph: Graph, needed: bytearray, given: Mapping[int, Piece], nodes: Sequence[int] = ()) -> list[Piece]:
    """All nodes flagged in `needed` around a point; other entries must not be used. `given` holds the symbols.

    A sum in a sum, or a product in a product, is part of it, and has no formula of its own unless it is among `nodes`.
    """
    links = _links(graph, needed, {*given, *nodes})
    found: list[Any] = []
    with MP.workdps(DIGITS):
        for node, flag in enumerate(needed):
            if not flag or node in given:
                found.append(given.get(node))
            elif graph.operators[node] == CONSTANT:
                found.append(_literal(graph.leaves[node]))
            else:
                operands = [found[operand] for operand in graph.operands[node]]
                found.append((_link if node in links else piece)(graph.operators[node], *operands))
    return found


def _links(graph: Graph, needed: bytearray, kept: Collection[int]) -> set[int]:
    """The sums that are used in one other sum and nowhere else, and the products in a product."""
    users = [0] * len(needed)
    alike = set[int]()
    for node, flag in enumerate(needed):
        for operand in graph.operands[node] if flag else ():
            users[operand] += 1
            if graph.operators[node] in FLAT and graph.operators[operand] == graph.operators[node]:
                alike.add(operand)
    return {node for node in alike if users[node] == 1 and node not in kept}


def _link(operator: str, *operands: Piece) -> Piece:
    """A sum or a product whose formula is the list of its terms."""
    number = MEANINGS[operator](*[operand.number for operand in operands])
    formulas = [operand.formula for operand in operands]
    return Piece(None if None in formulas or not is_finite(number) else _terms(formulas), number)


def _terms(formulas: Sequence[Formula]) -> list[Formula]:
    """One list of what is listed and what is not; a list that is a part goes on in it."""
    first, *rest = sorted(formulas, key=lambda formula: not isinstance(formula, list))
    found: list[Formula] = first if isinstance(first, list) else [first]
    for formula in rest:
        found.extend(formula if isinstance(formula, list) else [formula])
    return found


def symbol(number: Number) -> Piece:
    """A fresh symbol for a variable with this number; SymPy may know its sign, which it keeps around the point."""
    sign: dict[str, bool] = {"positive": True} if number > 0 else {"negative": True} if number < 0 else {"real": True}
    return Piece(sympy.Dummy(**sign), number)


def rational(number: Number) -> Formula:
    """A finite number as the fraction that it is."""
    return sympy.Rational(int(MP.sign(number)) * int(number.man)) * sympy.Integer(2) ** int(number.exp)


def piece(operator: str, *operands: Piece) -> Piece:
    """An operator on pieces."""
    number = MEANINGS[operator](*[operand.number for operand in operands])
    if operator in CHOICES and number == number:
        return Piece(CHOICES[operator](*operands, number), number)
    formulas = [operand.formula for operand in operands]
    if None in formulas or not is_finite(number) or _too_long(formulas, number):
        return Piece(None, number)
    row = OPERATORS[operator]
    if operator in FLAT:
        return Piece(FLAT[operator](*_terms(formulas)), number)
    meaning = ARITHMETIC.get(operator) or native(row)
    return Piece(meaning(*formulas), number) if meaning else _composite(row, operands)


def _literal(value: float | str) -> Piece:
    """A literal is the decimal that is written."""
    return Piece(sympy.Rational(*written(float(value) if isinstance(value, str) else value)), as_written(value))


def native(row: Operator) -> Callable[..., Formula] | None:
    """SymPy's function of that name, or its constant."""
    if row.definition:
        return None
    found = getattr(sympy, row.targets.get("sympy", row.name), _unknown)
    return found if row.signature else lambda: found


def _unknown(*_: Formula) -> None:
    return None


def _composite(row: Operator, operands: tuple[Piece, ...]) -> Piece:
    """The row's definition; one of two operands stands for any number of them."""
    if row.variadic:
        return operands[0]
    definition = parse_template(row.definition, row.operands)
    meanings = {step.operator: partial(piece, step.operator) for step in definition.steps}
    return definition.run(operands, meanings, _literal)


def _too_long(formulas: list[Formula], number: Number) -> bool:
    """Whether an exact number would become too long to be written out."""
    if abs(MP.mag(number)) <= LARGEST or number == 0:
        return False
    return not any(formula.free_symbols for formula in _terms(formulas))


def _flat(*operands: Any) -> Formula | None:
    """What is constant around the point: a comparison, a rounding, a sign."""
    return whole(operands[-1])


def _taken(condition: Piece, if_true: Piece, if_false: Piece, _: Number) -> Formula | None:
    return (if_true if condition.number != 0 else if_false).formula


def _winner(*operands: Any) -> Formula | None:
    """The operand that is the least or the greatest."""
    return next(operand.formula for operand in operands[:-1] if operand.number == operands[-1])


def _magnitude(operand: Piece, _: Number) -> Formula | None:
    return operand.formula if operand.number >= 0 or operand.formula is None else -operand.formula


def _remainder(left: Piece, right: Piece, number: Number) -> Formula:
    """x - k*y, where the whole number k is constant around the point."""
    times = whole(MP.nint((left.number - number) / right.number))
    formulas: list[Formula] = [left.formula, right.formula, times]
    return None if None in formulas else formulas[0] - times * formulas[1]


FLAT: dict[str, Callable[..., Formula]] = {"add": sympy.Add, "mul": sympy.Mul}

ARITHMETIC: dict[str, Callable[..., Formula]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "hypot": lambda *x: sympy.sqrt(sum(each**2 for each in x)),
}

CHOICES: dict[str, Callable[..., Formula | None]] = {
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "sign", "floor", "ceil", "round"), _flat),
    **dict.fromkeys(("min", "max"), _winner),
    "where": _taken,
    "abs": _magnitude,
    "mod": _remainder,
    **FAMILIES,
}
"""Operators whose formula around a point depends on the numbers there, the result's own being the last argument."""
