"""Numbers as other languages write them: ½, 2½, 1.5f, 1.5d0.

Depends on `gradcli.language.prefixed`, whose names they may be instead.
"""

from functools import lru_cache
from re import fullmatch, match, search
from unicodedata import normalize

from gradcli.errors import LanguageError
from gradcli.language.expression import State
from gradcli.language.frames import OPEN
from gradcli.language.prefixed import Prefixed
from gradcli.language.symbols import FACTORS
from gradcli.language.tokens import Token
from gradcli.operators import precedence

WORDS = {"AND": "and", "OR": "or"}
"""Operators that other languages write in capitals."""
JUXTAPOSED = frozenset({"name", "call", ")"})
"""What an operand ends with that a blank multiplies by the next one in Mathematica."""
INFIX_NAMES = {
    **dict.fromkeys(("mod", "MOD", "rem"), ("{} % {}", "fmod({}, {})")),
    **dict.fromkeys(("div", "DIV"), ("floor({}/{})", "trunc({}/{})")),
}
"""Names that stand between operands in other languages, and what they may mean."""
SUFFIX = "f(?:0|32|64)?|[dD][0-9]*|_(?:[dsqwr]p|rk|r8|real(?:32|64|128))"
"""What may stick to a number in C and Fortran: a float's f, an exponent of double precision, the name of a kind."""


class ForeignNumbers(Prefixed):
    """One parse of an expression whose numbers other languages may write."""

    def fraction(self, token: Token) -> State:
        """Take ½ and its like."""
        _, text, start, end = token
        parts = tuple(self.graph.constant(float(part), start, end) for part in _ratio(text))
        self.node = self.graph.node("div", parts, start, end)
        self.start, self.end, self.tail = start, end, "fraction"
        return self.operator

    def mixed(self, token: Token) -> State:
        """A fraction after an operand: 2½."""
        if self.tail != "number":
            raise self.mistakes.no_operator(token, self.start)
        ratio = "/".join(_ratio(token[1]))
        number = self._text(self.start, self.end)
        readings = f"({number} + {ratio})", f"{number}*({ratio})"
        raise self.mistakes.asked("is this a sum or a product?", readings, (self.start, token[3]))

    def adjacent(self, token: Token) -> State | None:
        """An operand directly after an operand, which may be the suffix of a number, or an operator in capitals."""
        if self.end < token[2] and (state := self._apart(token)):
            return state
        if token[1] in INFIX_NAMES and token[1] not in self.known and token[1] not in self.scope.variables:
            raise self._infix(token)
        word = WORDS.get(token[1]) if token[0] in ("name", "call") else None
        if word and token[1] not in self.known and token[1] not in self.scope.variables:
            self.scope.read_as(f"`{token[1]}` is read as {word}", token[2:])
            return self.operator((word, *token[1:]))
        glued = self.tail == "number" and token[0] == "name" and self.end == token[2]
        if (
            glued
            and fullmatch(SUFFIX, token[1])
            and token[1] not in self.known
            and token[1] not in self.scope.variables
        ):
            return self._suffix(token)
        return super().adjacent(token)

    def _infix(self, token: Token) -> LanguageError:
        """x mod 3 and x div 3, which go by the sign of either operand."""
        start = self.frames[-1][3] if self.frames[-1][1] in ("mul", "div") else self.start
        end = self.mistakes.reach(token[3], precedence.PRODUCT + 1)
        left, right = self._text(start, self.end), self._text(token[3], end)
        readings = [form.format(left, right) for form in INFIX_NAMES[token[1]]]
        return self.mistakes.asked(f"`{token[1]}` is no operator here", readings, (start, end))

    def _apart(self, token: Token) -> State | None:
        """Take an operand behind a blank, which parts elements of MATLAB's lists, and is a product in Mathematica."""
        if next(frame for frame in reversed(self.frames) if frame[0] == OPEN)[4][1] == "[":
            self.reduce(OPEN, token)
            self.arguments[-1].append(self.node)
            return self.operand(token)
        if token[0] not in FACTORS or self.tail not in JUXTAPOSED or "[" not in self.source.text:
            return None
        if not self.is_mathematica:
            return None
        self.scope.read_as("a blank is read as a product, as in Mathematica", (self.start, token[3]))
        self.operator(("*", "*", token[2], token[2]))
        return self.operand(token)

    def _suffix(self, token: Token) -> State | None:
        """Take 1.5f, 1.5d0 and 1.5_dp for numbers; ask about 1.5d-3, and where the name stands elsewhere too."""
        source, (_, name, _, end) = self.scope.source, token
        number, power = self._text(self.start, self.end), name[1:] if name[0] in "dD" else ""
        exponent = match(r"[-+]\d+", source.text[end : end + 9]) if name in ("d", "D") else None
        doubled = power and "e" not in number.lower()
        plain = name in ("f", "d") and number.isdigit()
        if not (exponent or doubled or name[0] in "f_" or name == "d") or plain:
            return super().adjacent(token)
        if exponent:
            readings = f"{number}e{exponent[0]}", f"{number}*{name} {exponent[0][0]} {exponent[0][1:]}"
            raise self.mistakes.asked("is this a number or a product?", readings, (self.start, end + exponent.end()))
        value = f"{number}e{power}" if power else number
        if _stands_alone(source.text, name):
            readings = value, f"{number}*{name}"
            raise self.mistakes.asked("is this a number or a product?", readings, (self.start, end))
        self.node, self.end = self.scope.number(("number", value, self.start, end)), end
        self.scope.read_as(f"`{source.text[self.start : end]}` is read as a number", (self.start, end))
        return self.operator

    def _text(self, start: int, end: int) -> str:
        return self.scope.source.text[start:end].strip()


def _ratio(fraction: str) -> list[str]:
    """½ → 1, 2."""
    return normalize("NFKC", fraction).split("⁄")


@lru_cache(maxsize=8)
def _stands_alone(text: str, name: str) -> bool:
    """Whether a name stands in a text in other places than behind numbers."""
    return search(rf"(?<![\w.]){name}(?!\w)", text) is not None
