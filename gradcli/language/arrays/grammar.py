"""The grammar of an expression with arrays: indices, lists, ranges, @, transposes, and `… for i in 1..3`.

Depends on `gradcli.language.foreign`, the grammar that it goes on with. It makes nodes of what is written; what these
come to is `unfolding`'s affair.
"""

import re
from functools import partial

from gradcli.errors import LanguageError, Span
from gradcli.language.arrays.scope import ARRAY_FUNCTIONS, ArrayScope
from gradcli.language.expression import State
from gradcli.language.foreign import Foreign
from gradcli.language.frames import OPEN
from gradcli.language.functions import RESERVED
from gradcli.language.symbols import FACTORS
from gradcli.language.tokens import Token
from gradcli.letters import NAME
from gradcli.operators import precedence

CLAUSE, RANGE = 3, 5
"""The powers of `for` and of .., which bind less than all else."""
BEGIN, END, ALL = "begin", "end", "all"
"""Where a range begins or ends that does not say so; an index that is a colon."""
_IN = re.compile(rf"\s+{NAME}\s+in\b")
_NAMED = re.compile(rf"\s+{NAME}\b")
_AXIS = re.compile(r"\s*(?:=\s*-?|(?=[-\w(]))")
SIGNS = ("beside", "cdot", "times")
"""Signs of products in LaTeX, which shapes tell apart."""
_BOTH_ENDS = "indices begin at 1, and both ends count: 2..3"
LISTS = ("[", "index")
BARS = {"|": "bars", "‖": "length"}
_NUMPY = frozenset(["sum", "prod", "mean", "var", "std", "median", "dot", "outer", "transpose"])
_TORCH = frozenset(["sum", "prod", "mean", "dot", "outer", "logsumexp", "softmax", "log_softmax", "norm"])
_SOFTMAX = frozenset(("softmax", "log_softmax", "logsumexp"))
LIBRARIES = {
    "np": _NUMPY,
    "torch": _TORCH,
    "F": _SOFTMAX,
    "jax.nn": _SOFTMAX,
    "tf.nn": _SOFTMAX,
    "scipy.special": _SOFTMAX,
}
"""Libraries -> the functions of arrays that are the same there and here, but for the axis."""
PRIMES = ("'", "’", "′")


class ArrayExpression(Foreign):
    """One parse of an expression whose operands may be arrays."""

    scope: ArrayScope

    # -- operands

    def operand(self, token: Token) -> State | None:
        """Take an operand; `axis 1` is one of a call's."""
        if token[1] == "for" and _IN.match(self.source.text, token[3]):
            hint = "write sum(x^i for i in 1..3), without a comma"
            raise self.mistakes.error("a loop stands behind what it repeats", hint, token[2:])
        if token[0] == "name" and token[1] in RESERVED and self.source.text[token[3] : token[3] + 1] in PRIMES:
            raise self._derivative((token[2], token[3] + 1))
        if token[1] in ("axis", "dim") and self.frames[-1][1] == "call" and _AXIS.match(self.source.text, token[3]):
            self._check_axis(token)
            self.frames.append((RANGE, "axis", (), token[2], token))
            return self.operand
        return super().operand(token)

    def _check_axis(self, token: Token) -> None:
        """Raise for an axis as Python writes it, where the first is 0."""
        found = re.compile(r"\s*(=?)\s*(-?[0-9]*)").match(self.source.text, token[3])
        if not found or not (found[1] or token[1] == "dim" or self.source.text[self.frames[-1][4][2] - 1] == "."):
            return
        number = int(found[2]) if found[2].strip("-") else 0
        readings = [f"axis {number}", f"axis {number + 1}"] if number >= 0 else []
        hint = "axes count from 1: axis 1 takes the rows together, axis 2 the columns"
        raise self.mistakes.asked(
            "axes count from 1 here, and from 0 in Python", readings, (token[2], found.end()), hint
        )

    def index(self, token: Token) -> State:
        """Take a name before a bracket; a call of Mathematica's is one where no array is called so."""
        name = token[1]
        if not (name in self.scope.known or name in self.scope.variables) and self.scope.is_call(name):
            return super().index(token)
        self.operand(("name", *token[1:]))
        return self.operator

    def function(self, token: Token) -> Token:
        """A function of arrays is one as long as no variable is called so."""
        name = token[1]
        if name in ARRAY_FUNCTIONS and not (name in self.scope.known or name in self.scope.variables):
            return token
        return super().function(token)

    def member(self, path: tuple[Token, ...], point: Token, token: Token) -> State | None:
        """The part after a point: W.T is a transpose."""
        if token[1] == "T" and len(path) == 1:
            self.operand(("name", *path[0][1:]))
            return self.transpose(token)
        return super().member(path, point, token)

    def _library_function(self, start: int, library: str, same: frozenset[str], token: Token) -> State | None:
        """Take a function of a library; one of arrays goes without its prefix."""
        if token[1] in LIBRARIES.get(library, ""):
            self._drop(start, token[2])
            return self.operand(token)
        return super()._library_function(start, library, same, token)

    # -- lists and indices

    def list_(self, token: Token) -> State:
        """Open [1, 2, 3]."""
        self.open("[", (), token[2], token)
        self.arguments.append([])
        return self.item

    def bracket_(self, token: Token) -> State:
        """Open the index of an operand."""
        self.open("index", (self.node,), self.start, token)
        self.arguments.append([])
        return self.item

    def item(self, token: Token) -> State | None:
        """An item of a list or an index."""
        kind, _, start, end = token
        if kind == "]":
            what = "an array without entries" if self.frames[-1][1] == "[" else "an index is missing"
            raise self.mistakes.error(what, "write it between the brackets", (self.frames[-1][4][2], end))
        if kind == ":" and self.frames[-1][1] == "index":
            self.node, self.start, self.end, self.tail = self.graph.node(ALL, (), start, end), start, end, ":"
            return self.after_colon
        if kind == "::":
            hint = "write [x[2*i] for i in 1..3] for every second entry"
            raise self.mistakes.error("a range takes every number", hint, token[2:])
        if kind == "..":
            self.node, self.start, self.end = self.graph.node(BEGIN, (), start, end), start, start
            return self.dots(token)
        return self.operand(token)

    def after_colon(self, token: Token) -> State | None:
        """What follows a colon that is an index."""
        if token[0] in (",", "]"):
            return self.operator(token)
        end = self.mistakes.reach(token[2], RANGE)
        readings = [f"1..{self._text(token[2], end)}"]
        raise self.mistakes.asked("a range has both of its ends here", readings, (self.start, end), _BOTH_ENDS)

    def close_sign(self, token: Token) -> State | None:
        """End |x| and its like: of an array they may mean another thing."""
        mark = BARS.get(token[0])
        if mark is None:
            return super().close_sign(token)
        start = self.innermost(token, token[0])[3]
        self.closed(self.graph.node(mark, (self.node,), start, token[3]), start, token, token[0])
        return self.operator

    def either(self, token: Token) -> State | None:
        """End bars; where none are open, || is `or`."""
        around = next(what for power, what, *_ in reversed(self.frames) if power == OPEN)
        return self.close_sign(token) if around == "|" else super().either(token)

    def comma(self, token: Token) -> State:
        """End an item."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] not in LISTS:
            return super().comma(token)
        self.arguments[-1].append(self.node)
        return self.item

    def bracket_end(self, token: Token) -> State | None:
        """End a list or an index."""
        self.reduce(OPEN, token)
        _, what, given, start, _ = self.frames[-1]
        if what not in LISTS:
            return super().bracket_end(token)
        items = (*given, *self.arguments.pop(), self.node)
        self.closed(self.graph.node("list" if what == "[" else what, items, start, token[3]), start, token, "]")
        return self.operator

    def colon(self, token: Token) -> State:
        """The colon of c ? a : b; one in an index may be a range of two kinds."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] != "index":
            return super().colon(token)
        is_open = self.source.text[token[3] :].lstrip()[:1] in ("]", ",")
        end = token[3] if is_open else self.mistakes.reach(token[3], RANGE)
        first, last = self._text(self.start, token[2]), self._text(token[3], end)
        after = str(int(first) + 1) if first.isdigit() else f"{first} + 1"
        readings = [f"{first}..{last}", f"{after}..{last}"]
        question = "a range has both of its ends here, and begins at 1"
        raise self.mistakes.asked(question, readings, (self.start, end), _BOTH_ENDS)

    # -- ranges and loops

    def dots(self, token: Token) -> State:
        """The .. of a range."""
        self.reduce(RANGE, token)
        if self.frames[-1][1] == "range":
            raise self.mistakes.error("a range has two ends", "write 1..3", token[2:])
        self.frames.append((RANGE, "range", (self.node,), self.start, token))
        return self.after_dots

    def after_dots(self, token: Token) -> State | None:
        """The last of a range; none is the last there is."""
        if token[0] not in ("]", ","):
            return self.operand(token)
        self.node, self.end, self.tail = self.graph.node(END, (), token[2] - 1, token[2]), token[2], ".."
        return self.operator(token)

    def adjacent(self, token: Token) -> State | None:
        """An operand directly after an operand; `for i in` begins a loop."""
        if token[1] == "for" and _IN.match(self.source.text, token[3]):
            return self.clause(token)
        if token[1] == "for" and _NAMED.match(self.source.text, token[3]) and "for" not in self.scope.variables:
            raise self.mistakes.error("a loop is written with `in`", "write … for i in 1..3", token[2:])
        if self.tail == "'" and token[0] == "(":
            raise self._derivative((self.start, token[3]))
        if any(what == "[" for _, what, *_ in self.frames[-2:]) and token[0] in FACTORS | {"number"}:
            raise self.mistakes.error("commas part the entries of a list", "write [1, 2, 3]", token[2:])
        if self.tail == "'":
            left, right = self._text(self.start, self.end), self._text(token[2], token[3])
            hint = f"write {left} @ {right}; of two vectors dot({left[:-1]}, {right})"
            raise self.mistakes.error(f"no operator between `{left}` and `{right}`", hint, token[2:])
        return super().adjacent(token)

    def _derivative(self, span: Span) -> LanguageError:
        message, hint = "gradcli takes the derivative itself", "write the function alone: f(x); ' is a transpose"
        return self.mistakes.error(message, hint, span)

    def clause(self, token: Token) -> State:
        """Begin `for i in 1..3`, of which several may follow each other: the first is the outermost."""
        self.reduce(CLAUSE, token)
        if self.frames[-1][1] == "for":
            power, what, given, start, opener = self.frames.pop()
            self.frames.append((power, what, (*given, self.node), start, opener))
        elif self.frames[-1][1] in ("call", "[") or (len(self.frames) == 1 and self.scope.is_indexing):
            self.frames.append((CLAUSE, "for", (self.node,), self.start, token))
        else:
            hint = "write sum(… for i in 1..3), [… for i in 1..3], or h[i] = … for i in 1..3"
            raise self.mistakes.error("a loop stands in a call, in brackets, or behind h[i] = …", hint, token[2:])
        return self.counter

    def counter(self, token: Token) -> State:
        """The name of a loop's variable."""
        power, what, given, start, opener = self.frames[-1]
        self.frames[-1] = power, what, (*given, self.scope.counter(token)), start, opener
        return lambda _in: self.operand

    def finish(self, token: Token) -> State | None:
        """End the expression; a semicolon in a list parts the rows of MATLAB's matrices."""
        if token[1] == ";" and any(what == "[" for _, what, *_ in self.frames):
            raise self.mistakes.error("the rows of a matrix are lists", "write [[1, 2], [3, 4]]", token[2:])
        return super().finish(token)

    # -- signs behind an operand

    def transpose(self, token: Token) -> State:
        """W' and W.T: all of what stands before it; in LaTeX it may be a vector too."""
        self.node = self.graph.node("row" if token[1] == "row" else "transpose", (self.node,), self.start, token[3])
        self.end, self.tail = token[3], "'"
        return self.operator

    def point_(self, token: Token) -> State:
        """The point of (A @ B).T."""
        return partial(self.transposed, token)

    def transposed(self, point: Token, token: Token) -> State:
        """The T after a point."""
        if token[1] != "T":
            raise self.mistakes.no_operator(point, self.start, self.frames)
        return self.transpose(token)

    def matmul(self, token: Token) -> State:
        """The matrix product, which binds as a product does."""
        self.reduce(precedence.PRODUCT, token)
        what = token[1] if token[1] in SIGNS else "matmul"
        self.frames.append((precedence.PRODUCT + 1, what, (self.node,), self.start, token))
        return self.operand


ArrayExpression.openers = {**Foreign.openers, "[": ArrayExpression.list_, "index": ArrayExpression.index}
ArrayExpression.followers = {
    **Foreign.followers,
    "[": ArrayExpression.bracket_,
    "end": ArrayExpression.finish,
    "..": ArrayExpression.dots,
    "'": ArrayExpression.transpose,
    ".": ArrayExpression.point_,
    "@": ArrayExpression.matmul,
    "‖": ArrayExpression.close_sign,
    "|": ArrayExpression.either,
    ",": ArrayExpression.comma,
    ":": ArrayExpression.colon,
    "]": ArrayExpression.bracket_end,
}
