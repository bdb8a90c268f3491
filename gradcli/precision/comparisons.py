"""Decisions on doubles that know their own error: exact, or unknown where the errors could turn them.

Depends on `gradcli.precision.running_error` and on the kernels. A choice passes the error of what it takes, and nothing
of the rest.
"""

from math import inf

from gradcli.evaluate import scalar
from gradcli.precision.running_error import Tracked, Tracking, is_certain, minus, slack_of


def _comparison(operator: str) -> Tracking:
    """1 or 0; unknown where the operands are closer than their errors."""
    kernel = scalar.MEANINGS[operator]

    def compared(x: Tracked, y: Tracked) -> Tracked:
        slack = slack_of(x) + slack_of(y)
        certain = slack == 0.0 or abs(x[0] - y[0]) > slack
        return kernel(x[0], y[0]), 0.0, 0.0 if certain else inf

    return compared


def _connective(operator: str, deciding: bool) -> Tracking:
    """`and`, `or`: one certain operand may decide alone."""
    kernel = scalar.MEANINGS[operator]

    def connected(*operands: Tracked) -> Tracked:
        certain = [bool(it[0]) for it in operands if is_certain(it)]
        known = len(certain) == len(operands) or deciding in certain
        return kernel(*[it[0] for it in operands]), 0.0, 0.0 if known else inf

    return connected


def _not(x: Tracked) -> Tracked:
    return float(not x[0]), 0.0, 0.0 if is_certain(x) else inf


def _where(c: Tracked, x: Tracked, y: Tracked) -> Tracked:
    """The branch taken, and nothing of the other."""
    taken = x if c[0] else y
    return taken if is_certain(c) else (taken[0], 0.0, inf)


def _best(operator: str) -> Tracking:
    """max, min: the winner where it wins clearly; otherwise no further off than its rivals."""
    kernel = scalar.MEANINGS[operator]

    def best(*operands: Tracked) -> Tracked:
        value = kernel(*[it[0] for it in operands])
        winner = next((it for it in operands if it[0] == value), operands[0])
        slack = slack_of(winner)
        if all(it is winner or abs(value - it[0]) > slack + slack_of(it) for it in operands):
            return winner
        return value, 0.0, sum(map(slack_of, operands))

    return best


def _abs(x: Tracked) -> Tracked:
    if not is_certain(x):
        return abs(x[0]), 0.0, slack_of(x)
    return x if x[0] >= 0 else minus(x)


DECISIONS: dict[str, Tracking] = {
    "and": _connective("and", deciding=False),
    "or": _connective("or", deciding=True),
    "not": _not,
    "where": _where,
    "abs": _abs,
    **{name: _comparison(name) for name in ("lt", "le", "gt", "ge", "eq", "ne")},
    **{name: _best(name) for name in ("max", "min")},
}
"""Operators that have no slope to go by, or one only away from a tie."""
