"""Characters that fit nowhere in the language: what is wrong with each, and a mend that keeps what is meant.

Depends on `gradcli.errors` alone.
"""

import re
from unicodedata import decimal, decomposition, normalize

from gradcli.errors import LanguageError, Source

_NO_STRINGS = ("gradcli has no strings", "put a column's name in back-ticks: `name`")
_NO_DERIVATIVES = (
    "gradcli takes the derivative itself",
    "write the formula alone; a claim about a derivative is for check",
)
STRAYS = {
    **dict.fromkeys("'\"‘’“”„", _NO_STRINGS),
    ".": ("gradcli has no attributes", "call functions by their own name: sin(x)"),
    "[": ("a [ that belongs to no array here", "group with parentheses: ( ); an entry is x[1], an array [1, 2, 3]"),
    "]": ("a ] that opens nowhere", "group with parentheses: ( )"),
    "{": ("gradcli has no braces", "group with parentheses: ( )"),
    "}": ("gradcli has no braces", "group with parentheses: ( )"),
    "&": ("& is not an operator here", "write `and`"),
    "~": ("~ is not an operator here", "write `not x`; of y ~ f(x), a model of R's, f(x) alone"),
    ":": ("a stray :", "define a name with a single =: y = x*w"),
    "`": ("a back-tick that is never closed", "close the name with another back-tick"),
    "?": ("? is not an operator here", "write: if c then a else b"),
    "@": ("@ is not an operator here", "@file reads the whole expression from a file"),
    "$": ("$ does not belong in an expression", "put single quotes around all of it, for the shell's sake"),
    "\\": ("\\ does not belong in an expression", "write functions plainly: sin(x), not \\sin"),
    "±": ("± is not an operator here", "bind the value alone"),
    "∓": ("∓ is not an operator here", "bind the value alone"),
    "℃": ("gradcli has no units", "write the number alone"),
    "℉": ("gradcli has no units", "write the number alone"),
    "∑": ("gradcli has no sign for a sum", "write its terms out: x1 + x2 + x3"),
    "∏": ("gradcli has no sign for a product", "write its factors out: x1*x2*x3"),
    "∫": ("gradcli takes derivatives, and no integrals", "write the integral out as a formula"),
    **dict.fromkeys("∂∇", _NO_DERIVATIVES),
    "′": ("gradcli has no primes", "give it a name of its own: x1, or write the derivative out"),
    "∜": ("gradcli has no sign for a fourth root", "write it as a power: x^(1/4)"),
    "…": ("something is left out here", "write it out"),
}
"""Character → what is wrong with it, and how to mend that."""
_IN_SHEETS = {
    "$": ("gradcli copies no cells", "leave out the $: A1"),
    ":": ("gradcli has no ranges of cells", "name each cell: sum(A1, A2, A3)"),
}
"""The same, behind the = of a spreadsheet's formula."""
_BESIDE = (
    ("'", r"\d", r"\d", "digits are grouped by _ alone", "write the number without its signs: 1000"),
    (
        "'",
        r"[\w)\]]",
        r"",
        "a prime is a derivative, or a transpose",
        "write out what it is; of vectors, w1*x1 + w2*x2",
    ),
    ("⁻", r"", r"[ᵃ-ᶿʰ-ˣⁱⁿ]", "a power in superscript holds digits alone", "write it as a power: ^-x"),
    ("\\", r"", r"\[[A-Z]\w*\]", "letters have no names in brackets here", "write the letter itself: α, π, or alpha"),
    ("&", r"", r"[ \t]*\n", "a line goes on behind an operator", "leave out the &"),
    (".", r"", r"\.\.", "something is left out here", "write it out; a line goes on behind an operator"),
    (".", r"/", r"", "`/.` puts a value in place of a name", "bind the value: x=2"),
    (":", r"\w", r"\s*(?:float|int|f64|f32|Float64|number|double)\b", "gradcli has no types", "leave it away: x = 1"),
    (":", r"[\w)]", r"[\w(]", "a range has two points, after `in`", "write sum(x[i] for i in 1..3), or each number"),
    ("$", r"\w", r"[^\W\d]", "gradcli has no tables in formulas", "write the column's name alone"),
    ("@", r"[\w)]\s*", r"\s*[\w(]", "@ is not an operator here", "write f(x) for a call; of vectors w1*x1 + w2*x2"),
)
"""The same, where something stands before and behind it: character, before, behind, what is wrong, how to mend that."""
_MEANT = {"—": "-", "∧": "and", "∨": "or", "¬": "not", "∞": "inf", "⁻": "^-", "˚": "°", "∘": "°", "⁄": "/"}
_UNKNOWN = "write what it stands for; a name that holds it stands in back-ticks"


def stray(source: Source, at: int) -> LanguageError:
    """The error for a character that fits nowhere in the language."""
    sheet = _IN_SHEETS.get(source.text[at]) if source.text.lstrip().startswith("=") else None
    message, hint = sheet or _beside(source.text, at) or STRAYS.get(source.text[at]) or _unknown(source.text[at])
    return LanguageError(message, hint=hint, span=(at, at + 1), source=source)


def _beside(text: str, at: int) -> tuple[str, str] | None:
    """What is wrong with a character between others."""
    before, behind = text[max(0, at - 20) : at], text[at + 1 : at + 20]
    return next(
        (
            (message, hint)
            for sign, left, right, message, hint in _BESIDE
            if sign == text[at] and re.search(f"(?:{left})\\Z", before) and re.match(right, behind)
        ),
        None,
    )


def _unknown(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return ("a byte that is not UTF-8", "save or paste the text as UTF-8")
    if not character.isprintable():
        return (f"the invisible character {code} does not belong in an expression", "delete it")
    plain = _MEANT.get(character) or _plain(character)
    return (f"{character} ({code}) does not belong in an expression", f"write {plain}" if plain else _UNKNOWN)


def _plain(character: str) -> str:
    """A character in ASCII, where that means the same: not x+ for x₊."""
    if decomposition(character).startswith(("<super>", "<sub>", "<square>")):
        return ""
    plain = normalize("NFKC", str(decimal(character, character))).replace("⁄", "/").strip()
    return plain if plain.isascii() and plain != character else ""
