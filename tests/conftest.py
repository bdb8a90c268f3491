"""What the tests share: running gradcli in this process, and accepting what it prints now."""

import io
import signal
import sys
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from examples import load_profile

from gradcli.cli.main import run

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    if (
        signal.getsignal(number) == signal.SIG_IGN
    ):  # as in the background of a shell; what the tests start would keep it
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

load_profile()


class Answer(NamedTuple):
    """What a run of gradcli left behind."""

    code: int
    out: str
    err: str


MOST_FAST = 5
"""Cases of one test that are not slow."""
Gradcli = Callable[..., Answer]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-prose", action="store_true", help="write what the commands of the prose print now")
    parser.addoption("--update-snapshots", action="store_true", help="write the pages as they are drawn now")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Of a test with the mark `one_in(n)` all cases but every n-th are slow; of one of many cases all but some are.

    Of the slow ones, all but every n-th are thorough where the mark is `sample(n)`.
    """
    tests = [item.nodeid.partition("[")[0] for item in items]
    cases, before = Counter(tests), Counter[str]()
    for item, test in zip(items, tests, strict=True):
        mark = item.get_closest_marker("one_in")
        if before[test] % (mark.args[0] if mark else -(-cases[test] // MOST_FAST)):
            item.add_marker("slow")
        sample = item.get_closest_marker("sample")
        if sample and before[test] % sample.args[0] and item.get_closest_marker("slow"):
            item.add_marker("thorough")
        if item.get_closest_marker("thorough"):
            item.add_marker("slow")
        before[test] += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Coverage is told of the fast tests that draw no examples; its tracer would make the others thrice as slow.

    The mark `no_cover` does not do that where tests run on several processors: pytest-cov starts coverage twice there,
    and stops it once.
    """
    tracer = sys.gettrace()
    costly = item.get_closest_marker("slow") or item.get_closest_marker("hypothesis")
    if costly and item.config.pluginmanager.hasplugin("_cov"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture
def update_prose(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-prose"))


@pytest.fixture
def update_snapshots(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-snapshots"))


@pytest.fixture
def gradcli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Gradcli:
    """gradcli in this process, as in a pipe of 80 columns: `gradcli("grad", "x^2", "--x", "2", stdin="…")`."""
    for name in ("NO_COLOR", "FORCE_COLOR", "LINES"):
        monkeypatch.delenv(name, raising=False)

    def called(*arguments: str, stdin: str | bytes = "", columns: int = 80) -> Answer:
        monkeypatch.setenv("COLUMNS", str(columns))
        content = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        code = run(arguments)
        return Answer(code, *capsys.readouterr())

    return called
