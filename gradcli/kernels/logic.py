"""Comparisons, logic and choice on floats: 1 is true, 0 is false, and anything but 0 (NaN too) counts as true.

Depends on the standard library only. The functions are small because a graph may be made of millions of them.
"""

from collections.abc import Callable


def less(x: float, y: float) -> float:
    """1 where x < y."""
    return 1.0 if x < y else 0.0


def at_most(x: float, y: float) -> float:
    """1 where x <= y."""
    return 1.0 if x <= y else 0.0


def greater(x: float, y: float) -> float:
    """1 where x > y."""
    return 1.0 if x > y else 0.0


def at_least(x: float, y: float) -> float:
    """1 where x >= y."""
    return 1.0 if x >= y else 0.0


def equal(x: float, y: float) -> float:
    """1 where x and y are the same number."""
    return 1.0 if x == y else 0.0


def different(x: float, y: float) -> float:
    """1 where they are not; NaN differs from itself."""
    return 1.0 if x != y else 0.0


def both(x: float, y: float) -> float:
    """1 where x and y are true."""
    return 1.0 if x and y else 0.0


def either(x: float, y: float) -> float:
    """1 where x or y is true."""
    return 1.0 if x or y else 0.0


def denied(x: float) -> float:
    """1 where x is 0."""
    return 0.0 if x else 1.0


def choice(c: float, x: float, y: float) -> float:
    """x where c is true, else y."""
    return x if c else y


LOGIC: dict[str, Callable[..., float]] = {
    "lt": less,
    "le": at_most,
    "gt": greater,
    "ge": at_least,
    "eq": equal,
    "ne": different,
    "and": both,
    "or": either,
    "not": denied,
    "where": choice,
}
