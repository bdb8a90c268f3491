"""How people write what a claim is about: dL/dw, ∂²L/∂w², L'(w), L_w, ∇L, w_new; text → Left, by its letters alone.

Depends on the language for what a name is. What the names mean, and whether there are such, is for
`gradcli.claims.subjects` to say.
"""

import re
from typing import NamedTuple

from gradcli.errors import Span
from gradcli.letters import composed, one_name, pattern

INDEX = r"(?:[ \t]*\[[^\[\]\n=]*\])?"
WORD = f"(?:NAME|QUOTED){INDEX}"
QUOTIENT = rf"[d∂]\s*(?P<of>{WORD})\s*/\s*[d∂]\s*(?P<by>{WORD})"
_TWICE = r"(?:²|2|\^2|\*\*2)"
_ONE, _TWO = f"(?P<by>(?:NAME?|QUOTED){INDEX})", rf"(?P<first>{WORD})\s*(?:∂\s*|(?<=[\s\]])d\s*)(?P<then>{WORD})"
_PRIME = r"['\u2032\u2019]"
_POINT = r"(?:\s*\((?P<point>[^()\n]*)\))?"
_IS = r"\s*(?P<sign>={1,2}|:=?|←)"

_NOTATIONS = {
    kind: rf"\s*{left}{_POINT}{_IS}"
    for kind, left in (
        ("second", rf"[d∂]{_TWICE}\s*(?P<of>{WORD})?\s*/\s*[d∂]\s*(?:{_ONE}{_TWICE}|{_TWO})"),
        ("quotient", QUOTIENT),
        ("quotient of the output", rf"[d∂]\s*/\s*[d∂]\s*(?P<by>{WORD})"),
        ("gradient", rf"(?:∇|grad(?:ient)?\b)\s*(?:\(\s*(?P<inner>{WORD})\s*\)|(?P<of>{WORD}))?"),
        ("primed", rf"(?P<of>{WORD})\s*(?:{_PRIME}|(?P<twice>{_PRIME}{{2}}|[\u2033\"]))"),
        ("named", rf"(?P<of>{WORD})"),
    )
}
"""The notations, in the order in which they are tried."""


class Word(NamedTuple):
    """A name, and where it stands."""

    name: str
    span: Span


class Left(NamedTuple):
    """The left side of a claim as it is written.

    kind   a key of the notations
    of     what is differentiated; None where that is the output, or what a name alone means
    by     by what; one name, or two of a second derivative
    times  how often it is differentiated
    point  what stands in parentheses after it, and where; None where nothing does
    span   all of it, without the sign that follows
    right  where the right side begins
    """

    kind: str
    of: Word | None
    by: tuple[Word, ...]
    times: int
    point: Word | None
    span: Span
    right: int


def left_side(text: str, start: int = 0) -> Left | None:
    """What the left side of the claim that begins here is, if it is one."""
    for kind, notation in _NOTATIONS.items():
        if match := pattern(notation, text).match(text, start):
            return _left(kind, match)
    return None


def _left(kind: str, match: re.Match[str]) -> Left:
    groups = match.groupdict()
    words = {name: Word(plain(word), match.span(name)) for name, word in groups.items() if word is not None}
    point = Word(match["point"], match.span("point")) if groups["point"] is not None else None
    by = tuple(words[name] for name in ("first", "then", "by") if name in words)
    twice = kind == "second" or groups.get("twice") is not None
    begin = match.start() + len(match[0]) - len(match[0].lstrip())
    end = len(match.string[: match.start("sign")].rstrip())
    of = words.get("of") or words.get("inner")
    return Left(kind, of, by, 1 + twice, point, (begin, end), match.end())


def plain(name: str) -> str:
    """A name without its back-ticks, in the form in which formulas have it; an index stays, without its blanks."""
    if name.startswith("`"):
        quoted, _, index = name[1:].partition("`")
        return composed(quoted) + _compact(index)
    base, bracket, index = name.partition("[")
    return one_name(base.rstrip()) + _compact(bracket + index)


def _compact(index: str) -> str:
    return re.sub(r"\s", "", index)


def as_factor(text: str) -> str:
    """A text in parentheses unless it is one name or one call."""
    return text if pattern(r"TYPED(\([^()]*\))?", text).fullmatch(text) else f"({text})"
