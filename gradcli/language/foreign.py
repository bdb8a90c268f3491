"""Formulas as other languages write them: more openers and followers for the one parser.

Depends on `gradcli.language.expression`, on `foreign_numbers` and `foreign_names` for those.
What can only mean one thing is read, with a note where it is unusual; what can mean two is asked about.
"""

import re
from collections.abc import Callable

from gradcli.language.expression import FOLLOWERS, OPENERS, State
from gradcli.language.foreign_numbers import ForeignNumbers
from gradcli.language.frames import CLOSES, OPEN
from gradcli.language.tokens import Token
from gradcli.operators import precedence

SAME = {
    ".*": "*", "./": "/", ".+": "+", ".-": "-", ".%": "%", ".<": "<", ".>": ">", ".<=": "<=", ".>=": ">=",
    ".==": "==", "===": "==", "!==": "!=", ".!=": "!=", "~=": "!=", "&&": "and", ".lt.": "<", ".le.": "<=", ".gt.": ">",
    ".ge.": ">=", ".eq.": "==", ".ne.": "!=", ".and.": "and", ".or.": "or",
}  # fmt: skip
"""Infix operators of other languages → ours."""

DEEPEST = 5
"""In more brackets than these no ! is looked at closely: what it may take would be read again and again."""


class Foreign(ForeignNumbers):
    """One parse of an expression in the notation of gradcli's language or of others."""

    # -- operators

    def same(self, token: Token) -> State | None:
        """Take an operator that has another sign here."""
        if token[0].startswith(".") and not token[0].endswith("."):
            self.check_sinc(token[2:])
        return self.operator((SAME[token[0]], *token[1:]))

    def dotted_power(self, token: Token) -> State | None:
        """Take .^, which groups to the left in MATLAB and to the right in Julia."""
        self.check_sinc(token[2:])
        frame = self.frames[-1]
        if frame[1] == "pow" and frame[4][1].startswith("."):
            end = self.mistakes.reach(token[3], precedence.POWER)
            base, first, last = (
                self._text(frame[3], frame[4][2]),
                self._text(frame[4][3], token[2]),
                self._text(token[3], end),
            )
            readings = f"({base}^{first})^{last}", f"{base}^({first}^{last})"
            raise self.mistakes.asked(
                "powers of powers are read from the left or from the right", readings, (frame[3], end)
            )
        return self.operator(("^", *token[1:]))

    def either(self, token: Token) -> State | None:
        """End bars; where none are open, || is `or`."""
        if self.source.text.startswith(">", token[3]):
            return lambda _: lambda name: self.piped(token, name)
        around = next(what for power, what, *_ in reversed(self.frames) if power == OPEN)
        if around != "|" and self.scope.source.text.startswith("||", token[2]):
            return lambda second: self.operator(("or", "||", token[2], second[3]))
        return FOLLOWERS["|"](self, token)

    def piped(self, sign: Token, token: Token) -> State | None:
        """x |> f is f(x)."""
        from gradcli.language.piped import piped  # few texts have one

        return piped(self, sign, token)

    def method(self, token: Token) -> State | None:
        """The point of (x - y).abs(), which is no call here. Raises LanguageError."""
        from gradcli.language.piped import method  # only a mistake needs it

        raise method(self, token)

    def truth(self, token: Token) -> State:
        """Take .true. and .false. for 1 and 0."""
        self.node = self.graph.constant(float(token[0] == ".true."), *token[2:])
        self.start, self.end, self.tail = token[2], token[3], "name"
        return self.operator

    def unequal(self, token: Token) -> State | None:
        """The second half of <>."""
        *others, (power, name, given, start, opener) = self.frames
        if opener[1] == "-" and opener[3] == token[2]:
            from gradcli.language.piped import arrow  # only a mistake needs it

            raise arrow(self, start, token)
        if name != "lt" or opener[3] != token[2]:
            return self.no_operand(token)
        self.frames[:] = [*others, (power, "ne", given, start, ("!=", "<>", opener[2], token[3]))]
        self.scope.read_as("`<>` is read as !=", (opener[2], token[3]))
        return self.operand

    def remainder(self, token: Token) -> State | None:
        """The second half of %%."""
        if not self._doubles("%"):
            return self.no_operand(token)
        self._check_tighter("%%", lambda factor, divisor: f"({factor} % {divisor})")
        self.scope.read_as("`%%` is read as %, the remainder with the sign of the divisor", self._pair(token))
        return self.operand

    def quotient(self, token: Token) -> State | None:
        """The second half of // or of %/%."""
        whole = "%/%" if self._doubles("%") and self.scope.source.text.startswith("%", token[3]) else "//"
        if whole == "//" and not self._doubles("/"):
            return self.no_operand(token)
        start, opener = self.frames[-1][3:]
        after = opener[2] + len(whole)
        if whole == "//":
            from gradcli.language.piped import behind  # only a mistake needs it

            if found := behind(self, after):
                raise found
        if whole == "%/%":
            self._check_tighter(whole, lambda factor, divisor: f"floor({factor}/{divisor})")
        end = self.mistakes.reach(after, precedence.PRODUCT + 1)
        reading = f"floor({self._text(start, opener[2])}/{self._text(after, end)})"
        if re.compile(r"[ \t]+[^\W\d]").match(self.source.text, end):  # two words side by side are none of a formula's
            raise self.mistakes.error("`//` begins no comment here", "write # for a comment", self._pair(token))
        hint = "write floor(x/y) for a whole quotient, or # for a comment"
        raise self.mistakes.asked(f"`{whole}` is not an operator here", [reading], (start, end), hint)

    def _check_tighter(self, sign: str, write: Callable[[str, str], str]) -> None:
        """Raise where R's operator, which binds tighter than a product, stands behind one."""
        start, opener = self.frames[-1][3:]
        last, after = start, opener[2] + len(sign)
        between = re.compile(r"\s*[^\s\w(]+\s*")
        while found := between.match(
            self.scope.source.text, self.mistakes.reach(last, precedence.PRODUCT + 1), opener[2]
        ):
            last = found.end()
        if last > start:
            left, end = self._text(start, opener[2]), self.mistakes.reach(after, precedence.PRODUCT + 1)
            divisor, factor = self._text(after, end), self._text(last, opener[2])
            readings = f"{self._text(start, last)} {write(factor, divisor)}", write(f"({left})", divisor)
            raise self.mistakes.asked(f"in R `{sign}` binds tighter than a product", readings, (start, end))

    def _doubles(self, sign: str) -> bool:
        """Whether the last operator is this sign, and the text goes on right behind it."""
        opener = self.frames[-1][4]
        return opener[1] == sign and not self.scope.source.text.startswith((" ", "\t"), opener[3])

    def _pair(self, token: Token) -> tuple[int, int]:
        return self.frames[-1][4][2], token[3]

    # -- signs before an operand

    def minus(self, token: Token) -> State:
        """Open a minus; one in <- may be an assignment."""
        if self.frames[-1][1] == "lt" and len(self.frames) == 2:
            self._check_arrow(token)
        self.frames.append((precedence.NEGATION, "neg", (), token[2], token))
        return self.operand

    def _check_arrow(self, token: Token) -> None:
        """Raise where `y <- x` may assign."""
        _, _, _, start, opener = self.frames[-1]
        source = self.scope.source
        if opener[3] == token[2] and source.text.startswith(" ", token[3]):
            name, end = self._text(start, opener[2]), self.mistakes.reach(token[3], 1)
            readings = f"{name} = {self._text(token[3], end)}", f"{name} < -{self._text(token[3], end)}"
            raise self.mistakes.asked("does `<-` define a name?", readings, (start, end))

    def negation(self, token: Token) -> State:
        """Open !x, which takes the nearest operand in some languages, and a whole comparison in others."""
        if self.depth < DEEPEST and self.frames[-1][4][0] != "!":
            self._check_reach(token)
        self.frames.append((precedence.NEGATION, "not", (), token[2], token))
        return self.operand

    def _check_reach(self, token: Token) -> None:
        """Raise where it matters how much !x takes."""
        after = token[3]
        near, far = self.mistakes.reach(after, precedence.NEGATION), self.mistakes.reach(after, precedence.NOT)
        if near < far:
            readings = f"(not {self._text(after, far)})", f"(not {self._text(after, near)}) {self._text(near, far)}"
            raise self.mistakes.asked("how far does `!` reach?", readings, (token[2], far))

    def not_(self, token: Token) -> State:
        """Open .not. x."""
        return self.prefix(("not", *token[1:]))

    # -- conditionals

    def question(self, token: Token) -> State:
        """The question mark of c ? a : b."""
        self.reduce(precedence.CONDITIONAL, token)
        self.open("?", (self.node,), self.start, token)
        return self.operand

    def colon(self, token: Token) -> State:
        """The colon of c ? a : b; the last branch reaches as far as it can."""
        self.reduce(OPEN, token)
        _, what, given, start, _ = self.frames[-1]
        if what in ("if", "then"):
            raise self.mistakes.no_then(token, self.frames[-1][4])
        if what != "?":
            raise self.mistakes.stray(token[2])
        self.frames[-1] = (precedence.CONDITIONAL, "where", (*given, self.node), start, token)
        self.depth -= 1
        return self.operand

    def bracket_end(self, token: Token) -> State | None:
        """End a call in brackets, or a list; no other bracket opens here."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] not in CLOSES[token[0]]:
            raise self.mistakes.stray(token[2])
        return self.close(token)

    def loose_comma(self, token: Token) -> State:
        """A comma before `else` says nothing; one in a tuple parts arguments."""
        if self.frames[-1][1] == "(" and self.arguments and self.in_tuple():
            self.scope.read_as("each element of the list is an argument", (self.frames[-1][3], token[3]))
            self.arguments[-1].append(self.node)
            return self.operand
        if self.frames[-1][1] in ("a if", "then"):
            return lambda following: self._after_comma(token, following)
        return super().loose_comma(token)

    def _after_comma(self, comma: Token, following: Token) -> State:
        if following[0] != "else":
            raise self.mistakes.stray_comma(comma, self.frames[-1])
        return self.otherwise(following)


Foreign.openers = {
    **OPENERS,
    **dict.fromkeys("-−–", Foreign.minus),
    "dotted": Foreign.module,
    "index": Foreign.index,
    "define": Foreign.keyword,
    **dict.fromkeys("[{", Foreign.list_),
    "fraction": Foreign.fraction,
    ">": Foreign.unequal,
    "%": Foreign.remainder,
    "/": Foreign.quotient,
    "!": Foreign.negation,
    ".not.": Foreign.not_,
    **dict.fromkeys((".true.", ".false."), Foreign.truth),
}
Foreign.followers = {
    **FOLLOWERS,
    **dict.fromkeys(SAME, Foreign.same),
    **dict.fromkeys((".^", ".**"), Foreign.dotted_power),
    "fraction": Foreign.mixed,
    "|": Foreign.either,
    "?": Foreign.question,
    ".": Foreign.method,
    ":": Foreign.colon,
    **dict.fromkeys("]}", Foreign.bracket_end),
}
