"""gradcli in a shell, as a process of its own."""

import os
import pty
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import IO

GRADCLI = str(Path(sysconfig.get_path("scripts")) / "gradcli")
MAP = [GRADCLI, "map", "x*y"]

PLAIN = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}

Stream = int | IO[bytes] | None


def in_shell(command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**PLAIN, "PATH": path, **environment},
        check=False,
    )


class Started(subprocess.Popen[bytes]):
    """A process; only those of its streams that are pipes may be asked for."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]


def started(
    arguments: list[str],
    *,
    stdin: Stream = None,
    stdout: Stream = None,
    stderr: Stream = None,
    preexec_fn: Callable[[], object] | None = None,
    **environment: str,
) -> Started:
    around = {**PLAIN, **environment}
    return Started(arguments, env=around, stdin=stdin, stdout=stdout, stderr=stderr, preexec_fn=preexec_fn)


def on_terminal(arguments: list[str], **environment: str) -> str:
    """What a command writes to a terminal of 80 columns."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        arguments, stdin=follower, stdout=follower, stderr=follower, env={**PLAIN, "TERM": "xterm", **environment}
    )
    os.close(follower)
    written = b""
    while True:
        try:
            written += os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if written.endswith(b"") and process.poll() is not None and not os.get_blocking(leader):
            break
    process.wait()
    os.close(leader)
    return written.decode()
