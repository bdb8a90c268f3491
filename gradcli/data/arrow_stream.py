"""Streams of Arrow, in and out, message by message: polars reads and writes them only as a whole.

Depends on polars for what is in a message. Arrow columnar format, "Encapsulated message format": a message is a mark,
the length of its metadata, the metadata, which tell the length of its body, and the body.
"""

import struct
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO

import polars as pl

from gradcli.errors import FileProblem

END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
"""A message of nothing: the end of a stream."""
_SCHEMA, _ROWS = 1, 3
"""Kinds of messages; dictionaries are 2."""
_BODY_LENGTH, _KIND = 10, 6
"""Where a message's table of places has those of its fields."""


def read_frames(pieces: Iterable[bytes], title: str) -> Iterator[pl.DataFrame]:
    """A frame without rows, of the schema, then the rows of each message. Raises FileProblem, and PolarsError."""
    schema = b""
    for kind, message in _messages(pieces, title):
        if kind == _ROWS:
            yield _frame(schema + message)
        else:
            schema += message  # dictionaries belong to it
        if kind == _SCHEMA:
            yield _frame(schema)


def _frame(messages: bytes) -> pl.DataFrame:
    """The frame of a schema, and perhaps rows."""
    return pl.read_ipc_stream(BytesIO(messages + END))


def _messages(pieces: Iterable[bytes], title: str) -> Iterator[tuple[int, bytes]]:
    """The messages of a stream, each with its kind, until the end that it must have."""
    source, held = iter(pieces), b""

    def take(size: int) -> bytes:
        nonlocal held
        while len(held) < size and (more := next(source, b"")):
            held += more
        if len(held) < size:
            raise FileProblem(f"{title} is cut short", hint="write the file again")
        taken, held = held[:size], held[size:]
        return taken

    while (begin := take(8)) != END:
        metadata = take(struct.unpack("<I", begin[4:])[0])
        try:
            kind, length = _field(metadata, _KIND, "<B"), _field(metadata, _BODY_LENGTH, "<Q")
        except struct.error:
            raise FileProblem(f"{title} is no stream of Arrow", hint="write the file again") from None
        yield kind, begin + metadata + take(length)


def _field(metadata: bytes, place: int, form: str) -> int:
    """A number in the table of a message (FlatBuffers: an offset to the table, which begins with one to its places)."""
    (table,) = struct.unpack_from("<I", metadata)
    places = table - struct.unpack_from("<i", metadata, table)[0]
    if place >= struct.unpack_from("<H", metadata, places)[0]:
        return 0
    (offset,) = struct.unpack_from("<H", metadata, places + place)
    return int(struct.unpack_from(form, metadata, table + offset)[0]) if offset else 0


def write_frames(frames: Iterable[pl.DataFrame], out: IO[bytes]) -> None:
    """Write frames as a stream, which ends where the frames raise FileProblem too."""
    begun = False
    try:
        for frame in frames:
            schema, rows = _schema_and_rows(frame)
            out.write((b"" if begun else schema) + (rows if len(frame) else b""))
            begun = True
    except FileProblem:
        if begun:
            out.write(END)
        raise
    out.write(END)


def _schema_and_rows(frame: pl.DataFrame) -> tuple[bytes, bytes]:
    """The messages of a frame."""
    whole = BytesIO()
    frame.write_ipc_stream(whole)
    content = whole.getvalue().removesuffix(END)
    schema = 8 + struct.unpack_from("<i", content, 4)[0]
    return content[:schema], content[schema:]
