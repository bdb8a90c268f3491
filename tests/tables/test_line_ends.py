"""Where rows end, and how wide they are, whatever the bytes and however they come."""

import csv
import io
import sys
from itertools import pairwise

import pytest
from contract import check_map
from hypothesis import given
from hypothesis import strategies as st

from gradcli.data.blocks import LONG, Block, even
from gradcli.data.byte_scan import complete_rows
from gradcli.data.row_ends import begun, first_row, line_feeds, rows

PIECES = ["a", ",", "\t", '"', '""', "\n", "\r", "\r\n", "1"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def cut(content: bytes, places: list[int]) -> list[bytes]:
    """The same bytes in pieces."""
    ends = sorted({0, len(content), *(place % (len(content) + 1) for place in places)})
    return [content[start:end] for start, end in pairwise(ends)]


@pytest.mark.slow
@given(TEXT, st.integers(1, 4), st.sampled_from([",", "\t"]), st.sampled_from([2, LONG]))
def test_widths_are_told_by_the_bytes(text: str, columns: int, separator: str, line: int) -> None:
    content = text.encode() + b"\n"
    lines = content.decode().split("\n")[:-1]
    block = Block(content, "table", line, len(lines))
    told = all(row.count(separator) == columns - 1 for row in lines)
    assert even(block, columns, separator.encode()) is told


def test_widths_are_told_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    for text, told in ((b"1,2\n3,4\n", True), (b"1\n3,4,5\n", False), (b"1,2,3\n4\n", False), (b"1,2\n\n", False)):
        assert even(Block(text, "table", 2, 2), 2, b",") is told


@given(TEXT)
def test_no_byte_is_lost_between_rows(text: str) -> None:
    content = text.encode() + b"\n"
    found = b"".join(rows(content, ","))
    assert content.startswith(found)
    assert b"".join(rows(content[len(found) :], "\t")) == content[len(found) :]
    size = complete_rows(content, ",")
    assert size <= len(found)
    assert content[:size].endswith(b"\n" * (size > 0))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('1,a"b\n2,c\n', '1,a"b\n2,c\n'),  # a letter
        ('1,a"b\n2,"d\n', '1,a"b\n'),  # and one that may begin a cell whose end is to come
        ('1,",b"c,"\n2,3\n', '1,",b"c,"\n2,3\n'),  # three, of which the second ends no cell
        ('1,"b"c\n2,"d\n', '1,"b"c\n'),
        ('1,"b"\n2,"d\n', '1,"b"\n'),
        ('1,a"b\r2,"d\n', ""),  # a lone return may be the first half of an end
    ],
)
def test_rows_before_an_open_quote_are_whole(text: str, whole: str) -> None:
    assert text[: complete_rows(text.encode(), ",")] == whole


@given(st.lists(st.lists(st.sampled_from(["a", "b c", "a,b", 'q"', "1"]), min_size=2, max_size=3)), TEXT)
def test_rows_are_those_of_python(table: list[list[str]], ends: str) -> None:
    endings = [end for end in ends if end in "\r\n"] or ["\r\n"]
    content = io.StringIO(newline="")
    for at, row in enumerate(table):
        csv.writer(content, lineterminator=endings[at % len(endings)]).writerow(row)
    text = content.getvalue() + "\n"
    expected = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    found = [row.rstrip(b"\r\n").decode() for row in rows(text.encode(), ",")]
    assert [next(csv.reader([row])) for row in found if row] == expected


@given(TEXT, st.lists(st.integers(0, 100)))
def test_line_feeds_for_all_ends(text: str, places: list[int]) -> None:
    content = text.encode()
    expected = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert b"".join(line_feeds(cut(content, places))) == expected
    assert next(line_feeds(iter([b"1\r"]))) == b"1\n"


@pytest.mark.parametrize("separator", [",", "\t", None])
@given(TEXT, st.lists(st.integers(0, 100)))
def test_a_text_begins_alike_in_any_pieces(separator: str | None, text: str, places: list[int]) -> None:
    content = text.replace("1", '{"x":1}').encode()
    at_once = begun(iter([content]), separator)
    in_pieces = begun(iter(cut(content, places)), separator)
    assert at_once[:2] == in_pieces[:2]
    assert b"".join(at_once.rest) == b"".join(in_pieces.rest)


@pytest.mark.parametrize(
    "text", [b'"a\n"\r\n1\n', b'a,"\r\n",b\n1,2,3\n', b'"x,s\n1,""",e\n"a",",b\n', b'"a\n""b",c\n', b'a,"b"\r\n1,2\n']
)
def test_a_header_is_the_same_byte_by_byte(text: bytes) -> None:
    pieces = (text[at : at + 1] for at in range(len(text)))
    assert begun(pieces, ",")[:2] == begun(iter([text]), ",")[:2]


def test_a_mark_of_byte_order_amid_json_is_a_fault_in_any_pieces() -> None:
    table = b'{"x":1}\n\xef\xbb\xbf{"x":2}\n{"x":3}\n'
    for block in (1, 8, 100):
        ran = check_map(["x", "--only", "--on-error", "skip"], table, block=block)
        assert ran.out.count(b"\n") == 2
        assert "1 row passed over" in ran.err


def test_a_header_waits_for_its_quotes_and_not_for_ever() -> None:
    assert begun(iter([b'a,"b\n', b'c"\n1,2\n']), ",").row == b'a,"b\nc"'
    letters = (b'a,"b\n' + b"1,2\n" * 50_000, b"1,2\n")
    assert begun(iter(letters), ",").row == b'a,"b'
    assert first_row(b"a,b\r", ",") == b""


OLD_MAC = {
    "csv": ("x,s\r1,a\r3,b\r", "x,s,f,d_x\n1,a,2.0,2.0\n3,b,6.0,2.0\n"),
    "csv without a last return": ("x,s\r1,a\r3,b", "x,s,f,d_x\n1,a,2.0,2.0\n3,b,6.0,2.0\n"),
    "csv with quotes": ('x,s\r1,"a,\rb"\r3,b\r', 'x,s,f,d_x\n1,"a,\nb",2.0,2.0\n3,b,6.0,2.0\n'),
    "csv and a byte-order mark": ("\ufeffx,s\r1,a\r", "x,s,f,d_x\n1,a,2.0,2.0\n"),
    "csv, later of another end": ("x,s\r1,a\n3,b\r\n5,c\r", "x,s,f,d_x\n1,a,2.0,2.0\n3,b,6.0,2.0\n5,c,10.0,2.0\n"),
    "a header alone": ("x,s\r", "x,s,f,d_x\n"),
    "tsv": ("x\ts\r1\ta\r3\tb\r", "x\ts\tf\td_x\n1\ta\t2.0\t2.0\n3\tb\t6.0\t2.0\n"),
    "ndjson": ('{"x":1}\r{"x":3}\r', '{"x":1,"f":2.0,"d_x":2.0}\n{"x":3,"f":6.0,"d_x":2.0}\n'),
    "returns later": ("x,s\n1,a\r3,b\n", "x,s,f,d_x\n1,a,2.0,2.0\n3,b,6.0,2.0\n"),
    "returns in lines of returns and feeds": ("x,s\r\n1,a\r3,b\r\n", "x,s,f,d_x\n1,a,2.0,2.0\n3,b,6.0,2.0\n"),
    "returns between objects": ('{"x":1}\n{"x":3} \r{"x":5}\n', None),
    "a return within quotes": ('x,s\n1,"a\rb"\n', 'x,s,f,d_x\n1,"a\rb",2.0,2.0\n'),
}  # fmt: skip


@pytest.mark.parametrize(("table", "out"), OLD_MAC.values(), ids=OLD_MAC)
def test_lines_that_end_with_a_return(table: str, out: str | None) -> None:
    ran = check_map(["x*2"], table.encode())
    assert ran.code == 0
    if out is None:
        assert ran.out.count(b"\n") == 3
    else:
        assert ran.out.decode() == out


@pytest.mark.parametrize("more", ["", ',"a":[1]'], ids=["written alike", "nested"])
@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_line_of_json_is_no_row(more: str, empty: str) -> None:
    ran = check_map(["x*2", "--only"], f'{{"x":1{more}}}\n{empty}\n{{"x":2{more}}}\n'.encode())
    assert (ran.code, ran.out) == (0, b'{"f":2.0,"d_x":2.0}\n{"f":4.0,"d_x":2.0}\n')


def test_a_return_amid_a_cell_makes_two_ragged_rows() -> None:
    ran = check_map(["x*2"], b"s,x\na,1\nb\rc,2\n")
    assert (ran.code, ran.out) == (4, b"s,x,f,d_x\na,1,2.0,2.0\n")
    assert "line 3: 1 cell in a table of 2 columns" in ran.err


def test_no_text_is_cut_behind_a_lone_return() -> None:
    # The only line feed of the piece is within quotes: the rows before it wait for the next piece.
    table = b's,x\n"a",1\r"b",2\rc,3\r"d\ne",4\n'
    assert check_map(["x", "--only", "--wrt", "x"], table).out == b"f,d_x\n1.0,1.0\n2.0,1.0\n3.0,1.0\n4.0,1.0\n"
