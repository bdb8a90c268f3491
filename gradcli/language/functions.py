"""The functions of the table by the names under which they are called, and what a call of one means.

Depends on the operator table alone.
"""

from functools import cache

from gradcli.operators.row import Operator
from gradcli.operators.table import CALLABLE, OPERATORS

FUNCTIONS: dict[str, tuple[Operator, ...]] = {
    name: (OPERATORS[operator], *(row for row in OPERATORS.values() if row.overloads == operator))
    for name, operator in CALLABLE.items()
}
"""The rows that a name before a parenthesis may mean; the number of arguments decides."""


def counts(row: Operator) -> str:
    """How many arguments a row takes, in words."""
    most, optional = len(row.operands), len(row.defaults)
    if row.variadic:
        return "one or more"
    return f"{most - optional} or {most}" if optional else str(most)


@cache
def fitting(name: str, count: int) -> tuple[str, tuple[float, ...]] | None:
    """The operator that a name means with so many arguments, and the defaults of those left out; None for none."""
    for row in FUNCTIONS[name]:
        most, defaults = len(row.operands), row.defaults
        if row.variadic and count >= 1:
            return row.name, ()
        if not row.variadic and most - len(defaults) <= count <= most:
            return row.name, defaults[len(defaults) - (most - count) :]
    return None
