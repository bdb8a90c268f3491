"""How far long work is: rows, rows a second, time left where the size is known. For a terminal.

Depends on Rich, which is loaded when there is something to show.
"""

import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from gradcli.interrupts import End, asked_first

if TYPE_CHECKING:
    from rich.live import Live

SILENT = 1.0
"""Seconds before there is a word of progress: most work is done by then."""
EVERY = 0.1
NO_LINE = b"\r\x1b[2K\x1b[?25h"
"""Commands to a terminal: take out the line, show the cursor."""


class Progress:
    """A line on standard error that says how far it is, and goes when the work ends. `size` is bytes in all."""

    def __init__(self, size: int | None) -> None:
        self.size = size
        self.began = time.monotonic()
        self.next = self.began + SILENT
        self.live: Live | None = None

    def __enter__(self) -> Self:
        self.guard = asked_first(self._put_right)
        self.guard.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.live.stop()
        self.guard.__exit__(None, None, None)

    def _put_right(self, end: End) -> None:
        """Take the line off a terminal, and give it its cursor back, where a signal ends the process."""
        if self.live and self.live.is_started:
            with suppress(OSError):
                os.write(sys.stderr.fileno(), NO_LINE)
        end()

    def show(self, rows: int, size: int) -> None:
        """Say that so many rows are done, of so many bytes."""
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + EVERY
        self.live = self.live or _begun()
        self.live.update(text(rows, size, self.size, now - self.began), refresh=self.live.is_started)


def _begun() -> "Live":
    """The line; on a terminal that cannot be commanded it is not there."""
    from rich.live import Live

    from gradcli.show.console import console

    live = Live(console=console("auto", sys.stderr), transient=True, auto_refresh=False)
    if not live.console.is_dumb_terminal:
        live.start()
    return live


def text(rows: int, size: int, whole: int | None, seconds: float) -> str:
    """`1,200,000 rows, 400,000 rows/s, 0:12 left`"""
    speed = f"{rows:,} rows, {rows / seconds:,.0f} rows/s"
    if not whole or not size:
        return speed
    left = round(seconds * (whole - size) / size)
    return f"{speed}, {left // 60}:{left % 60:02} left"
