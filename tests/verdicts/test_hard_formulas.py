"""Formulas that would hang or crash a careless verifier: towers, depth, width, and the clock."""

import signal
import threading
import time

import pytest
from checked import checked
from examples import examples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gradcli.time_limit import within
from gradcli.verify import Verification

# The alarm may ring inside a callback of the garbage collector, which drops what it raises; then it rings again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def timed(text: str, seconds: float = 10.0, **bindings: float) -> tuple[Verification, float]:
    """A verification and the time it took."""
    began = time.perf_counter()
    return checked(text, seconds=seconds, **bindings), time.perf_counter() - began


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        ("9^9^9^9*x", {"x": 1}),
        ("x^x^x^x", {"x": 9}),
        ("2^(2^(2^(2^(2^x))))", {"x": 3}),
        ("exp(exp(exp(exp(x))))", {"x": 9}),
        ("x + sin(9^9^9)", {"x": 1}),
        ("gamma(gamma(gamma(x)))", {"x": 9}),
        ("x*gamma(1e6)", {"x": 1}),
        ("x + digamma(1000000)", {"x": 1}),
        ("(x + 1)^1000000", {"x": 1e-6}),
        ("9^9^9 % x", {"x": 7}),
        ("x*1e308*1e308*1e308", {"x": 1}),
    ],
)
def test_a_tower_returns_at_once(text: str, bindings: dict[str, float]) -> None:
    found, seconds = timed(text, **bindings)
    assert found.verdict != "refuted"
    assert seconds < 3


@pytest.mark.slow
def test_two_thousand_operations() -> None:
    text = " + ".join(f"sin(x*{at})*exp(-{at}/w)" for at in range(400))
    found, seconds = timed(text, x=0.3, w=2.0)
    assert found.verdict == "agrees"
    assert seconds < 6


@pytest.mark.slow
def test_three_thousand_nested_sines() -> None:
    found, seconds = timed("sin(" * 3000 + "x" + ")" * 3000, x=0.5)
    assert found.verdict == "agrees"
    assert seconds < 8


def test_a_shared_graph_is_not_unfolded() -> None:
    squares = "; ".join(f"a{at} = a{at - 1}*a{at - 1} + c" for at in range(1, 60))
    found, seconds = timed(f"a0 = x*x + c; {squares}", x=0.3, c=0.2)
    assert found.verdict == "agrees"
    assert seconds < 3


def test_time_runs_out_quietly() -> None:
    text = "gamma(digamma(" * 3000 + "x" + "))" * 3000
    found, seconds = timed(text, 0.2, x=0.5)
    assert found.verdict == "unchecked"
    assert found.reason.startswith(("there was no time to check it", "the value is not settled here"))
    assert seconds < 2


def test_an_alarm_of_the_caller_rings_all_the_same() -> None:
    rung: list[int] = []
    handler = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        assert within(0.05, lambda: time.sleep(5), "late") == "late"
        time.sleep(0.4)
    finally:
        signal.signal(signal.SIGALRM, handler)
    assert rung == [signal.SIGALRM]


def test_another_thread_has_no_alarm_and_verifies_all_the_same() -> None:
    found: list[Verification] = []
    thread = threading.Thread(target=lambda: found.append(checked("(x*w - 2)^2", x=2, w=3)))
    thread.start()
    thread.join()
    assert found[0].verdict == "proved"


# -- a property: what gradcli derives is not refuted

LEAVES = st.sampled_from(["x", "y", "x", "y", "2", "0.5", "3", "pi"])
UNARY = ["sin", "cos", "exp", "tanh", "sigmoid", "softplus", "log1p", "sqrt", "atan", "gelu", "erf", "abs", "relu", "-"]
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{}({})".format, st.sampled_from(UNARY), inner),
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/^%"), inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("where({} > {}, {}, {})".format, inner, inner, inner, inner),
    ),
    max_leaves=8,
)


@settings(examples(150), derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(FORMULAS, st.floats(-4, 4), st.floats(-4, 4))
def test_a_derivative_is_never_refuted_away_from_kinks(text: str, x: float, y: float) -> None:
    bindings = {
        name: number
        for name, number in {"x": x, "y": y}.items()
        if name in text.replace("exp", "").replace("max", "").replace("relu", "")
    }
    found = checked(text, seconds=3.0, **bindings)
    assume("kinks" not in found.reason)
    assert found.verdict in ("proved", "agrees", "unchecked"), found
