"""How tightly each kind of notation binds: one scale, read by the parser and by every printer.

Depends on `row.py` for the shape of a notation. A higher power binds tighter; the steps of ten leave room.
"""

from gradcli.operators.row import Notation

CONDITIONAL = 10
OR = 20
AND = 30
NOT = 40
COMPARISON = 50
SUM = 60
PRODUCT = 70
NEGATION = 80
IMPLICIT_PRODUCT = 90
POWER = 100
POSTFIX = 110


def infix(power: int, symbol: str, *spellings: str) -> Notation:
    """A symbol between two operands that groups to the left: a - b - c is (a - b) - c."""
    return Notation(symbol, power, power + 1, spellings)


def infix_right(power: int, symbol: str, *spellings: str) -> Notation:
    """A symbol between two operands that groups to the right: a ^ b ^ c is a ^ (b ^ c)."""
    return Notation(symbol, power, power - 1, spellings)


def prefix(power: int, symbol: str, *spellings: str) -> Notation:
    """A symbol before its only operand."""
    return Notation(symbol, 0, power, spellings)
