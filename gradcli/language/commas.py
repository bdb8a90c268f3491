"""A comma outside a call or inside a number, and bindings behind a formula: what a person may have meant by them.

Depends on `gradcli.language.mistakes`, which asks.
"""

import re
from collections.abc import Sequence

from gradcli.errors import LONGEST_LINE, LanguageError, Span
from gradcli.language.mistakes import Frame, Mistakes
from gradcli.language.tokens import Token
from gradcli.letters import pattern

_WINDOW = 40
_BRACKETS = frozenset({"(", "call", "call[", "|", "if"})
_GROUPED = r"(?<![\w.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9_]|,[0-9])(?:\.[0-9]+)?"
_DECIMAL = r"(?<![\w.,])[0-9]+,[0-9]+(?![\w.]|,[0-9])"
_WORDS_ALONE = frozenset({"", "where", "with", "when", "at", "for"})
_BINDING = r"\s*(?:(?:where|with|when|at|for)\b)?\s*(?P<name>NAME)\s*=(?!=)\s*(?P<value>[^,;=\n]+?)\s*"
_PARTS = r"[,;\n]|\band\b|\s(?=\s*NAME\s*=(?!=))"
_DEFINITION = r"\s*NAME\s*=(?!=)"
_NUMBER = r"[-+]?[\w.]+"


class Commas(Mistakes):
    """The mistakes of a text, with those that commas and bindings make."""

    def stray_comma(self, token: Token, frame: Frame) -> LanguageError:
        """The error for a comma outside a call."""
        if frame[1] in ("if", "then", "a if"):
            return self.unbalanced(token, frame)
        if frame[1] == "(" and (found := re.search(r"\bif\s*\Z", self.source.text[: frame[3]])):
            stop = self.reach(frame[3], 1_000)
            reading = f"where{self.source.text[frame[3] : stop]}"
            return self.asked(
                "`if` as a function is `where` here", [reading], (found.start(), stop), "write where(c, a, b)"
            )
        if number := self._around(token, _GROUPED):
            return self._grouped(number)
        if bindings := behind(self.source.text, token[3]):
            return self.bound_behind(token, bindings)
        readings, span, text = [], token[2:], self.source.text
        if decimal := self._around(token, _DECIMAL):
            readings, span = [decimal[0].replace(",", ".")], decimal.span()
        elif pattern(_DEFINITION, text).match(text):
            readings, span = [text.replace(",", ";")], (0, len(text))
        otherwise = "a decimal is written with a point: 1.5; statements are parted by ;"
        return self.asked("a comma separates the arguments of a function", readings, span, otherwise)

    def no_operator(self, token: Token, start: int, frames: Sequence[Frame] = ()) -> LanguageError:
        """The error for a token that cannot follow an operand, which began at `start`; so much is open."""
        outer = next((frame for frame in reversed(frames) if frame[1] in _BRACKETS), None)
        if outer and outer[1] == "if" and self.source.text[start : token[2]].rstrip().endswith(")"):
            return self.no_then(token, outer[4])
        bindings: list[str] = behind(self.source.text, token[2]) if frames and not outer else []
        return self.bound_behind(token, bindings) if bindings else super().no_operator(token, start)

    def check_grouping(self, token: Token) -> None:
        """Raise where a comma between arguments stands inside a number: 1,000, or 2,500 where others have a blank."""
        number = self._around(token, _GROUPED)
        if number and (",0" in number[0] or ", " in self.source.text):
            raise self._grouped(number)

    def check_product(self, token: Token, frames: Sequence[Frame], left: Span) -> None:
        """Raise where what follows an operand is no factor, but bindings; and where `Mistakes.check_product` does."""
        bindings: list[str] = behind(self.source.text, token[2])
        if bindings and not any(frame[1] in _BRACKETS for frame in frames):
            raise self.bound_behind(token, bindings)
        super().check_product(token, frames, left)

    def bound_behind(self, token: Token, bindings: list[str]) -> LanguageError:
        """The error for bindings behind a formula, which is sound up to this token."""
        formula = self.text(0, token[2])
        hint = f'write "{formula}" {" ".join(bindings)}'
        hint = hint if len(hint) <= LONGEST_LINE else f"write them as words of their own: {' '.join(bindings)}"
        end = len(self.source.text.rstrip())
        return self.error("bindings stand behind the formula, and are no part of it", hint, (token[2], end))

    def _grouped(self, number: re.Match[str]) -> LanguageError:
        """1,000 is a thousand, or one as a decimal."""
        whole = number[0].replace(",", "")
        decimal = [number[0].replace(",", ".")] if number[0].count(",") == 1 and "." not in number[0] else []
        decimal += [number[0].replace(",", ", ")] if ",0" not in number[0] else []
        return self.asked("a comma does not group digits", [whole, *decimal], number.span())

    def _around(self, token: Token, form: str) -> re.Match[str] | None:
        """The number with commas in which a comma stands."""
        start = max(0, token[2] - _WINDOW)
        found = re.compile(form).finditer(self.source.text, start, token[3] + _WINDOW)
        return next((number for number in found if number.start() < token[2] < number.end()), None)


def behind(text: str, start: int) -> list[str]:
    """The bindings that are all that follows in a text, each as a word of a command line; none where more follows."""
    if text.find("=", start) < 0:  # in most texts there is none, and to look closer takes time
        return []
    parts = pattern(_PARTS, text).split(text[start : start + LONGEST_LINE])
    found = [pattern(_BINDING, text).fullmatch(part) for part in parts if part.strip() not in _WORDS_ALONE]
    return [*map(_word, found)] if found and all(found) and len(text) - start <= LONGEST_LINE else []


def _word(binding: re.Match[str] | None) -> str:
    name, value = binding.groups() if binding else ("", "")
    return f"{name}={value}" if re.fullmatch(_NUMBER, value) else f"'{name}={value}'"
