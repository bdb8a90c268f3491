"""JSON lines that are all written as the first of them is → columns, found by their commas as those of CSV are.

Depends on polars. One regular expression proves of every line that it is such an object: its keys, each once, in the
same order and with the same blanks, a number where the formula takes one, and elsewhere nothing that holds a comma.
Measured: this takes three quarters of the time of a parser of JSON.
"""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import Reading

_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
"""RFC 8259, section 6."""
_OTHER = rf'(?:{_NUMBER}|true|false|null|"[^"\\,\x00-\x1f]*")'
_FIELD = re.compile(rf'(?P<before>[{{,] *(?P<key>"[^"\\,\x00-\x1f]*") *: *){_OTHER}')
FIRST = 64
"""Lines that are tried before all are."""
MOST = 256
"""Fields, so that the regular expression stays small."""


class _Field(NamedTuple):
    """A key, and the text between the value before and its own."""

    key: str
    before: str


class _Form(NamedTuple):
    """How lines are written: their fields, and what is behind the last value."""

    fields: Sequence[_Field]
    end: str

    @property
    def keys(self) -> list[str]:
        """In their order."""
        return [field.key for field in self.fields]

    def pattern(self, numbers: Sequence[str]) -> str:
        """What every line has to match; the fields of `numbers` have a number."""
        values = ((field.before, _NUMBER if field.key in numbers else _OTHER) for field in self.fields)
        return "^" + "".join(re.escape(before) + value for before, value in values) + re.escape(self.end) + "$"


def numbers(text: bytes, lines: pl.Series, reading: Reading) -> pl.DataFrame | None:
    """The columns of the formula; None where the lines are not all alike.

    Raises PolarsError for what polars does not take as text.
    """
    if lines.null_count() or lines.is_empty():
        return None
    form = _form(lines[0])
    if form is None or not _fits(form, reading):
        return None
    pattern = form.pattern(reading.needed)
    if not all(some.str.contains(pattern).all() for some in (lines.head(FIRST), lines)):
        return None
    return _cells(text, form, reading.needed)


def _form(line: str) -> _Form | None:
    """The form of a line; None where it is not a plain one."""
    fields, at = list[_Field](), 0
    while len(fields) < MOST and (found := _FIELD.match(line, at)):
        fields.append(_Field(json.loads(found["key"]), found["before"]))
        at = found.end()
    end = line[at:]
    begins = fields and all(field.before.startswith("{,"[at > 0]) for at, field in enumerate(fields))
    return _Form(fields, end) if begins and re.fullmatch(r" *\} *", end) else None


def _fits(form: _Form, reading: Reading) -> bool:
    """Whether a form has the keys of the formula, each key once, and none of those that are to come."""
    keys = set(form.keys)
    return len(keys) == len(form.fields) and keys.issuperset(reading.needed) and keys.isdisjoint(reading.taken)


def _cells(text: bytes, form: _Form, names: Sequence[str]) -> pl.DataFrame:
    """The numbers of lines of a form."""
    keys = form.keys
    places = sorted(map(keys.index, names))
    schema = {f"{at}": pl.String for at in range(len(keys))}
    cells = pl.read_csv(text, has_header=False, separator=",", quote_char=None, schema=schema, columns=places)
    cells.columns = [keys[place] for place in places]
    return cells.select(_number(form, keys.index(name)) for name in names)


def _number(form: _Form, place: int) -> pl.Expr:
    """A number within its cell, which begins behind the comma and ends before the next or with the line."""
    field = form.fields[place]
    cell = pl.col(field.key).str.slice(len(field.before) - (place > 0))
    if place == len(form.fields) - 1:
        cell = cell.str.head(-len(form.end))
    return cell.cast(pl.Float64)
