"""The operators that a person means by a name or a symbol.

Depends on the operator table and on `gradcli.language.guess`.
"""

from gradcli.errors import UsageError
from gradcli.language.guess import did_you_mean
from gradcli.operators.row import Operator
from gradcli.operators.table import CALLABLE, CONSTANT, OPERATORS


def rows_of(name: str) -> tuple[Operator, ...]:
    """The rows that a name or a symbol means. Raises UsageError."""
    spoken = OPERATORS.get(CALLABLE.get(name, CONSTANT.get(name, name)))
    symbols = [
        row for row in OPERATORS.values() if row.notation and name in (row.notation.symbol, *row.notation.spellings)
    ]
    rows = (spoken,) if spoken else tuple(symbols)
    if not rows:
        known = [*OPERATORS, *CALLABLE]
        raise UsageError(
            f"there is no operator `{name}`", hint=did_you_mean(name, known) or "`gradcli rules` lists all"
        )
    return (*rows, *(row for row in OPERATORS.values() if row.overloads in {row.name for row in rows}))
