"""What a name without a value may mean elsewhere: E for e, 5L for 5, the T of a transpose.

Depends on the language: what is offered is parsed before.
"""

import re
from collections.abc import Callable, Sequence

from gradcli.errors import LanguageError

_NUMBER = r"(?<![\w.])(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
_SUFFIX = rf"{_NUMBER}(?:UL|LL|ULL|[LUulnmfFd])\b"
_REWRITTEN = (
    (r"E", r"(?<![\w\\])E(?=\s*(?:\^|\*\*))", "e"),
    (r"UL|LL|ULL|[LUulfFd]", _SUFFIX, r"\g<number>"),
)
"""Name → where it stands as other languages have it, and what to write for it."""
_SAID = (
    (
        r"T",
        r"\^\s*\{?\s*(?:\\\w+\s*\{?\s*)?T\b|\^T(?=\W|[a-z])",
        "for a transpose write the sum of the products, w1*x1 + w2*x2",
    ),
    (r"[ijI]|im", r"[0-9.](?:i|j|im)\b|(?<!\w)I(?!\w)", "gradcli has real numbers: write both parts for themselves"),
    (r"None|NULL", r"\w", "leave the argument out: max(x, 0) for clip(x, 0, None)"),
)
"""Name → where it stands as other languages have it, and what to do."""


def otherwise(text: str, missing: Sequence[str], parse: Callable[[str], object]) -> str:
    """What to write for the missing names of a text, where one of them is another language's; or nothing."""
    for name in missing:
        for names, places, written in _REWRITTEN:
            if re.fullmatch(names, name) and re.search(places, text) and len(text) <= 120:
                rewritten = re.sub(places, written, text)
                if _is_program(rewritten, parse):
                    return f"write {' '.join(rewritten.split())}"
        for names, places, hint in _SAID:
            if re.fullmatch(names, name) and re.search(places, text):
                return hint
    return ""


def _is_program(text: str, parse: Callable[[str], object]) -> bool:
    try:
        parse(text)
    except LanguageError:
        return False
    return True
