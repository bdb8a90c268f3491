"""Tables of text that are nearly right: whatever they hold, every row has the outcome that its own bytes call for.

The cases are the same in every run; `tests/fuzz/` looks for new ones.
"""

import csv
import io
import json
import struct
from collections.abc import Sequence

import pytest
from contract import FORMULA, Ran, check_map, check_same, mapped, told
from examples import examples
from hostile import BOM, json_lines, tables
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import Outcome, objects, of_cells, of_object, outcome, rows, values

from gradcli.data.options import OnError

NEW = ("q", "d_x", "d_y")
SEPARATORS = {"csv": ",", "tsv": "\t"}
BLOCKS = st.integers(1, 40)


def refused(table: bytes, form: str, *more: str) -> bool:
    """Whether a table is refused as a whole, so that no row of it has an outcome."""
    return check_map([*FORMULA, "--from", form, "--on-error", "skip", *more], table).code in (2, 4)


def check_told(ran: Ran, expected: Outcome) -> None:
    """The exit code and the counts."""
    assert ran.code == expected.code
    if ran.code != 4:
        assert (told(ran, "passed over"), told(ran, "left without")) == (expected.lost, expected.empty)


def same(cells: Sequence[str], point: tuple[float, float] | None) -> bool:
    """Whether new cells are value and gradient at a point to the last bit; all empty where there is none."""
    if point is None:
        return list(cells) == [""] * len(NEW)
    pairs = zip(map(float, cells), values(*point), strict=True)
    return all(bits(number) == bits(value) for number, value in pairs)


def bits(number: float) -> bytes:
    """What tells 0 from -0, and no NaN from another."""
    return b"NaN" if number != number else struct.pack("<d", number)


def check_rows(out: bytes, separator: str, expected: Outcome) -> None:
    """Every row that should be there is, byte for byte, with its numbers behind it; and no other."""
    at = 0
    for raw, point in expected.rows:
        assert out.startswith(raw + separator.encode(), at)
        end = out.index(b"\n", at + len(raw))
        assert same(out[at + len(raw) + 1 : end].decode().split(separator), point)
        at = end + 1
    assert at == len(out)


@settings(examples(120), derandomize=True)
@given(st.data(), st.sampled_from(["csv", "tsv"]), st.sampled_from(OnError), BLOCKS)
def test_every_row_has_its_outcome(data: st.DataObject, form: str, on_error: OnError, block: int) -> None:
    separator = SEPARATORS[form]
    table = data.draw(tables(separator))
    ran = mapped(table, form, on_error, block)
    found = rows(table.removeprefix(BOM), separator)
    if found is None or refused(table, form):
        return
    header, *body = found
    names = next(csv.reader([header.decode()])) if form == "csv" else header.decode().split(separator)
    expected = outcome(body, of_cells(names, separator), on_error)
    check_told(ran, expected)
    first = header + separator.join(["", *NEW]).encode() + b"\n"
    assert ran.out.startswith(first)
    check_rows(ran.out.removeprefix(first), separator, expected)


def check_objects(out: bytes, expected: Outcome) -> None:
    """Every object that should be there is, byte for byte, with its numbers behind it; and no other."""
    found = out.split(b"\n")[:-1]
    for line, (raw, point) in zip(found, expected.rows, strict=True):
        opened = raw.rstrip().removesuffix(b"}") if any(map(raw.count, b'":')) else b"{"
        assert line.startswith(opened)
        added = json.loads(b"{" + line[len(opened) :].removeprefix(b","))
        assert list(added) == list(NEW)
        assert same(["" if cell is None else str(cell) for cell in added.values()], point)


@settings(examples(120), derandomize=True)
@given(json_lines(), st.sampled_from(OnError), BLOCKS)
def test_every_object_has_its_outcome(table: bytes, on_error: OnError, block: int) -> None:
    ran = mapped(table, "ndjson", on_error, block)
    if not refused(table, "ndjson"):
        expected = outcome(objects(table.removeprefix(BOM)), of_object, on_error)
        check_told(ran, expected)
        check_objects(ran.out, expected)


def new_cells(out: bytes, form: str) -> list[list[bytes]]:
    """The numbers of the new columns, whatever the form."""
    if form == "ndjson":
        found = [[json.loads(line)[name] for name in NEW] for line in out.split(b"\n")[:-1]]
    else:
        text = io.StringIO(out.decode(), newline="")
        found = [row[-len(NEW) :] for row in csv.reader(text, delimiter=SEPARATORS[form])][1:]
    return [[bits(float(cell)) for cell in row] for row in found]


@settings(examples(80), derandomize=True)
@given(
    st.data(),
    st.sampled_from(["csv", "ndjson"]),
    st.sampled_from(["csv", "tsv", "ndjson"]),
    st.sampled_from([(), ("--only",)]),
    BLOCKS,
)
def test_another_form_holds_the_same_numbers(
    data: st.DataObject, given_form: str, wanted: str, more: tuple[str, ...], block: int
) -> None:
    table = data.draw(json_lines() if given_form == "ndjson" else tables(","))
    ran = mapped(table, given_form, "skip", block, "--to", wanted, *more)
    if ran.code in (2, 4):
        return
    plain = check_map([*FORMULA, "--from", given_form, "--on-error", "skip", "--only", "--to", wanted], table)
    cells, all_cells = new_cells(ran.out, wanted), new_cells(plain.out, wanted)
    # A row may be none in the other form alone: an object with a key that the first has not.
    assert len(all_cells) - len(cells) == told(ran, "passed over") - told(plain, "passed over")
    assert len(cells) < len(all_cells) or cells == all_cells


@settings(examples(60), derandomize=True)
@given(tables(","), st.sampled_from(["mean", "sum", "min", "max"]), st.sampled_from(OnError), BLOCKS)
def test_one_record_however_it_is_read(table: bytes, how: str, on_error: OnError, block: int) -> None:
    ran = mapped(table, "csv", on_error, block, "--reduce", how)
    assert ran.out.count(b"\n") == (0 if ran.code in (2, 4) else 2)


@settings(examples(60), derandomize=True)
@given(st.binary(max_size=60), st.sampled_from([(), ("--from", "csv"), ("--from", "ndjson"), ("--to", "tsv")]), BLOCKS)
def test_any_bytes(table: bytes, more: tuple[str, ...], block: int) -> None:
    # Bytes that begin as those of Parquet or Arrow do are not to become a text.
    arguments = ["q = 2*w", "--w", "3", "--on-error", "skip", *more]
    check_same(arguments, table, check_map(arguments, table, text=False), block=block, text=False)


# form, table, the beginning of every row that comes out, and how many are passed over
STORIES = {
    "a quote that is a letter, before one that is not": (
        "csv",
        b'x,s,y\n1,5" pipe,2\n1,"a\nb",2\n',
        [b'1,5" pipe,2', b'1,"a\nb",2'],
        0,
    ),
    "quotes of both kinds in one row": ("csv", b's,x,y\na"b,1,"1"\na"b,1,1\n', [b'a"b,1,"1"', b'a"b,1,1'], 0),
    "a quote that only a letter ends": ("csv", b's,x,y\n"a,1,1\nb,2,2\nc"d,3,3\n', [b"b,2,2", b'c"d,3,3'], 1),
    "two returns before the end of a line": ("csv", b'x,s,y\r\r\n1,a,1\r\r\n1,a,"1"\r\r\n', [b"1,a,1,", b'1,a,"1",'], 0),
    "newlines in cells": ("csv", b'x,s,y\n1,"a\n\n,b",2\n3,"c""\n",4\n', [b'1,"a\n\n,b",2,', b'3,"c""\n",4,'], 0),
    "a byte-order mark": ("csv", BOM + b"x,y\n1,2\n", [b"1,2"], 0),
    "spaces before the closing brace": ("ndjson", b'{"x":1,"y":2}\r\n {"x":1,"y":2 } \n', [b'{"x":1,"y":2', b' {"x":1,"y":2 '], 0),
    "a key in disguise": ("ndjson", b'{"x":1,"y":2}\n{"x":1,"\\u0078":3,"y":2}\n', [b'{"x":1,"y":2'], 1),
    "a new key in disguise": ("ndjson", b'{"x":1,"y":2}\n{"x":1,"\\u0071":3,"y":2}\n', [b'{"x":1,"y":2'], 1),
    "a key of no use twice": ("ndjson", b'{"x":1,"y":2}\n{"s":1,"s":2,"x":1,"y":2}\n', [b'{"x":1,"y":2', b'{"s":1,"s":2,"x":1,"y":2'], 0),
}  # fmt: skip


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("form", "table", "kept", "lost"), STORIES.values(), ids=STORIES)
def test_in_whatever_pieces(form: str, table: bytes, kept: list[bytes], lost: int) -> None:
    for block in (1, 7, 23):
        ran = mapped(table, form, "skip", block)
    out = ran.out if form == "ndjson" else ran.out.partition(b"\n")[2]
    for row in kept:
        assert out.startswith(row)
        out = out[len(row) :].partition(b"\n")[2]
    assert (out, told(ran, "passed over")) == (b"", lost)


def test_an_object_of_nothing() -> None:
    ran = mapped(b'{"x":1,"y":2}\n{ }\n', "ndjson", "null", 9)
    assert ran.out.splitlines()[1] == b'{"q":null,"d_x":null,"d_y":null}'


def test_half_a_character_stays_in_json() -> None:
    table = b'{"x":1,"y":2,"s":"a"}\n{"x":1,"y":2,"s":"\\ud800"}\n'
    assert mapped(table, "ndjson", "fail", 9).code == 0
    ran = mapped(table, "ndjson", "fail", 9, "--to", "csv")
    assert (ran.code, ran.out.count(b"\n")) == (4, 2)
    assert "line 2: the text of `s` has half a character" in ran.err


def test_a_header_with_a_nul() -> None:
    ran = mapped(b"x,y\0\n1,2\n", "csv", "skip", 2)
    assert (ran.code, ran.out) == (4, b"")
    assert "byte 4 of the row is NUL" in ran.err
