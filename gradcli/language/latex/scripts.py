r"""Arguments of commands, powers and subscripts: x_1, x^{2}, \frac12, and what without braces is asked about.

Depends on the lexemes and on names.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from gradcli.errors import GradcliError, Source
from gradcli.language.latex.commands import ACCENTS, LETTERS, VARIANTS
from gradcli.language.latex.lexemes import Lexeme, lexemes
from gradcli.language.latex.names import Name, accented, letter_spellings, subscript_text, subscripted


class Argument(NamedTuple):
    """An argument: its first lexeme, the one behind its last, and the one behind its closing brace."""

    start: int
    stop: int
    end: int


def braced(found: Sequence[Lexeme], partners: Mapping[int, int], at: int) -> Argument | None:
    """The argument that begins at a lexeme: what stands in braces, or the one lexeme; None for none."""
    if at >= len(found) or found[at].kind in ("close", "end", "break", "newline", "&", "script"):
        return None
    if found[at][:2] == ("open", "{}"):
        return Argument(at + 1, partners[at], partners[at] + 1)
    return Argument(at, at + 1, at + 1)


def is_letter(lexeme: Lexeme) -> bool:
    """Whether a lexeme is a letter, a Greek one too, or a name in upright letters."""
    kind, text, _, _ = lexeme
    return kind in ("letter", "word") or (kind == "command" and (text in LETTERS or text in VARIANTS))


def read_name(
    found: Sequence[Lexeme],
    partners: Mapping[int, int],
    at: int,
    index: Mapping[str, int],
    beside: Collection[str] = (),
) -> Name | None:
    """The name that begins at a lexeme, with its accents and its subscript; None where none does.

    Of a subscript of several digits without braces the first alone is one; the parser's caller asks about it.
    """
    accents = []
    closing = 0
    while at < len(found) and found[at].kind == "command" and found[at].text in ACCENTS:
        accents.append(found[at].text)
        at += 1
        if at < len(found) and found[at][:2] == ("open", "{}"):
            at, closing = at + 1, closing + 1
    if at >= len(found) or not is_letter(found[at]):
        return None
    spellings, end = letter_spellings(found[at], beside), at + 1
    spellings, end = _with_subscript(found, partners, spellings, end, index) if closing else (spellings, end)
    for accent in reversed(accents):
        spellings = accented(spellings, accent)
    for _ in range(closing):
        if end >= len(found) or found[end].kind != "close":
            return None
        end += 1
    return Name(*_with_subscript(found, partners, spellings, end, index))


def _with_subscript(
    found: Sequence[Lexeme], partners: Mapping[int, int], spellings: tuple[str, ...], end: int, index: Mapping[str, int]
) -> tuple[tuple[str, ...], int]:
    """The spellings with the subscript that follows, if it says a name, and the place behind it."""
    if end >= len(found) or found[end][:2] != ("script", "_"):
        return spellings, end
    below = braced(found, partners, end + 1)
    if below is None:
        return spellings, end
    said = subscript_text(found[below.start : below.stop], index)
    return (subscripted(spellings, said), below.end) if said else (spellings, end)


def name_of(text: str) -> str | None:
    r"""The name that a text in LaTeX is, as it is bound: \hat{y} is y_hat; None for what is no name.

    >>> [name_of(text) for text in (r"\alpha", "x_{1}", r"\hat{y}", r"\theta_{\text{max}}", "x^{2}", "ab")]
    ['α', 'x_1', 'y_hat', 'θ_max', None, None]
    """
    return next(iter(spellings_of(text)), None)


def spellings_of(text: str) -> tuple[str, ...]:
    r"""All spellings of the name that a text in LaTeX is; none for what is no name.

    >>> spellings_of(r"\alpha_1")
    ('α_1', 'alpha_1', 'α1', 'alpha1')
    """
    try:
        found, partners = lexemes(Source(text))
        name = read_name(found, partners, 0, {})
    except GradcliError:
        return ()
    return name.spellings if name and name.end == len(found) else ()
