"""Numbers as strict JSON has them: its own have no NaN and no infinity.

Depends on `beyond` and on the printer of the language.
"""

from math import isfinite

from gradcli.language.notation import number_text
from gradcli.precision.beyond import Beyond


def strict(value: float | None) -> float | str | None:
    """A number as strict JSON takes it: NaN and the infinities are strings, and what no double holds.

    >>> strict(0.1), strict(float("-inf")), strict(None)
    (0.1, '-Infinity', None)
    """
    if isinstance(value, Beyond):
        return strict(float(value)) if value.text else number_text(value)
    if value is None or isfinite(value):
        return value
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
