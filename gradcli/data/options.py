"""What a person may choose about a table, apart from its form.

Depends on nothing.
"""

from enum import StrEnum


class OnError(StrEnum):
    """What to do with a row that is not what it should be."""

    fail = "fail"
    skip = "skip"
    null = "null"


class Reduce(StrEnum):
    """What to make of all rows."""

    mean = "mean"
    sum = "sum"
    min = "min"
    max = "max"
