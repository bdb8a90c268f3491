"""The symbols of the language, as the operator table defines them: what the parser and every printer look up.

Depends on the operator table alone.
"""

from gradcli.operators import precedence
from gradcli.operators.table import OPERATORS

NOTATIONS = {row.name: row.notation for row in OPERATORS.values() if row.notation}
INFIX = {s: (n.left, n.right, name) for name, n in NOTATIONS.items() if n.left for s in (n.symbol, *n.spellings)}
PREFIX = {s: (n.right, name) for name, n in NOTATIONS.items() if not n.left for s in (n.symbol, *n.spellings)}
ROOTS = {"√": "sqrt", "∛": "cbrt"}
PREFIX |= {sign: (precedence.POSTFIX + 1, name) for sign, name in ROOTS.items()}
"""A root is a sign for a function: it takes the operand that follows it and nothing more."""
BETWEEN = {"|": ("|", "abs"), "‖": ("‖", "abs"), "⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil")}
"""What opens → what closes, and the function of what stands between. The norm of a number is its absolute value."""
OPENING = frozenset({"(", "call"}) | BETWEEN.keys()
CLOSING = {")": "("} | {closing: opening for opening, (closing, _) in BETWEEN.items()}
EITHER = OPENING & CLOSING.keys()
"""What opens where an operand is expected, and closes elsewhere."""
POSTFIX = frozenset("!°")
FACTORS = frozenset({"name", "call", "quoted", "dotted", "index", "(", *ROOTS, *BETWEEN.keys() - EITHER})
"""The kinds of tokens that may begin an operand that is multiplied without a sign."""
JOINABLE = {"number": FACTORS, "fraction": FACTORS, ")": frozenset("("), "!": frozenset("(")}
"""What an operand ends with → the kinds of tokens that multiply it without a sign."""
DOUBTED = frozenset({"div", "mod", "pow", "neg"})
"""What is open before a product without a sign that may have two readings."""
STICKING = frozenset({"%", "!="})
"""Signs that may mean something else where they stick to a number."""
SURE = {sign: entry for sign, entry in INFIX.items() if sign not in STICKING}
WARY = frozenset({precedence.COMPARISON, precedence.IMPLICIT_PRODUCT, precedence.POWER, precedence.POSTFIX})
"""The powers of signs whose neighbours a person may have meant otherwise."""
