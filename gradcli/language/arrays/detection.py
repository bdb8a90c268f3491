"""When a text has arrays: where it holds a sign of theirs.

Depends on nothing.
"""

import re

_QUOTED = re.compile(r"`[^`\n]*`|#[^\n]*")
_SIGNS = re.compile(
    r"[\[@'\u2019\u2032ᵀ\u22a4] | \.\. | \.T\b | \bfor\b.*\bin\b | \b(?:dot|outer|transpose|softmax|log_softmax)\s*\(",
    re.VERBOSE | re.DOTALL,
)


def has_signs(text: str) -> bool:
    """Whether a sign of arrays stands in a text.

    >>> [has_signs(text) for text in ("W @ x", "x[1]", "sum(i for i in 1..3)", "x^2", "`a[1]` + 1")]
    [True, True, True, False, False]
    """
    return _SIGNS.search(_QUOTED.sub("", text)) is not None


def begins_with_sign(text: str) -> bool:
    """Whether a text begins with a sign of arrays.

    >>> [begins_with_sign(text) for text in ("[1", "dot", "x[1]", "D")]
    [True, True, False, False]
    """
    return _SIGNS.match(text + "(") is not None or text[:1] in (":", "]", ".") or text in ("for", "axis", "dim")
