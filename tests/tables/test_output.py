"""Bytes out: where they go, and whole rows only."""

import errno
import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest

from gradcli.data.output import PIECE, Writer, output
from gradcli.data.replacing import NOT_REPLACED
from gradcli.errors import FileProblem


def test_a_file_comes_to_its_place_when_it_is_whole(tmp_path: Path) -> None:
    place, notes = tmp_path / "out.csv", list[str]()
    place.write_text("old")
    with output(str(place), notes.append) as out:
        out.write(b"new")
        out.flush()
        assert place.read_text() == "old"
    assert (place.read_text(), notes, [*tmp_path.iterdir()]) == ("new", [], [place])


def test_what_fails_leaves_the_old_file(tmp_path: Path) -> None:
    place = tmp_path / "out.csv"
    place.write_text("old")
    with suppress(KeyError), output(str(place), print) as out:
        out.write(b"new")
        raise KeyError
    assert (place.read_text(), [*tmp_path.iterdir()]) == ("old", [place])


def test_what_fails_leaves_no_new_file(tmp_path: Path) -> None:
    with suppress(KeyError), output(str(tmp_path / "out.csv"), print) as out:
        out.write(b"new")
        raise KeyError
    assert not [*tmp_path.iterdir()]


def settled(tmp_path: Path, number: int) -> tuple[str, list[str]]:
    """What is in the old file, and what was said, where another could not take its place for this reason."""
    place, notes = tmp_path / "out.csv", list[str]()
    place.write_text("old")
    with (
        mock.patch.object(Path, "replace", side_effect=OSError(number, os.strerror(number))),
        suppress(FileProblem),
        output(str(place), notes.append) as out,
    ):
        out.write(b"new")
    assert [*tmp_path.iterdir()] == [place]
    return place.read_text(), notes


@pytest.mark.parametrize("number", NOT_REPLACED)
def test_what_cannot_be_replaced_is_written_over_and_told(tmp_path: Path, number: int) -> None:
    note = f"{tmp_path}/out.csv was written over, for it cannot be replaced: {os.strerror(number)}"
    assert settled(tmp_path, number) == ("new", [note])


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_fails_leaves_the_old_file(tmp_path: Path, number: int) -> None:
    assert settled(tmp_path, number) == ("old", [])


@pytest.mark.parametrize("path", ["{}", "{}/missing/out.csv", "a\0b"])
def test_what_cannot_be_written_is_an_error(path: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblem), output(path.format(tmp_path), print):
        raise AssertionError("opened")


def test_a_writer_writes_every_byte() -> None:
    stream, rows = BytesIO(), [b"1,2\n" * PIECE, b"", b"3,4\n"]
    Writer(stream).write(rows)
    assert stream.getvalue() == b"".join(rows)


def test_an_interrupted_writer_ends_the_row_first() -> None:
    class Signalled(BytesIO):
        """The signal comes while the first piece is being written."""

        def write(self, piece: object) -> int:
            if not self.tell():
                writer._interrupt(lambda: ended.append(stream.getvalue()))
            return super().write(piece)  # type: ignore[arg-type]

    ended, stream = list[bytes](), Signalled()
    writer = Writer(stream)
    row = b"1" * 100 + b"\n"
    with (
        mock.patch("gradcli.data.output.end_within"),
        mock.patch("gradcli.data.output.put_off"),
    ):
        writer.write([row * PIECE])
    (written,) = ended
    assert PIECE < len(written) < PIECE + len(row)
    assert written.endswith(b"1\n")
