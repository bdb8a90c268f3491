"""Where the claims of a text, the sides of a claim and the components of a vector begin and end.

Depends on `gradcli.errors` for what a span is. What stands in parentheses, in back-ticks, in a comment or between `if`
and `then` is never cut.
"""

import re
from collections.abc import Iterator

from gradcli.errors import Span

_PIECE = re.compile(r"`[^`\n]*`|[<>!=≤≥≠]=|(?P<open>[(\[{]|\bif\b)|(?P<close>[)\]}]|\bthen\b)|(?P<mark>[,;\n=])")
_JOINING = re.compile(rf"{_PIECE.pattern}|(?P<joining>\b(?:and|or)\b|[<>≤≥≠])".replace("[<>!=≤≥≠]=", "=="))
_COMMENT = re.compile(r"(`[^`\n]*`)|#[^\n]*")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def without_comments(text: str) -> str:
    """The text with blanks in place of comments, so that every place in it stays."""
    return _COMMENT.sub(lambda found: found[1] or " " * len(found[0]), text)


def marks(text: str, span: Span, kinds: str) -> Iterator[int]:
    """The places of these marks between start and end, outside of all brackets."""
    depth = 0
    for piece in _PIECE.finditer(text, *span):
        depth = max(0, depth + (piece["open"] is not None) - (piece["close"] is not None))
        if depth == 0 and piece["mark"] and piece["mark"] in kinds:
            yield piece.start()


def joining(text: str, span: Span) -> Span | None:
    """Where an `and`, an `or` or a comparison stands outside of all brackets; None where there is none."""
    depth = 0
    for piece in _JOINING.finditer(text, *span):
        depth = max(0, depth + (piece["open"] is not None) - (piece["close"] is not None))
        if depth == 0 and piece["joining"]:
            return piece.span()
    return None


def parts(text: str, span: Span, mark: str) -> list[Span]:
    """What stands between these marks."""
    cuts = [*marks(text, span, mark)]
    return list(zip([span[0], *(cut + 1 for cut in cuts)], [*cuts, span[1]], strict=True))


def components(text: str, span: Span) -> list[Span]:
    """The components of a vector, in brackets or not: (2x, 2y), [2x, 2y]."""
    start, end = trimmed(text, span)
    closing = _BRACKETS.get(text[start : start + 1])
    if closing and text[end - 1] == closing and _closes(text, (start, end)):
        start, end = start + 1, end - 1
    return parts(text, (start, end), ",")


def trimmed(text: str, span: Span) -> Span:
    """The span without the blanks at both ends."""
    inner = text[span[0] : span[1]]
    start = span[0] + len(inner) - len(inner.lstrip())
    return start, max(start, span[1] - len(inner) + len(inner.rstrip()))


def _closes(text: str, span: Span) -> bool:
    """Whether the bracket at the start is closed at the end, and not before."""
    depth = 0
    for piece in _PIECE.finditer(text, *span):
        depth += (piece["open"] is not None) - (piece["close"] is not None)
        if depth == 0:
            return piece.end() == span[1]
    return False
