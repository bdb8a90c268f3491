"""`map --out`: the old file or the new one, whole, whatever happens on the way."""

import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from shells import GRADCLI, in_shell, started

pytestmark = pytest.mark.slow  # processes; the same by functions is in test_output.py

FORMS = ("csv", "tsv", "ndjson", "parquet", "arrow", "arrows")
OLD = b"the one before"
GOOD = "printf 'x\\n1\\n2\\n'"
NEW = b"x,f,d_x\n1,1.0,1.0\n2,2.0,1.0\n"
NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups"


def kept(folder: Path, out: Path) -> None:
    """Hold that the old file is there, and nothing else."""
    assert [(path, path.read_bytes()) for path in folder.iterdir()] == [(out, OLD)]


@pytest.fixture(params=FORMS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is there before."""
    out: Path = tmp_path / f"out.{request.param}"
    out.write_bytes(OLD)
    return out


@pytest.mark.one_in(12)
@pytest.mark.parametrize("table", ["x\\n1\\nbad\\n", "x,y\\n1,2\\n3\\n"])
def test_what_cannot_be_read_whole_leaves_the_old_file(tmp_path: Path, old: Path, table: str) -> None:
    done = in_shell(f"printf '{table}' | gradcli map x --out {old}")
    assert done.returncode == 4
    kept(tmp_path, old)


@pytest.mark.one_in(6)
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, old: Path) -> None:
    rows = "(echo x; seq 1000000)"
    done = in_shell(f"ulimit -f 100; {rows} | gradcli map x --out {old}; exit ${{PIPESTATUS[1]}}")
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        f"error: cannot write {old}: File too large",
        "mend: make room, or write to another place",
    ]
    kept(tmp_path, old)


@pytest.mark.sample(2)
@pytest.mark.one_in(18)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_old_file(tmp_path: Path, old: Path, number: signal.Signals) -> None:
    process = started([GRADCLI, "map", "x", "--out", str(old)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(b"x\n" + b"1\n" * 2000)
    process.stdin.flush()
    while len(list(tmp_path.iterdir())) == 1:
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(20) == 128 + number
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()
    kept(tmp_path, old)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_removes_what_standard_input_gave(tmp_path: Path, number: signal.Signals) -> None:
    command = [GRADCLI, "map", "x", "--from", "parquet"]
    process = started(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, TMPDIR=str(tmp_path))
    process.stdin.write(b"PAR1" + bytes(1 << 17))
    process.stdin.flush()
    while not list(tmp_path.iterdir()):
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(20) == 128 + number
    assert (process.stderr.read(), list(tmp_path.iterdir())) == (b"", [])
    process.stdin.close()
    process.stderr.close()


@pytest.mark.slow
def test_four_writers_at_once_leave_one_of_their_tables(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    writers = " & ".join(f"gradcli map 'x + {number}' {tmp_path}/data.csv --only --out {out}" for number in range(4))
    tables = [b"f,d_x\n" + b"%d.0,1.0\n" % number * 200_000 for number in range(4)]
    (tmp_path / "data.csv").write_text("x\n" + "0\n" * 200_000)
    assert in_shell(f"{writers} & wait").stderr == ""
    assert out.read_bytes() in tables
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "out.csv"]


def test_a_file_keeps_its_rights_and_its_links(tmp_path: Path) -> None:
    real, link, further = (tmp_path / name for name in ("real.csv", "link.csv", "further.csv"))
    real.write_bytes(OLD)
    real.chmod(0o640)
    link.symlink_to("real.csv")
    further.symlink_to(link)
    assert in_shell(f"{GOOD} | gradcli map x --out {further}").returncode == 0
    assert further.is_symlink()
    assert link.is_symlink()
    assert real.read_bytes() == NEW
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.slow
def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("elsewhere/new.csv")
    done = in_shell(f"{GOOD} | gradcli map x --out {link}")
    assert (done.returncode, "cannot write" in done.stderr) == (4, True)
    (tmp_path / "elsewhere").mkdir()
    assert in_shell(f"{GOOD} | gradcli map x --out {link}").returncode == 0
    assert link.is_symlink()
    assert [path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()] == [NEW]


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("mask", "mode"), [("022", 0o644), ("077", 0o600), ("002", 0o664)])
def test_a_new_file_has_the_rights_that_the_shell_gives(tmp_path: Path, mask: str, mode: int) -> None:
    in_shell(f"umask {mask}; {GOOD} | gradcli map x --out {tmp_path}/new.csv")
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == mode


def test_what_is_on_the_way_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_bytes(OLD)
    out.chmod(0o600)
    process = started([GRADCLI, "map", "x", "--out", str(out)], stdin=subprocess.PIPE)
    process.stdin.write(b"x\n1\n")
    process.stdin.flush()
    while len(list(tmp_path.iterdir())) == 1:
        time.sleep(0.01)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    process.stdin.close()
    assert process.wait(20) == 0


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    name = "n" * 251 + ".csv"
    assert in_shell(f"{GOOD} | gradcli map x --out {tmp_path}/{name}").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_pipe_with_a_name_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = in_shell(f"cat {tmp_path}/pipe & {GOOD} | gradcli map x --out {tmp_path}/pipe; wait")
    note = f"note: {tmp_path}/pipe is no file that could take its place when it is whole: rows go there as they come\n"
    assert (done.stdout.encode(), done.stderr) == (NEW, note)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    "target", ["/dev/stdout >> {out}", "/proc/self/fd/1 >> {out}", "/dev/fd/7 7>> {out}", "- >> {out}"]
)
def test_an_open_file_is_written_to_as_it_is_open(tmp_path: Path, target: str) -> None:
    out = tmp_path / "out.csv"
    out.write_bytes(OLD)
    done = in_shell(f"{GOOD} | gradcli map x --out {target.format(out=out)}")
    assert (done.returncode, "rows go there as they come" in done.stderr) == (0, target[0] == "/")
    assert out.read_bytes() == OLD + NEW


def test_a_minus_is_standard_output_and_no_file(tmp_path: Path) -> None:
    for form in ("csv", "arrows"):
        command = f"{GOOD} | gradcli map x --to {form}"
        assert in_shell(f"cd {tmp_path}; cmp <({command} --out -) <({command})").returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.one_in(6)
@pytest.mark.parametrize("path", ["", ".", "none/out.csv", "new/", "loop", "/dev/fd/99"])
def test_what_is_no_place_for_a_file_is_an_error(tmp_path: Path, path: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    done = in_shell(f"cd {tmp_path}; {GOOD} | gradcli map x --out '{path}'")
    assert done.returncode == 4
    assert done.stderr.startswith(f"error: cannot write {path}: ")
    assert [each.name for each in tmp_path.iterdir()] == ["loop"]


@pytest.fixture
def everyones(tmp_path: Path) -> Iterator[Path]:
    """A folder that another user can reach; commands run as that user."""
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("takes the superuser, who can run commands as another")
    if in_shell(f"{NOBODY} gradcli --version").returncode:
        pytest.skip("another user cannot run gradcli here")
    folder = Path("/tmp") / f"gradcli-test-{os.urandom(6).hex()}"
    folder.mkdir()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.slow
def test_where_nothing_can_be_beside_a_file_it_is_written_over_and_told(everyones: Path) -> None:
    out = everyones / "out.csv"
    out.write_bytes(OLD)
    out.chmod(0o666)
    done = in_shell(f"{GOOD} | {NOBODY} gradcli map x --out {out}")
    assert (done.returncode, out.read_bytes()) == (0, NEW)
    assert done.stderr.startswith(f"note: {out} is written over as rows come")
    done = in_shell(f"{GOOD} | {NOBODY} gradcli map x --out {everyones}/new.csv")
    assert (done.returncode, "Permission denied" in done.stderr) == (4, True)


@pytest.mark.slow
def test_a_file_that_cannot_be_replaced_is_written_over_when_all_is_there(everyones: Path) -> None:
    everyones.chmod(0o1777)
    out = everyones / "out.csv"
    out.write_bytes(OLD)
    out.chmod(0o666)
    assert in_shell(f"printf 'x\\n1\\nbad\\n' | {NOBODY} gradcli map x --out {out}").returncode == 4
    kept(everyones, out)
    done = in_shell(f"{GOOD} | {NOBODY} gradcli map x --out {out}")
    assert (done.returncode, out.read_bytes(), len(list(everyones.iterdir()))) == (0, NEW, 1)
    assert done.stderr.startswith(f"note: {out} was written over")


@pytest.mark.slow
def test_a_file_that_may_not_be_written_is_not_replaced(everyones: Path) -> None:
    everyones.chmod(0o777)
    out = everyones / "out.csv"
    out.write_bytes(OLD)
    out.chmod(0o444)
    done = in_shell(f"{GOOD} | {NOBODY} gradcli map x --out {out}")
    assert (done.returncode, "Permission denied" in done.stderr) == (4, True)
    kept(everyones, out)
