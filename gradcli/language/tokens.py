"""Text → tokens, each with its place. One regular expression, one pass, in linear time.

Depends on `gradcli.letters` and on `gradcli.language.strays`. A token's kind is "number", "name", "call" (a name
before a parenthesis), "define" (a name before a single =), "index" (one before a [), "dotted" (one before a point and a
name), "quoted", "superscript", "fraction" (½), "end" (newline or ;), "eof", or the symbol or keyword itself.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from unicodedata import normalize

from gradcli.errors import LanguageError, LimitError, Source
from gradcli.letters import NAME, PLAIN, composed, is_plain, is_raised, normal

Token = tuple[str, str, int, int]
"""kind, text (a name normalised), start, end."""

KEYWORDS = frozenset({"if", "then", "else", "and", "or", "not"})
MAX_DIGITS = 1000

FRACTIONS = "½¼¾⅐-⅞↉"
_STRING = r"""(?<==)'\w*' | (?<==)"\w*" | (?<==\ )'\w*' | (?<==\ )"\w*\""""
"""A word that is given for a parameter: approximate='tanh'."""
_WORDS = r"(?i:(?:eq|ne|lt|le|gt|ge|and|or|not|true|false)\.)"
"""What follows the point of an operator of Fortran's."""
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_SAME = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict(zip("\u3000⨯∙•\u2062\u2061\u2064∕‑‐∣∥", " ×··· +/--|‖", strict=True))
)
_TRANSPOSED = str.maketrans(dict.fromkeys("ᵀ\u22a4\u2019\u2032", "'"))
_OTHER_FORM = f"[{''.join(map(chr, _SAME))}]"
"""Signs that are others in another form, letter for letter: those of the full width, and such as only look alike."""


@cache
def _grammar(ascii_only: bool, foreign: bool, arrays: bool = False) -> re.Pattern[str]:
    """The tokens of a text. Most are ASCII, and the expression for those is made and matched twice as fast; and most
    have no sign of other languages: the expression for those that have is made in twice the time. In one with `arrays`
    .. is a sign, and no number ends with a point before a point."""
    space = r"[ \t\r]" if ascii_only else r"[ \t\r\u00a0\u2000-\u200a\u202f\u205f\u3000]"
    name = PLAIN if ascii_only else NAME
    symbols = "-+*/^(),%|" if ascii_only else "-+*/^(),%|×·⋅∗÷−–√∛°⌊⌋⌈⌉‖"
    comparisons = "<>=!" if ascii_only else "<>=!≤≥≠"
    superscripts = "(?!)" if ascii_only else "[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    fractions = "(?!)" if ascii_only else f"[{FRACTIONS}]"
    dotted = rf" | \[ | (?:\.(?!{_WORDS})|::)(?= {space}*(?:{name}|\())" if foreign else ""
    signs = (
        rf"\.(?:\*\*|[-+*/^%]|[<>=!]=|[<>]|{_WORDS}) | && | ~= | :: | [.:?\[\]{{}}] | {_STRING}" if foreign else "(?!)"
    )
    signs = rf"{_STRING} | \.\. | [@'] | {signs}" if arrays else signs
    decimal = r"\.(?!\.)" if arrays else r"\."
    equal = r"(?<=[ \t])!==|===?|[<>!]=" if foreign else "[<>=!]="
    power = r"(?!\^|\*\*)" if foreign else ""  # 2.^x has MATLAB's power
    return re.compile(
        rf"""{space}*(?:\#[^\n]*)?
        (?: (?P<symbol> \*\*|[{symbols}]|{equal}|[{comparisons}])
          | (?P<name> {name}) (?= {space}* (?P<next> \( | =(?!=) {dotted} ))?
          | (?P<number> (?:{_DIGITS}(?:{decimal}{power}(?:{_DIGITS})?)?|\.{_DIGITS}) (?:[eE][+-]?{_DIGITS})?)
          | (?P<end> [\n;])
          | (?P<superscript> {superscripts})
          | `(?P<quoted> [^`\n]*)`
          | (?P<eof> \Z)
          | (?P<foreign> {signs})
          | (?P<fraction> {fractions})
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
    return scanner(source)(start)


def scanner(source: Source) -> Callable[[int], Iterator[Token]]:
    """What gives the tokens of a text from a place on: it is looked at once, though it be begun at many places."""
    plain = source.text.isascii()
    whole = source.text if plain else same_signs(source.text)
    return partial(_tokens, source, whole, _grammar(plain, _is_foreign(whole)))


def array_scanner(source: Source) -> Callable[[int], Iterator[Token]]:
    """The same for a text with arrays, in which @, .. and ' are signs, and ᵀ is another form of the last."""
    whole = same_signs(source.text).translate(_TRANSPOSED)
    return partial(_tokens, source, whole, _grammar(whole.isascii(), True, True))


def _is_foreign(text: str) -> bool:
    """Whether a sign of other languages stands in a text; each is looked for in C, as loops take longer."""
    found = ":" in text or "?" in text or "&" in text or "[" in text or "~" in text or "{" in text
    found = found or ("=" in text and ("===" in text or "!==" in text or "='" in text or '="' in text or "= '" in text))
    return found or ("." in text and _has_point(text))


def _has_point(text: str) -> bool:
    """Whether a point in a text is no decimal's: no digit follows it."""
    at = text.find(".")
    while at >= 0:
        if not "0" <= text[at + 1 : at + 2] <= "9":
            return True
        at = text.find(".", at + 1)
    return False


def _tokens(source: Source, whole: str, grammar: re.Pattern[str], start: int) -> Iterator[Token]:
    plain = whole.isascii()
    for match in grammar.finditer(whole, start):
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
        yield "quoted", _quoted(source.text[start:end], (start - 1, end + 1), source), start - 1, end + 1
    elif kind == "foreign":
        text = match[kind]
        yield "string" if len(text) > 1 and text[0] in "'\"" else text.lower(), text, start, end
    elif kind == "stray":
        raise _stray(source, start)
    else:
        yield kind, match[kind], start, end


def _stray(source: Source, at: int) -> LanguageError:
    from gradcli.language.strays import stray  # only a mistake needs it

    return stray(source, at)


def same_signs(text: str) -> str:
    """A text of the same length, in which signs that are others in another form are those."""
    return text.translate(_SAME) if re.search(_OTHER_FORM, text) else text


def is_name(text: str) -> bool:
    """Whether a text is read as one name that is spelled so."""
    return is_plain(text) and text not in KEYWORDS and normal(text) == text


def _normal(text: str, start: int, source: Source) -> str:
    """A name in its one form. Raises LanguageError at a letter that has no place in it then, or is raised."""
    for at, letter in enumerate(text, start):
        if is_raised(letter):
            raise _raised(letter, at, source)
        if not is_plain(f"{'x' * (at > start)}{normal(letter)}"):
            raise _stray(source, at)
    return normal(text)


def _raised(letter: str, at: int, source: Source) -> LanguageError:
    meant = normalize("NFKC", letter)
    message, hint = f"{letter} is a letter in superscript", f"write it as a power: ^{meant}"
    if letter == "º":
        message, hint = "is º a degree, or the letter o in superscript?", f"write ° for a degree, or ^{meant}"
    return LanguageError(message, hint=hint, span=(at, at + 1), source=source)


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
            raise _stray(source, span[0] + 1 + offset)
    return composed(name)
