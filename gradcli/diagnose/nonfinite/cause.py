"""Why an operator on finite numbers gives one that is not. Depends on nothing."""

from enum import StrEnum


class Cause(StrEnum):
    """Four causes in mathematics, and two accidents of double precision."""

    POLE = "pole"
    """An infinite value."""
    DOMAIN = "domain"
    """No real value."""
    INDETERMINATE = "indeterminate"
    """0/0 and the like."""
    VERTICAL_TANGENT = "vertical tangent"
    OVERFLOW = "overflow"
    """A number too large for a double."""
    UNDERFLOW = "underflow"
    """A divisor too small for one."""
