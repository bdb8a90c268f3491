"""Fragments of JavaScript: the text of an expression and the kind of its value.

Depends on `kinds`.
"""

import re
from typing import NamedTuple

from gradcli.emit.javascript.kinds import FLOAT, INT, Kind, UntranslatableError, item

_CLOSED = re.compile(r"[\w$.]+(\([^()]*\))?|\[[^\[\]]*\]")
_WHOLE = re.compile(r"(-?\d+)n")


class Code(NamedTuple):
    """A JavaScript expression, and the kind of its value."""

    text: str
    kind: Kind


def literal(value: float) -> str:
    """A number as JavaScript writes it: an int as a BigInt, a float as a Number."""
    if isinstance(value, int):
        return f"{value}n"
    text = repr(value).removesuffix(".0")
    return text.replace("inf", "Infinity").replace("nan", "NaN")


def enclosed(code: Code) -> str:
    """An expression as an operand."""
    return code.text if _CLOSED.fullmatch(code.text) else f"({code.text})"


def converted(code: Code, kind: Kind) -> str:
    """An expression where a value of a kind is wanted: an int may become a float, and nothing else anything else."""
    if code.kind == INT and kind == FLOAT:
        whole = _WHOLE.fullmatch(code.text)
        return whole[1] if whole else f"Number({code.text})"
    arrays = ("tuple", "list")
    if code.kind != kind and not (code.kind.name in arrays and kind.name in arrays and item(code.kind) == item(kind)):
        raise UntranslatableError(f"{code.text!r} is of kind {code.kind.name}, where {kind.name} is wanted")
    return code.text
