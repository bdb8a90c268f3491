"""`map` in a pipe: rows as they come, readers that go away, interrupts, memory, terminals."""

import fcntl
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from shells import GRADCLI, MAP, PLAIN, in_shell, on_terminal, started

pytestmark = pytest.mark.slow  # processes that wait

ROWS = 400_000
MEMORY = 400 << 20
WRITER = """
import sys
sys.stdout.write("x,y\\n")
for _ in range(50):
    sys.stdout.write("0.123456789,2.5\\n" * 100_000)
"""
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


def test_a_growing_pipe_gets_its_rows_out_as_they_come() -> None:
    process = subprocess.Popen(MAP, env=PLAIN, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"x,y\n")
    for number in range(3):
        process.stdin.write(f"{number},2\n".encode())
        process.stdin.flush()
        if number == 0:
            assert process.stdout.readline() == b"x,y,f,d_x,d_y\n"
        assert process.stdout.readline() == f"{number},2,{2.0 * number},2.0,{float(number)}\n".encode()
    process.stdin.write(b"3,")
    process.stdin.flush()
    process.stdin.write(b"2")
    process.stdin.close()
    assert process.stdout.read() == b"3,2,6.0,2.0,3.0\n"
    process.stdout.close()
    assert process.wait() == 0


@pytest.mark.slow
def test_a_reader_that_has_enough_ends_it_quietly() -> None:
    done = in_shell("(echo x,y; yes 1,2) | gradcli map 'x*y' | head -2; echo ${PIPESTATUS[1]}")
    assert (done.stdout, done.stderr) == ("x,y,f,d_x,d_y\n1,2,2.0,2.0,1.0\n141\n", "")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("form", ["parquet", "arrow", "arrows"])
def test_a_reader_that_goes_away_from_a_columnar_table(form: str) -> None:
    numbers = "(echo x; seq 1000000)"
    done = in_shell(f"{numbers} | gradcli map x --to {form} | head -c 10 > /dev/null; echo ${{PIPESTATUS[1]}}")
    assert (done.stdout, done.stderr) == ("141\n", "")


@pytest.mark.slow
def test_an_interrupt_leaves_whole_rows(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    endless = subprocess.Popen(["bash", "-c", "echo x,y; yes 1,2"], stdout=subprocess.PIPE)
    with out.open("wb") as file:
        process = subprocess.Popen(MAP, env=PLAIN, stdin=endless.stdout, stdout=file, stderr=subprocess.PIPE)
        while out.stat().st_size < 1 << 20:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    endless.kill()
    endless.communicate()
    assert (process.returncode, err) == (130, b"")
    lines = out.read_bytes().split(b"\n")
    assert lines[-1] == b""
    assert set(lines[1:-1]) == {b"1,2,2.0,2.0,1.0"}


@pytest.mark.slow
def test_an_interrupt_leaves_whole_rows_in_a_pipe_that_nobody_reads() -> None:
    endless = subprocess.Popen(["bash", "-c", "echo x,y; yes 1,2"], stdout=subprocess.PIPE)
    process = started(MAP, stdin=endless.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    waiting = bytearray(4)
    while int.from_bytes(waiting, sys.byteorder) < 1 << 15:  # bytes in the pipe
        time.sleep(0.05)
        fcntl.ioctl(process.stdout, termios.FIONREAD, waiting)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    endless.kill()
    endless.communicate()
    assert (process.returncode, err) == (130, b"")
    lines = out.split(b"\n")
    assert lines[-1] == b""
    assert set(lines[1:-1]) == {b"1,2,2.0,2.0,1.0"}


@pytest.mark.slow
def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    for name, program in (("writer.py", WRITER), ("measured.py", MEASURED)):
        (tmp_path / name).write_text(program)
    python = sys.executable
    done = in_shell(f"{python} {tmp_path}/writer.py | {python} {tmp_path}/measured.py gradcli map 'x*y' | wc -l")
    assert int(done.stdout) == 5_000_001
    assert int(done.stderr) * 1024 < MEMORY


@pytest.mark.slow
def test_the_same_bits_however_the_rows_come(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_text("x,y\n" + "".join(f"{0.1 * at},{1 / (at + 1)}\n" for at in range(ROWS)))
    for extra in ("", "--reduce mean"):
        whole = in_shell(f"gradcli map 'exp(-x)*y' {extra} --threads 1 {table} | md5sum").stdout
        pieces = in_shell(f"dd if={table} bs=4000 status=none | gradcli map 'exp(-x)*y' {extra} --threads 3 | md5sum")
        assert pieces.stdout == whole


@pytest.mark.one_in(6)
@pytest.mark.parametrize("later", [0.0, 0.3])
@pytest.mark.parametrize("form", ["parquet", "arrow", "arrows"])
def test_an_interrupt_leaves_the_columnar_file_that_was_there(tmp_path: Path, form: str, later: float) -> None:
    out = tmp_path / f"out.{form}"
    out.write_bytes(b"the one before")
    process = subprocess.Popen([*MAP, "--out", str(out)], env=PLAIN, stdin=subprocess.PIPE)
    assert process.stdin
    process.stdin.write(b"x,y\n1,2\n")
    process.stdin.flush()
    while not list(tmp_path.glob("out.*.part")):
        time.sleep(0.01)
    time.sleep(later)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    process.stdin.close()
    assert [(path, path.read_bytes()) for path in tmp_path.iterdir()] == [(out, b"the one before")]


@pytest.mark.one_in(4)
@pytest.mark.parametrize("extra", [["--reduce", "sum"], ["--to", "parquet"], ["--to", "arrows"], []])
def test_an_interrupt_ends_the_waiting_for_rows(extra: list[str]) -> None:
    process = subprocess.Popen([*MAP, *extra], env=PLAIN, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin
    process.stdin.write(b"x,y\n" + b"1,2\n" * 1000)
    process.stdin.flush()
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    process.stdin.close()


@pytest.mark.slow
def test_a_whole_columnar_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    real, link = tmp_path / "real.parquet", tmp_path / "link.parquet"
    real.write_bytes(b"the one before")
    real.chmod(0o640)
    link.symlink_to(real)
    assert in_shell(f"printf 'x\\n1\\n' | gradcli map x --out {link}").returncode == 0
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert in_shell(f"gradcli map 'g = x' --only --to csv {real}").stdout == "g,d_x\n1.0,1.0\n"
    assert sorted(tmp_path.iterdir()) == [link, real]


@pytest.mark.slow
def test_a_columnar_table_goes_to_what_is_no_file() -> None:
    done = in_shell("printf 'x\\n1\\n' | gradcli map x --to parquet --out /dev/stdout | gradcli map x --to csv --only")
    assert (done.returncode, done.stdout) == (0, "f,d_x\n1.0,1.0\n")


@pytest.mark.slow
def test_a_terminal_gets_text(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_text("x,y\n1,2\n")
    assert "1,2,2.0,2.0,1.0" in on_terminal([*MAP, str(table)])
    page = on_terminal([*MAP, "--to", "parquet", str(table)])
    assert "parquet is no text for a terminal" in page
    assert "--to csv" in page


@pytest.mark.slow
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_progress_is_for_a_terminal_that_waits(tmp_path: Path, term: str) -> None:
    out = tmp_path / "out.csv"
    slow = f"(echo x,y; for i in {{1..12}}; do echo 1,2; sleep 0.4; done) | {GRADCLI} map 'x*y' --out {out}"
    page = on_terminal(["bash", "-c", slow], TERM=term)
    assert ("rows/s" in page) == (term == "xterm")
    assert len(out.read_text().splitlines()) == 13


@pytest.mark.slow
@pytest.mark.parametrize("library", ["polars", "numpy"])
def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, library: str) -> None:
    # What stands as None in sys.modules is not there for whoever asks, polars among them.
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules['{library}'] = None\n")
    done = in_shell("printf 'x\n1\n' | gradcli map 'exp(x)'", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"error: map needs {library}, which is missing",
        'mend: in a checkout of gradcli: pip install ".[data]"',
    ]
    assert in_shell("gradcli --help", PYTHONPATH=str(tmp_path)).returncode == 0


@pytest.mark.slow
def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    done = in_shell(f"echo x | gradcli map x --out {tmp_path}/none/out.csv")
    assert done.returncode == 4
    assert "cannot write" in done.stderr
    if Path("/dev/full").exists():
        done = in_shell("printf 'x\\n1\\n' | gradcli map x > /dev/full")
        assert done.returncode == 4
        assert done.stderr.startswith("error: cannot write the answer")
