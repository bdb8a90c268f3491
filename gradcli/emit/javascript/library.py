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
_SIGNATURE = re.compile(r"\(.*\) -> .*")


class Entry(NamedTuple):
    """The text of a piece, and what its comment says of kinds: floats, where it says nothing."""

    text: str
    declared: str


@cache
def library() -> dict[str, Entry]:
    """Every piece by name."""
    return {entry.text.split()[1]: entry for entry in map(_entry, FILE.read_text().split("\n\n")[1:])}


def signature(name: str) -> Signature:
    """The kinds of a piece that says them."""
    (definition,) = ast.parse(f"def function{library()[name].declared}: ...").body
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101
    return of_function(definition)


def _entry(piece: str) -> Entry:
    comments = [comment for comment in _COMMENT.findall(piece) if _SIGNATURE.fullmatch(comment)]
    lines = (line.strip() for line in _COMMENT.sub("", piece).splitlines())
    return Entry("\n".join(line for line in lines if line), *(comments or ["(*x: float) -> float"]))
