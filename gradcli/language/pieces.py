"""Of what a name may be made that is none: products of known names, of constants, and functions of what follows them.

Depends on the operator table, the tokens and `gradcli.language.functions`.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from gradcli.errors import LanguageError, Source
from gradcli.language.functions import FUNCTIONS
from gradcli.language.tokens import tokens
from gradcli.letters import is_plain
from gradcli.operators.table import CONSTANT

LONGEST_NAME = 16
"""A name of more letters is not taken apart."""


def pieces(name: str, known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The factors of which a name may be made.

    >>> [*pieces("wxe", {"w", "x"})], [*pieces("xsinwx", {"w", "x"})][0]
    ([('w', 'x', 'e')], ('x', 'sin(w*x)'))
    """
    if len(name) <= LONGEST_NAME and "_" not in name:
        names = _longest_first(name, known)
        yield from (found for found in _factors(name, names) if len(found) > 1 or "(" in found[0])


def _factors(text: str, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All ways to take a text apart; of a function it may be all that follows, or what follows next."""
    if not text:
        yield ()
    for name in names:
        if text.startswith(name):
            yield from ((name, *rest) for rest in _factors(text.removeprefix(name), names))
    for function in _functions():
        if text.startswith(function) and (operand := text.removeprefix(function)):
            digits = operand[: len(operand) - len(operand.lstrip("0123456789"))]
            for found in _factors(operand.removeprefix(digits), names):
                inner = ([digits] if digits else []) + [*found]
                yield (f"{function}({'*'.join(inner)})",)
                if len(inner) > 1:
                    yield (f"{function}({inner[0]})", *inner[1:])


def apart(text: str, known: Collection[str]) -> str:
    """A text with the names that are made of known ones taken apart, where that needs no parentheses.

    >>> apart("1/(2*mv^2)", {"m", "v"}), apart("1/mv^2", {"m", "v"})
    ('1/(2*m*v^2)', '1/mv^2')
    """
    pieces_of, at, before = [], 0, ""
    try:
        for kind, name, start, end in tokens(Source(text)):
            if kind == "name" and name not in known and before not in ("/", "^", "**"):
                factors = next(pieces(name, known), ())
                pieces_of += [text[at:start], "*".join(factors) or text[start:end]]
                at = end
            before = kind
    except LanguageError:
        return text
    return "".join(pieces_of) + text[at:]


@cache
def _functions() -> tuple[str, ...]:
    """The functions that people write without parentheses, long names first: those of one operand."""
    alone = (name for name, rows in FUNCTIONS.items() if rows[0].operands == ("x",) and not rows[0].variadic)
    return tuple(sorted(alone, key=len, reverse=True))


def factors_before(name: str, known: Collection[str]) -> str:
    """What a name before a parenthesis may be instead, with all signs: x*sin for xsin, π*r* for πr; or nothing."""
    if len(name) > LONGEST_NAME or "_" in name:
        return ""
    for function in _functions():
        first = name.removesuffix(function)
        letter = {first} if len(first) == 1 else set()
        if first != name and first and (found := next(_factors(first, _longest_first(name, {*known, *letter})), None)):
            return f"{'*'.join(found)}*{function}"
    found = next((found for found in pieces(name, known) if "(" not in "".join(found)), ())
    return f"{'*'.join(found)}*" if found else ""


def _longest_first(name: str, known: Collection[str]) -> list[str]:
    names = {*filter(is_plain, known), *CONSTANT} - {name, "inf", "nan"}
    return sorted(names, key=len, reverse=True)
