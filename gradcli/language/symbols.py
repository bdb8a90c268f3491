"""The symbols of the language, as the operator table defines them: what the parser and every printer look up.

Depends on the operator table alone.
"""

from gradcli.operators import precedence
from gradcli.operators.table import OPERATORS

NOTATIONS = {row.name: row.notation for row in OPERATORS.values() if row.notation}
INFIX = {s: (n.left, n.right, name) for name, n in NOTATIONS.items() if n.left for s in (n.symbol, *n.spellings)}
PREFIX = {s: (n.right, name) for name, n in NOTATIONS.items() if not n.left for s in (n.symbol, *n.spellings)}
PREFIX["√"] = (precedence.POSTFIX + 1, "sqrt")
"""The root is a sign for a function: it takes the operand that follows it and nothing more."""
FACTORS = frozenset({"name", "call", "quoted", "dotted", "index", "(", "√"})
"""The kinds of tokens that may begin an operand that is multiplied without a sign."""
WARY = frozenset({precedence.COMPARISON, precedence.IMPLICIT_PRODUCT, precedence.POWER, precedence.POSTFIX})
"""The powers of signs whose neighbours a person may have meant otherwise."""
