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
_COMMENT = re.compile(r"^ *//.*$", re.MULTILINE)
_NAME = re.compile(r"^const (\S+) =", re.MULTILINE)
_SPACE = re.compile(r"\s*([^\w\s$+-]|[+-]=|(?<=\s)[+-](?=\s))\s*")
"""Space that separates no words, and no signs that would be read as one."""
_SIGNATURE = re.compile(r"^// (\(.*\) -> .*)$", re.MULTILINE)


class Entry(NamedTuple):
    """The text of a piece, and what its comment says of kinds: floats, where it says nothing."""

    text: str
    declared: str = "(*x: float) -> float"


@cache
def library() -> dict[str, Entry]:
    """Every piece by name."""
    _, *pieces = FILE.read_text(encoding="utf-8").split("\n\n")
    return {name: Entry(_short(piece), *_SIGNATURE.findall(piece)) for piece in pieces for name in _NAME.findall(piece)}


def signature(name: str) -> Signature:
    """The kinds of a piece that says them."""
    definition = ast.parse(f"def function{library()[name].declared}: ...").body[0]
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101
    return of_function(definition)


def _short(piece: str) -> str:
    """A piece without comments and without space, but for that between words."""
    return _SPACE.sub(r"\1", _COMMENT.sub("", piece)).strip()
