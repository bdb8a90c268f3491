"""How other languages begin a statement: `f(x) := …`, `lambda x: …`, `x -> …`, `@(x) …`, `const y = …`.

Depends on the names of functions. Each head becomes one of gradcli's of the same length, or blanks, so that all places
stay what they are. Looked for only in a text that is no program as it stands.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from gradcli.language.functions import FUNCTIONS

_NAME = r"[^\W\d]\w*"
_BARE = rf"{_NAME}(?:[ \t]*,[ \t]*{_NAME})*"
_LISTED = rf"\([ \t]*{_BARE}[ \t]*\)"
_TYPE = "(?:const[ \t]+)?(?:float|double|real|auto|int|f32|f64|Double|Float|Real)"
_TYPED = rf"\([ \t]*{_TYPE}[ \t]+{_NAME}(?:[ \t]*,[ \t]*{_TYPE}[ \t]+{_NAME})*[ \t]*\)"
_TARGET = rf"(?P<name>{_NAME})[ \t]*(?:=|:=|≔|<-|←|:)[ \t]*"
_PATTERNS = rf"\[[ \t]*{_NAME}_(?:[ \t]*,[ \t]*{_NAME}_)*[ \t]*\]"
_DECLARED = "(?:const|let|var|float|double|real|auto)"

_HEAD = re.compile(
    rf"""[ \t]*
    (?: (?P<word> return[ \t]+ | {_DECLARED}[ \t]+(?={_NAME}[ \t]*=) )
      | def[ \t]+(?P<python>{_NAME})[ \t]*(?P<given>{_LISTED})[ \t]*(?:->[ \t]*\w+[ \t]*)?:
          (?P<below>[ \t]*\n[ \t]*(?:return\b[ \t]*)?)?
      | (?:function|fn|func)[ \t]+(?P<spoken>{_NAME})[ \t]*(?P<taken>{_LISTED})
      | {_TYPE}[ \t]+(?P<typed>{_NAME})[ \t]*(?P<types>{_TYPED})(?=[ \t]*\{{)
      | let[ \t]+(?P<curried>{_NAME})(?P<bare>(?:[ \t]+{_NAME})+)[ \t]*=(?!=)
      | (?:{_TARGET})?
        (?: lambda[ \t]+(?P<words>{_BARE})[ \t]*: | (?:@|\\|function)[ \t]*(?P<listed>{_LISTED})
          | (?:fun[ \t]+|fn[ \t]+|\\)?(?P<arrowed>{_NAME}|{_LISTED})[ \t]*(?:->|=>|→|↦|⟼) )
      | (?P<defined> {_NAME}[ \t]*(?:{_LISTED}|{_PATTERNS}|)[ \t]*) (?::=|≔|←) )
    (?P<brace>[ \t]*\{{[ \t\n]*(?:return\b[ \t]*)?)?
    """,
    re.VERBOSE,
)
_OF_C = re.compile("=>|const|let|var|float|double|auto|function")
MODULO = "`%` has the sign of the dividend, fmod(x, y); here it has that of the divisor"
_ENDS = " \t\r\n;"
_PARAMETERS = ("words", "listed", "arrowed", "given", "taken", "types", "bare")
"""The groups of the expression above that hold parameters."""
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
            names, written = _written(head, text)
            if len(written) > len(head[0]) or (head["brace"] and not text.rstrip(_ENDS).endswith("}")):
                break
            if head["brace"]:
                end = len(text.rstrip(_ENDS))
                text = f"{text[: end - 1].rstrip(_ENDS):{end}}{text[end:]}"
            pieces += [text[done : head.start()], f"{written:{len(head[0])}}"]
            done = head.end()
            said = f"is read as `{written}`" if written else "says nothing here" if head["word"] else "names parameters"
            found.read.append((f"`{' '.join(head[0].split())}` {said}", head.span()))
            found.parameters.extend(names)
            if "%" in text and (_OF_C.search(head[0])):
                found.read.append((f"in JavaScript and C {MODULO}", head.span()))
    return found._replace(text="".join([*pieces, text[done:]])) if found.read else None


def _heads(text: str, start: int) -> Iterator[re.Match[str]]:
    """The heads of a statement: one, or more after a word such as `return`."""
    while head := _HEAD.match(text, start):
        yield head
        if not (head["word"] or head["python"] or head["spoken"] or head["brace"]):
            return
        start = head.end()


def _written(head: re.Match[str], text: str) -> tuple[list[str], str]:
    """The parameters of a head, and how gradcli writes it: of a function of several statements, or of the name of one
    of gradcli's, these alone."""
    listed = next((head[group] for group in _PARAMETERS if head[group]), "")
    names = [name for name in re.findall(_NAME, listed) if not (head["types"] and re.fullmatch(_TYPE, name))]
    name = next((head[group] for group in ("name", "python", "spoken", "typed", "curried") if head[group]), "")
    if head["defined"]:
        return [], re.sub(r"_(?=[ \t]*[,\]])", "", head["defined"]).translate(_ROUND) + "="
    several = head["brace"] and re.search(r"[;\n]", text[head.end() :].rstrip(f"{_ENDS}}}"))
    several = several or (head["below"] and not head["below"].rstrip().endswith("return"))
    several = several or (name in FUNCTIONS and not re.search(rf"\b{name}[ \t]*\(", text[head.end() :]))
    return names, f"{name}({', '.join(names)}) =" if name and not several else ""
