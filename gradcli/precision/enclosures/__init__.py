"""Enclosures: numbers that come with a computed bound on their error, and what is settled by them.

`balls` says what an enclosure is, `meanings` what every operator makes of it, `search` raises the precision until all
numbers asked for are settled, `questions` names what only algebra can answer. `tangents` differentiates without
gradcli's own rules, `conversions` turns what is settled into doubles and decimals. Only this, `cancellation`
and `expansions` import python-flint.
"""

from importlib.util import find_spec


def is_available() -> bool:
    """Whether python-flint is there: where it has no wheel gradcli does without, and settles nothing."""
    try:
        return find_spec("flint") is not None
    except ValueError:  # a program that imports gradcli has blocked it
        return False
