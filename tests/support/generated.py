"""Tables made by a random source, and what `map` has to make of them, told by Python's `csv` and `json` alone."""

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from outcomes import Pairs, Written, holds, json_number, number

SEPARATORS = {"csv": ",", "tsv": "\t"}
ENDS = ("\n", "\r\n", "\r")
NUMBERS = (
    "1", "-2.5", "0", "-0", "3", "0.1", "1e-7", "12345678901234567890", "5e-324", "1.7976931348623157e308", "7",
)  # fmt: skip
LOOSE = (" 3", "4 ", "+6", ".5", "5.", "1E5", "1e-400", "inf", "-Infinity", "NaN", "1e308")
BAD = ("", "  ", "NA", "1_000", "0x10", "1e400", "1,5", "1 2", "x", "٣")
TEXTS = ("", "a", "b c", "é", "\u2028", "#", "0", 'q"q', '"', '"a"', '""', "a,b", "\\", "a'b", "\x01")
ODD = ("a\nb", "\n", "a\r\nb", "\r", "a\tb", "\t")
"""Cells that TSV cannot hold."""
NAMES = ("x", "y", "n", "s t", "é", "x1", "#c", "d_z", "a'b", "e", "pi", "X", "1", "x.y", "a/b")
QUOTED_NAMES = ('say "x"', '"x"', "a,b", ",")
VALUES = (*NUMBERS[:8], '"NaN"', '"-Infinity"', "1E5", "-0.0", "1e-400")
OTHER_VALUES = (
    "null", "true", '""', '"1"', "[1]", "{}", '{"x":3}', "1e400", '"a,b"', '"a\\tb"', '"k"', '"\\u0065"', '"}\\r{"',
)  # fmt: skip
CONSTANTS = {"e": math.e, "pi": math.pi}
K = 3.0
NO_OBJECTS = ("5", "{", '{"x":1', "[]", '{"x":1}}', '{"x":1} {"x":2}', "{'x':1}", "nul")


class Formula(NamedTuple):
    """The names that a formula takes, and those by which it is differentiated; `k` is bound."""

    takes: tuple[str, ...]
    wrt: tuple[str, ...]

    @property
    def text(self) -> str:
        """The formula."""
        left, *right = (name if name in CONSTANTS else f"`{name}`" for name in self.takes)
        return f"q = {left}*{right[0]} - {left}" if right else f"q = {left}*2"

    def values(self, row: Mapping[str, float]) -> tuple[float, ...]:
        """The value and the derivatives at a row."""
        at = {**CONSTANTS, "k": K, **row}
        if len(self.takes) == 1:
            return 2 * at[self.wrt[0]], 2.0
        left, right = self.takes
        derivatives = {left: at[right] - 1, right: at[left]}
        return at[left] * at[right] - at[left], *(derivatives[name] for name in self.wrt)


class File(NamedTuple):
    """A file, and whether it tells the number of each of its lines: no line ends as others do not."""

    content: bytes
    tidy: bool


class Case(NamedTuple):
    """Files of one form, what is asked of them, and the names of their columns."""

    form: str
    wanted: str
    names: tuple[str, ...]
    files: list[File]
    formula: Formula
    only: bool
    on_error: str

    @property
    def options(self) -> list[str]:
        """The words of the command behind `map`, without the files."""
        bound = [f"--let=k={K}"] * ("k" in self.formula.takes)
        wrt = ",".join(f"`{name}`" for name in self.formula.wrt)
        more = ["--only"] * self.only + (["--to", self.wanted] if self.wanted != self.form else [])
        return [self.formula.text, "--wrt", wrt, "--from", self.form, "--on-error", self.on_error, *bound, *more]


class Row(NamedTuple):
    """What a row says, and the numbers of the formula; neither where it is broken, no numbers where one is none."""

    cells: Mapping[str, object] | None
    numbers: Mapping[str, float] | None
    place: str = ""


# -- making tables


def case(source: Random) -> Case:
    """A case of any kind."""
    form = source.choice(["csv", "csv", "tsv", "ndjson"])
    names = source.sample([*NAMES, *QUOTED_NAMES], source.choice([1, 2, 3, 3, 4, 7]))
    asked = formula(source, names)
    rows = source.choice([0, 1, 2, 5, 9, 30])
    share = source.choice([0.0, 0.0, 0.1, 0.4])
    make = json_file if form == "ndjson" else text_file
    files = [make(source, form, names, asked, rows, share) for _ in range(source.choice([1, 1, 2, 3]))]
    if form == "ndjson":
        first = files[0].content.removeprefix(b"\xef\xbb\xbf").decode()
        names = list(json.JSONDecoder().raw_decode(first)[0])
    wanted = source.choice([form, form, "csv", "tsv", "ndjson"])
    return Case(
        form, wanted, tuple(names), files, asked, source.random() < 0.3, source.choice(["fail", "skip", "null"])
    )


def formula(source: Random, names: Sequence[str]) -> Formula:
    """A formula of one name or two: columns, what is bound, and a constant that may be a column too."""
    plain = [name for name in names if "," not in name and name not in CONSTANTS] or ["k"]
    left = source.choice(plain)
    right = source.choice([name for name in ("k", *CONSTANTS, *plain, *plain) if name != left])
    takes = source.choice([(left,), (left, right), (left, right)])
    return Formula(takes, tuple(name for name in takes if name not in CONSTANTS)[: source.choice([1, 2])])


def text_file(source: Random, form: str, names: Sequence[str], asked: Formula, rows: int, share: float) -> File:
    """A file of CSV or TSV."""
    style = source.choice([*ENDS, "\n", "\r\n", "mixed"])
    tidy = style != "mixed"

    def end() -> str:
        return style if tidy else source.choice(ENDS)

    def cell(name: str) -> str:
        if name in asked.takes:
            return source.choice(BAD if source.random() < share / 4 else LOOSE if source.random() < 0.1 else NUMBERS)
        return source.choice([*TEXTS, *ODD] if form == "csv" and source.random() < 0.2 else TEXTS)

    lines = [list(names)]
    for _ in range(rows):
        cells = [cell(name) for name in names]
        if source.random() < share:  # ragged, most often so that the next one evens it out
            lines += source.choice([[cells[:-1], [*cells, "7"]], [[*cells, "5"], cells[1:]], [cells[:1]], [cells * 2]])
        else:
            lines.append(cells)
    text = ""
    for at, row in enumerate(lines):
        text += SEPARATORS[form].join(written(source, value, form) for value in row) + end()
        text += end() * (at > 0 and source.random() < share / 4)
    tidy = tidy and not any(re.search(r"\r(?!\n)", value) for row in lines for value in row)
    return File(finished(source, text), tidy)


def written(source: Random, cell: str, form: str) -> str:
    """A cell as it stands in a file."""
    if form == "tsv":
        return cell.replace("\t", " ").replace("\n", " ")
    quoted = any(mark in cell for mark in ',"\r\n') or source.random() < 0.1
    return '"' + cell.replace('"', '""') + '"' if quoted else cell


def finished(source: Random, text: str) -> bytes:
    """The bytes of a file: with a byte-order mark or without, its last line ended or not."""
    if source.random() < 0.2:
        text = text.removesuffix("\n").removesuffix("\r")
    return b"\xef\xbb\xbf" * (source.random() < 0.2) + text.encode()


def json_file(source: Random, _form: str, names: Sequence[str], asked: Formula, rows: int, share: float) -> File:
    """A file of JSON lines; its first row has every name."""
    style = source.choice([*ENDS, "\n", "mixed"])
    lines = [json_object(source, names, asked, 0.0)]
    for _ in range(rows):
        no_object = "\r" not in style and style != "mixed" and source.random() < share / 3
        lines.append(source.choice(NO_OBJECTS) if no_object else json_object(source, names, asked, share))
    text = "".join(line + (source.choice(ENDS) if style == "mixed" else style) for line in lines)
    return File(finished(source, text), style in ("\n", "\r\n", "\r"))


def json_object(source: Random, names: Sequence[str], asked: Formula, share: float) -> str:
    """An object; by chance without one of the names, or with others."""
    keys = [name for name in names if source.random() >= share / 6]
    if source.random() < share:
        keys.append(source.choice(["k", "e", "pi", "zz", "q", *names]))
    if source.random() < 0.3:
        source.shuffle(keys)
    blank = source.choice(["", "", " ", "\t"])
    fields = [f"{json_key(source, key)}{blank}:{json_value(source, key in asked.takes, share)}" for key in keys]
    return "{" + ("," + blank).join(fields) + "}" + blank


def json_key(source: Random, name: str) -> str:
    """A name as JSON, its first letter in disguise by chance."""
    text = json.dumps(name, ensure_ascii=source.random() < 0.3).replace("/", source.choice(["/", "\\/"]))
    return (
        f'"\\u{ord(name[0]):04x}{text[2:]}' if name[0].isalpha() and name.isascii() and source.random() < 0.05 else text
    )


def json_value(source: Random, taken: bool, share: float) -> str:
    """A value: a number where the formula takes it, most often."""
    return source.choice(VALUES if source.random() >= (share / 4 if taken else 0.5) else OTHER_VALUES)


# -- judging them


def judged(case: Case, file: File) -> list[Row]:
    """The rows of a file. What ends its first line with a return alone, has line feeds for all returns."""
    text = file.content.removeprefix(b"\xef\xbb\xbf").decode()
    if re.match(r"[^\r\n]*\r(?!\n)", text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if case.form == "ndjson":
        lines = enumerate(io.StringIO(text, newline=None), 1)
        found = [(line, of_object(case, row)) for line, row in lines if row.strip(" \t\n")]
    elif case.form == "csv":
        found = [(line, of_cells(case, row)) for line, row in csv_rows(text) if row][1:]
    else:
        lines = enumerate(io.StringIO(text, newline=None), 1)
        found = [(line, of_cells(case, row.rstrip("\n").split("\t"))) for line, row in lines if row != "\n"][1:]
    return [row._replace(place=f"line {line:,}" if file.tidy else "line ") for line, row in found]


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows as Python reads them, each with the number of its first line."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def of_cells(case: Case, row: list[str]) -> Row:
    """What a row of cells says."""
    if len(row) != len(case.names):
        return Row(None, None)
    cells = dict(zip(case.names, row, strict=True))
    return with_numbers(case, cells, {name: number(cells[name]) for name in taken(case)})


def of_object(case: Case, line: str) -> Row:
    """What a line of JSON says."""
    try:
        pairs = json.loads(line, object_pairs_hook=Pairs, parse_float=Written, parse_int=Written)
    except ValueError:
        return Row(None, None)
    if not isinstance(pairs, Pairs) or (pairs == [] and not line.strip().startswith("{")):
        return Row(None, None)
    keys, needed = [key for key, _ in pairs], taken(case)
    copied = case.only or case.wanted == "ndjson"
    late = {*case.formula.takes} - {*case.names} | ({"q"} if not case.only else set())
    twice = {key for key in keys if keys.count(key) > 1} & {*(needed if copied else case.names)}
    if late & {*keys} or twice or (not copied and {*keys} - {*case.names}):
        return Row(None, None)
    cells = {
        key: text_of(json.loads(line)[key], value) if not copied else json.loads(line)[key] for key, value in pairs
    }
    return with_numbers(case, cells, {name: json_number(dict(pairs).get(name)) for name in needed})


def text_of(value: object, as_written: object) -> str:
    """A value of JSON as a cell of text."""
    if isinstance(value, str) or value is None:
        return value or ""
    return str(as_written) if isinstance(as_written, Written) else json.dumps(value, ensure_ascii=False)


def taken(case: Case) -> list[str]:
    """The columns of the formula."""
    return [name for name in case.names if name in case.formula.takes]


def with_numbers(case: Case, cells: Mapping[str, object], numbers: Mapping[str, float | None]) -> Row:
    """A row with its numbers, if the form of the output can hold it."""
    if case.wanted == "tsv" and not case.only and not all(map(holds, map(str, cells.values()))):
        return Row(None, None)
    whole = {name: value for name, value in numbers.items() if value is not None}
    return Row(cells, whole if len(whole) == len(numbers) else None)
