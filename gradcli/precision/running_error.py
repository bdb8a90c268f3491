"""Doubles that know their own error: the value, a correction, and a bound on the rest; and what is computed with them.

Depends on the kernels. A number (v, d, e) says: the true value is v + d, give or take e, to first order.
This is Wilkinson's running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, section 3.3), made
sharper by the one rounding error that is cheap to know: that of a sum (Knuth's TwoSum, ibid. section 4.3). Decisions
are exact, or unknown where the errors could turn them; a choice has the error of what it takes, of nothing else.
"""

from collections.abc import Callable
from math import inf, isfinite

from gradcli.evaluate import scalar
from gradcli.graph.written import WHOLE, Written, shift
from gradcli.graph.written import as_written as written
from gradcli.kernels.arithmetic import div

Tracked = tuple[float, float, float]
"""A value, its correction, and a bound on what the corrected value is still off by; infinite for "unknown"."""
Tracking = Callable[..., Tracked]

EPSILON = 2.0**-52
UNIT = 2.0**-53
"""The relative rounding error of one operation."""
TINY, NORMAL = 5e-324, 2.3e-308
"""The least number, which bounds the rounding error of results below the least normal one."""


def exactly(number: float) -> Tracked:
    """A number that a variable is given: its double, unless more is known."""
    return _beside(number, shift(number, number.ratio)) if type(number) is Written else (float(number), 0.0, 0.0)


def as_written(number: float) -> Tracked:
    """A literal: the decimal that is written, which its double is near to."""
    if number.is_integer() and -WHOLE <= number <= WHOLE and type(number) is float:
        return number, 0.0, 0.0
    return _beside(number, shift(number, written(number)))


def _beside(number: float, known: float) -> Tracked:
    """A number by the double that stands for it, which is off by what is known, but for what that is rounded by."""
    if not isfinite(known):
        return float(number), 0.0, inf
    return float(number), known, TINY if 0.0 < abs(known) < NORMAL else UNIT * abs(known)


def slack_of(x: Tracked) -> float:
    """How far the true value may be from the double."""
    return abs(x[1]) + x[2]


def is_certain(x: Tracked) -> bool:
    """Whether a number is certainly 0, or certainly not."""
    slack = slack_of(x)
    return slack == 0.0 or abs(x[0]) > slack


def is_zero(x: Tracked) -> bool:
    """Whether a number is 0 for certain. Where it may not be, its error could underflow with it."""
    return not (x[0] or x[1] or x[2])


def plus(x: Tracked, y: Tracked) -> Tracked:
    """The sum; its rounding error goes into the correction."""
    a, before, first = x
    b, other, second = y
    value = a + b
    rest = value - a
    lost = (a - (value - rest)) + (b - rest)
    if before or other:
        known = before + other
        return value, lost + known, first + second + EPSILON * (abs(before) + abs(other) + abs(lost))
    return value, lost, first + second


def minus(x: Tracked) -> Tracked:
    """-x."""
    return -x[0], -x[1], x[2]


def difference(x: Tracked, y: Tracked) -> Tracked:
    """x - y; of one and the same number exactly 0."""
    if x is y and isfinite(x[0]):
        return 0.0, 0.0, 0.0
    return plus(x, (-y[0], -y[1], y[2]))


def times(x: Tracked, y: Tracked) -> Tracked:
    """The product, whose second-order error counts too."""
    a, before, first = x
    b, other, second = y
    value = a * b
    size = abs(value)
    error = UNIT * size if size > NORMAL else 0.0 if is_zero(x) or is_zero(y) else TINY
    if before or other:
        known = a * other + b * before
        most = (abs(before) + first) * (abs(other) + second)
        return value, known, abs(a * second) + abs(b * first) + most + error + 2 * EPSILON * abs(known)
    if first or second:
        error += abs(a * second) + abs(b * first) + first * second
    return value, 0.0, error


def quotient(x: Tracked, y: Tracked) -> Tracked:
    """The quotient; unknown where y may be 0."""
    a, before, first = x
    b, other, second = y
    value = div(a, b)
    size = abs(value)
    error = UNIT * size if size > NORMAL else 0.0 if is_zero(x) else TINY
    unsure = abs(other) + second
    if not (unsure or before or first):
        return value, 0.0, error
    if not abs(b) > 4 * unsure:
        return value, 0.0, inf
    known = (before - value * other) / b
    error += (first + size * second + abs(known) * unsure) / (abs(b) - unsure)
    return value, known, error + 4 * EPSILON * abs(known)


# -- decisions


def _comparison(operator: str) -> Tracking:
    """1 or 0; unknown where the operands are closer than their errors."""
    kernel = scalar.MEANINGS[operator]

    def compared(x: Tracked, y: Tracked) -> Tracked:
        slack = slack_of(x) + slack_of(y)
        certain = slack == 0.0 or abs(x[0] - y[0]) > slack or (x is y and isfinite(slack))
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
    """The branch taken, and nothing of the other; where it is not known which, what holds both."""
    taken = x if c[0] else y
    if is_certain(c):
        return taken
    apart = abs(x[0] - y[0]) + slack_of(x) + slack_of(y)
    return taken[0], 0.0, apart if apart == apart else inf


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


ELEMENTARY: dict[str, Tracking] = {
    "add": plus,
    "sub": difference,
    "mul": times,
    "div": quotient,
    "neg": minus,
    "and": _connective("and", deciding=False),
    "or": _connective("or", deciding=True),
    "not": _not,
    "where": _where,
    "abs": _abs,
    **{name: _comparison(name) for name in ("lt", "le", "gt", "ge", "eq", "ne")},
    **{name: _best(name) for name in ("max", "min")},
}
"""Arithmetic, written out because nearly every node is that, and decisions, which have no slope to go by."""
