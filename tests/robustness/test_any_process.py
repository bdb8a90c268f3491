"""Whatever a process of gradcli finds: it ends with an exit code of its own, that of its work, and no traceback."""

import json
import signal
import sys

import pytest
from asked import Request, requests
from contract import CODES, asks_for_json, check
from examples import examples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from processes import ENCODINGS, Surroundings, check_process, is_before_gradcli

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and /dev/full are those of Linux"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

COMMANDS = ("grad", "eval", "check", "rules", "map")
STATES = ("pipe", "closed", "full")
MEMORY = st.integers(50, 600).map(lambda megabytes: megabytes * 10**6)
LONG = (
    Request(["grad", "exp(x)*sin(x)", "--x=1", "--lr=1e-9", "--steps=300000"], b""),
    Request(["eval", "sin(x)*exp(x)", "--x=0.5", "--precision=10000"], b""),
    Request(["check", "sin(x^y)*exp(y)", "--seconds=0.5"], b""),
    Request(["map", "x*y"], b"x,y\n" + b"1.5,2\n" * 300_000),
    Request(["grad", "θ^2 + x²", "--θ=1", "--x=2", "--json", "--verify"], b""),
)
"""Work that a signal finds under way."""
UNICODE = st.sampled_from(
    [
        Request(["grad", "θ^2*x²", "--θ=2", "--x=1e-320", form], b"")
        for form in ("--json", "--format=ndjson", "--format=table", "--format=markdown", "--format=csv")
    ]
)

few = settings(examples(25), suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
"""A process takes a third of a second: what fails is not made smaller."""


@few
@given(
    request=requests(COMMANDS) | UNICODE,
    encoding=st.sampled_from(list(ENCODINGS)),
    columns=st.integers(30, 200),
)
def test_any_encoding(request: Request, encoding: str, columns: int) -> None:
    ended = check_process(*request, Surroundings(encoding=encoding, columns=columns))
    if asks_for_json(request.arguments) and ended.out:
        json.loads(ended.out.decode("utf-8"))


@few
@given(
    request=requests(("grad", "eval")),
    streams=st.tuples(st.sampled_from(("pipe", "closed")), st.sampled_from((*STATES, "gone")), st.sampled_from(STATES)),
)
def test_any_streams(request: Request, streams: tuple[str, str, str]) -> None:
    ended = check_process(*request, Surroundings(streams))
    if "--precision=" not in " ".join(request.arguments) and "-" not in request.arguments:
        expected = check(*request)[0]
        lost = {4, 141} if streams[1] != "pipe" else set()
        assert ended.code in {expected, *lost} or streams[0] == "closed", (request, streams, ended, expected)


@few
@given(request=requests(COMMANDS) | st.sampled_from(LONG[1:]), memory=MEMORY)
def test_any_memory(request: Request, memory: int) -> None:
    check_process(*request, Surroundings(memory=memory))


@few
@given(
    request=st.sampled_from(LONG),
    number=st.sampled_from((signal.SIGINT, signal.SIGTERM, signal.SIGHUP)),
    seconds=st.floats(0, 1),
)
def test_any_signal(request: Request, number: int, seconds: float) -> None:
    ended = check_process(*request, Surroundings(signal=number, seconds=seconds))
    assert ended.err == b"" or ended.code in CODES or is_before_gradcli(ended)
