"""Pieces of JavaScript by name, each with all that it stands on.

Depends on `library`, `names` and `statements`. A piece needs what its text names: every such name has a $ in it.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from gradcli.emit.javascript import names
from gradcli.emit.javascript.fragments import literal
from gradcli.emit.javascript.library import library
from gradcli.emit.javascript.statements import function

_OWN = re.compile(r"const \S+=([A-Z]\w+\.\w+);")
_NAME = re.compile(r"\b[a-z]\w*\$\w+")


def needed(texts: Iterable[str]) -> list[str]:
    """The pieces that some texts name, and all on which these stand: each once, after what it needs."""
    found: dict[str, str] = {}
    for text in texts:
        _collect(plain(text), found, set())
    return list(found.values())


def _collect(text: str, found: dict[str, str], begun: set[str]) -> None:
    for name in dict.fromkeys(_NAME.findall(text)):
        if name not in found and name not in begun:
            begun.add(name)
            made = piece(name)
            _collect(made, found, begun)
            found[name] = made


@cache
def piece(name: str) -> str:
    """The definition of one name: from the library, or from the Python source of the kernel."""
    if name in library():
        return plain(library()[name].text)
    module, known = names.parted(name)
    value = names.found(module, known)
    return f"const {name}={plain(function(module, known)) if callable(value) else _constant(value)};"


def plain(text: str) -> str:
    """A text with JavaScript's own name wherever a piece is nothing but that: Math.exp and not math$exp."""
    return _NAME.sub(lambda name: _own().get(name[0], name[0]), text)


def short(text: str) -> str:
    """A text with numbers for the names of its pieces, for a file that must be small.

    >>> short("const operator$add=(x,y)=>x+y;return operator$add;")
    'const $0=(x,y)=>x+y;return $0;'
    """
    numbers: dict[str, str] = {}
    return _NAME.sub(lambda name: numbers.setdefault(name[0], f"${len(numbers)}"), text)


@cache
def _own() -> dict[str, str]:
    found = {name: _OWN.fullmatch(entry.text) for name, entry in library().items()}
    return {name: match[1] for name, match in found.items() if match}


def _constant(value: Any) -> str:
    """A number, an array of them, or a dict, which keeps what functions have found: it begins empty."""
    if isinstance(value, dict):
        return "new Map()"
    if isinstance(value, tuple | frozenset):
        return f"[{','.join(map(_constant, sorted(value) if isinstance(value, frozenset) else value))}]"
    return literal(value)
