"""The grammar of one expression: a Pratt parser as a state machine over tokens, driven by the operator table.

Depends on `gradcli.operators` for precedence, `gradcli.language.scope` for names and `gradcli.language.mistakes`
for errors. Two states take turns: an operand is expected, or an operator is. Open frames wait: nothing recurses.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from gradcli.language.frames import CALLS, CLOSES, OPEN, Frames
from gradcli.language.functions import RESERVED, wanted
from gradcli.language.symbols import BETWEEN, CLOSING, DOUBTED, INFIX, JOINABLE, POSTFIX, PREFIX, STICKING, SURE
from gradcli.language.tokens import Token
from gradcli.operators import precedence

State = Callable[[Token], "State | None"]
"""What to do with the next token; gives the state after it, or None at the end of the expression."""
Handler = Callable[[Any, Token], State | None]
"""What an expression does with a token of a kind."""


class Expression(Frames):
    """One parse. After `parse`, `node` is the expression's node and `stop` the token that ended it. `openers` are the
    kinds of tokens that may begin an operand, beside names and numbers; `followers` those that may follow one."""

    openers: ClassVar[Mapping[str, Handler]]
    followers: ClassVar[Mapping[str, Handler]]

    def parse(self, stream: Iterator[Token]) -> int:
        """Read one expression, and no more of the stream. Raises LanguageError where there is none."""
        state: State = self.operand
        for token in stream:
            if (following := state(token)) is None:
                break
            state = following
        return self.node

    # -- an operand is expected

    def operand(self, token: Token) -> State | None:
        """Take a number or a name; let everything else open something."""
        kind, text, start, end = token
        if kind == "name":
            node = self.known.get(text)
            if node is None:
                node = self.capital(token) if text < "a" else self.scope.resolve(token)
            self.node = node
            tell = self.tell  # what `Graph.place` does, without a call of it for each name of a long text
            tell(node)
            tell(start)
            tell(end)
        elif kind == "number":
            self.node = self.scope.number(token)
        else:
            return self.openers.get(kind, Expression.no_operand)(self, token)
        self.start, self.end, self.tail = start, end, kind
        return self.operator

    def no_operand(self, token: Token) -> State | None:
        """Raise for a token that begins no operand; a newline inside an expression is mere space."""
        if token[1] == "\n" and len(self.frames) > 1:
            return self.operand
        raise self.mistakes.no_operand(token, self.frames)

    def prefix(self, token: Token) -> State:
        """Open a minus, a `not` or a root."""
        power, name = PREFIX[token[0]]
        if power < precedence.COMPARISON < self.frames[-1][0]:
            raise self.mistakes.loose_not(token)
        self.frames.append((power, name, (), token[2], token))
        return self.operand

    def plus(self, _: Token) -> State:
        """A plus before an operand says nothing."""
        return self.operand

    def quoted(self, token: Token) -> State:
        """Take a name in back-ticks."""
        self.node, self.start, self.end, self.tail = self.scope.quoted(token), token[2], token[3], "name"
        return self.operator

    def bracket(self, token: Token) -> State:
        """Open a parenthesis, bars or a conditional."""
        if token[0] == "if" and self.frames[-1][0] > precedence.CONDITIONAL:
            raise self.mistakes.loose_if(token)
        self.open(token[0], (), token[2], token)
        return self.operand

    def call(self, token: Token, how: str = "call") -> State:
        """Open a call, one of `CALLS`; its parenthesis, the next token, is passed over."""
        token = token if token[1] in RESERVED else self.function(token)
        self.open(how, (), token[2], token)
        self.arguments.append([])
        return lambda _parenthesis: self.argument

    def function(self, token: Token) -> Token:
        """What a name is called here that is no function of the table. Raises NameProblem where it cannot be called."""
        self.scope.require_function(token)
        return token

    def capital(self, token: Token) -> int:
        """The node of a name that is seen for the first time and begins with a capital letter."""
        return self.scope.resolve(token)

    def argument(self, token: Token) -> State | None:
        """The first argument of a call, or none at all."""
        closes = token[0] in CLOSES and token[0] == CALLS[self.frames[-1][1]]
        return self.close_call(token) if closes else self.operand(token)

    # -- an operator is expected

    def operator(self, token: Token) -> State | None:
        """Take an infix operator; let everything else close or continue something."""
        entry = SURE.get(token[0])
        if entry is None:
            handler = self.followers.get(token[0])
            return handler(self, token) if handler else self.adjacent(token)
        left, right, name = entry
        frames = self.frames
        if frames[-1][0] > left:
            self.reduce(left, token)
        frames.append((right, name, (self.node,), self.start, token))
        return self.operand

    def adjacent(self, token: Token) -> State | None:
        """An operand directly after an operand: a product where it cannot be misread; nothing else may stand here."""
        if token[0] not in JOINABLE.get(self.tail, ()):
            raise self.mistakes.no_operator(token, self.start, self.frames)
        if token[1][0] in "_e" and self.tail == "number" and self.end == token[2]:
            self.mistakes.check_factor(token, (self.start, self.end), constant=self.scope.is_constant(token[1]))
        return self.joined(token)

    def joined(self, token: Token) -> State | None:
        """Take an operand that is multiplied without a sign. Raises LanguageError where that has two readings."""
        text = self.source.text  # most products need no closer look
        if self.frames[-1][1] in DOUBTED or "=" in text or text[self.start : self.end] == "0":
            self.mistakes.check_product(token, self.frames, (self.start, self.end))
        self.reduce(precedence.IMPLICIT_PRODUCT, token)
        self.frames.append((precedence.IMPLICIT_PRODUCT + 1, "mul", (self.node,), self.start, token))
        return self.operand(token)

    def sticking(self, token: Token) -> State:
        """Take an infix operator that means something else where it sticks to a number."""
        if self.tail == "number" and self.end == token[2]:
            self.mistakes.check_sticking(token, (self.start, self.end), self.frames)
        left, right, name = INFIX[token[0]]
        self.reduce(left, token)
        self.frames.append((right, name, (self.node,), self.start, token))
        return self.operand

    def postfix(self, token: Token) -> State:
        """Apply a sign that stands behind its operand: n!, 30°."""
        self.reduce(precedence.POSTFIX, token)
        if self.tail == token[0] == "!":
            raise self.mistakes.double_factorial(token, self.start)
        self.node = self.scope.behind(token[0], self.node, (self.start, token[3]))
        self.end, self.tail = token[3], token[0]
        return self.operator

    def superscript(self, token: Token) -> State:
        """Raise the operand before it to a power; it binds tighter than anything else."""
        self.reduce(precedence.POSTFIX, token)
        self.node = self.graph.node("pow", (self.node, self.scope.exponent(token)), self.start, token[3])
        self.end, self.tail = token[3], "superscript"
        return self.operator

    def close(self, token: Token) -> State | None:
        """End a parenthesis or a call."""
        _, what, _, start, _ = self.innermost(token, *CLOSES[token[0]])
        if what in CALLS:
            self.arguments[-1].append(self.node)
            return self.close_call(token)
        self.closed(self.node, start, token, ")")
        return self.operator

    def close_call(self, token: Token) -> State:
        """Apply the function that was called."""
        _, _, _, start, name = self.frames[-1]
        given = tuple(self.arguments.pop())
        node = self.scope.call(name, given, token[3])
        self.closed(self.applied(name, given, token[3]) if node is None else node, start, token, "call")
        return self.operator

    def applied(self, token: Token, operands: tuple[int, ...], end: int) -> int:
        """The node of a function that none here is on so many operands. Raises LanguageError."""
        raise self.scope.wrong_count(token[1], len(operands), *wanted(token[1]), (token[2], end))

    def close_sign(self, token: Token) -> State | None:
        """End |x|, ⌊x⌋ and their like."""
        opening = CLOSING[token[0]]
        start = self.innermost(token, opening)[3]
        self.closed(self.graph.node(BETWEEN[opening][1], (self.node,), start, token[3]), start, token, token[0])
        return self.operator

    def comma(self, token: Token) -> State:
        """End an argument of a call."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] not in CALLS:
            return self.loose_comma(token)
        if self.tail == "number" and self.source.text[token[3] : token[3] + 3].isdigit():
            self.mistakes.check_grouping(token)
        self.arguments[-1].append(self.node)
        return self.operand

    def loose_comma(self, token: Token) -> State:
        """Raise for a comma that ends no argument."""
        raise self.mistakes.stray_comma(token, self.frames[-1])

    def then(self, token: Token) -> State:
        """End the condition of `if c then a else b`."""
        power, _, _, start, opener = self.innermost(token, "if")
        self.frames[-1] = (power, "then", (self.node,), start, opener)
        return self.operand

    def turn(self, token: Token) -> State:
        """The `if` of `a if c else b`: what came before it is a."""
        self.reduce(precedence.CONDITIONAL, token)
        self.open("a if", (self.node,), self.start, token)
        return self.operand

    def otherwise(self, token: Token) -> State:
        """The `else` of both conditionals; the last branch reaches as far as it can."""
        _, what, given, start, _ = self.innermost(token, "then", "a if")
        choice = (*given, self.node) if what == "then" else (self.node, *given)
        self.frames[-1] = (precedence.CONDITIONAL, "where", choice, start, token)
        self.depth -= 1
        return self.operand

    def finish(self, token: Token) -> State | None:
        """End the expression; a newline inside brackets is mere space."""
        if self.depth and token[1] == "\n":
            return self.operator
        self.reduce(OPEN, token)
        if self.depth:
            return self.inside(token)  # type: ignore[no-any-return]  # raises, or gives a state
        self.stop = token
        return None


OPENERS: dict[str, Handler] = {
    **dict.fromkeys(PREFIX, Expression.prefix), **dict.fromkeys(("(", "if", *BETWEEN), Expression.bracket),
    "+": Expression.plus, "call": Expression.call, "quoted": Expression.quoted,
}  # fmt: skip
FOLLOWERS: dict[str, Handler] = {
    **dict.fromkeys(("end", "eof"), Expression.finish), "superscript": Expression.superscript,
    **dict.fromkeys(CLOSING, Expression.close_sign), **dict.fromkeys(STICKING, Expression.sticking),
    **dict.fromkeys(POSTFIX, Expression.postfix), ")": Expression.close, ",": Expression.comma,
    "then": Expression.then, "if": Expression.turn, "else": Expression.otherwise,
}  # fmt: skip
Expression.openers, Expression.followers = OPENERS, FOLLOWERS
