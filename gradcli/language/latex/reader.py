r"""Lexemes → the parser's tokens. What is still to be read waits on a list: nothing recurses.

Depends on the modules beside it. A product that LaTeX writes by standing side by side becomes a sign.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from gradcli.errors import LimitError
from gradcli.language.latex.arrays import beside, product_sign, turned
from gradcli.language.latex.commands import COMPARISONS, LOOSE
from gradcli.language.latex.functions import is_function
from gradcli.language.latex.lexemes import Lexeme
from gradcli.language.latex.operands import primary
from gradcli.language.latex.powers import degrees, power
from gradcli.language.latex.sums import MOST_WRITTEN, stops, terms, whole_names
from gradcli.language.latex.text import Factor, Stretch, Terms, Text, Work
from gradcli.language.tokens import Token

MOST_NESTED = 60
"""How many functions and commands may take each other without brackets."""


class Reader(Text):
    """The tokens of one text in LaTeX, in a scope that says what is bound and defined when they are read."""

    nested = written = 0

    @cached_property
    def whole(self) -> dict[str, int]:
        """The names that are bounds of sums, and the whole numbers that are bound to them."""
        return whole_names(self)

    @cached_property
    def stops(self) -> list[int]:
        """For each lexeme the next place where a term ends."""
        return stops(self)

    def tokens(self, start: int = 0) -> Iterator[Token]:
        """The tokens from a place on, closed by one "eof". Raises LanguageError and LimitError."""
        length = len(self.source.text)
        at = bisect_left(self.found, start, key=lambda lexeme: lexeme.start)
        statements = Stretch(at, len(self.found), term=at if start else -1, statement=True)
        pending: list[Work] = [("eof", "", length, length), statements]
        while pending:
            work = pending.pop()
            if isinstance(work, Stretch):
                pending.extend(reversed(self._read(work)))
            elif isinstance(work, Terms):
                pending.extend(reversed(terms(self, work)))
            else:
                yield work

    def _read(self, stretch: Stretch) -> list[Work]:
        """The work of the lexemes that come next, and the stretch of those behind them."""
        at = stretch.at
        if at >= stretch.stop:
            return []
        self._count(stretch)
        lexeme = self.found[at]
        if lexeme.kind in ("newline", "break", "&"):
            return self._line(stretch, lexeme)
        if stretch.statement and stretch.term < 0 and not stretch.tail and (head := self._head(stretch)):
            return head
        if sign := self.sign(at):
            return self._sign(stretch, sign)
        if lexeme.kind == "close":
            return [self.token(")", at), stretch._replace(at=at + 1, tail="operand")]
        return self._operand(stretch)

    def _count(self, stretch: Stretch) -> None:
        if stretch.counts:
            self.written += 1
            if self.written > MOST_WRITTEN:
                message = f"the sums of this formula are written out to more than {MOST_WRITTEN:,} letters"
                span = self.span(stretch.at, stretch.at + 1)
                raise LimitError(message, hint="write fewer terms", span=span, source=self.source)

    # -- signs, lines and statements

    def _sign(self, stretch: Stretch, sign: str) -> list[Work]:
        """A sign, after which an operand is expected."""
        at = stretch.at
        rest = stretch._replace(at=at + 1, tail="", slash=at + 1 if sign in ("/", "%") else -1)
        rest = rest._replace(term=stretch.term if sign in ("*", "/", "%") else at + 1)
        if sign == ";" and stretch.statement:
            return [self.token("end", at, ";"), Stretch(at + 1, stretch.stop, statement=True)]
        if sign == "," and stretch.statement and stretch.term >= 0:
            if self.kind(at + 1) in ("break", "newline"):
                return [stretch._replace(at=at + 1)]
            after = self._defined(at + 1)[1]
            if after < stretch.stop and self.sign(after) == "=":
                raise self.error("a comma parts no statements", r"part them by \\ or by ;", at, at + 1)
        if sign == "=" and stretch.condition:
            sign = "=="
        if sign in LOOSE or sign == ",":
            rest = rest._replace(compared=-1)
        work: list[Work] = [self._sign_token(sign, at)]
        if sign in COMPARISONS:
            if stretch.compared >= 0:  # 0 < x < 1 compares twice
                work = [self.token("and", at), stretch.of(stretch.compared, at), *work]
            rest = rest._replace(compared=at + 1)
        if sign == "=":
            self._check_single(stretch)
        return [*work, rest]

    def _sign_token(self, sign: str, at: int) -> Token:
        kind, text = product_sign(self, at) if sign == "*" else (sign, sign)
        return self.token(kind, at, text)

    def _check_single(self, stretch: Stretch) -> None:
        """Raise for a second = in a statement, or one in no place for it."""
        if not stretch.statement:
            return
        message = "a single = defines a name, at the start of a statement"
        raise self.error(message, "keep one name and one right side: y = …", stretch.at, stretch.at + 1)

    def _line(self, stretch: Stretch, lexeme: Lexeme) -> list[Work]:
        """The end of a line: of a statement, where it is whole and the next line does not go on with it."""
        at, rest = stretch.at, stretch._replace(at=stretch.at + 1)
        if lexeme.kind == "break" and not stretch.statement:
            raise self.error("a line ends inside of brackets", "take the line's end away", at, at + 1)
        if lexeme.kind == "&" or not stretch.statement or not stretch.tail:
            return [rest]
        after = at + 1
        while self.kind(after) in ("newline", "break", "&"):
            after += 1
        sign = self.sign(after) if after < stretch.stop else ""
        if sign == "-" and self.kind(after - 1) != "&":
            message, hint = "this line may go on with the one before it", "join them, or write ; between them"
            raise self.error(message, hint, after, after + 1)
        if sign in ("+", "-", "*", "/"):
            return [stretch._replace(at=after)]
        end = self.token("end", at, "\n" if lexeme.kind == "newline" else ";")
        return [end, Stretch(after, stretch.stop, statement=True)]

    def _head(self, stretch: Stretch) -> list[Work] | None:
        """The name that a statement defines, with its sign, or the function; None where it defines nothing."""
        self.parameters = set()
        at, (spelled, end) = stretch.at, self._defined(stretch.at)
        after = end + 1 if self.kind(end) == "&" else end
        if spelled and after < stretch.stop and self.sign(after) == "=":
            define = ("define", spelled, *self.span(at, end))
            return [define, self.token("=", after), stretch._replace(at=after + 1, term=after + 1)]
        if spelled and self.is_at(end, "open", "()"):
            close = self.partners[end]
            after = close + 2 if self.kind(close + 1) == "&" else close + 1
            if after < stretch.stop and self.sign(after) == "=":
                self.parameters = {name for at in range(end + 1, close) if (name := self._defined(at)[0])}
                call = ("call", spelled, self.found[at].start, self.found[end].start)
                return [call, stretch.of(end, after + 1), stretch._replace(at=after + 1, term=after + 1)]
        return None

    def _defined(self, at: int) -> tuple[str, int]:
        """The name at the start of a statement: of letters side by side it is all of them, as no product is defined."""
        end = self.letters_end(at)
        if end > at + 1:
            return self.source.text[slice(*self.span(at, end))], end
        name = self.name(at, {})
        return (name.spellings[0], name.end) if name else ("", at)

    # -- factors

    def _operand(self, stretch: Stretch) -> list[Work]:
        """A factor, with the sign of a product before it where an operand stands there."""
        at = stretch.at
        work, end, tail = self.factor(at, stretch)
        if stretch.tail and work:
            self._check_product(stretch, end)
            work = [beside(self, at), *work]
        term = at if stretch.term < 0 else stretch.term
        return [*work, stretch._replace(at=end, tail=tail if work else stretch.tail, term=term)]

    def factor(self, at: int, stretch: Stretch) -> Factor:
        """The factor that begins at a lexeme, with its powers. Raises LanguageError."""
        return self._raised(at, self.primary(at, stretch), stretch)

    def primary(self, at: int, stretch: Stretch) -> Factor:
        """The operand that begins at a lexeme, without powers. Raises LanguageError, and LimitError for too many."""
        self.nested += 1
        if self.nested > MOST_NESTED:
            message = f"more than {MOST_NESTED} commands take each other without braces"
            raise LimitError(message, hint="write braces", span=self.span(at, at + 1), source=self.source)
        try:
            return primary(self, at, stretch)
        finally:
            self.nested -= 1

    def _raised(self, start: int, factor: Factor, stretch: Stretch) -> Factor:
        """A factor with the powers, primes and signs that follow it."""
        raised = False
        work, end, tail = factor
        while end < stretch.stop and (
            self.kind(end) in ("script", "superscript", "prime", "sign") or self.is_at(end, "command", "degree")
        ):
            lexeme = self.found[end]
            if found := turned(self, start, Factor(work, end, tail)):
                work, end, tail = found
                continue
            if lexeme.kind == "command":
                work, end = degrees(self, Factor(work, end), start, end + 1), end + 1
            elif lexeme.kind == "superscript":
                work, end = [*work, self.token("superscript", end, lexeme.text)], end + 1
            elif lexeme.text == "!":
                work, end = self.called("factorial", work, start, end + 1), end + 1
                if self.is_at(end, "sign", "!"):
                    message, hint = "`!!` may be a double factorial", "write (n!)! for the factorial of a factorial"
                    raise self.error(message, hint, end - 1, end + 1)
            elif lexeme.kind == "sign":
                break
            else:
                work, end = power(self, start, Factor(work, end), stretch, raised=raised)
                raised = True
            tail = "operand"
        return Factor(work, end, tail)

    def run_end(self, at: int, stretch: Stretch, *, divides: bool = False) -> int:
        """Where the factors end that stand side by side from a place on, up to a function; signs of division too."""
        end = self.factor(at, stretch).end
        while end < stretch.stop:
            if self.begins_operand(end, stretch.stop) and not is_function(self, end):
                end = self.factor(end, stretch).end
            elif divides and self.sign(end) == "/" and self.begins_operand(end + 1, stretch.stop):
                end = self.factor(end + 1, stretch).end
            else:
                break
        return end

    def _check_product(self, stretch: Stretch, end: int) -> None:
        """Raise where a product side by side follows a division, or is of two numbers."""
        at = stretch.at
        if stretch.tail == "number" and self._is_number(at, end):
            first, second = self.shown(at - 1, at), self.shown(at, end)
            mixed = [f"({first} + {second})"] if self.kind(at) == "command" else [f"{first}{second}"]
            raise self.asked(
                "two numbers side by side can be read in two ways", [rf"{first} \cdot {second}", *mixed], at - 1, end
            )
        if stretch.slash >= 0:
            end = self.run_end(at, stretch)
            start = max(stretch.term, 0)
            whole, factor = self.shown(start, at), self.shown(at, end)
            upper, lower = self.shown(start, stretch.slash), self.shown(stretch.slash, end)
            readings = [f"({whole}) {factor}", f"{upper} ({lower})"]
            raise self.asked("this product can be read in two ways", readings, start, end, "put brackets around it")

    def _is_number(self, at: int, end: int) -> bool:
        """Whether a factor is a number, or a fraction of two."""
        inner = [lexeme for lexeme in self.found[at:end] if lexeme.kind not in ("open", "close")]
        if self.kind(at) == "command":
            return self.found[at].text.endswith("frac") and all(lexeme.kind == "number" for lexeme in inner[1:])
        return self.kind(at) == "number"
