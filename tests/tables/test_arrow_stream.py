"""Streams of Arrow, message by message: read as pyarrow's layout has them, written so that polars reads them whole."""

from collections.abc import Iterator
from io import BytesIO

import polars as pl
import pytest

from gradcli.data.arrow_stream import END, read_frames, write_frames
from gradcli.errors import FileProblem

FRAME = pl.DataFrame({"x": [1.5, None, -0.0], "s": ["a", "", None], "n": [[1], [], [2, 3]]})
WORDS = FRAME.with_columns(pl.Series("c", ["p", "q", "p"], dtype=pl.Categorical))


def stream(frame: pl.DataFrame) -> bytes:
    """What polars writes."""
    content = BytesIO()
    frame.write_ipc_stream(content)
    return content.getvalue()


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("frame", [FRAME, WORDS], ids=["without dictionaries", "with one"])
def test_a_stream_is_read_in_any_pieces(frame: pl.DataFrame, size: int) -> None:
    content = stream(frame)
    empty, rows = read_frames((content[at : at + size] for at in range(0, len(content), size)), "table")
    assert empty.equals(frame.head(0))
    assert rows.equals(frame)


def test_frames_come_as_soon_as_their_bytes_are_there() -> None:
    content = stream(FRAME)

    def pieces() -> Iterator[bytes]:
        yield content.removesuffix(END)
        raise AssertionError("read on")

    found = read_frames(pieces(), "table")
    assert [len(next(found)), len(next(found))] == [0, 3]


@pytest.mark.parametrize("cut", [0, 3, 8, 100, -1])
def test_a_stream_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises(FileProblem, match="table is cut short"):
        list(read_frames([stream(FRAME)[:cut]], "table"))


def test_other_bytes_are_no_stream() -> None:
    with pytest.raises(FileProblem, match="no stream of Arrow"):
        list(read_frames([b"\xff\xff\xff\xff\x04\x00\x00\x00abcd"], "table"))


def test_frames_written_are_one_stream() -> None:
    out = BytesIO()
    write_frames([FRAME.head(0), FRAME, FRAME.tail(1)], out)
    out.seek(0)
    assert pl.read_ipc_stream(out).equals(pl.concat([FRAME, FRAME.tail(1)]))


def test_an_error_ends_the_stream_behind_what_came_before() -> None:
    def frames(*before: pl.DataFrame) -> Iterator[pl.DataFrame]:
        yield from before
        raise FileProblem("no more")

    out, nothing = BytesIO(), BytesIO()
    for target, before in ((out, [FRAME]), (nothing, [])):
        with pytest.raises(FileProblem, match="no more"):
            write_frames(frames(*before), target)
    out.seek(0)
    assert pl.read_ipc_stream(out).equals(FRAME)
    assert nothing.getvalue() == b""
