"""A time limit ends its work, keeps within the limit around it, and leaves no alarm behind."""

import contextlib
import signal
import time
from math import inf

import pytest

from gradcli.time_limit import OutOfTime, budget, left, within


def test_a_limit_within_a_limit_is_no_longer_than_that() -> None:
    began = time.monotonic()
    assert within(0.05, lambda: within(5, lambda: time.sleep(1), "inner"), "outer") in ("inner", "outer")
    assert time.monotonic() - began < 0.5
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_limit_that_spares_time_leaves_some_for_what_comes_behind_the_work_in_it() -> None:
    def work() -> str:
        assert 0.1 < left() < 0.2
        return f"{within(5, lambda: time.sleep(1), 'inner')}, told"

    assert within(0.5, work, "outer", spare=0.3) == "inner, told"
    assert left() == inf


def test_a_limit_lets_one_within_it_tell_that_it_heard_its_alarm_late() -> None:
    def deaf() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # as a call of a library is
        try:
            time.sleep(0.6)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])

    def work() -> str:
        found = within(0.05, deaf, "late")
        time.sleep(0.05)
        return f"{found}, told"

    assert within(0.5, work, "outer") == "late, told"


def test_a_budget_ends_the_limits_in_it_and_rings_not() -> None:
    with budget(0.1):
        assert within(5, lambda: time.sleep(1), "late") == "late"
        assert left() < 0
        time.sleep(0.01)
        assert within(5, lambda: "begun", "late") == "late"
    assert left() == inf


def test_without_time_no_work_is_begun() -> None:
    begun: list[bool] = []
    assert within(0, lambda: begun.append(True), "late") == "late"
    assert begun == []


@pytest.mark.slow
def test_an_alarm_that_rings_as_the_work_ends_does_not_ring_again() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for attempt in range(400):
        began = time.perf_counter()

        def work(until: float = began + 1e-3 + (attempt - 200) * 1e-6) -> str:
            while time.perf_counter() < until:
                pass
            return "done"

        assert within(1e-3, work, "late") in ("done", "late")
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) == before


@pytest.mark.slow
def test_alarms_that_ring_as_one_work_ends_within_another_are_told_apart() -> None:
    for attempt in range(200):
        began = time.perf_counter()

        def work(until: float = began + 2e-3 + (attempt - 100) * 2e-6) -> str:
            while time.perf_counter() < until:
                pass
            return "done"

        found = within(2e-3, lambda work=work: within(2e-3, work, "inner"), "outer")  # type: ignore[misc]
        assert found in ("done", "inner", "outer")
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_that_a_library_swallows_rings_again() -> None:
    def heedless() -> str:
        with contextlib.suppress(OutOfTime):
            time.sleep(1)
        time.sleep(1)
        return "done"

    assert within(0.05, heedless, "late") == "late"
