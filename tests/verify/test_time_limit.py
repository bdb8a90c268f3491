"""A time limit ends its block, keeps within the limit around it, and leaves no alarm behind."""

import contextlib
import signal
import time

import pytest

from gradcli.verify.time_limit import OutOfTime, time_limit


def test_a_limit_within_a_limit_is_no_longer_than_that() -> None:
    began = time.monotonic()
    with pytest.raises(OutOfTime), time_limit(0.05), time_limit(5):
        time.sleep(1)
    assert time.monotonic() - began < 0.5
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_that_rings_as_the_block_ends_does_not_ring_again() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for attempt in range(400):
        began = time.perf_counter()
        with contextlib.suppress(OutOfTime), time_limit(1e-3):
            while time.perf_counter() - began < 1e-3 + (attempt - 200) * 1e-6:
                pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_an_alarm_that_a_library_swallows_rings_again() -> None:
    def heedless() -> None:
        with contextlib.suppress(OutOfTime):
            time.sleep(1)
        time.sleep(1)

    with pytest.raises(OutOfTime), time_limit(0.05):
        heedless()
