"""A signal at any moment, from the first line of gradcli's on: quiet, at once, and with its exit code.

The moments are counted, not timed: the process sends the signal to itself, at the nth call of a function since gradcli's
first line, so that the loading of modules is drawn from as densely as the work.
"""

import dis
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shells import GRADCLI, MAP, PLAIN, on_terminal, started

import gradcli

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
ITSELF = """
import os, sys

def count(frame, event, _):
    global left
    if left is None and frame.f_globals.get("__name__") == "gradcli.__main__" and event == "return":
        left = int(sys.argv.pop(1))
    if left is not None:
        left -= 1
        if left == 0:
            sys.setprofile(None)
            os.kill(os.getpid(), int(sys.argv.pop(1)))

left = None
sys.setprofile(count)
from gradcli.__main__ import main
main()
"""
COMMANDS = {
    "grad": ["grad", "exp(x)*w", "--x", "2", "--w", "3", "--format", "table"],
    "check": ["check", "y = x*w; (y-2)^2", "--claim", "dL/dw = 2*(y-2)*x"],
    "map": ["map", "exp(x)*y + abs(x)", "samples/points.csv", "--out"],
}
MOMENTS = [2, 3, 10, 100, 1_000, 4_000, 10_000, 20_000, 35_000]
"""`grad` calls 50,000 functions, the others more."""


@pytest.mark.one_in(5)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_signal_at_any_moment(tmp_path: Path, command: str, moment: int) -> None:
    number = SIGNALS[MOMENTS.index(moment) % 3]
    out = [str(tmp_path / "out.csv")] if command == "map" else []
    call = [sys.executable, "-c", ITSELF, str(moment), str(int(number)), *COMMANDS[command], *out]
    done = subprocess.run(call, env=PLAIN, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (128 + number, b"")
    assert list(tmp_path.iterdir()) == []


def test_the_first_thing_that_is_loaded_takes_the_signals() -> None:
    report = "import sys, gradcli.__main__; print(*(name for name in sys.modules if name.startswith('gradcli')))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["gradcli", "gradcli.__main__"]


@pytest.mark.one_in(3)
def test_nothing_before_that_calls_or_loops() -> None:
    """An interrupt is heard at a call or a loop: in the package's own lines there is none."""
    source = Path(gradcli.__file__)
    steps = {step.opname for step in dis.get_instructions(compile(source.read_text("utf-8"), str(source), "exec"))}
    assert "STORE_NAME" in steps
    assert not {step for step in steps if step.startswith(("CALL", "JUMP_BACK", "FOR_ITER"))}


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_that_was_ignored_stays_so(tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out.csv"
    process = started(
        [*MAP, "--out", str(out)], stdin=subprocess.PIPE, preexec_fn=lambda: signal.signal(number, signal.SIG_IGN)
    )
    process.stdin.write(b"x,y\n1,2\n")
    process.stdin.flush()
    while not list(tmp_path.iterdir()):
        process.send_signal(number)
        time.sleep(0.01)
    process.send_signal(number)
    time.sleep(0.1)
    process.stdin.write(b"3,4\n")
    process.stdin.close()
    assert process.wait(20) == 0
    assert out.read_text() == "x,y,f,d_x,d_y\n1,2,2.0,2.0,1.0\n3,4,12.0,4.0,3.0\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS)
def test_a_reader_that_never_reads_on_holds_nothing_up(number: signal.Signals) -> None:
    with started(MAP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        descriptor, rows = process.stdin.fileno(), b"x,y\n" + b"1,2\n" * 1000
        os.set_blocking(descriptor, False)
        written = time.monotonic()
        while time.monotonic() < written + 2:  # until both pipes are full
            try:
                rows = rows[os.write(descriptor, rows) :] or b"1,2\n" * 1000
            except BlockingIOError:
                time.sleep(0.05)
            else:
                written = time.monotonic()
        process.send_signal(number)
        assert process.wait(20) == 128 + number
        assert process.stderr.read() == b""


def test_many_signals_are_as_one(tmp_path: Path) -> None:
    process = started([*MAP, "--out", str(tmp_path / "out.csv")], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(b"x,y\n1,2\n")
    process.stdin.flush()
    while not list(tmp_path.iterdir()):
        time.sleep(0.01)
    for _ in range(20):
        process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert (process.stderr.read(), list(tmp_path.iterdir())) == (b"", [])
    process.stdin.close()
    process.stderr.close()


@pytest.mark.slow
def test_a_terminal_gets_its_cursor_back(tmp_path: Path) -> None:
    rows = "(echo x,y; while sleep 0.4; do echo 1,2; done)"
    mapped = f"timeout --foreground -s TERM 5 {GRADCLI} map 'x*y' --out {tmp_path}/out.csv < <({rows})"
    page = on_terminal(["bash", "-c", mapped])
    assert "rows/s" in page
    assert page.rindex("\x1b[?25h") > page.rindex("\x1b[?25l")
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_did_not_end_the_process_is_sent_again() -> None:
    program = """
import os, signal, time
from gradcli.interrupts import ring_again
signal.signal(signal.SIGTERM, lambda *_: print("rang", flush=True))
ring_again(0.05)
os.kill(os.getpid(), signal.SIGTERM)
until = time.monotonic() + 1
while time.monotonic() < until:
    time.sleep(0.1)
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout.count("rang") > 3
