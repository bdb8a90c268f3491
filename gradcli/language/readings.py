"""Readings of a text that can mean two things: each is parsed in its place before it is shown.

Depends on the tokens and the symbols. The parser is handed down to where a reading is tried.
"""

import re
from collections.abc import Callable, Collection, Sequence

from gradcli.errors import LONGEST_LINE, GradcliError, LanguageError, Source, Span
from gradcli.language.symbols import CLOSING, EITHER, FACTORS, INFIX, JOINABLE, OPENING, POSTFIX, PREFIX
from gradcli.language.tokens import tokens
from gradcli.operators import precedence

LONGEST_CONTEXT = 20_000
"""Up to this many characters of a text a reading is tried with all that stands around it."""

_EXPECTING = frozenset({*INFIX, *PREFIX, *OPENING - EITHER, "dotted", ".", "::", "index", "[", "{", ","})
"""Behind these an operand is expected."""
_OPENING = OPENING - {"call"} | {"[", "{"}
_CLOSING = CLOSING.keys() | {"]", "}"}


class AmbiguityError(LanguageError):
    """A text that can mean two things. `readings` are texts that may stand for its span; none was tried yet, and the
    hint is what to do where none of them will do."""

    def __init__(self, question: str, readings: Collection[str], hint: str, span: Span, source: Source) -> None:
        super().__init__(question, hint=hint, span=span, source=source)
        self.place, self.text = span, source.text
        self.readings = [" ".join(reading.split()) for reading in readings]

    def tried(self, parse: Callable[[str], object]) -> "AmbiguityError":
        """The same error, whose hint shows the readings that are programs in the place of the span; where none is, as
        the rest of the text is wrong too, those that are not what is wrong."""
        wrong = {reading: self._wrong(reading, parse) for reading in self.readings if reading.isprintable()}
        sound = [reading for reading, place in wrong.items() if place is None]
        beside = [reading for reading, place in wrong.items() if place and not self._is_in(place, reading)]
        self.hint = _alternatives(sound or beside, self.hint)
        return self

    def _wrong(self, reading: str, parse: Callable[[str], object]) -> Span | None:
        """The place of what is wrong with the text where the reading stands for the span; None where nothing is."""
        before, after = self.text[: self.place[0]], self.text[self.place[1] :]
        try:
            parse(f"{before}{reading}{after}" if len(self.text) <= LONGEST_CONTEXT else reading)
        except GradcliError as error:
            return error.span or self.place
        return None

    def _is_in(self, place: Span, reading: str) -> bool:
        start = self.place[0]
        return place[0] < start + len(reading) and start < place[1]


def _alternatives(readings: Sequence[str], otherwise: str) -> str:
    """Write a, b or c; or something else where there is none of them, or they are too long to be read."""
    *others, last = readings or [""]
    hint = f"write {', '.join(others)} or {last}" if others else f"write {last}"
    return hint if readings and len(hint) <= LONGEST_LINE else otherwise


def grouped(text: str) -> str:
    """A piece of a formula as a factor of another: in parentheses, if it is more than a name or a number."""
    return text if re.fullmatch(r"[\w.]+|\([^()]*\)", text) else f"({text})"


def reach(source: Source, start: int, power: int) -> int:
    """Where the operand ends that begins at a place: before an operator that binds looser than `power`, before whatever
    closes a bracket or a part of a conditional that is open before it, and before what cannot follow it."""
    depth, end, last = 0, start, "("
    try:
        for kind, _, _, stop in tokens(source, start):
            opens = last in _EXPECTING
            closes = kind in _CLOSING and not (kind in EITHER and opens)
            if kind == "eof" or (not depth and not opens and (closes or _binds(kind, last) < power)):
                break
            opened = kind in _OPENING and not closes
            depth += opened - closes
            end, last = stop, "(" if opened else ")" if kind in EITHER or closes else kind
    except GradcliError:
        pass
    return end


def _binds(kind: str, last: str) -> int:
    """How tightly a token takes what stands before it, which ends with one of kind `last`; 0 where it cannot."""
    if kind in FACTORS:
        return precedence.IMPLICIT_PRODUCT if kind in JOINABLE.get(last, ()) else 0
    return INFIX[kind][0] if kind in INFIX else precedence.POSTFIX if kind in ("superscript", *POSTFIX) else 0
