"""Files of Parquet and Arrow that were whole once: cut, with bytes flipped, lost and made up."""

import io
import math
from pathlib import Path

import polars as pl
from contract import check_map, check_same
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcli.data.options import OnError

ROWS = 20
FRAME = pl.DataFrame(
    {
        "x": [1.0, 2.5, None, -0.0] * 5,
        "y": [1, 2, 3, 4] * 5,
        "s": ["a", "b", None, "é"] * 5,
        "l": [[1], [], None, [2]] * 5,
    }
)
WRITERS = {"parquet": "parquet", "arrow": "ipc", "arrows": "ipc_stream"}


def written(form: str) -> bytes:
    content = io.BytesIO()
    # The sizes that compressed Arrow claims are believed by polars, which ends the process where there is no such memory.
    getattr(FRAME, f"write_{WRITERS[form]}")(content, compression="uncompressed")
    return content.getvalue()


WHOLE = {form: written(form) for form in WRITERS}
FORMS = st.sampled_from(list(WHOLE))
HURTS = st.tuples(
    st.integers(0, 400), st.booleans(), st.integers(0, 9), st.sampled_from([b"", b"\0", b"\xff", b"\x7f", b"\x80\x01"])
)


def hurt(content: bytes, hurts: list[tuple[int, bool, int, bytes]]) -> bytes:
    """Some bytes lost and others put in their place: at so many from the beginning, or from the end."""
    for distance, from_end, lost, put in hurts:
        at = max(len(content) - distance, 0) if from_end else distance
        content = content[:at] + put + content[at + lost :]
    return content


@settings(examples(250), derandomize=True)
@given(
    FORMS,
    st.lists(HURTS, min_size=1, max_size=3),
    st.sampled_from(["csv", "ndjson", "parquet", "arrow", "arrows"]),
    st.sampled_from(OnError),
    st.sampled_from([(), ("--only",), ("--reduce", "sum")]),
)
def test_what_was_whole_once(
    form: str, hurts: list[tuple[int, bool, int, bytes]], wanted: str, on_error: OnError, more: tuple[str, ...]
) -> None:
    table = hurt(WHOLE[form], hurts)
    arguments = ["x*y", "--from", form, "--to", wanted, "--on-error", on_error, *more]
    check_map(arguments, table, text=wanted in ("csv", "ndjson"))


@settings(examples(60), derandomize=True)
@given(FORMS, st.floats(0, 1, exclude_max=True))
def test_what_is_cut_short_is_an_error(form: str, part: float) -> None:
    size = math.floor(part * len(WHOLE[form]))
    ran = check_map(["x*y", "--from", form, "--to", "csv", "--only"], WHOLE[form][:size])
    assert ran.code == 4
    assert ran.out in (b"", b"f,d_x,d_y\n", b"f,d_x,d_y\n1.0,1.0,1.0\n5.0,2.0,2.5\n")


@settings(examples(20), derandomize=True)
@given(FORMS, st.integers(1, 40), st.sampled_from(OnError))
def test_the_same_in_any_pieces(form: str, block: int, on_error: OnError) -> None:
    arguments = ["x*y", "--to", "csv", "--on-error", on_error, "--only"]
    ran = check_map(arguments, WHOLE[form])
    check_same(arguments, WHOLE[form], ran, block=block)
    assert ran.out.count(b"\n") - 1 == {"fail": 2, "skip": ROWS * 3 // 4, "null": ROWS}[on_error]


def test_a_stream_that_ends_where_it_begins() -> None:
    ran = check_map(["x"], b"\xff\xff\xff\xff\0\0\0\0")
    assert (ran.code, ran.out) == (4, b"")
    assert "ends before it names its columns" in ran.err


def test_a_message_that_is_none() -> None:
    ran = check_map(["x"], b"\xff\xff\xff\xff\x08\0\0\0" + b"\xff" * 8)
    assert (ran.code, ran.out) == (4, b"")
    assert "is no stream of Arrow" in ran.err


def test_streams_of_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "other.arrows"
    FRAME.drop("s").write_ipc_stream(path)
    ran = check_map(["x", "-", str(path), "--only", "--to", "csv", "--on-error", "skip"], WHOLE["arrows"])
    assert (ran.code, ran.out.count(b"\n")) == (4, 1 + ROWS * 3 // 4)
    assert "other.arrows has other columns than standard input: x, y, l" in ran.err
