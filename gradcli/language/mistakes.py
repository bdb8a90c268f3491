"""What the grammar says of a text that is no expression: each mistake with its place and a way to mend it.

Depends on `gradcli.errors` and the precedence table alone.
"""

from collections.abc import Sequence

from gradcli.errors import LONGEST_QUOTED, LanguageError, Source, Span
from gradcli.language.tokens import Token
from gradcli.operators import precedence

Frame = tuple[int, str, tuple[int, ...], int, Token]
"""Something open: binding power, what it is, the operands so far, where it began, the token that opened it."""

ENDS = frozenset({"end", "eof"})

_WANTS = {"if": "`then`", "then": "`else`", "a if": "`else`", "(": "`)`", "call": "`)`", "|": "`|`"}


class Mistakes:
    """The mistakes that can be made in one text."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def error(self, message: str, hint: str, span: Span) -> LanguageError:
        """An error in this text."""
        start, end = span
        return LanguageError(message, hint=hint, span=(start, max(end, start + 1)), source=self.source)

    def no_operand(self, token: Token, frames: Sequence[Frame]) -> LanguageError:
        """A token that begins no operand."""
        kind, _, start, end = token
        _, what, _, _, opener = frames[-1]
        if kind in ("define", "="):
            return self._equals(token, inside=what)
        if kind == ")" and what == "(" and opener[3] == start:
            return self.error("these parentheses are empty", "write a formula between them", (opener[2], end))
        if kind not in ENDS:
            hint = "write a number, a name or a formula there"
            return self.error(f"an operand is expected before `{self._shown(start, end)}`", hint, (start, end))
        if what in _WANTS:
            return self.unclosed(frames[-1])
        if what:
            return self.error(f"nothing follows `{opener[1]}`", "write what belongs there, or take it away", opener[2:])
        return self._nothing(start)

    def no_expression(self, at: int) -> LanguageError:
        """No formula where one belongs."""
        return self.error("there is no expression here", 'write one, such as "(x*w - 2)^2"', (at, at))

    def no_operator(self, token: Token, start: int) -> LanguageError:
        """A token that cannot follow an operand."""
        if token[0] in ("define", "="):
            return self._equals(token)
        before, text = self._shown(start, token[2]), self._shown(*token[2:])
        hint = f"for a product write {before}*{text}"
        return self.error(f"no operator between `{before}` and `{text}`", hint, token[2:])

    def loose_not(self, token: Token) -> LanguageError:
        """`not` after an operator that binds tighter."""
        return self.error("`not` binds looser than the operator before it", "put it in parentheses: (not …)", token[2:])

    def loose_if(self, token: Token) -> LanguageError:
        """A conditional as the bare operand of an operator."""
        return self.error("a conditional after an operator needs parentheses", "write (if … then … else …)", token[2:])

    def stray_comma(self, token: Token, frame: Frame) -> LanguageError:
        """A comma outside a call."""
        if frame[1] in ("if", "then", "a if"):
            return self.unbalanced(token, frame)
        hint = "a decimal is written with a point: 1.5"
        return self.error("a comma separates the arguments of a function", hint, token[2:])

    def unbalanced(self, token: Token, frame: Frame) -> LanguageError:
        """A closing token that fits nothing open."""
        kind, text, opener = token[0], token[1], frame[4][1]
        if kind == "|":
            return self.error("`|` closes nothing", "for a product write a*|b|, for a condition `or`", token[2:])
        if frame[1] in _WANTS:
            wanted = _WANTS[frame[1]]
            message = f"`{text}` comes before the {wanted} of `{opener}`"
            return self.error(message, f"write the {wanted} first", token[2:])
        if kind in ("then", "else"):
            return self.error(f"`{text}` without its `if`", "write: if c then a else b, or: a if c else b", token[2:])
        return self.error(f"`{text}` closes nothing", "take it away, or open it before", token[2:])

    def unclosed(self, frame: Frame) -> LanguageError:
        """A bracket or conditional that is never ended."""
        wanted, opener = _WANTS[frame[1]], frame[4]
        hint = f"write the {wanted} where it belongs"
        return self.error(f"the {wanted} of `{opener[1]}` is missing", hint, opener[2:])

    def check_neighbours(self, frame: Frame, left: int, token: Token) -> None:
        """Raise where closing `frame` for an operator of power `left` would settle what people read both ways."""
        if frame[4][0] == "√" and left >= precedence.IMPLICIT_PRODUCT:
            raise self._root(frame, token)
        if left == precedence.COMPARISON < frame[0] <= precedence.COMPARISON + 1:
            raise self._chain(frame, token)

    def check_product(self, token: Token, frames: Sequence[Frame], left: Span) -> None:
        """Raise where an implicit product would follow a division or stand in an exponent, or begins with 0x."""
        if self.source.text[left[0] : left[1]] == "0":
            question = f"is `{self._shown(left[0], token[3])}` a product, or a number in another base?"
            raise self.error(question, "write the number in decimal", (left[0], token[3]))
        for _, what, _, start, opener in reversed(frames):
            if what in ("div", "mod", "pow"):
                raise self._two_readings(token, start, opener, left)
            if what != "neg":
                return

    def _nothing(self, at: int) -> LanguageError:
        """No formula before a statement ends."""
        before = self.source.text[:at].rstrip()
        if before.endswith("="):
            end = len(before)
            return self.error("nothing follows `=`", "write the formula that the name stands for", (end - 1, end))
        return self.no_expression(at)

    def _equals(self, token: Token, inside: str = "") -> LanguageError:
        at = self.source.text.index("=", token[3] if token[0] == "define" else token[2])
        if inside == "call":
            hint = "leave the name away; == compares"
            return self.error("arguments go by their place, not by name", hint, (token[2], at + 1))
        return self.error("a single = defines a name, at the start of a statement", "compare with ==", (at, at + 1))

    def _root(self, frame: Frame, token: Token) -> LanguageError:
        inner, after = self._shown(frame[4][3], token[2]), self._atom(token)
        joined = "" if token[0] in ("superscript", "^", "**") else "*"
        readings = f"write sqrt({inner}){joined}{after} or sqrt({inner}{joined}{after})"
        return self.error("how far does the root reach?", readings, (frame[3], token[3]))

    def _chain(self, frame: Frame, token: Token) -> LanguageError:
        middle = self._shown(frame[4][3], token[2])
        left = self._shown(frame[3], frame[4][2])
        hint = f"write {left} {frame[4][1]} {middle} and {middle} {token[1]} …"
        return self.error("comparisons do not chain", hint, token[2:])

    def _two_readings(self, token: Token, start: int, opener: Token, left: Span) -> LanguageError:
        before, sign = self._shown(start, opener[2]), opener[1]
        first, second = self._shown(opener[3], left[1]), self._atom(token)
        readings = f"write ({before}{sign}{first})*{second} or {before}{sign}({first}*{second})"
        return self.error("this product can be read in two ways", readings, (start, token[3]))

    def _atom(self, token: Token) -> str:
        """The operand that begins at a token, as far as a message needs it."""
        text, start, end = self.source.text, token[2], token[3]
        opening = text.find("(", start, end + LONGEST_QUOTED) if token[0] in ("call", "(") else -1
        depth = 0
        for at in range(opening, min(len(text), opening + LONGEST_QUOTED) if opening >= 0 else opening):
            depth += (text[at] == "(") - (text[at] == ")")
            if not depth:
                return self._shown(start, at + 1)
        return self._shown(start, end)

    def _shown(self, start: int, end: int) -> str:
        """A piece of the text as a message repeats it: on one line, short, and printable."""
        shown = " ".join(self.source.text[start : min(end, start + 4 * LONGEST_QUOTED)].split())
        return shown if len(shown) <= LONGEST_QUOTED and shown.isprintable() else "…"
