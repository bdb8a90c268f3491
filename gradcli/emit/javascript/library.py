"""The library: `library.js` beside this file, piece by piece.

Depends on `kinds`. Comments and indentation are left out of what a page gets.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gradcli.emit.javascript.kinds import Signature, of_function

FILE = Path(__file__).with_name("library.js")
_COMMENT = re.compile(r"^ *// (.*)$", re.MULTILINE)
_NAME = re.compile(r"const (\S+?)=")
_SPACE = re.compile(r"\s*([^\w\s$+-]|(?<=\s)[+-](?=\s))\s*")
"""Space that separates no words, and no signs that would be read as one."""
_SIGNATURE = re.compile(r"\(.*\) -> .*")


class Entry(NamedTuple):
    """The text of a piece, and what its comment says of kinds: floats, where it says nothing."""

    text: str
    declared: str


@cache
def library() -> dict[str, Entry]:
    """Every piece by name."""
    return {
        _NAME.match(entry.text)[1]: entry for entry in map(_entry, FILE.read_text(encoding="utf-8").split("\n\n")[1:])
    }


def signature(name: str) -> Signature:
    """The kinds of a piece that says them."""
    (definition,) = ast.parse(f"def function{library()[name].declared}: ...").body
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101
    return of_function(definition)


def _entry(piece: str) -> Entry:
    comments = [comment for comment in _COMMENT.findall(piece) if _SIGNATURE.fullmatch(comment)]
    text = _SPACE.sub(r"\1", _COMMENT.sub("", piece)).strip()
    return Entry(text, *(comments or ["(*x: float) -> float"]))
