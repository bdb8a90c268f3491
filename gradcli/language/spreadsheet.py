"""Formulas of spreadsheets, behind a leading `=`: =-A1^2 is the square of the negative there, =LOG(A1) of base 10.

Depends on `gradcli.language.foreign`; loaded where a statement begins with `=`. What means something else than in
gradcli's language is noted.
"""

from gradcli.language.expression import State
from gradcli.language.foreign import Foreign
from gradcli.language.foreign_calls import written_out
from gradcli.language.functions import FUNCTIONS
from gradcli.language.libraries import prefixes
from gradcli.language.readings import reach
from gradcli.language.tokens import Token
from gradcli.operators import precedence

SIGN = precedence.POSTFIX
"""The power of a sign, which binds tighter than ^ does."""


class Spreadsheet(Foreign):
    """One parse of an expression in the notation of spreadsheets."""

    def minus(self, token: Token) -> State:
        """Open a sign."""
        self.frames.append((SIGN, "neg", (), token[2], token))
        return self.operand

    def operator(self, token: Token) -> State | None:
        """Take an operator: ^ from the left, % for percent, = to compare."""
        kind, _, start, end = token
        if kind == "^":
            return self._power(token)
        if kind == "%":
            self.reduce(precedence.POSTFIX - 1, token)
            hundred = self.graph.constant(100.0, start, end)
            self.node = self.graph.node("div", (self.node, hundred), self.start, end)
            self.end, self.tail = end, "%"
            return self.operator
        if kind == "end" and token[1] == ";" and self.depth:
            return self.comma(token)
        return super().operator(("==", *token[1:]) if kind == "=" else token)

    def _power(self, token: Token) -> State:
        name = self.frames[-1][1]
        if name in ("neg", "pow"):
            said = "binds its sign first" if name == "neg" else "reads powers from the left"
            base = self._text(self.frames[-1][3], self.end)
            self.scope.read_as(f"a spreadsheet {said}: ({base})^{self._exponent(token[3])}", token[2:])
        self.reduce(precedence.POWER, token)
        self.frames.append((precedence.POWER + 1, "pow", (self.node,), self.start, token))
        return self.operand

    def _exponent(self, start: int) -> str:
        return self._text(start, reach(self.scope.source, start, precedence.POWER + 1))

    def compared(self, token: Token) -> State | None:
        """Take a name before a =, which compares."""
        return self.operand(("name", *token[1:]))

    def call(self, token: Token, how: str = "call") -> State:
        """Open a call; the letters of a function's name may be large or small."""
        kind, name, start, end = token
        here, plain = f"={name.upper()}", name.lower()
        same = plain in FUNCTIONS and plain in prefixes()["="][1]
        known = here if here in written_out() else plain if same else name.upper()
        return super().call((kind, known, start, end), how)

    def member(self, path: tuple[Token, ...], point: Token, token: Token) -> State | None:
        """Take NORM.S.DIST for one name."""
        name = ".".join(part[1] for part in (*path, token)).upper()
        if token[0] == "call" and f"={name}" in written_out():
            return self.call(("call", name, path[0][2], token[3]))
        return super().member(path, point, token)


Spreadsheet.openers = {
    **Foreign.openers,
    "-": Spreadsheet.minus,
    "−": Spreadsheet.minus,
    "–": Spreadsheet.minus,
    "call": Spreadsheet.call,
    "define": Spreadsheet.compared,
}
