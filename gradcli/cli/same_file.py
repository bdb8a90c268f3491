"""No file is read and written at once: it would be lost as it is read.

Depends on the operating system.
"""

import os
import stat
from collections.abc import Sequence

from gradcli.errors import UsageError

STDIN = "-"
_IN, _OUT = 0, 1


def check_apart(expression: str, inputs: Sequence[str], out: str | None = None) -> None:
    """Raise UsageError where the file of the expression or another input is the one that is written.

    `-` among the inputs is standard input; without `out` standard output is written, and the shell may have emptied the
    file before gradcli began.
    """
    written = _file(_OUT if out is None else out)
    if not written:
        return
    for path in (*_named(expression), *inputs):
        read = _file(_IN if path == STDIN else path)
        if read and os.path.samestat(read, written):
            emptied = out is None and stat.S_ISREG(read.st_mode) and not read.st_size
            raise _same("standard input" if path == STDIN else path, out, empty=emptied)


def _named(expression: str) -> Sequence[str]:
    """The file that the expression is read from, if it is."""
    return [expression.removeprefix("@")] if expression == STDIN or expression.startswith("@") else []


def _file(path: str | int) -> os.stat_result | None:
    """The state of a file or a pipe behind a path or a descriptor; None for the rest, as a terminal may be both."""
    try:
        state = os.stat(path)  # noqa: PTH116 - which takes descriptors as well
    except (OSError, ValueError):
        return None
    return state if stat.S_ISREG(state.st_mode) or stat.S_ISFIFO(state.st_mode) else None


def _same(read: str, out: str | None, *, empty: bool) -> UsageError:
    emptied = ", and empty now: `>` empties a file first" if empty else ""
    written = "standard output" if out is None else f"--out {out}"
    hint = "write to another file, and rename that"
    return UsageError(f"{written} is the same file as {read}, which is read{emptied}", hint=hint)
