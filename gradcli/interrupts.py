"""What comes first where a signal ends the process: a file is removed, a row is ended, a terminal is put right.

Depends on the standard library. On the command line `gradcli.__main__` lets signals end the process where it stands; in
a Python program an interrupt raises KeyboardInterrupt, as it does there, and the other signals are the program's own.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

End = Callable[[], object]
"""Ends the process, or raises."""
Handler = Callable[[int, FrameType | None], object]


@contextmanager
def asked_first(ask: Callable[[End], object]) -> Iterator[None]:
    """While this lasts, a signal that would end the process calls a function, and that is to call `end`, now or later.

    Signals come to the main thread alone: elsewhere nothing is asked. One that is ignored stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: handler for number in SIGNALS if callable(handler := signal.getsignal(number))}
    try:
        for number, handler in before.items():
            signal.signal(number, _asking(ask, handler))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _asking(ask: Callable[[End], object], handler: Handler) -> Handler:
    return lambda number, frame: ask(lambda: handler(number, frame))


@contextmanager
def gone_after(path: Path) -> Iterator[None]:
    """A file of this path, made while this lasts, is gone after it, and where a signal ends the process."""

    def ask(end: End) -> None:
        _remove(path)
        end()

    with asked_first(ask):
        try:
            yield
        finally:
            _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):  # it may never have been made, or have gone to another place
        path.unlink()


def taken_back() -> None:
    """Set the handlers again that Python knows of.

    When it is loaded, polars takes interrupts to itself: they would not end a wait for input, and where they are
    ignored its own work would end.
    """
    if threading.current_thread() is threading.main_thread():
        for number in SIGNALS:
            handler = signal.getsignal(number)
            if handler is not None:
                signal.signal(number, handler)


def ring_again(seconds: float = 3.0) -> None:
    """Let a signal that has not ended the process be sent once more after so long, and again.

    One that comes right before a call that waits, as for input, would else be seen by Python only behind that call. For
    a process of the command line: what an interrupt is to end has long ended then.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_ring, args=(reading, threading.main_thread().ident, seconds), daemon=True).start()


def _ring(reading: int, thread: int, seconds: float) -> None:
    while number := os.read(reading, 1):
        if number[0] in SIGNALS:
            time.sleep(seconds)
            signal.pthread_kill(thread, number[0])


def end_within(seconds: float, end: End) -> None:
    """Call `end` after so long, in the main thread, whatever it is doing, unless `put_off` is called before."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda _number, _frame: end())
        signal.setitimer(signal.ITIMER_REAL, seconds)


def put_off() -> None:
    """Nothing more is to end by itself."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
