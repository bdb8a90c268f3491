"""One text in LaTeX: its lexemes, its names in a scope, its errors, and the work of which its tokens are made.

Depends on the lexemes, the names and the scope.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from gradcli.errors import LanguageError, Source, Span
from gradcli.language.latex.commands import SIGNS, VARIANTS
from gradcli.language.latex.lexemes import lexemes
from gradcli.language.latex.names import Name, letter_spellings
from gradcli.language.latex.scripts import Argument, braced, read_name
from gradcli.language.readings import AmbiguityError
from gradcli.language.scope import Scope
from gradcli.language.tokens import Token, is_name

OPERANDS = frozenset({"number", "letter", "word", "quoted", "command", "open", "begin"})
"""The kinds of lexemes with which an operand may begin."""
LONGEST_NAME = 60
"""How many letters side by side may be one name."""
_WORDS = {"and": "and", "or": "or", "not": "not"}


class Stretch(NamedTuple):
    """Lexemes still to be read: from `at` up to `stop`.

    counts      the letters that count in the sums around, and their numbers
    weight      how often all of it is written out
    tail        what stands before: "" where an operand is expected, else "operand" or "number"
    term        where the term began, -1 before it
    slash       behind the last sign of division in this term, -1 for none
    compared    behind the last comparison, -1 for none
    statement   whether the lexemes are those of statements, in no bracket
    condition   whether = compares
    """

    at: int
    stop: int
    counts: Mapping[str, int] = {}
    weight: int = 1
    tail: str = ""
    term: int = -1
    slash: int = -1
    compared: int = -1
    statement: bool = False
    condition: bool = False

    def of(self, start: int, stop: int, *, condition: bool = False) -> "Stretch":
        """Lexemes inside of these."""
        return Stretch(start, stop, self.counts, self.weight, condition=condition)


class Terms(NamedTuple):
    """The terms of a sum or product still to be written out: the letter that counts, its number, and its last one."""

    body: Stretch
    letter: str
    number: int
    last: int
    sign: Token


Work = Token | Stretch | Terms
"""What becomes tokens: one that is there, or lexemes."""


class Factor(NamedTuple):
    """A factor: the work of which its tokens are made, the place behind its lexemes, and what it is."""

    work: list[Work]
    end: int
    tail: str = "operand"


class Text(ABC):
    """The lexemes of one text and what its names mean in a scope; the reader says how factors are read."""

    @abstractmethod
    def primary(self, at: int, stretch: Stretch) -> Factor:
        """The operand that begins at a lexeme, without powers. Raises LanguageError."""

    @abstractmethod
    def factor(self, at: int, stretch: Stretch) -> Factor:
        """The factor that begins at a lexeme, with its powers. Raises LanguageError."""

    @abstractmethod
    def run_end(self, at: int, stretch: Stretch, *, divides: bool = False) -> int:
        """Where the factors end that stand side by side from a place on."""

    @property
    @abstractmethod
    def whole(self) -> dict[str, int]:
        """The names that are bounds of sums, and the whole numbers that are bound to them."""

    @property
    @abstractmethod
    def stops(self) -> list[int]:
        """For each lexeme the next place where a term ends."""

    def __init__(self, source: Source, scope: Scope, start: int = 0) -> None:
        self.source, self.scope = source, scope
        self.found, self.partners = lexemes(source, start)
        self.parameters: set[str] = set()

    @cached_property
    def commands(self) -> frozenset[str]:
        """The variants' plain forms that stand in the text: beside them the variants are letters of their own."""
        plain = {*VARIANTS.values()}
        return frozenset(lexeme.text for lexeme in self.found if lexeme.kind == "command" and lexeme.text in plain)

    @cached_property
    def alone(self) -> frozenset[str]:
        """The letters and commands that stand somewhere without a bracket behind them."""
        return frozenset(
            lexeme.text for at, lexeme in enumerate(self.found) if not self.is_at(at + 1, "open", "()", "[]")
        )

    # -- places

    def kind(self, at: int, stop: int | None = None) -> str:
        """The kind of a lexeme; empty behind the last."""
        return self.found[at].kind if at < (len(self.found) if stop is None else stop) else ""

    def is_at(self, at: int, kind: str, *texts: str) -> bool:
        """Whether a lexeme of this kind, and one of these texts, stands at a place."""
        return at < len(self.found) and self.found[at].kind == kind and self.found[at].text in texts

    def span(self, start: int, end: int) -> Span:
        """The place of lexemes in the text, from the first to before `end`."""
        return self.found[start].start, self.found[max(end - 1, start)].end

    def shown(self, start: int, end: int) -> str:
        """The lexemes as they are typed; nothing for none."""
        return " ".join(self.source.text[slice(*self.span(start, end))].split()) if start < end else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between a lexeme and the one before it."""
        return 0 < at < len(self.found) and self.found[at - 1].end == self.found[at].start

    # -- what stands at a place

    def sign(self, at: int) -> str:
        """The parser's sign for a lexeme; empty for what is none."""
        lexeme = self.found[at]
        if lexeme.kind == "word":
            return _WORDS.get(lexeme.text.lower(), "")
        return SIGNS.get(lexeme.text, "") if lexeme.kind in ("sign", "command") else ""

    def letters_end(self, at: int) -> int:
        """Where the letters end that stand side by side from a place on; of too many for a name, the first."""
        end = at
        while self.kind(end) == "letter" and (end == at or self.glued(end)) and end <= at + LONGEST_NAME:
            end += 1
        return end if end <= at + LONGEST_NAME else at + 1

    def begins_operand(self, at: int, stop: int) -> bool:
        """Whether an operand begins at a lexeme."""
        if at >= stop or self.sign(at):
            return False
        return self.kind(at) in OPERANDS

    # -- tokens

    def token(self, kind: str, at: int, text: str = "") -> Token:
        """A token at the place of a lexeme."""
        lexeme = self.found[at]
        return kind, text or kind, lexeme.start, lexeme.end

    def bracketed(self, work: Sequence[Work], start: int, end: int) -> list[Work]:
        """Work in parentheses, whose places are the first and the last of some lexemes."""
        return [self.token("(", start), *work, self.token(")", end - 1)]

    def called(self, function: str, work: Sequence[Work], start: int, end: int) -> list[Work]:
        """A call of a function, whose place is that of some lexemes."""
        return [self.token("call", start, function), *self.bracketed(work, start, end)]

    def number(self, value: int, at: int) -> list[Work]:
        """A whole number in the place of a lexeme."""
        digits = self.token("number", at, str(abs(value)))
        return [digits] if value >= 0 else self.bracketed([self.token("-", at), digits], at, at + 1)

    # -- names

    def is_bound(self, name: str) -> bool:
        """Whether a name is a variable that has a number, or is defined."""
        scope = self.scope
        return name in scope.variables or name in scope.definitions or name in scope.spelled or name in self.parameters

    def name(self, at: int, index: Mapping[str, int]) -> Name | None:
        """The name that begins at a lexeme, if one does; the bound one of its spellings alone, where there is one."""
        if difference := self._difference(at, index):
            return difference
        name = read_name(self.found, self.partners, at, index, self.commands)
        if name is None:
            return None
        for place in range(at, name.end):
            if self.is_at(place, "script", "_"):
                self.argument(place + 1, place)
        bound = [spelling for spelling in name.spellings if self.is_bound(spelling)]
        if len(bound) > 1:
            message = f"`{self.shown(at, name.end)}` may be `{bound[0]}` or `{bound[1]}`, and both have a number"
            raise self.error(message, "bind one of them", at, name.end)
        return Name((bound[0],), name.end) if bound else name

    def _difference(self, at: int, index: Mapping[str, int]) -> Name | None:
        r"""\Delta x as one name, where that is bound or defined, or about to be."""
        if not self.is_at(at, "command", "Delta", "delta"):
            return None
        of = read_name(self.found, self.partners, at + 1, index, self.commands)
        if of is None:
            return None
        letters = letter_spellings(self.found[at])
        names = [f"{letter}{mark}{one}" for one in of.spellings for letter in letters for mark in ("", "_")]
        bound = next((name for name in names if self.is_bound(name)), "")
        alone = not any(map(self.is_bound, letters))
        defines = alone and of.end < len(self.found) and self.sign(of.end) == "=" and not self.is_operand_before(at)
        return Name((bound or names[0],), of.end) if bound or defines else None

    def is_operand_before(self, at: int) -> bool:
        """Whether something stands before a lexeme in its statement."""
        return at > 0 and self.kind(at - 1) not in ("break", "newline", "&") and self.sign(at - 1) != ";"

    def named(self, name: str, at: int, end: int) -> Token:
        """The token of a name: one that is spelled as no name in formulas stands in back-ticks there."""
        return "name" if is_name(name) else "quoted", name, *self.span(at, end)

    # -- arguments and errors

    def argument(self, at: int, of: int) -> Argument:
        """The argument at a lexeme, of the command or script at `of`. Raises LanguageError for none, and for digits."""
        found = braced(self.found, self.partners, at)
        if found is None or (self.found[found.start][:2] == ("sign", "-") and found.end == at + 1):
            raise self._no_argument(at, of, found)
        text = self.found[found.start].text
        if found.end == at + 1 and self.kind(at) == "number" and len(text) > 1:
            rest = text[1:] if text[1] != "." else f"0{text[1:]}"
            start = of - 1 if of and self.kind(of) == "script" else of
            before = self.shown(start, of + 1)
            readings = [f"{before}{{{text}}}", rf"{before}{{{text[0]}}} \cdot {rest}"]
            raise self.asked(f"without braces `{self.shown(of, of + 1)}` takes one digit", readings, start, at + 1)
        return found

    def _no_argument(self, at: int, of: int, found: Argument | None) -> LanguageError:
        shown = self.shown(of, of + 1)
        if found is None or at + 1 >= len(self.found):
            hint = rf"write {shown}{{a}}{{b}}" if shown.endswith("frac") else "write what belongs there, in braces"
            return self.error(f"nothing follows `{shown}`", hint, of, of + 1)
        readings = [f"{{{self.shown(at, at + 2)}}}"]
        return self.asked(f"without braces `{shown}` takes the minus alone", readings, at, at + 2)

    def error(self, message: str, hint: str, start: int, end: int) -> LanguageError:
        """An error at lexemes."""
        return LanguageError(message, hint=hint, span=self.span(start, end), source=self.source)

    def asked(
        self, question: str, readings: Sequence[str], start: int, end: int, otherwise: str = "put braces around it"
    ) -> AmbiguityError:
        """The error for lexemes that can mean two things."""
        return AmbiguityError(question, readings, otherwise, self.span(start, end), self.source)
