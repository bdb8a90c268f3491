"""Text → tokens, each with its place. One regular expression, one pass, in linear time.

Depends on `gradcli.errors` alone. A token's kind is "number", "name", "call" (a name before a parenthesis),
"define" (a name before a single =), "index" (one before a [), "dotted" (one before a point and a name), "quoted",
"superscript", "fraction" (½), "end" (newline or ;), "eof", or the symbol or keyword itself.
"""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import decomposition, normalize

from gradcli.errors import LanguageError, LimitError, Source

Token = tuple[str, str, int, int]
"""kind, text (a name normalised), start, end."""

KEYWORDS = frozenset({"if", "then", "else", "and", "or", "not"})
MAX_DIGITS = 1000

FRACTIONS = "½¼¾⅐-⅞↉"
_WORDS = r"(?i:(?:eq|ne|lt|le|gt|ge|and|or|not)\.)"
"""What follows the point of an operator of Fortran's."""
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_LETTER = r"[^\W\d_²³¹⁰-⁹¼-¾⅐-⅞↉]"
_NAME = rf"{_LETTER}(?:[^\W²³¹⁰-⁹¼-¾⅐-⅞↉]|[\u0300-\u036f])*"


@cache
def _grammar(ascii_only: bool) -> re.Pattern[str]:
    """The tokens of a text. Most are ASCII, and the expression for those is made and matched twice as fast."""
    space = r"[ \t\r]" if ascii_only else r"[ \t\r\u00a0\u2000-\u200a\u202f\u205f\u3000]"
    letter = "[A-Za-z]" if ascii_only else _LETTER
    name = "[A-Za-z][A-Za-z0-9_]*" if ascii_only else _NAME
    symbols = "-+*/^(),%|" if ascii_only else "-+*/^(),%|×·⋅∗÷−–√"
    comparisons = "<>=" if ascii_only else "<>=≤≥≠"
    superscripts = "(?!)" if ascii_only else "[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    return re.compile(
        rf"""{space}*(?:\#[^\n]*)?
        (?: (?P<symbol> \*\*|[{symbols}]|[<>=!]=|[{comparisons}])
          | (?P<name> {name})
            (?= {space}* (?P<next> [(\[] | =(?!=) | (?:\.(?!{_WORDS})|::)(?= {space}*(?:{letter}|\()) ))?
          | (?P<number> (?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS}) (?:[eE][+-]?{_DIGITS})?)
          | (?P<end> [\n;])
          | (?P<superscript> {superscripts})
          | `(?P<quoted> [^`\n]*)`
          | (?P<eof> \Z)
          | (?P<foreign> \.(?:\*\*|[-+*/^%]|[<>=!]=|[<>]|{_WORDS}) | && | ~= | :: | [.:?!\[\]] )
          | (?P<fraction> [{FRACTIONS}])
          | (?P<stray> .)
        )""",
        re.VERBOSE | re.DOTALL,
    )


_SYMBOL, _NAMED, _FOLLOWED, _NUMBER = 1, 2, 3, 4
_NAMES = (_NAMED, _FOLLOWED)
"""The groups of the four kinds of which a formula mostly consists, as they are counted in the expression above."""
_BEFORE = {"(": "call", "=": "define", "[": "index", ".": "dotted", "::": "dotted"}
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")


def tokens(source: Source, start: int = 0) -> Iterator[Token]:
    """The tokens of a text from `start` on, closed by one "eof". Raises LanguageError where a character is stray."""
    plain = source.text.isascii()
    for match in _grammar(plain).finditer(source.text, start):
        index, end = match.lastindex, match.end()
        if index == _SYMBOL:
            text = match[_SYMBOL]
            yield text, text, end - len(text), end
        elif index in _NAMES:
            text = match[_NAMED]
            name = text if plain or text.isascii() else _normal(text, end - len(text), source)
            kind = "name" if index == _NAMED else _BEFORE[match[_FOLLOWED]]
            yield (name if name in KEYWORDS else kind), name, end - len(text), end
        elif index == _NUMBER:
            text = match[_NUMBER]
            yield "number", text if len(text) <= MAX_DIGITS else _too_long(match, source), end - len(text), end
        else:
            yield from _rarer(match, source)
            if match.lastgroup == "eof":
                return


def _rarer(match: re.Match[str], source: Source) -> Iterator[Token]:
    kind = str(match.lastgroup)
    start, end = match.span(kind)
    if kind == "superscript":
        yield kind, match[kind].translate(_SUPERSCRIPTS), start, end
    elif kind == "quoted":
        yield "quoted", _quoted(match[kind], (start - 1, end + 1), source), start - 1, end + 1
    elif kind == "foreign":
        yield match[kind].lower(), match[kind], start, end
    elif kind == "stray":
        raise stray(source, start)
    else:
        yield kind, match[kind], start, end


def is_name(text: str) -> bool:
    """Whether a text is read as one name that is spelled so."""
    return _is_plain(text) and text not in KEYWORDS and normalize("NFKC", text) == text


def one_name(text: str) -> str:
    """A name from outside as formulas spell it: x1 for x₁. What is no plain name in them stays as it is, as x² does."""
    plain = normalize("NFKC", text)
    raised = any(decomposition(letter).startswith("<super>") for letter in text)
    return plain if not text.isascii() and not raised and _is_plain(plain) else text


def _is_plain(text: str) -> bool:
    return text.isidentifier() and (text[0] != "_" if text.isascii() else re.fullmatch(_NAME, text) is not None)


def _normal(text: str, start: int, source: Source) -> str:
    """A name in its NFKC form. Raises LanguageError at a letter that has no place in it then, or is raised."""
    for at, letter in enumerate(text, start):
        if decomposition(letter).startswith("<super>"):
            raise _raised(letter, at, source)
        if not _is_plain(f"{'x' * (at > start)}{normalize('NFKC', letter)}"):
            raise stray(source, at)
    return normalize("NFKC", text)


def _raised(letter: str, at: int, source: Source) -> LanguageError:
    hint = f"write it as a power: ^{normalize('NFKC', letter)}"
    return LanguageError(f"{letter} is a letter in superscript", hint=hint, span=(at, at + 1), source=source)


def _too_long(match: re.Match[str], source: Source) -> str:
    start, end = match.span(_NUMBER)
    message = f"this number has {end - start:,} characters; gradcli reads up to {MAX_DIGITS:,}"
    hint = "a double holds 17 significant digits: write fewer"
    raise LimitError(message, hint=hint, span=(start, start + 1), source=source)


def _quoted(name: str, span: tuple[int, int], source: Source) -> str:
    if not name.strip():
        hint = "write the column's name between the back-ticks"
        raise LanguageError("an empty name", hint=hint, span=span, source=source)
    for offset, character in enumerate(name):
        if not character.isprintable():
            raise stray(source, span[0] + 1 + offset)
    return name


STRAYS = {
    "'": ("gradcli has no strings", "put a column's name in back-ticks: `name`"),
    '"': ("gradcli has no strings", "put a column's name in back-ticks: `name`"),
    ".": ("gradcli has no attributes", "call functions by their own name: sin(x)"),
    "[": ("gradcli has no lists or indices", "give each element a name of its own: w1, w2"),
    "]": ("a ] that opens nowhere", "group with parentheses: ( )"),
    "{": ("gradcli has no braces", "group with parentheses: ( )"),
    "}": ("gradcli has no braces", "group with parentheses: ( )"),
    "&": ("& is not an operator here", "write `and`"),
    "!": ("! is not an operator here", "write `not x`, `!=` for unequal, gamma(n + 1) for a factorial"),
    "~": ("~ is not an operator here", "write `not x`"),
    ":": ("a stray :", "define a name with a single =: y = x*w"),
    "_": ("a name starts with a letter", "put a letter before the underscore"),
    "`": ("a back-tick that is never closed", "close the name with another back-tick"),
    "?": ("? is not an operator here", "write: if c then a else b"),
    "@": ("@ is not an operator here", "@file reads the whole expression from a file"),
    "$": ("$ does not belong in an expression", "put single quotes around all of it, for the shell's sake"),
    "\\": ("\\ does not belong in an expression", "write functions plainly: sin(x), not \\sin"),
    "±": ("± is not an operator here", "bind the value alone"),
}
"""Character → what is wrong with it, and how to mend that."""
_MEANT = {"—": "-", "‐": "-", "∙": "*", "•": "*", "∧": "and", "∨": "or", "¬": "not", "∞": "inf", "⁻": "^-"}


def stray(source: Source, at: int) -> LanguageError:
    """The error for a character that fits nowhere in the language."""
    message, hint = STRAYS.get(source.text[at]) or _unknown(source.text[at])
    return LanguageError(message, hint=hint, span=(at, at + 1), source=source)


def _unknown(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return ("a byte that is not UTF-8", "save or paste the text as UTF-8")
    if not character.isprintable():
        return (f"the invisible character {code} does not belong in an expression", "delete it")
    plain = _MEANT.get(character) or normalize("NFKC", character).replace("⁄", "/").strip()
    hint = f"write {plain}" if plain.isascii() and plain not in ("", character) else "delete it"
    return (f"{character} ({code}) does not belong in an expression", hint)
