"""Fragments of JavaScript: the text of an expression, the kind of its value, and how tightly it binds.

Depends on `kinds`.
"""

from typing import NamedTuple

from gradcli.emit.javascript.kinds import FLOAT, INT, Kind, UntranslatableError, item

CHOICE, EITHER, BOTH, COMPARISON, SHIFT, SUM, PRODUCT, POWER, SIGN, ATOM = range(10)
"""How tightly JavaScript binds, from `?:` up. Its `??` stands beside no other, and takes the place of `?:` here."""


class Code(NamedTuple):
    """A JavaScript expression, the kind of its value, and the power with which it binds."""

    text: str
    kind: Kind
    power: int = ATOM


def number(value: float, kind: Kind) -> Code:
    """A number."""
    text = literal(value)
    return Code(text, kind, SIGN if text.startswith("-") else ATOM)


def literal(value: float) -> str:
    """A number as JavaScript writes it: an int as a BigInt, a float as a Number."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value}n"
    text = repr(value).removesuffix(".0")
    return text.replace("inf", "Infinity").replace("nan", "NaN")


def enclosed(code: Code, least: int = ATOM) -> str:
    """An expression where nothing that binds less tightly can stand without parentheses."""
    return code.text if code.power >= least else f"({code.text})"


def converted(code: Code, kind: Kind) -> Code:
    """An expression where a value of a kind is wanted: an int may become a float, and nothing else anything else."""
    if code.kind == INT and kind == FLOAT:
        digits = code.text.removesuffix("n")
        return (
            code._replace(text=digits, kind=FLOAT)
            if digits.lstrip("-").isdigit()
            else Code(f"Number({code.text})", FLOAT)
        )
    arrays = ("tuple", "list")
    if code.kind != kind and not (code.kind.name in arrays and kind.name in arrays and item(code.kind) == item(kind)):
        raise UntranslatableError(f"{code.text!r} is of kind {code.kind.name}, where {kind.name} is wanted")
    return code


def given(code: Code, kind: Kind) -> str:
    """The same as text, where any expression can stand."""
    return converted(code, kind).text
