"""A limit on the time of a piece of work that does not watch the clock itself.

Depends on the standard library. It works by the alarm of POSIX, so in the main thread only; elsewhere there is none.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import TypeVar

AGAIN = 0.2
"""The alarm rings again after so many seconds, should a library have swallowed the first."""
NUMBERS, SPARE = 0.4, 0.3
"""Seconds beyond the time that was asked for: for numbers where proofs took all of it, and to say what came of it."""
AT_ONCE = 1e-3
GRACE = 0.3
"""Seconds that a limit has to say what came of it, where work in one within it did not hear the alarm in time."""

Result = TypeVar("Result")
Other = TypeVar("Other")


class OutOfTime(BaseException):
    """Time is up. Not an Exception, as a library that catches those must not catch this."""


def has_alarm() -> bool:
    """Whether a time limit can be kept here."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def left() -> float:
    """The seconds that are left for the work in a limit or a budget; infinite where there is none."""
    return _ends.get() - monotonic()


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """The time for all that is done here: no limit in it ends later, and who asks what is `left` is told of it.

    Nothing rings when it is over.
    """
    token = _ends.set(monotonic() + min(seconds, left()))
    try:
        yield
    finally:
        _ends.reset(token)


def within(seconds: float, work: Callable[[], Result], otherwise: Other, spare: float = 0.0) -> Result | Other:
    """What the work gives; `otherwise` where it takes more than so many seconds, or than a limit around this one has.

    A limit within this one ends `spare` seconds before it does, so that there is time to say what came of that. An
    alarm of the caller's is put back after.

        within(0.5, lambda: prove(formula), None)
    """
    seconds = min(seconds, left())
    if seconds <= 0:
        return otherwise
    return work() if seconds == inf or not has_alarm() else _Limit(seconds, seconds - spare).kept(work, otherwise)


class _Limit:
    """An alarm that raises OutOfTime while `live`, and the alarm that it takes the place of."""

    def __init__(self, seconds: float, for_work: float) -> None:
        self.began, self.seconds, self.live = monotonic(), seconds, False
        self.until = self.began + for_work
        self.handler = signal.getsignal(signal.SIGALRM)
        self.outer, self.interval = signal.getitimer(signal.ITIMER_REAL)

    def kept(self, work: Callable[[], Result], otherwise: Other) -> Result | Other:
        """What the work gives, or `otherwise`.

        The alarm may ring just as the work ends and it is being put out: then that is done once more. It does not ring
        again so soon.
        """
        token = _ends.set(self.until)
        try:
            try:
                self.set()
                return work()
            finally:
                self.put_out()
        except OutOfTime:
            return otherwise
        finally:
            self.put_out()
            _ends.reset(token)

    def set(self) -> None:
        """From now on the alarm may ring."""
        signal.signal(signal.SIGALRM, self.ring)
        self.live = True
        signal.setitimer(signal.ITIMER_REAL, max(min(self.seconds, self.outer or inf), AT_ONCE))

    def ring(self, *_: object) -> None:
        """End the work."""
        if self.live:
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
            raise OutOfTime

    def put_out(self) -> None:
        """From now on it does not ring, and the outer one does; one that was to ring meanwhile at once, if no limit."""
        self.live = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler)
        if self.outer:
            remaining = self.outer - (monotonic() - self.began)
            least = GRACE if isinstance(getattr(self.handler, "__self__", None), _Limit) else AT_ONCE
            signal.setitimer(signal.ITIMER_REAL, max(remaining, AT_ONCE) if remaining > 0 else least, self.interval)


_ends: ContextVar[float] = ContextVar("ends", default=inf)
