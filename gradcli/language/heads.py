"""How other languages begin a statement: `f(x) := …`, `lambda x: …`, `x -> …`, `@(x) …`, `const y = …`.

Depends on nothing. Each head becomes one of gradcli's of the same length, or blanks, so that all places stay what they
are. Looked for only in a text that is no program as it stands.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

_NAME = r"[^\W\d]\w*"
_BARE = rf"{_NAME}(?:[ \t]*,[ \t]*{_NAME})*"
_LISTED = rf"\([ \t]*{_BARE}[ \t]*\)"
_TARGET = rf"(?P<name>{_NAME})[ \t]*(?:=|:=|≔|<-|←|:)[ \t]*"
_PATTERNS = rf"\[[ \t]*{_NAME}_(?:[ \t]*,[ \t]*{_NAME}_)*[ \t]*\]"
_DECLARED = "(?:const|let|var|float|double|real|auto)"

_HEAD = re.compile(
    rf"""[ \t]*
    (?: (?P<word> return[ \t]+ | {_DECLARED}[ \t]+(?={_NAME}[ \t]*=) )
      | def[ \t]+(?P<python>{_NAME})[ \t]*(?P<given>{_LISTED})[ \t]*:
      | (?:{_TARGET})?
        (?: lambda[ \t]+(?P<words>{_BARE})[ \t]*: | (?:@|\\|function)[ \t]*(?P<listed>{_LISTED})
          | (?P<arrowed>{_NAME}|{_LISTED})[ \t]*(?:->|=>|→|↦|⟼) )
      | (?P<defined> {_NAME}[ \t]*(?:{_LISTED}|{_PATTERNS}|)[ \t]*) (?::=|≔|←) )
    """,
    re.VERBOSE,
)
_OF_C = re.compile("=>|const|let|var|float|double|auto|function")
MODULO = "`%` has the sign of the dividend, fmod(x, y); here it has that of the divisor"
_ROUND = str.maketrans("[]", "()")


class Head(NamedTuple):
    """A text whose statements begin as gradcli's do; what was read so, and where; the names that are parameters."""

    text: str
    read: list[tuple[str, tuple[int, int]]]
    parameters: list[str]


def plain(text: str) -> Head | None:
    """A text with the heads of its statements in gradcli's language; None where that changes nothing."""
    found, pieces, done = Head("", [], []), [], 0
    for start in chain([0], (separator.end() for separator in re.finditer(r"[;\n]", text))):
        for head in _heads(text, max(start, done)):
            names, written = _written(head)
            if len(written) > len(head[0]):
                break
            pieces += [text[done : head.start()], f"{written:{len(head[0])}}"]
            done = head.end()
            said = f"is read as `{written}`" if written else "says nothing here" if head["word"] else "names parameters"
            found.read.append((f"`{head[0].strip()}` {said}", head.span()))
            found.parameters.extend(names)
            if "%" in text and (_OF_C.search(head[0])):
                found.read.append((f"in JavaScript and C {MODULO}", head.span()))
    return found._replace(text="".join([*pieces, text[done:]])) if found.read else None


def _heads(text: str, start: int) -> Iterator[re.Match[str]]:
    """The heads of a statement: one, or more after a word such as `return`."""
    while head := _HEAD.match(text, start):
        yield head
        if not (head["word"] or head["python"]):
            return
        start = head.end()


def _written(head: re.Match[str]) -> tuple[list[str], str]:
    """The parameters of a head, and how gradcli writes it."""
    listed = next((head[group] for group in ("words", "listed", "arrowed", "given") if head[group]), "")
    name, names = head["name"] or head["python"], re.findall(_NAME, listed)
    if head["defined"]:
        return [], re.sub(r"_(?=[ \t]*[,\]])", "", head["defined"]).translate(_ROUND) + "="
    return names, f"{name}({', '.join(names)}) =" if name else ""
