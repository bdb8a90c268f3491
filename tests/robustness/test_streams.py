"""gradcli among other processes: pipes that close, interrupts, terminals, full disks."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Gradcli
from shells import GRADCLI, in_shell, on_terminal, started

from gradcli.cli.options import Format
from gradcli.data.options import TableFormat

pytestmark = pytest.mark.slow  # processes, dozens of them

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
EXAMPLE = [GRADCLI, "grad", "(x*w-2)**2", "--x", "2", "--w", "3"]


def test_standard_input_may_be_the_expression_or_the_bindings() -> None:
    assert in_shell("printf 'x^2' | gradcli eval - --x 3").stdout == "f\t9\n"
    assert in_shell("printf 'x^2' | gradcli grad - --x 3 --json | gradcli grad 'x^3' --bind -").stdout.startswith(
        "f\t27"
    )


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    done = in_shell("gradcli grad x --x 1 --lr 0.1 --steps 20000 | true; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("141\n", "")


def test_a_full_disk_is_an_error_with_a_mend() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    done = in_shell("gradcli grad x --x 1 > /dev/full")
    assert done.returncode == 4
    assert done.stderr.splitlines()[0].startswith("error: cannot write the answer")


@pytest.mark.one_in(6)
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["grad x --x 1", "grad - --x 1", "grad x --x 1 --bind -", "grad 'x +'"])
def test_closed_streams_are_no_reason_to_crash(closed: str, arguments: str) -> None:
    done = in_shell(
        f"gradcli {arguments} {closed} </dev/null" if "<" not in closed else f"gradcli {arguments} {closed}"
    )
    assert done.returncode in ((141, 2, 4) if ">&-" in closed.split() else (0, 2, 4))
    assert "Traceback" not in done.stderr


ANSWERS = [
    *(f"grad x^2 x=2 --format {form}" for form in Format),
    "grad x^2 x=2 --lr 0.1 --steps 3",
    "eval x^2 x=2 --raw",
    "check x^2 --claim 'df/dx = 2*x'",
    "check x --seconds 0",
    "rules",
    "--version",
    "--help",
    "map --help",
    *(f"map x samples/points.csv --to {form}" for form in TableFormat),
    "map x samples/points.csv --out -",
    "map x samples/points.csv --out /dev/stdout",
    "map x samples/points.csv --reduce sum",
]


@pytest.mark.one_in(25)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_cannot_be_given_is_no_success(answer: str) -> None:
    full = in_shell(f"gradcli {answer} > /dev/full")
    assert (full.returncode, len(without_note(full.stderr))) == (4, 2)
    assert "No space left" in full.stderr


@pytest.mark.one_in(25)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_nobody_reads_is_no_success(answer: str) -> None:
    for ending in (">&-", "| exec true; exit ${PIPESTATUS[0]}"):
        closed = in_shell(
            f"(sleep 0.3; exec gradcli {answer}) {ending}" if "|" in ending else f"gradcli {answer} {ending}"
        )
        assert (closed.returncode, without_note(closed.stderr)) == (141, [])


def without_note(said: str) -> list[str]:
    """The lines of standard error, but for that which tells how /dev/stdout is written."""
    return [line for line in said.splitlines() if not line.startswith("note: /dev/stdout is no file")]


@pytest.mark.slow
def test_an_unbuffered_stream_takes_all_of_an_answer(tmp_path: Path) -> None:
    """PYTHONUNBUFFERED makes standard output a stream that may take less than it is given."""
    table = tmp_path / "in.csv"
    table.write_text("x,y\n" + "1.5,2.5\n" * 40_000)
    done = in_shell(f"ulimit -f 100; gradcli map 'x*y' {table} > {tmp_path}/out.csv", PYTHONUNBUFFERED="1")
    assert done.returncode == 4
    assert "cannot write the answer: File too large" in done.stderr
    terms = "+".join(f"x^{at}" for at in range(300))
    done = in_shell(f"ulimit -f 1; gradcli grad '{terms}' x=2 --json > {tmp_path}/out.json", PYTHONUNBUFFERED="1")
    assert done.returncode == 4


@pytest.mark.slow
def test_streams_that_do_not_block_are_waited_for(tmp_path: Path) -> None:
    """Another process that shares a pipe may have made it so."""
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    process = started([GRADCLI, "map", "x*y", "--only"], stdin=ours, stdout=subprocess.PIPE)
    os.close(ours)
    os.write(theirs, b"x,y\n1,2\n")
    time.sleep(0.7)
    os.write(theirs, b"1,2\n" * 30)
    os.close(theirs)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out.count(b"\n")) == (0, 32)
    table = tmp_path / "in.csv"
    table.write_text("x,y\n" + "1.5,2.5\n" * 40_000)
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    process = started([GRADCLI, "map", "x*y", str(table)], stdout=theirs)
    os.close(theirs)
    time.sleep(0.7)
    with os.fdopen(ours, "rb") as stream:
        assert stream.read().count(b"\n") == 40_001
    assert process.wait(20) == 0


def test_names_of_files_are_those_of_the_system_whatever_the_locale(tmp_path: Path) -> None:
    done = in_shell(
        f"printf 'ξ\n3\n' > {tmp_path}/ü.csv; gradcli map 'ξ²' {tmp_path}/ü.csv --out {tmp_path}/é.csv", **ASCII
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "é.csv").read_text() == "ξ,f,d_ξ\n3,9.0,6.0\n"


def test_an_input_that_cannot_be_read_is_told_as_one(tmp_path: Path) -> None:
    done = in_shell(f"gradcli map 'x*y' 0>{tmp_path}/written")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        4,
        "error: cannot read standard input: Bad file descriptor",
    )


def test_a_pipe_is_not_read_and_written_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "ff"
    done = in_shell(f"mkfifo {pipe}; (printf 'x\\n1\\n' > {pipe} &) ; gradcli map x {pipe} --out {pipe}; cat {pipe}")
    assert done.stdout == "x\n1\n"
    assert "is the same file as" in done.stderr


@pytest.mark.one_in(3)
@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-", "<&- >&- 2>&-"])
def test_what_is_said_on_a_closed_stream_is_written_nowhere(closed: str, tmp_path: Path) -> None:
    """A file that is opened gets the number of a closed stream, unless something holds it."""
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("x,y\n1,a\n2,3\n")
    assert in_shell(f"gradcli map 'x*y' {table} --out {out} --on-error skip {closed}").returncode == 0
    assert out.read_text() == "x,y,f,d_x,d_y\n2,3,6.0,3.0,2.0\n"


@pytest.mark.slow
def test_a_connection_that_ends_is_a_closed_pipe() -> None:
    for arguments in (EXAMPLE, [GRADCLI, "map", "x", "samples/points.csv", "--to", "parquet"]):
        ours, theirs = socket.socketpair()
        process = started(arguments, stdout=theirs.fileno(), stderr=subprocess.PIPE)
        theirs.close()
        ours.close()
        assert (process.wait(20), process.stderr.read()) == (141, b"")
        process.stderr.close()


@pytest.mark.sample(2)
@pytest.mark.one_in(13)
@pytest.mark.parametrize("errors", ["2>&-", "2>/dev/full", "2>/dev/null"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("grad x --x 1", 0),
        ("grad 1/x --x 0", 3),
        ("grad 'x +'", 2),
        ("grad x --bind /nowhere/to/be", 4),
        ("check x^2 --claim 'df/dx = 3*x'", 1),
        ("map x /nowhere/to/be", 4),
        ("map 2*y samples/points.csv --threads 1", 0),
    ],
)
def test_what_standard_error_cannot_take_changes_no_code(errors: str, arguments: str, code: int) -> None:
    assert in_shell(f"gradcli {arguments} {errors}").returncode == code


def test_a_fault_of_its_own_is_one_line_and_70(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("gradcli.cli.program_request.answered", faulty)
    code, out, err = gradcli("eval", "x", "--x", "1")
    assert (code, out) == (70, "")
    assert err.splitlines()[0] == "error: this is a fault of gradcli, ZeroDivisionError: division by zero"
    assert err.splitlines()[1].startswith("mend: report the command line")
    monkeypatch.setenv("GRADCLI_TRACEBACK", "1")
    assert "in faulty" in gradcli("eval", "x", "--x", "1").err


def test_without_memory_to_load_what_draws_an_error_it_is_told_plainly(
    gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("gradcli.cli.main._draw", exhausted)
    assert gradcli("eval", "x")[::2] == (2, "error: x has no value\nmend: add --x VALUE\n")


def test_interrupted_is_130_without_a_word() -> None:
    process = started([GRADCLI, "grad", "-", "--x", "1"], stdin=subprocess.PIPE, stdout=-1, stderr=-1)
    time.sleep(0.6)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_person_gets_a_coloured_table() -> None:
    page = on_terminal(EXAMPLE)
    assert "Backward pass" in page
    assert "\x1b[" in page


def test_a_person_who_wants_no_colour_gets_none() -> None:
    for page in (on_terminal(EXAMPLE, NO_COLOR="1"), on_terminal([*EXAMPLE, "--color", "never"])):
        assert "Backward pass" in page
        assert not re.search(r"\x1b\[[0-9;]*3\dm", page)


def test_a_terminal_that_cannot_show_greek_gets_escapes() -> None:
    done = in_shell("gradcli grad 'θ²' --θ 2 --format table", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u03b8" in done.stdout


def test_bytes_that_are_not_utf_8_are_an_error() -> None:
    done = in_shell("gradcli grad $'x\\xff' --x 1")
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr


def test_loops_of_the_shell_can_read_the_plain_form() -> None:
    command = """gradcli grad 'a*b' a=2 b=3 | while IFS=$'\\t' read -r name value; do echo "$name is $value"; done"""
    assert in_shell(command).stdout == "f is 6\ndf/da is 3\ndf/db is 2\n"


@pytest.mark.slow
@pytest.mark.parametrize("locale", [{}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, ASCII])
def test_machine_formats_are_utf_8_wherever_they_are_written(locale: dict[str, str]) -> None:
    found = json.loads(in_shell("gradcli grad 'θ²' --θ 2 --json", **locale).stdout)
    assert (found["expression"], found["gradient"]) == ("θ²", {"θ": 4.0})
    assert in_shell("gradcli grad 'θ²' --θ 2 --format csv", **locale).stdout == "θ,f,d_θ\n2,4,4\n"
    assert in_shell("gradcli grad 'θ²' --θ 2", **locale).stdout == "f\t4\ndf/dθ\t4\n"
    claimed = in_shell("gradcli check 'θ²' --claim 'df/dθ = 2θ' --json", **locale).stdout
    assert json.loads(claimed)["claims"][0]["by"] == "θ"
