"""What becomes of a row of a text, told by Python alone: by `csv`, `json` and `float`, and the words of `gradcli.data`."""

import csv
import json
import re
from collections.abc import Callable, Iterable
from enum import Enum, auto
from math import isfinite, isinf
from typing import NamedTuple

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
BETWEEN = re.compile(rb"\n|(?<=\})[ \t]*\r(?=[ \t\r]*\{)")
SPECIAL = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


class Verdict(Enum):
    """What a line is: no row, or a row that is lost, or one whose new cells stay empty, or one with numbers."""

    BLANK = auto()
    BROKEN = auto()
    EMPTY = auto()
    GOOD = auto()


class Row(NamedTuple):
    """A row of the output: what it came as, and the numbers of x and y, if it has them."""

    raw: bytes
    point: tuple[float, float] | None


class Outcome(NamedTuple):
    """What comes of a table: rows in their order, how many were passed over and how many left empty, the exit code."""

    rows: list[Row]
    lost: int
    empty: int
    code: int


Judge = Callable[[bytes], tuple[Verdict, tuple[float, float] | None]]


def values(x: float, y: float) -> tuple[float, float, float]:
    """Value and gradient of x*y - x."""
    return x * y - x, y - 1, x


def outcome(rows: Iterable[bytes], judge: Judge, on_error: str) -> Outcome:
    """What should come of rows."""
    kept: list[Row] = []
    lost, strange = {Verdict.BROKEN: 0, Verdict.EMPTY: 0}, False
    for raw in rows:
        verdict, point = judge(raw)
        if verdict in lost:
            lost[verdict] += 1
            if on_error == "fail":
                return Outcome(kept, 1, 0, 4)
        if point or (verdict is Verdict.EMPTY and on_error == "null"):
            kept.append(Row(raw, point))
        strange = strange or bool(point and not all(map(isfinite, values(*point))))
    empty = lost[Verdict.EMPTY] if on_error == "null" else 0
    return Outcome(kept, sum(lost.values()) - empty, empty, 3 if strange else 0)


def holds(cell: str) -> bool:
    """Whether TSV can hold a cell, for readers that know quotes and for those that do not."""
    return not re.search("[\t\n\r]", cell) and next(csv.reader([f"{cell}\tnext"], delimiter="\t"))[1:] == ["next"]


def of_cells(names: list[str], separator: str) -> Judge:
    """The verdicts on rows of CSV and TSV."""

    def judge(raw: bytes) -> tuple[Verdict, tuple[float, float] | None]:
        if not raw.strip(b"\r"):
            return Verdict.BLANK, None
        try:
            text = _decoded(raw)
            cells = (
                next(csv.reader([text], delimiter=separator, strict=True))
                if '"' in text and separator == ","
                else text.split(separator)
            )
        except (ValueError, csv.Error):
            return Verdict.BROKEN, None
        if len(cells) != len(names) or (separator == "\t" and not all(map(holds, cells))):
            return Verdict.BROKEN, None
        return _with_point([number(cells[names.index(name)]) for name in ("x", "y")])

    return judge


def of_object(raw: bytes) -> tuple[Verdict, tuple[float, float] | None]:
    """The verdict on a line of JSON."""
    if not raw.strip(b" \t\r"):
        return Verdict.BLANK, None
    try:
        pairs = json.loads(
            _decoded(raw), object_pairs_hook=Pairs, parse_float=Written, parse_int=Written, parse_constant=_refused
        )
    except (ValueError, RecursionError):
        return Verdict.BROKEN, None
    keys = [key for key, _ in pairs] if isinstance(pairs, Pairs) else ["q"]
    if {"q", "d_x", "d_y"} & set(keys) or keys.count("x") > 1 or keys.count("y") > 1:
        return Verdict.BROKEN, None
    found = dict(pairs)
    return _with_point([json_number(found.get(name)) for name in ("x", "y")])


class Written(str):
    """A number of JSON, as it is written."""


class Pairs(list[tuple[str, object]]):
    """An object of JSON: its keys, of which one may come twice, with their values."""


def number(cell: str) -> float | None:
    """The double that a cell says, if it says one."""
    text = cell.strip(" \t")
    if SPECIAL.fullmatch(text):
        return float(text)
    return _finite(text) if NUMBER.fullmatch(text) else None


def json_number(value: object) -> float | None:
    if isinstance(value, Written):
        return _finite(value)
    return float(value) if isinstance(value, str) and value in ("NaN", "Infinity", "-Infinity") else None


def _finite(text: str) -> float | None:
    return None if isinf(float(text)) else float(text)


def _with_point(found: list[float | None]) -> tuple[Verdict, tuple[float, float] | None]:
    x, y = found
    return (Verdict.EMPTY, None) if x is None or y is None else (Verdict.GOOD, (x, y))


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        raise ValueError("NUL")
    return raw.decode()


def _refused(token: str) -> None:
    raise ValueError(token)


def rows(table: bytes, separator: str) -> list[bytes] | None:
    """The rows of CSV or TSV, the header first, without their ends; None where a quote is amiss: there is no telling."""
    found = _rows(table, separator)
    if found and found[0].endswith(b"\r"):  # a table of lone returns
        found = _rows(_line_feeds(table), separator)
    return None if found is None else [row.rstrip(b"\r\n") for row in found]


def objects(table: bytes) -> list[bytes]:
    """The lines of a table of JSON."""
    first = table.partition(b"\n")[0]
    return BETWEEN.split(_line_feeds(table) if BETWEEN.search(first) else table)


def _line_feeds(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _rows(table: bytes, separator: str) -> list[bytes] | None:
    """The rows with their ends: returns and a line feed, or returns alone."""
    mark = re.escape(separator.encode())
    quoted = rb'"(?:[^"]|"")*"(?=%b|[\r\n])|(?!")' % mark if separator == "," else b""
    cell = re.compile(rb"(?:%b)[^\r\n%b]*" % (quoted, mark))
    end = re.compile(rb"\r*\n|\r+")
    text, found, start, at = table.removesuffix(b"\n") + b"\n", [], 0, 0
    while at < len(text):
        if not (next_cell := cell.match(text, at)):
            return None
        at = next_cell.end()
        if ended := end.match(text, at):
            found.append(text[start : ended.end()])
            start = at = ended.end()
        else:
            at += 1
    return found
