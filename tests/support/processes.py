"""gradcli as a process among others: streams closed or full, any encoding, little memory, a signal at any moment.

Depends on POSIX. What a run may end with is that of `contract`, and what a signal or a full disk makes of it.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from contract import CODES

PATIENCE = 60.0
CLOSED_PIPE, FULL = 141, 4
ENDED = {signal.SIGINT: (130,), signal.SIGTERM: (143, -signal.SIGTERM), signal.SIGHUP: (129, -signal.SIGHUP)}
"""Signal → what the process ends with, if it is not done before; a shell says 143 for both."""
ENCODINGS: dict[str, dict[str, str]] = {
    "utf-8": {"LC_ALL": "C.UTF-8"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii streams": {"PYTHONIOENCODING": "ascii"},
    "latin-1 streams": {"PYTHONIOENCODING": "latin-1"},
    "strict streams": {"PYTHONIOENCODING": "ascii:strict"},
}
CHILD = "import os; os.write({ready}, b'.'); from gradcli.__main__ import main; main()"
"""gradcli, after a word that Python has started: how that ends is not gradcli's."""


class Surroundings(NamedTuple):
    """What a process finds.

    streams   for standard input, output and error: "pipe", "closed", "full" or "gone", whose reader went away
    encoding  a key of `ENCODINGS`
    columns   how wide the terminal claims to be
    memory    the bytes of address space that it may have; 0 for all there is
    signal    what it is sent, after so many seconds; 0 for nothing
    """

    streams: tuple[str, str, str] = ("pipe", "pipe", "pipe")
    encoding: str = "utf-8"
    columns: int = 80
    memory: int = 0
    signal: int = 0
    seconds: float = 0.0


class Ended(NamedTuple):
    """What a process left behind."""

    code: int
    out: bytes
    err: bytes


def run(arguments: Sequence[str], stdin: bytes, around: Surroundings) -> Ended:
    """gradcli in a process of its own."""
    told, ready = os.pipe()
    code = CHILD.format(ready=ready)
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(around),
        pass_fds=(ready,),
        preexec_fn=lambda: _arrange(around),  # noqa: PLW1509 - no threads here
    )
    os.close(ready)
    try:
        if around.signal and os.read(told, 1):
            time.sleep(around.seconds)
            process.send_signal(around.signal)
        if around.streams[1] == "gone" and process.stdout:
            process.stdout.close()
            process.stdout = None
        out, err = process.communicate(stdin, timeout=PATIENCE)
    finally:
        process.kill()
        os.close(told)
    return Ended(process.returncode, out or b"", err)


def _environment(around: Surroundings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return {**kept, "COLUMNS": str(around.columns), **ENCODINGS[around.encoding]}


def _arrange(around: Surroundings) -> None:
    """Close and fill the streams of this process, and take its memory: done in the child before Python starts."""
    for descriptor, state in enumerate(around.streams):
        if state == "closed":
            os.close(descriptor)
        if state == "full":
            os.dup2(os.open("/dev/full", os.O_WRONLY), descriptor)
    if around.memory:
        resource.setrlimit(resource.RLIMIT_AS, (around.memory, around.memory))


def check_process(arguments: Sequence[str], stdin: bytes, around: Surroundings) -> Ended:
    """Run gradcli: whatever it finds, it ends with a code of its own and without a traceback."""
    ended = run(arguments, stdin, around)
    told = (arguments, stdin, around, ended)
    assert ended.code in allowed(around) or is_before_gradcli(ended), told
    assert b"Traceback" not in ended.err or is_before_gradcli(ended), told
    assert b"Traceback" not in ended.out, told
    assert b"Fatal Python error" not in ended.err, told
    return ended


def is_before_gradcli(ended: Ended) -> bool:
    """Whether an interrupt came between the word that Python has started and the first line of gradcli."""
    return ended.code == -signal.SIGINT and b"KeyboardInterrupt" in ended.err and b"/gradcli/" not in ended.err


def allowed(around: Surroundings) -> tuple[int, ...]:
    """The codes that a process may end with in those surroundings."""
    by_signal = ENDED[signal.Signals(around.signal)] if around.signal else ()
    return (*CODES, *by_signal, *((CLOSED_PIPE,) if around.streams[1] in ("gone", "closed") else ()))
