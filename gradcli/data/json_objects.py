"""An object of JSON, its numbers as they were written, and whether a key of it comes twice.

Depends on `row_by_row` for what a broken row is.
"""

import json
import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from gradcli.data.row_by_row import BrokenRowError

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a character of UTF-16, which JSON can write alone: `"\\ud800"`."""


class Number(str):
    """A number of JSON, as it is written."""


class Object(dict[str, Any]):
    """An object of JSON, and its keys, of which one may come twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.names = [name for name, _ in pairs]

    def twice(self, among: Collection[str] | None = None) -> str | None:
        """A key that comes twice, of some or of all; None where none does."""
        if len(self) == len(self.names):
            return None
        asked = self if among is None else among
        return next((name for name, count in Counter(self.names).items() if count > 1 and name in asked), None)


def parse_object(text: str, once: Collection[str] | None = None) -> Object:
    """The object of a line. Raises BrokenRowError, also where one of the keys `once`, or any, comes twice.

    >>> parse_object('{"x": 1.50, "s": ["a"]}')
    {'x': '1.50', 's': ['a']}
    """
    try:
        found = json.loads(
            text, object_pairs_hook=Object, parse_float=Number, parse_int=Number, parse_constant=_no_constant
        )
    except json.JSONDecodeError as problem:
        raise BrokenRowError(f"this is not JSON: {problem.msg} at character {problem.pos + 1}") from None
    except RecursionError:
        raise BrokenRowError("the JSON is nested too deeply") from None
    if not isinstance(found, Object):
        raise BrokenRowError("this is no JSON object")
    if (twice := found.twice(once)) is not None:
        raise BrokenRowError(f"the key `{twice}` comes twice")
    return found


def _no_constant(token: str) -> None:
    raise BrokenRowError(f"{token} is not JSON; write it as a string")


def number_cell(value: Any) -> object:
    """What the formula may take: a number as it is written, or the string of one that JSON has no number for.

    >>> number_cell(Number("1.50")), number_cell("NaN"), number_cell("1.50")
    ('1.50', nan, '"1.50"')
    """
    if value is None or isinstance(value, Number):
        return value
    return float(value) if value in ("NaN", "Infinity", "-Infinity") else json.dumps(value, ensure_ascii=False)


def cell_text(name: str, value: Any) -> str | None:
    """A value as a cell of text; lists and objects as JSON. Raises BrokenRowError for what a cell cannot hold.

    >>> cell_text("s", "a"), cell_text("s", [Number("1.50"), "a", None])
    ('a', '[1.50, "a", null]')
    """
    if value is None:
        return None
    try:
        text = value if isinstance(value, str) else _json(value)
    except RecursionError:
        raise BrokenRowError(f"the JSON of `{name}` is nested too deeply") from None
    if HALF_CHARACTER.search(text):
        raise BrokenRowError(f"the text of `{name}` has half a character, which only JSON can write")
    return text


def _json(value: Any) -> str:
    """A value as JSON, its numbers as they were written. Raises BrokenRowError for a key that comes twice."""
    if isinstance(value, Object):
        if (twice := value.twice()) is not None:
            raise BrokenRowError(f"the key `{twice}` comes twice within a cell")
        return "{" + ", ".join(f"{_json(name)}: {_json(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
