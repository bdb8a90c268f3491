"""When a text has arrays: where it holds a sign of theirs, or is given some.

Depends on `gradcli.shapes`.
"""

import re
from collections.abc import Iterable

from gradcli.shapes import Array, Shape, gathered

_QUOTED = re.compile(r"`[^`\n]*`|#[^\n]*")
_SIGNS = re.compile(
    r"[\[@'’′ᵀ⊤] | \.\. | \.T\b | \bfor\b.*\bin\b | \b(?:dot|outer|transpose|softmax|log_softmax)\s*\(", re.VERBOSE | re.DOTALL
)


def has_signs(text: str) -> bool:
    """Whether a sign of arrays stands in a text.

    >>> [has_signs(text) for text in ("W @ x", "x[1]", "sum(i for i in 1..3)", "x^2", "`a[1]` + 1")]
    [True, True, True, False, False]
    """
    return _SIGNS.search(_QUOTED.sub("", text)) is not None


def given_shapes(variables: Iterable[str]) -> dict[str, Shape]:
    """The arrays among what is bound: values that are arrays, and names that are all entries of one."""
    found = gathered(variables)
    for name in variables if hasattr(variables, "keys") else ():
        value = variables[name]  # type: ignore[index]  # it is a mapping
        if isinstance(value, Array):
            found[name] = value.shape
    return found
