"""What holds whatever is typed and whatever a table holds, checked of gradcli in this process: all fuzz tests' contract."""

import contextlib
import io
import json
import os
import re
import sys
import time
from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple
from unittest import mock

from gradcli.cli.main import run

CODES = (0, 1, 2, 3, 4)
"""What a run may end with; 70, a fault of gradcli's own, is none of them."""
MAPPED = (0, 2, 3, 4)
WORKERS = (
    ("--engine", "blocks", "--threads", "1"),
    ("--engine", "llvm", "--threads", "3"),
    ("--engine", "python", "--threads", "2"),
)
SECONDS = 30.0
"""More than the ten seconds that digits may take, and the five that a check may."""
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal may obey, or a writer of UTF-8 refuse."""
SWALLOWED = re.compile(r"Exception ignored in: <function gc_cumulative_time.*?OutOfTime: \n", re.DOTALL)
"""An alarm that rang in Hypothesis's own callback of the garbage collector; it rings again."""
PAINT = re.compile(r"\x1b\[[\d;]*m")


class Captured(io.TextIOWrapper):
    """A stream that keeps its bytes, and has a descriptor as the real ones have."""

    nowhere = os.open(os.devnull, os.O_WRONLY)

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", errors="surrogatepass", newline="", write_through=True)

    def fileno(self) -> int:
        return self.nowhere

    def getvalue(self) -> str:
        return self.bytes.getvalue().decode("utf-8", "surrogatepass")


class Slow(io.BytesIO):
    """A stream that gives no more than so many bytes at once: a table out of it is read in blocks of that size."""

    def __init__(self, content: bytes, at_once: int) -> None:
        super().__init__(content)
        self.at_once = at_once

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(size or 0, self.at_once))


FORMULA = ("q = x*y - x", "--wrt", "x,y")


class Ran(NamedTuple):
    """What a run of gradcli left behind."""

    code: int
    out: bytes
    err: str


def check(arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, str, str]:
    """Run gradcli: it ends with an exit code of its own, in time, and writes nothing that a terminal would obey."""
    code, out, err = _run(arguments, stdin)
    plain, errors = (_unpainted(text, arguments) for text in (out.decode("utf-8", "surrogatepass"), err))
    assert not RAW.search(plain + errors), (arguments, stdin, code, err)
    assert "Traceback" not in plain, (arguments, stdin)
    if plain and asks_for_json(arguments):
        json.loads(plain, parse_constant=_no_number)
    return code, plain, errors


def check_map(arguments: Sequence[str], table: bytes, *, text: bool = True, block: int = sys.maxsize) -> Ran:
    """Run `gradcli map` on a table: as `check`, and what it writes is whole rows, if it is to be a text.

    Of standard input no more than `block` bytes come at once.
    """
    ran = _run(["map", *arguments], table, block)
    assert ran.code in MAPPED, (arguments, table, ran)
    assert not RAW.search(_unpainted(ran.err, arguments)), (arguments, table, ran)
    assert not text or ran.out[-1:] in (b"", b"\n"), (arguments, table, ran)
    return ran


def check_same(arguments: Sequence[str], table: bytes, ran: Ran, *, block: int, text: bool = True) -> None:
    """The same comes of the table to the last bit, whatever computes, and in whatever pieces it is read."""
    for how in WORKERS:
        again = check_map([*arguments, *how], table, text=text, block=block)
        assert again == ran, (arguments, how, block, table, ran, again)


def mapped(table: bytes, form: str, on_error: str, block: int, *more: str) -> Ran:
    """What comes of a table, the same in all pieces and on all engines."""
    arguments = [*FORMULA, "--from", form, "--on-error", on_error, *more]
    ran = check_map(arguments, table)
    check_same(arguments, table, ran, block=block)
    return ran


def told(ran: Ran, what: str) -> int:
    """How many rows it says were so."""
    found = re.search(rf"([\d,]+) rows? {what}", ran.err)
    return int(found[1].replace(",", "")) if found else 0


def _run(arguments: Sequence[str], stdin: bytes, at_once: int = sys.maxsize) -> Ran:
    """Run gradcli: it ends with an exit code of its own, in time, and never with a traceback."""
    out, err = Captured(), Captured()
    began = time.monotonic()
    with (
        mock.patch.object(sys, "stdin", SimpleNamespace(buffer=Slow(stdin, at_once))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run(arguments)
    ran = Ran(code, out.bytes.getvalue(), err.getvalue())
    errors = SWALLOWED.sub("", _unpainted(ran.err, arguments))
    told = (arguments, stdin, ran)
    assert code in CODES, told
    assert time.monotonic() - began < SECONDS, told
    assert code not in (2, 4) or errors.startswith("error: "), told
    assert "Traceback" not in errors, told
    assert "cannot write the answer" not in errors, told
    return ran


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Whether an answer, if there is one, is an object of JSON; a page of help and the version are none."""
    forms = [word for word in arguments if word.startswith("--format=") or word == "--json"]
    return (
        bool(forms)
        and forms[-1] in ("--json", "--format=json")
        and not {"--help", "-h", "--version", "-V"}.intersection(arguments)
    )


def _no_number(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def _unpainted(text: str, arguments: Sequence[str]) -> str:
    """A text without its colours, where some were asked for."""
    return PAINT.sub("", text) if any(word.startswith("--color") for word in arguments) else text
