"""What a name is made of, letter by letter: for the language, and for whatever reads names before the language does.

Depends on nothing.
"""

import re
from functools import cache
from unicodedata import decomposition, normalize

_FIRST = r"(?:[^\W\d²³¹⁰-⁹¼-¾⅐-⅞↉]|∆)"
_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u1cff\u1dc0-\u1dff\u20d0-\u20f0\ua802-\uabff\ufe20-\ufe2f"
"""The blocks in which marks stand that belong to the letter before them: accents, and the vowel signs of Indic scripts.
What else stands in these blocks is no part of a name, which `is_plain` says."""
NAME = rf"{_FIRST}(?:[^\W²³¹⁰-⁹¼-¾⅐-⅞↉]|[∆{_MARKS}])*"
PLAIN = "[A-Za-z_][A-Za-z0-9_]*"
"""A name of ASCII alone."""
_GROUP = r"\{[^{}=]*(?:\{[^{}=]*\}[^{}=]*)*\}"
LATEX = rf"(?:{_FIRST}|\\[A-Za-z]+(?:{_GROUP})?)(?:_(?:{_GROUP}|\w|\\[A-Za-z]+))?"
"""What may be a name in LaTeX."""
_TYPED = rf"{_FIRST}(?:\w|[∆{_MARKS}])*"
_INDEX = r"(?:[ \t]*\[[0-9, \t]+\])?"
_PARTS = {"LATEX": LATEX, "NAME": NAME, "TYPED": _TYPED, "ENTRY": _TYPED + _INDEX, "QUOTED": r"`[^`\n]+`"}
_PLAIN_PARTS = _PARTS | dict.fromkeys(("NAME", "TYPED"), PLAIN) | {"ENTRY": PLAIN + _INDEX}


def pattern(form: str, text: str) -> re.Pattern[str]:
    """The pattern with which a text is searched.

    In `form` stand the words NAME, LATEX for one in LaTeX, QUOTED for one in back-ticks, TYPED for what may have been
    meant as a name outside of a formula, as x² may, and ENTRY for one that may have an index, as W[1,2]. Most texts are
    ASCII, and the pattern for those is made ten times as fast.
    """
    return _pattern(form, text.isascii(), "\\" in text or "{" in text)


@cache
def _pattern(form: str, plain: bool, latex: bool) -> re.Pattern[str]:
    parts = (_PLAIN_PARTS if plain else _PARTS) | ({} if latex else {"LATEX": "(?!)"})
    return re.compile(re.sub("LATEX|NAME|TYPED|ENTRY|QUOTED", lambda word: parts[word[0]], form), re.DOTALL)


def normal(name: str) -> str:
    """A name in the one form in which formulas know it: x1 for x₁, é in one letter, the letter Δ for the sign ∆."""
    return name if name.isascii() else normalize("NFKC", name).replace("∆", "Δ")


def composed(name: str) -> str:
    """A name that may be any text, with its accents as they are mostly typed: é in one letter."""
    return normalize("NFC", name)


def is_raised(letter: str) -> bool:
    """Whether it is a letter in superscript, which is no letter of a name."""
    return decomposition(letter).startswith("<super>")


def is_plain(text: str) -> bool:
    """Whether a text can be a name without back-ticks."""
    return text.isidentifier() and (text.isascii() or re.fullmatch(NAME, text) is not None)


def one_name(text: str) -> str:
    """A name from outside as formulas spell it. What is no plain name in them stays as it is, as x² does."""
    if text.isascii():
        return text
    plain = normal(text)
    return plain if is_plain(plain) and not any(map(is_raised, text)) else composed(text)
