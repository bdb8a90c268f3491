"""Blocks of whole rows, the fast path against the slow one, and work in order: for any table, cut anywhere."""

import csv
import io
import json
import sys
import threading
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import pytest
from doubles import doubles
from hypothesis import given
from hypothesis import strategies as st

from gradcli.data import delimited, ndjson, row_by_row
from gradcli.data.batch import Batch, Reading
from gradcli.data.blocks import LONG, Block, at_newline, blocks, count, outside_quotes
from gradcli.data.options import OnError
from gradcli.data.ordered_pool import ordered_map

CELL = st.text(st.sampled_from('ab",\n x1'), max_size=4)
NUMBER = st.sampled_from(["1", "-2.5", " 3", "", "inf", "NaN", "1e400", "x", "0.1", "1e-7", "7" * 30])


def table(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def cut_at(content: bytes, places: list[int]) -> Iterator[bytes]:
    ends = sorted({0, len(content), *(place % (len(content) + 1) for place in places)})
    return (content[start:end] for start, end in pairwise(ends))


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1), st.lists(st.integers(0, 1000)))
def test_blocks_are_whole_rows_wherever_the_bytes_are_cut(rows: list[list[str]], places: list[int]) -> None:
    content = table(rows)
    found = list(blocks(cut_at(content, places), "table", partial(outside_quotes, separator=",")))
    assert b"".join(block.text for block in found) == content
    assert [row for block in found for row in csv.reader(io.StringIO(block.text.decode(), newline=""))] == rows
    line = 1
    for block in found:
        assert (block.line, block.lines) == (line, block.text.count(b"\n"))
        line += block.lines


def test_the_last_row_needs_no_newline() -> None:
    assert [block.text for block in blocks([b"1\n2"], "table", at_newline)] == [b"1\n", b"2\n"]


def reading(columns: tuple[str, ...], needed: tuple[str, ...], on_error: OnError, *, verbatim: bool) -> Reading:
    return Reading(columns, needed, verbatim, False, on_error, ("f",))


def told(batch: Batch) -> tuple[object, ...]:
    numbers = {column.name: [repr(number) for number in column] for column in batch.numbers}
    return repr(batch.passthrough.rows()), numbers, batch.length, list(batch.faults)


@given(
    st.lists(st.tuples(NUMBER, st.sampled_from(["a", "b c", ""]), NUMBER), min_size=1),
    st.sampled_from(OnError),
    st.booleans(),
)
def test_both_paths_through_a_table_are_one(rows: list[tuple[str, ...]], on_error: OnError, verbatim: bool) -> None:
    content = "".join(",".join(row) + "\n" for row in rows).encode()
    block = Block(content, "table", 2, len(rows), 0)
    asked = reading(("x", "s", "y"), ("y", "x"), on_error, verbatim=verbatim)
    assert told(delimited.decode(block, asked, ",")) == told(delimited._slow_path(block, asked, ","))


QUOTED_NUMBER = st.sampled_from(['"1"', '" 2"', "-2.5", '"1e-7"', '"+3"', '"inf"', '""', '"3" ', ' "4"', '"5"6', "7,8"])
QUOTED = st.sampled_from(
    ['"a,b"', '"a""b"', '"""a"', '""""', '""', '","', '" a "', "", "a", 'a"b', '"a\nb"', '"a"b', '"']
)


@given(
    st.lists(st.tuples(QUOTED_NUMBER, QUOTED, QUOTED_NUMBER), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(OnError),
    st.booleans(),
)
def test_both_paths_through_quotes_are_one(
    rows: list[tuple[str, str, str]], newline: str, on_error: OnError, verbatim: bool
) -> None:
    content = "".join(",".join(row) + newline for row in rows).encode()
    block = Block(content, "table", 2, content.count(b"\n"), 0)
    asked = reading(("x", "s", "y"), ("y", "x"), on_error, verbatim=verbatim)
    assert told(delimited.decode(block, asked, ",")) == told(delimited._slow_path(block, asked, ","))


@given(st.lists(st.text(st.sampled_from('ab", x1'), max_size=4), min_size=1), st.booleans())
def test_quotes_where_they_belong_take_the_fast_path(texts: list[str], verbatim: bool) -> None:
    rows = [("1", text.replace('"', '""'), "-2.5") for text in texts]
    content = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    block = Block(content.encode(), "table", 2, len(rows), 0)
    asked = reading(("x", "s", "y"), ("y", "x"), OnError.fail, verbatim=verbatim)
    fast = delimited._fast_path(block, asked, ",")
    assert fast
    assert told(fast) == told(delimited._slow_path(block, asked, ","))


@given(st.lists(st.tuples(st.sampled_from(["1", "-2.5", "0", "-0", "null", '"NaN"', "1e-7"]), CELL), min_size=1))
def test_both_paths_through_json_are_one(rows: list[tuple[str, str]]) -> None:
    content = "".join(f'{{"x":{number},"s":{json.dumps(text)}}}\n' for number, text in rows).encode()
    block = Block(content, "table", 1, len(rows), 0)
    asked = reading(("x", "s"), ("x",), OnError.null, verbatim=True)
    assert told(ndjson.decode(block, asked)) == told(ndjson._slow_path(block, asked))


@given(doubles())
def test_a_cell_reads_back_what_was_written(number: float) -> None:
    assert repr(row_by_row.number(repr(number))) == repr(number)


def test_results_come_in_order_whoever_is_first() -> None:
    second = threading.Event()

    def work(item: int) -> int:
        if item == 0:
            second.wait(10)
        if item == 1:
            second.set()
        return item

    with ordered_map(work, range(20), 2) as results:
        assert list(results) == list(range(20))


def test_what_goes_wrong_is_raised_in_its_turn() -> None:
    def items() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("no more")

    with ordered_map(lambda item: item * 10, items(), 2) as results:
        assert (next(results), next(results)) == (10, 20)
        with pytest.raises(OSError, match="no more"):
            next(results)
    with ordered_map(lambda item: 1 // item, [1, 0, 1], 2) as others:
        assert next(others) == 1
        with pytest.raises(ZeroDivisionError):
            next(others)


def test_work_begins_before_anybody_asks_for_it() -> None:
    begun = threading.Event()
    with ordered_map(lambda _: begun.set(), [1], 1):
        assert begun.wait(10)


def test_who_takes_no_more_leaves_no_thread_behind() -> None:
    before, given = set(threading.enumerate()), list[int]()

    def items() -> Iterator[int]:
        for item in range(100):
            given.append(item)
            yield item

    with ordered_map(lambda item: item, items(), 1) as results:
        next(results)
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()
    assert len(given) <= 4


@pytest.mark.parametrize(("line", "loaded"), [(2, False), (2, True), (LONG, True)])
def test_bytes_are_counted_one_way_or_the_other(line: int, loaded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not loaded:
        monkeypatch.delitem(sys.modules, "numpy", raising=False)
    text = b"1,2\n,\n" * 100_000
    assert (count(text, b",", line), count(text, b"\n", line), count(text, b"\0", line)) == (200_000, 200_000, 0)
