"""A limit on the time of a piece of work that does not watch the clock itself.

Depends on the standard library. It works by the alarm of POSIX, so in the main thread only; elsewhere there is none.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

AGAIN = 0.2
"""The alarm rings again after so many seconds, should a library have swallowed the first."""


class OutOfTime(BaseException):
    """Time is up. Not an Exception, as a library that catches those must not catch this."""


def has_alarm() -> bool:
    """Whether a time limit can be kept here."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once so many seconds have passed, or those of a limit around this one.

    An alarm of the caller's is put back after.
    """
    if not has_alarm():
        yield
        return
    began = time.monotonic()
    handler = signal.signal(signal.SIGALRM, _ring)
    outer, again = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, max(min(seconds, outer or seconds), 1e-3), AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - began), 1e-3), again)


def _ring(_: int, frame: FrameType | None) -> None:
    """End the block; but an alarm that rings while the block is being entered or left would never be put out."""
    if frame is None or frame.f_code.co_filename not in (__file__, contextlib.__file__):
        raise OutOfTime
