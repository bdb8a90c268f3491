"""Functions that stand behind what they are called with: x |> exp, x^2 // Sqrt, (x - y).abs(), x -> y of R.

Depends on `gradcli.language.expression`, and is loaded where a text has one of them.
"""

import re

from gradcli.errors import LanguageError
from gradcli.language.expression import Expression, State
from gradcli.language.functions import FUNCTIONS
from gradcli.language.libraries import RENAMED, renamed
from gradcli.language.tokens import Token
from gradcli.operators import precedence

_NAME = r"\s*([^\W\d]\w*)\s*(?:\(\s*\))?"
_IDLE = frozenset({"N", "Simplify", "FullSimplify", "Expand", "TraditionalForm", "Together", "Factor", "TeXForm"})
"""Functions of Mathematica that do not change what a formula means."""


def plain_name(name: str) -> str:
    """What a function of one operand is called here; empty for none."""
    return name if name in FUNCTIONS else renamed(name, FUNCTIONS) or RENAMED.get(name, "")


def piped(parse: Expression, sign: Token, token: Token) -> State | None:
    """Apply the function whose name follows |> to what stands before it. Raises LanguageError where none follows."""
    found = re.compile(_NAME).match(parse.source.text, token[2])
    function = plain_name(token[1]) if token[0] in ("name", "call") and found else ""
    if token[1] in parse.scope.functions:
        function = token[1]
    if not function:
        raise parse.mistakes.error("a function is expected behind |>", "write its name, or call it: f(x)", sign[2:])
    parse.reduce(precedence.COMPARISON + 1, sign)
    end = found.end() if found else token[3]
    node = parse.scope.call(("call", function, *token[2:]), (parse.node,), end)
    if node is None:
        raise parse.mistakes.error(f"`{function}` takes more than one operand", "call it: f(x, y)", token[2:])
    parse.scope.read_as(f"`|> {token[1]}` is read as a call of {function}", (sign[2], token[3]))
    parse.node, parse.end, parse.tail = node, end, "call"
    if token[0] != "call":
        return parse.operator
    return lambda _opening: lambda closing: _closed(parse, closing)


def _closed(parse: Expression, token: Token) -> State | None:
    """The parenthesis of f() behind a pipe, as R has it."""
    if token[0] != ")":
        raise parse.mistakes.error("a call behind |> has one operand", "call it: f(x, y)", token[2:])
    return parse.operator


def behind(parse: Expression, after: int) -> LanguageError | None:
    """The error for `formula // Sqrt`, of Mathematica; None where no function of it stands there."""
    text = parse.source.text
    found = re.compile(r"\s*([A-Z]\w*)\s*(?![\w(\[])").match(text, after)
    if found is None or not (found[1] in _IDLE or plain_name(found[1])):
        return None
    start = parse.frames[1][3]
    whole = parse.mistakes.text(start, parse.frames[-1][4][2])
    reading = whole if found[1] in _IDLE else f"{plain_name(found[1])}({whole})"
    return parse.mistakes.asked("gradcli calls a function by its name in front", [reading], (start, found.end()))


def method(parse: Expression, token: Token) -> LanguageError:
    """The error for (x - y).abs(), with the call that it is."""
    text = parse.source.text
    found = re.compile(r"\.\s*([^\W\d]\w*)\s*\(").match(text, token[2])
    if found is None or not plain_name(found[1]):
        return parse.mistakes.stray(token[2])
    stop = parse.mistakes.reach(found.start(1), 1_000)
    owner, inside = text[parse.start : parse.end], text[found.end() : stop - 1].strip()
    owner = owner[1:-1] if parse.tail == ")" else owner
    reading = f"{plain_name(found[1])}({owner}{', ' * bool(inside)}{inside})"
    return parse.mistakes.asked("gradcli has no methods", [reading], (parse.start, stop))


def arrow(parse: Expression, start: int, token: Token) -> LanguageError:
    """The error for `formula -> y`, which defines y in R."""
    text = parse.mistakes.text
    end = parse.mistakes.reach(token[3], 1)
    first = parse.frames[1][3] if len(parse.frames) > 1 else start
    reading = f"{text(token[3], end)} = {text(first, parse.frames[-1][4][2])}"
    return parse.mistakes.asked("does `->` define a name?", [reading], (first, end))
