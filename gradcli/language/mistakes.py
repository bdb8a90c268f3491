"""What the grammar says of a text that is no expression: each mistake with its place and a way to mend it.

Depends on `gradcli.errors`, the precedence table and `gradcli.language.readings`.
"""

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from gradcli.errors import LONGEST_QUOTED, LanguageError, Source, Span
from gradcli.language.readings import AmbiguityError, grouped, reach
from gradcli.language.strays import STRAYS, stray
from gradcli.language.symbols import BETWEEN, POSTFIX, ROOTS
from gradcli.language.tokens import Token
from gradcli.operators import precedence

Frame = tuple[int, str, tuple[int, ...], int, Token]
"""Something open: binding power, what it is, the operands so far, where it began, the token that opened it."""

ENDS = frozenset({"end", "eof"})

DERIVATIVE = r"d\s*/\s*d([^\W\d_]\w*)"
PERCENTAGE = "a percentage is written as a number"
GROUP = "put parentheses around what belongs together"

_WANTS = {
    "if": "`then`", "then": "`else`", "a if": "`else`", "(": "`)`", "call": "`)`", "call[": "`]`", "call{": "`}`",
    "[": "`]`", "index": "`]`", "?": "`:`",
} | {opening: f"`{closing}`" for opening, (closing, _) in BETWEEN.items()}  # fmt: skip
_RAISING = frozenset({"superscript", "^", "**", *POSTFIX})
"""What follows its operand without a product's sign in between."""


class Mistakes:
    """The mistakes that can be made in one text."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def error(self, message: str, hint: str, span: Span) -> LanguageError:
        """An error in this text."""
        start, end = span
        return LanguageError(message, hint=hint, span=(start, max(end, start + 1)), source=self.source)

    def asked(self, question: str, readings: Collection[str], span: Span, otherwise: str = GROUP) -> AmbiguityError:
        """The error for a text that can mean two things. Readings are texts that replace the span; the hint shows those
        that are programs in its place, or says what else to do where none is."""
        return AmbiguityError(question, readings, otherwise, span, self.source)

    def reach(self, start: int, power: int) -> int:
        """Where the operand ends that begins at a place, before an operator that binds looser than `power`."""
        return reach(self.source, start, power)

    def no_operand(self, token: Token, frames: Sequence[Frame]) -> LanguageError:
        """A token that begins no operand."""
        kind, _, start, end = token
        _, what, _, _, opener = frames[-1]
        if kind in ("define", "="):
            return self._equals(token, inside=what)
        if kind == ")" and what == "(" and opener[3] == start:
            return self.error("these parentheses are empty", "write a formula between them", (opener[2], end))
        if kind not in ENDS:
            return self._unexpected(token)
        if what in _WANTS:
            return self.unclosed(frames[-1])
        return self._nothing_follows(frames[-1]) if what else self._nothing(start)

    def _unexpected(self, token: Token) -> LanguageError:
        if token[0] in STRAYS or token[0] == "string":
            return self.stray(token[2])
        if token[0] in ("<", ">") and self.source.text[: token[2]].endswith("="):
            return self.error(f"`={token[0]}` is no comparison", f"write {token[0]}=", (token[2] - 1, token[3]))
        hint = "write a number, a name or a formula there"
        if token[0] == "superscript" and self.source.text[token[3] :].lstrip().startswith("√"):
            hint = "write nthroot(x, n) for a root of another degree"
        return self.error(f"an operand is expected before `{self._shown(*token[2:])}`", hint, token[2:])

    def stray(self, at: int) -> LanguageError:
        """A character that fits nowhere in the language."""
        return stray(self.source, at)

    def no_expression(self, at: int) -> LanguageError:
        """No formula where one belongs."""
        return self.error("there is no expression here", 'write one, such as "(x*w - 2)^2"', (at, at))

    def _nothing_follows(self, frame: Frame) -> LanguageError:
        _, what, _, start, (_, sign, at, stop) = frame
        if what == "mod":
            return self.asked(PERCENTAGE, [f"{grouped(self.text(start, at))}/100"], (start, stop))
        return self.error(f"nothing follows `{sign}`", "write what belongs there, or take it away", (at, stop))

    def no_operator(self, token: Token, start: int) -> LanguageError:
        """A token that cannot follow an operand."""
        if token[0] in ("define", "="):
            return self._equals(token)
        if token[0] in STRAYS:
            return self.stray(token[2])
        if known := self._no_factor(token, start):
            return known
        before, text = self._shown(start, token[2]), self._shown(*token[2:])
        if token[0] == "number" and re.fullmatch(r"(?<!\d)\d{1,3}", before) and re.fullmatch(r"\d{3}", text):
            return self.asked(
                "a blank does not group digits", [f"{before}{text}", f"{before}*{text}"], (start, token[3])
            )
        rest = "(…)" if token[0] == "call" else ""
        hint = f"for a product write {before}*{text}{rest}"
        if before.endswith("°"):
            hint = "write minutes and seconds as parts of a degree: 45.5° + 30°/60"
        return self.error(f"no operator between `{before}` and `{text}`", hint, token[2:])

    def _no_factor(self, token: Token, start: int) -> LanguageError | None:
        """An operand behind what is none: a derivative, the beginning of a comment, a temperature; None for others."""
        before = self._shown(start, token[2])
        if found := re.search(rf"(?<!\w){DERIVATIVE}\s*\Z", self.source.text[: token[2]]):
            return self.derivative((found.start(), token[2]), found[1])
        if before.lower() == "case":
            return self.error("`CASE` is no conditional here", "write: if c then a else b", (start, token[3]))
        if before.endswith(" !"):
            return self.error("`!` begins no comment here", "write # for a comment", token[2:])
        if before.endswith("°") and self._shown(*token[2:]) in ("C", "F"):
            return self.error("gradcli has no units", "write the number alone", (start, token[3]))
        return None

    def derivative(self, span: Span, name: str) -> LanguageError:
        """d/dx before a formula."""
        hint = f"write the formula alone: gradcli differentiates it, by --wrt {name}"
        return self.error(f"`{self.text(*span)}` is a derivative", hint, span)

    def no_then(self, token: Token, opener: Token) -> LanguageError:
        """An operand after the condition of an `if`."""
        return self.error("the `then` of `if` is missing", "write: if c then a else b", (opener[2], token[3]))

    def loose_not(self, token: Token) -> LanguageError:
        """`not` after an operator that binds tighter."""
        return self.error("`not` binds looser than the operator before it", "put it in parentheses: (not …)", token[2:])

    def loose_if(self, token: Token) -> LanguageError:
        """A conditional as the bare operand of an operator."""
        return self.error("a conditional after an operator needs parentheses", "write (if … then … else …)", token[2:])

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

    def check_product(self, token: Token, frames: Sequence[Frame], left: Span) -> None:
        """Raise where an implicit product would follow a division or stand in an exponent, or begins with 0x."""
        if self.source.text[left[0] : left[1]] == "0" and left[1] == token[2] and token[1][:1] in "xXbBoO":
            raise self._base(token, left[0])
        open_ones = [*takewhile(lambda frame: frame[1] in ("div", "mod", "pow", "neg"), reversed(frames))]
        if divisions := [frame for frame in reversed(open_ones) if frame[1] != "neg"]:
            raise self._product(token, divisions, left)

    def _nothing(self, at: int) -> LanguageError:
        """No formula before a statement ends."""
        before = self.source.text[:at].rstrip()
        if before.endswith("="):
            end = len(before)
            return self.error("nothing follows `=`", "write the formula that the name stands for", (end - 1, end))
        return self.no_expression(at)

    def _equals(self, token: Token, inside: str = "") -> LanguageError:
        at = self.source.text.index("=", token[3] if token[0] == "define" else token[2])
        if self.source.text[at - 1 : at] in ("+", "-", "*", "/"):
            sign = self.source.text[at - 1 : at + 1]
            return self.error(f"`{sign}` changes a value", "give what comes out a name of its own", (at - 1, at + 1))
        if re.fullmatch(r"\s*[d∂]\w*\s*/\s*[d∂]\w+\s*", self.source.text[:at]):
            hint = "give the formula, and this with --claim to gradcli check"
            return self.error("this is a claim about a derivative", hint, (0, at + 1))
        if inside == "call":
            hint = "leave the name away; == compares"
            return self.error("arguments go by their place, not by name", hint, (token[2], at + 1))
        return self.error("a single = defines a name, at the start of a statement", "compare with ==", (at, at + 1))

    def _base(self, token: Token, start: int) -> LanguageError:
        """A number such as 0x10."""
        question = f"is `{self._shown(start, token[3])}` a product, or a number in another base?"
        try:
            value = [str(int(f"0{token[1]}", 0))]
        except ValueError:
            value = []
        readings = [f"0*{self.text(*token[2:])}", *value]
        return self.asked(question, readings, (start, token[3]), "write the number in decimal")

    def root(self, frame: Frame, token: Token) -> LanguageError:
        """A root whose end is in doubt."""
        end = reach(self.source, token[3], precedence.POWER) if token[0] in ("^", "**") else self._product_end(token)
        end = token[3] if token[0] in POSTFIX else end
        inner, after = self.text(frame[4][3], token[2]), self.text(token[2], end)
        joined, root = after if token[0] in _RAISING else f"*{after}", ROOTS[frame[4][0]]
        readings = [f"{root}({inner}){joined}", f"{root}({inner}{joined})"]
        return self.asked("how far does the root reach?", readings, (frame[3], end))

    def chain(self, frames: Sequence[Frame], token: Token) -> LanguageError:
        """A comparison of a comparison."""
        frame, end = frames[-1], reach(self.source, token[3], precedence.COMPARISON + 1)
        first, last = self.text(frame[3], token[2]), self.text(frame[4][3], end)
        both = f"{first} and {last}"
        reading = f"({both})" if frames[-2][0] > precedence.AND else both
        return self.asked("comparisons do not chain", [reading], (frame[3], end))

    def _product(self, token: Token, frames: Sequence[Frame], left: Span) -> LanguageError:
        """Of a factor behind open divisions and powers: it may belong to the whole of each, or to what follows it."""
        end = self._product_end(token)
        start, factor = frames[0][3], self.text(token[2], end)
        readings = [f"({self.text(start, left[1])})*{factor}"] + [
            f"{self.text(start, opener[3])}({self.text(opener[3], left[1])}*{factor})" for *_, opener in frames
        ]
        return self.asked("this product can be read in two ways", readings, (start, end))

    def _product_end(self, token: Token) -> int:
        """Where the factors end of which `token` begins the first."""
        return reach(self.source, token[2], precedence.IMPLICIT_PRODUCT)

    def text(self, start: int, end: int) -> str:
        """A piece of the text as a reading repeats it."""
        return " ".join(self.source.text[start:end].split())

    def _shown(self, start: int, end: int) -> str:
        """A piece of the text as a message repeats it: on one line, short, and printable."""
        shown = " ".join(self.source.text[start : min(end, start + 4 * LONGEST_QUOTED)].split())
        return shown if len(shown) <= LONGEST_QUOTED and shown.isprintable() else "…"
