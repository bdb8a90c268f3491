"""Comparisons, logic and choice on floats: 1 is true, 0 is false, and anything but 0 (NaN too) counts as true.

Depends on the standard library only. The functions are small because a graph may be made of millions of them.
"""

from collections.abc import Callable

LOGIC: dict[str, Callable[..., float]] = {
    "lt": lambda x, y: 1.0 if x < y else 0.0,
    "le": lambda x, y: 1.0 if x <= y else 0.0,
    "gt": lambda x, y: 1.0 if x > y else 0.0,
    "ge": lambda x, y: 1.0 if x >= y else 0.0,
    "eq": lambda x, y: 1.0 if x == y else 0.0,
    "ne": lambda x, y: 1.0 if x != y else 0.0,  # NaN differs from itself
    "and": lambda x, y: 1.0 if x and y else 0.0,
    "or": lambda x, y: 1.0 if x or y else 0.0,
    "not": lambda x: 0.0 if x else 1.0,
    "where": lambda condition, x, y: x if condition else y,
}
