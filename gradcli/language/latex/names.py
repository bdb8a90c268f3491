r"""What a letter with accents and subscripts is called, and which spelling is bound: \hat{y}_1 is y_hat_1 or ŷ_1.

Depends on the lexemes and on `commands`.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple
from unicodedata import normalize

from gradcli.language.latex.commands import ACCENTS, LETTERS, SIGNS, SPOKEN, VARIANTS, function_of
from gradcli.language.latex.lexemes import Lexeme

MOST_SPELLINGS = 32


class Name(NamedTuple):
    """A name: its spellings, the first of which is its own, and the place behind its last lexeme."""

    spellings: tuple[str, ...]
    end: int


def letter_spellings(lexeme: Lexeme, beside: Collection[str] = ()) -> tuple[str, ...]:
    r"""How a letter may be spelled: α or alpha. Variants are others where the plain form is beside them."""
    kind, text, _, _ = lexeme
    if kind == "command" and text in VARIANTS:
        return (text,) if VARIANTS[text] in beside else (LETTERS[VARIANTS[text]], text, VARIANTS[text])
    if kind == "command":
        letter = LETTERS[text]
        return (letter, text) if letter != text else (letter,)
    if kind == "word":
        return tuple(dict.fromkeys((text.replace(" ", "_").replace("-", "_"), text)))
    return (text, SPOKEN[text]) if text in SPOKEN else (text,)


def accented(spellings: Sequence[str], accent: str) -> tuple[str, ...]:
    """The spellings of a name with an accent on it: y_hat, or ŷ."""
    suffix, mark = ACCENTS[accent]
    marked = [normalize("NFKC", name + mark) for name in spellings if mark and len(name) == 1]
    return (*(f"{name}_{suffix}" for name in spellings), *marked)


def subscripted(spellings: Sequence[str], subscripts: Sequence[str]) -> tuple[str, ...]:
    """The spellings of a name with a subscript: x_1, or x1 where that is bound."""
    joined = [f"{name}_{below}" for name, below in product(spellings, subscripts)]
    glued = [
        name + below for name, below in product(spellings, subscripts) if below.isdigit() and not name[-1].isdigit()
    ]
    return tuple(islice(dict.fromkeys(joined + glued), MOST_SPELLINGS))


_SPELLED = {"-": "minus", "+": "plus", "=": "is", "*": "times", "/": "over"}


def subscript_text(inner: Sequence[Lexeme], index: Mapping[str, int]) -> tuple[str, ...]:
    """What a subscript says, in the spellings that it has: 1, ij, max, i_1. Empty where it says no name.

    Letters that count in a sum are their numbers; sums and differences of numbers are one number.
    """
    parts = [_part(lexeme, index) for lexeme in inner]
    if not all(parts):
        return ()
    counted = [str(index[lexeme.text]) if lexeme.text in index else lexeme.text for lexeme in inner]
    if (value := whole_sum(counted)) is not None:
        return (str(value) if value >= 0 else f"minus_{-value}",)
    longest = [len(str(index[lexeme.text])) for lexeme in inner if lexeme.text in index]
    if longest and max(longest) > 1 and len(inner) > 1:
        return ()
    spelled = (_joined(choice) for choice in islice(product(*parts), MOST_SPELLINGS))
    return tuple(dict.fromkeys(text for text in spelled if text.replace("_", "x").isalnum()))


def _part(lexeme: Lexeme, index: Mapping[str, int]) -> tuple[str, ...]:
    """What one lexeme of a subscript adds to the name."""
    kind, text, _, _ = lexeme
    if text in index:
        return (str(index[text]) if index[text] >= 0 else f"_minus_{-index[text]}",)
    if kind in ("letter", "word") or (kind == "command" and (text in LETTERS or text in VARIANTS)):
        return letter_spellings(lexeme)
    if kind == "number" and text.isdigit():
        return (text,)
    if kind == "command" and (function_of(text, command=True) or text == "infty"):
        return (text.removesuffix("ty"),)
    if kind == "sign" and SIGNS.get(text) in _SPELLED:
        return (f"_{_SPELLED[SIGNS[text]]}_",)
    return ("_",) if text in (",", "_", "{}") else ()


def _joined(parts: Sequence[str]) -> str:
    """The parts as one name: words are parted by underscores, letters and digits are not."""
    return "_".join(piece for piece in "".join(parts).split("_") if piece)


def whole_sum(parts: Sequence[str]) -> int | None:
    """The value of whole numbers with plus and minus between them; None for anything else."""
    total, sign = 0, 1
    for at, part in enumerate(parts):
        digits = part.removeprefix("-")
        if SIGNS.get(part) in ("+", "-") and (at % 2 or not at):
            sign = 1 if SIGNS[part] == "+" else -1
        elif digits.isascii() and digits.isdigit() and len(digits) < 20:
            total, sign = total + sign * int(part), 0
        else:
            return None
        if sign == 0 and at + 1 < len(parts) and SIGNS.get(parts[at + 1]) not in ("+", "-"):
            return None
    return total if parts and sign == 0 else None
