r"""LaTeX → lexemes, each bracket with its partner. One regular expression, one pass, in linear time.

Depends on `commands` for what says nothing, and on the errors.
"""

import re
from decimal import Decimal
from typing import NamedTuple
from unicodedata import normalize

from gradcli.errors import LanguageError, Source
from gradcli.language.latex.commands import LETTERS, SPELLED, VARIANTS
from gradcli.language.latex.grammar import BOTH, DELIMITERS, GRAMMAR, OPENING
from gradcli.language.readings import AmbiguityError
from gradcli.language.strays import stray


class Lexeme(NamedTuple):
    """A kind, a text and a place.

    Kinds are "number", "letter", "word" (in upright letters), "command" (without its backslash), "open" and "close"
    (whose text names the pair: "()", "||", "floor", …), "begin" and "end" (whose text is the environment), "sign",
    "script" (^ or _), "quoted" (a name in back-ticks), "break" (of a line), "newline", "&", "prime", "superscript".
    """

    kind: str
    text: str
    start: int
    end: int


_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_WANTS = {"frac": 2, "dfrac": 2, "tfrac": 2, "cfrac": 2, "binom": 2}
"""Commands → how many arguments follow, each of which may be a single digit."""
_LINES = frozenset(
    {"aligned", "align", "alignat", "alignedat", "equation", "gather", "gathered", "split", "multline"}
) | {*("displaymath", "math", "eqnarray", "flalign")}
"""Environments whose lines are statements."""


def lexemes(source: Source, start: int = 0) -> tuple[list[Lexeme], dict[int, int]]:
    """The lexemes of a text from a place on, and the partner of each that opens or closes. Raises LanguageError."""
    return _Lexer(source).read(start)


class _Lexer:
    """One pass over a text: what is open, and how many arguments a command still wants."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Lexeme] = []
        self.partners: dict[int, int] = {}
        self.open: list[tuple[int, int]] = []
        self.wanted = 0
        self.math: tuple[str, int] | None = None
        self.maths = 0
        self.loose: Lexeme | None = None

    def read(self, start: int) -> tuple[list[Lexeme], dict[int, int]]:
        for match in GRAMMAR.finditer(self.source.text, start):
            self._take(str(match.lastgroup), match)
        if self.open:
            raise self._unclosed(self.found[self.open[-1][0]])
        if self.math:
            at = self.math[1]
            raise self._error(f"the other `{self.math[0]}` is missing", "write it behind the formula", at, at + 1)
        if self.maths and self.loose:
            _, text, start, end = self.loose
            raise self._error(
                f"`{text}` stands outside of the formula", "leave out what is not between the $", start, end
            )
        return self.found, self.partners

    def _take(self, kind: str, match: re.Match[str]) -> None:
        start, end = match.span()
        if kind in ("space", "style"):
            return
        if kind == "sided":
            opens = match["side"] == "left" or match["side"].endswith("l")
            self._delimiter(DELIMITERS[match["sided"]], opens, start, end)
        elif kind == "delimiter":
            text = match["delimiter"]
            self._delimiter(DELIMITERS[text], self._opens(text), start, end)
        elif kind == "asked":  # \text{if $x > 0$}
            self._delimiter("{}", True, start, start + 1)
            self._add("word", match["said"], start, end)
        elif kind == "math":
            self._math(match["math"], start)
        elif kind in ("environment", "columns"):
            self._environment(match["edge"], match["environment"], start, end)
        elif kind == "number":
            self._number(match["number"], start)
        elif kind in ("grouped", "power", "percent"):
            raise self._doubtful(kind, match[kind], start, end)
        elif kind == "stray":
            raise self._stray(start)
        else:
            self._add(*_plain(kind, match), start, end)

    def _add(self, kind: str, text: str, start: int, end: int) -> None:
        self.found.append(Lexeme(kind, text, start, end))
        self.wanted = _WANTS.get(text, 0) if kind == "command" else max(0, self.wanted - 1)
        if kind != "newline" and not self.math:
            self.loose = self.loose or self.found[-1]

    def _number(self, text: str, start: int) -> None:
        """A number; of one behind a command that wants arguments each digit is one: \\frac12."""
        while self.wanted and len(text) > 1 and "." not in text[:2]:
            self._add("number", text[0], start, start + 1)
            text, start = text[1:], start + 1
        self._add("number", text, start, start + len(text))

    def _opens(self, text: str) -> bool:
        """Whether a delimiter opens; bars close what they opened, where an operand stands before them."""
        if text not in BOTH:
            return text in OPENING
        inner = self.found[self.open[-1][0]] if self.open else None
        return inner is None or inner.text != DELIMITERS[text] or not ends_operand(self.found[-1])

    def _delimiter(self, pair: str, opens: bool, start: int, end: int) -> None:
        if opens:
            self.open.append((len(self.found), max(0, self.wanted - 1)))
            self._add("open", pair, start, end)
            self.wanted = 0
            return
        self._close(Lexeme("close", pair, start, end))

    def _close(self, lexeme: Lexeme) -> None:
        if not self.open:
            raise self._closes_nothing(lexeme)
        at, wanted = self.open.pop()
        opener = self.found[at]
        alike = opener.text == lexeme.text or "." in (opener.text, lexeme.text)
        if not alike or (opener.kind == "begin") != (lexeme.kind == "end"):
            raise self._unclosed(opener)
        self.partners[at], self.partners[len(self.found)] = len(self.found), at
        self._add(*lexeme)
        self.wanted = wanted

    def _environment(self, edge: str, name: str, start: int, end: int) -> None:
        if name in _LINES:
            return
        if edge == "begin":
            self.open.append((len(self.found), 0))
            self._add("begin", name, start, end)
        else:
            self._close(Lexeme("end", name, start, end))

    def _math(self, sign: str, start: int) -> None:
        if self.open and self.found[self.open[-1][0] + 1 : self.open[-1][0] + 2] and sign == "$":
            opener = self.open[-1][0]
            if self.found[opener].text == "{}" and self.found[opener + 1].kind == "word":
                return
        if self.math is None:
            self.math, self.maths = (sign, start), self.maths + 1
        else:
            self.math = None

    def _doubtful(self, kind: str, text: str, start: int, end: int) -> AmbiguityError:
        """A number with a comma in braces, or with an e, which in TeX is a letter."""
        if kind == "percent":
            return self._percent(text, start, end)
        if kind == "grouped":
            parts = text.split("{,}")
            decimal = len(parts) == 2 and "." not in text
            readings = ["".join(parts), ".".join(parts)] if decimal else ["".join(parts)]
            return AmbiguityError(
                "this comma may part thousands or decimals", readings, "write it without", (start, end), self.source
            )
        mantissa, mark, exponent = re.split(r"([eE])", text)
        sign, size = (exponent[0], exponent[1:]) if exponent[0] in "+-" else ("", exponent)
        product = f"{mantissa} {mark} {sign} {size}" if sign else f"{mantissa} {mark} \\cdot {size}"
        power = f"{mantissa} \\cdot 10^{{{exponent.lstrip('+')}}}"
        question = f"`{mark}` may be a letter or a power of ten"
        return AmbiguityError(question, [power, product], "write \\cdot 10^{…}", (start, end), self.source)

    def _percent(self, text: str, start: int, end: int) -> AmbiguityError:
        r"""5\\% alone is 5/100; behind a plus or a minus it may be of what stands there."""
        part = Decimal(text.rstrip("%\\ ")) / 100
        before = self.source.text[:start].rstrip()
        readings = [f"{part.normalize():f}"]
        if before.endswith(("+", "-")) and re.fullmatch(r"[$\s]*[\w.^{}\\]+\s*", before[:-1]):
            whole, base = 1 + part if before[-1] == "+" else 1 - part, before[:-1].strip("$ ")
            readings = [f"{base} {before[-1]} {readings[0]}", rf"{base} \cdot {whole.normalize():f}"]
            start = self.source.text.index(base)
        return AmbiguityError(
            "a percentage is written as a number", readings, "write the fraction", (start, end), self.source
        )

    def _error(self, message: str, hint: str, start: int, end: int) -> LanguageError:
        return LanguageError(message, hint=hint, span=(start, end), source=self.source)

    def _unclosed(self, opener: Lexeme) -> LanguageError:
        _, text, start, end = opener
        wanted = rf"\end{{{text}}}" if opener.kind == "begin" else _CLOSERS.get(text, r"\right.")
        shown = " ".join(self.source.text[start:end].split())
        return self._error(
            f"the `{wanted}` of `{shown}` is missing", f"write the `{wanted}` where it belongs", start, end
        )

    def _closes_nothing(self, lexeme: Lexeme) -> LanguageError:
        shown = " ".join(self.source.text[lexeme.start : lexeme.end].split())
        return self._error(f"`{shown}` closes nothing", "take it away, or open it before", lexeme.start, lexeme.end)

    def _stray(self, start: int) -> LanguageError:
        sign = self.source.text[start]
        if sign == "%":
            return self._error(
                "`%` begins a comment in TeX", "write a \\bmod b for the remainder, or take it away", start, start + 1
            )
        if sign == "\\":
            return self._error("nothing follows this backslash", "take it away", start, start + 1)
        if command := SPELLED.get(sign):
            return self._error(f"`{sign}` is a command in LaTeX", f"write {command}", start, start + 1)
        return stray(self.source, start)


_CLOSERS = {
    "{}": "}",
    "()": ")",
    "[]": "]",
    r"\{\}": r"\}",
    "||": "|",
    "norm": r"\|",
    "floor": r"\rfloor",
    "ceil": r"\rceil",
}


def _plain(kind: str, match: re.Match[str]) -> tuple[str, str]:
    """The kind and the text of a lexeme that needs no closer look."""
    if kind in ("word", "letters"):
        letters = re.sub(r"[{}]", "", match["letters"]).replace(r"\_", "_").strip()
        return "word", letters
    if kind in ("amp", "degree"):
        return ("&", "&") if kind == "amp" else ("command", "degree")
    text = match[kind]
    return kind, normalize("NFKC", text) if kind == "letter" else text.translate(
        _SUPERSCRIPTS
    ) if kind == "superscript" else text


_SYMBOLS = frozenset({*LETTERS, *VARIANTS, "infty", "degree"})
_OPERANDS = frozenset({"number", "letter", "word", "quoted", "close", "end", "superscript", "prime"})


def ends_operand(lexeme: Lexeme) -> bool:
    """Whether an operand may end with a lexeme."""
    return lexeme.kind in _OPERANDS or (lexeme.kind == "command" and lexeme.text in _SYMBOLS) or lexeme.text == "!"
