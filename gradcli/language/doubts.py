"""What sticks to a number and can mean two things there: a percent sign, a factorial before =, an e without its digits.

Depends on `gradcli.language.commas`, which has the other mistakes, and on `gradcli.language.readings`.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcli.errors import LanguageError, Span
from gradcli.language.commas import Commas
from gradcli.language.mistakes import PERCENTAGE, Frame
from gradcli.language.readings import grouped, reach
from gradcli.language.symbols import INFIX, PREFIX
from gradcli.language.tokens import Token, tokens
from gradcli.operators import precedence

if TYPE_CHECKING:
    from decimal import Decimal

_SIGNS = frozenset({"+", *PREFIX} & INFIX.keys())
_ENDING = frozenset({"end", "eof", ")", ",", "then", "else", "if", "="}) | INFIX.keys() - _SIGNS
"""Behind a percent sign: no operand begins with one of these."""
_POWERS = frozenset({"^", "**", "superscript"})
_LONGEST_PRODUCT = 20


class Doubts(Commas):
    """The mistakes of a text, with what sticks to a number in it."""

    def check_sticking(self, token: Token, number: Span, frames: Sequence[Frame]) -> None:
        """Raise where % or != sticks to a number and is more likely a percent sign, or a factorial before =."""
        if token[0] == "!=":
            raise self._equal_factorial(token, number)
        following = next(tokens(self.source, token[3]))
        if following[1] == "of":
            raise self._part_of(number, following)
        apart = following[2] > token[3]
        if following[0] in _ENDING or (following[0] in _SIGNS and (apart or following[0] == "+")):
            raise self._percent(token, number, frames[-1], following)

    def _part_of(self, number: Span, of: Token) -> LanguageError:
        """5% of x."""
        end = reach(self.source, of[3], precedence.PRODUCT + 1)
        part = _hundredth(self.text(*number)).normalize()
        return self.asked(PERCENTAGE, [f"{part:f}*{self.text(of[3], end)}"], (number[0], end))

    def _percent(self, token: Token, number: Span, before: Frame, following: Token) -> LanguageError:
        """20% alone is 0.2; behind a plus or a minus it may be of what stands there; before a sign it may be modulo."""
        opener, text, end = before[4], self.text(*number), token[3]
        part = _hundredth(text)
        readings, start, rest, modulo = [f"{part.normalize():f}"], number[0], "", f"{text} %"
        directly = not self.text(opener[3], number[0]).strip()
        if before[1] in ("mul", "div") and directly:
            start = before[3]
            readings, modulo = [self.text(start, opener[3]) + readings[0]], self.text(start, opener[3]) + modulo
        if before[1] in ("add", "sub") and directly:
            start, sign = before[3], opener[1]
            left = self.text(start, opener[2])
            whole = (1 + part if before[1] == "add" else 1 - part).normalize()
            readings, modulo = [f"{left} {sign} {readings[0]}", f"{grouped(left)}*{whole:f}"], f"{left} {sign} {modulo}"
        if following[0] in _SIGNS:
            end = reach(self.source, following[3], precedence.NEGATION)
            rest = self.text(following[3], end)
            readings = [*(f"{reading} {following[1]} {rest}" for reading in readings), f"{modulo} {following[1]}{rest}"]
        question = "is this a percentage, or modulo?" if rest else PERCENTAGE
        if not rest and re.search(r"[0-9]%", self.source.text[:start]):
            return self.error(question, "write each percentage of the formula so: 0.05 for 5%", (start, end))
        return self.asked(question, readings, (start, end))

    def _equal_factorial(self, token: Token, number: Span) -> LanguageError:
        """5!=120."""
        end = reach(self.source, token[3], precedence.COMPARISON + 1)
        left, right = self.text(*number), self.text(token[3], end)
        readings = [f"{left} != {right}", f"{left}! == {right}"]
        return self.asked("is this `unequal`, or a factorial before `=`?", readings, (number[0], end))

    def double_factorial(self, token: Token, start: int) -> LanguageError:
        """The error for n!!: the factorial of n!, or every second factor of it."""
        operand = self.text(start, token[2])[:-1].strip()
        readings = [f"({operand}!)!", _every_second(operand)]
        return self.asked("is this a factorial of a factorial, or a double factorial?", readings, (start, token[3]))

    def check_factor(self, token: Token, number: Span, *, constant: bool) -> None:
        """Raise where a name that sticks to a number may be a part of it: 1__0, and e if that is a `constant`."""
        if token[1].startswith("_"):
            text, rest = self.text(*number), self.text(*token[2:])
            readings = [f"{text}_{rest.lstrip('_')}", f"{text}*{rest}"]
            raise self.asked("this is no number", readings, (number[0], token[3]), "write one _ between its digits")
        if token[1] == "e" and constant:
            self._check_exponent(token, number)

    def _check_exponent(self, token: Token, number: Span) -> None:
        """Raise where an e sticks to a number, and is no base of a power: 1e, 2e+x."""
        sign, *more = self._following(token[3])
        if sign[0] in _POWERS:
            return
        text = self.text(*number)
        if sign[0] in _SIGNS and sign[2] == token[3] and more[0][2] == sign[3]:
            end = reach(self.source, sign[3], precedence.IMPLICIT_PRODUCT)
            operand, minus = self.text(sign[3], end), "" if sign[0] == "+" else "-"
            readings = [f"{text}*e {sign[1]} {operand}", f"{text}*10^{minus}{operand}"]
        elif sign[0] in ("(", "name", "call"):
            end = reach(self.source, sign[2], precedence.IMPLICIT_PRODUCT + 1)
            operand = self.text(sign[2], end)
            readings = [f"{text}*e*{operand}", f"{text}e0*{operand}"]
        else:
            end, readings = token[3], [f"{text}*e", f"{text}e0"]
        raise self.asked("is this e, 2.718…, or an exponent of ten?", readings, (number[0], end))

    def _following(self, at: int) -> list[Token]:
        """The two tokens from a place on; an operand that is none of the language's is for the parser to find."""
        stream = tokens(self.source, at)
        first = next(stream)
        return [first, next(stream) if first[0] in _SIGNS else first]


def _hundredth(number: str) -> "Decimal":
    """A hundredth of a number, which may have the suffix of another language."""
    from decimal import Decimal  # most formulas need none

    plain = re.sub(r"(?<=[0-9.])[dD](?=[0-9])", "e", number)
    digits = re.match(r"[0-9_.]+(?:[eE][-+]?[0-9]+)?", plain)
    return Decimal((digits[0] if digits else plain).rstrip("_").replace("_", "")) / 100


def _every_second(operand: str) -> str:
    """n!! = n*(n - 2)*(n - 4)*…, for any n by https://mathworld.wolfram.com/DoubleFactorial.html."""
    if re.fullmatch("[0-9]{1,2}", operand) and 0 < int(operand) <= _LONGEST_PRODUCT:
        return f"({'*'.join(map(str, range(int(operand), 0, -2)))})"
    n = grouped(operand)
    return f"2^((1 + 2*{n} - cos(pi*{n}))/4)*pi^((cos(pi*{n}) - 1)/4)*gamma({n}/2 + 1)"
