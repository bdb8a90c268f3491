"""Pairs of doubles whose unevaluated sum is exact: what a single rounding would lose.

Depends on nothing.
"""


def two_sum(x: float, y: float) -> tuple[float, float]:
    """x + y, and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = x + y
    back = total - x
    return total, (x - (total - back)) + (y - back)
