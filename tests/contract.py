"""What holds whatever is typed, as one check of one run of gradcli in this process: the contract of all fuzz tests."""

import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Sequence
from types import SimpleNamespace
from unittest import mock

from gradcli.cli.main import run

CODES = (0, 1, 2, 3, 4)
SECONDS = 30.0
"""More than the ten seconds that digits may take, and the two that a proof may."""
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal may obey, or a writer of UTF-8 refuse."""
PAINT = re.compile(r"\x1b\[[\d;]*m")


class Captured(io.StringIO):
    """A stream that keeps its text, and has a descriptor as the real ones have."""

    nowhere = os.open(os.devnull, os.O_WRONLY)

    def fileno(self) -> int:
        return self.nowhere


def check(arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, str, str]:
    """Run gradcli: it ends with an exit code of its own, in time, and writes nothing that a terminal would obey."""
    out, err = Captured(), Captured()
    began = time.monotonic()
    with (
        mock.patch.object(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run(arguments)
    told = (arguments, stdin, code, err.getvalue())
    plain, errors = (_unpainted(stream.getvalue(), arguments) for stream in (out, err))
    assert code in CODES, told
    assert time.monotonic() - began < SECONDS, told
    assert code not in (2, 4) or errors.startswith("error: "), told
    assert not RAW.search(plain + errors), told
    assert "Traceback" not in plain + errors, told
    assert "cannot write the answer" not in errors, told
    return code, plain, errors


def _unpainted(text: str, arguments: Sequence[str]) -> str:
    """A text without its colours, where some were asked for."""
    return PAINT.sub("", text) if any(word.startswith("--color") for word in arguments) else text
