"""JSON lines that are all written as the first of them is → columns, found by their commas as those of CSV are.

Depends on polars. The first line gives the template, and one regular expression proves of every line that it is of it:
its keys, each once, in the same order and with the same blanks, a number where the formula takes one, and elsewhere
nothing that holds a comma. Measured: this takes three quarters of the time of a parser of JSON.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import Reading, named
from gradcli.data.plain_text import columns_of

_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
"""RFC 8259, section 6."""
_OTHER = rf'(?:{_NUMBER}|true|false|null|"[^"\\,\x00-\x1f]*")'
_FIELD = re.compile(rf'(?P<before>(?:^{{|(?!^),) *(?P<key>"[^"\\,\x00-\x1f]*") *: *){_OTHER}')
FIRST = 64
"""Lines that are tried before all are."""
MOST = 256
"""Fields, so that the regular expression stays small."""


class _Template(NamedTuple):
    """How lines are written: for each key in its order the text that ends before its value; what is behind the last."""

    before: Mapping[str, str]
    end: str

    def pattern(self, numbers: Sequence[str]) -> str:
        """What every line has to match; the fields of `numbers` have a number."""
        fields = (re.escape(before) + (_NUMBER if key in numbers else _OTHER) for key, before in self.before.items())
        return "^" + "".join(fields) + re.escape(self.end) + "$"


def numbers(text: bytes, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The columns of the formula; None where the lines are not all alike.

    Raises PolarsError for what polars does not take as text.
    """
    if lines.null_count() or lines.is_empty():
        return None
    template = _template(lines[0])
    if template is None or not _fits(template, reading):
        return None
    pattern = template.pattern(reading.needed)
    if not all(some.str.contains(pattern).all() for some in (lines.head(FIRST), lines)):
        return None
    cells = columns_of(text, ",", list(template.before), reading.needed, pl.String)
    return cells.select(_number(template, name) for name in reading.needed)


def _template(line: str) -> _Template | None:
    """The template of a line; None where it is not a plain one. One with a key twice does not match its own template.

    >>> _template('{"x": 1.5, "y":2}')
    _Template(before={'x': '{"x": ', 'y': ', "y":'}, end='}')
    >>> _template('{"x": [1]}')
    """
    before, at = dict[str, str](), 0
    while len(before) < MOST and (found := _FIELD.match(line, at)):
        before[json.loads(found["key"])] = found["before"]
        at = found.end()
    return _Template(before, line[at:]) if before and re.fullmatch(r" *\} *", line[at:]) else None


def _fits(template: _Template, reading: Reading) -> bool:
    """Whether a template has the keys of the formula, and none of those that are to come."""
    keys = template.before.keys()
    return keys >= {*reading.needed} and keys.isdisjoint(reading.taken)


def _number(template: _Template, key: str) -> pl.Expr:
    """A number within its cell, which begins behind the comma and ends before the next or with the line."""
    before = template.before[key]
    cell = named([key]).str.slice(len(before) - before.startswith(","))
    if key == [*template.before][-1]:
        cell = cell.str.head(-len(template.end))
    return cell.cast(pl.Float64)
