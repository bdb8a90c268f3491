"""A time limit ends its block, keeps within the limit around it, and leaves no alarm behind."""

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


def test_an_alarm_that_rings_as_the_block_ends_does_not_ring_again(monkeypatch: pytest.MonkeyPatch) -> None:
    arm, rung = signal.setitimer, []

    def interrupted(which: int, seconds: float, interval: float = 0.0) -> tuple[float, float]:
        if seconds == 0 and not rung:
            rung.append(seconds)
            raise OutOfTime
        return arm(which, seconds, interval)

    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(signal, "setitimer", interrupted)
    with pytest.raises(OutOfTime), time_limit(10):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before
