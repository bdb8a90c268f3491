"""No file is read and written at once, by whatever name and through whatever hands it comes."""

from pathlib import Path

import pytest
from shells import in_shell

TABLE = "x,y\n1,2\n3,4\n"
OTHERS = {"formula": "x*y", "claims": "df/dx = y", "bindings": '{"x": 1, "y": 2}'}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a table under four names, and other things to be read."""
    (tmp_path / "data.csv").write_text(TABLE)
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "data.csv")
    (tmp_path / "soft.csv").symlink_to("data.csv")
    (tmp_path / "softer.csv").symlink_to(tmp_path / "soft.csv")
    for name, text in OTHERS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


KEPT = [
    "map 'x*y' data.csv --out data.csv",
    "map 'x*y' data.csv --out ./data.csv",
    "map 'x*y' data.csv --out hard.csv",
    "map 'x*y' softer.csv --out data.csv",
    "map 'x*y' data.csv --out softer.csv",
    "map 'x*y' --out data.csv < data.csv",
    "map 'x*y' - --out hard.csv < soft.csv",
    "map 'x*y' --out /dev/stdin < data.csv",
    "map 'x*y' data.csv --out /proc/self/fd/0 < data.csv",
    "map 'x*y' /dev/fd/3 --out data.csv 3< data.csv",
    "map 'x*y' /dev/stdin --out data.csv < data.csv",
    "map 'x*y' data.csv --out /dev/stdout >> data.csv",
    "map 'x*y' data.csv --out /dev/fd/3 3>> data.csv",
    "map 'x*y' data.csv >> data.csv",
    "map 'x*y' hard.csv >> soft.csv",
    "map 'x*y' data.csv --out - >> data.csv",
    "map 'x*y' data.csv 1<> data.csv",
    "map 'x*y' < data.csv >> data.csv",
    "map 'x*y' samples/points.csv data.csv --out data.csv",
    "map 'x*y' data.csv --to parquet --out data.csv",
    "map 'x*y' data.csv --reduce sum --out data.csv",
    "map @formula data.csv --out formula",
    "map 'x*y*x' data.csv --bind bindings --out bindings",
    "grad @formula --bind bindings >> formula",
    "grad @formula --bind bindings >> bindings",
    "eval - x=1 y=2 < formula >> formula",
    "eval @- x=1 y=2 < formula >> formula",
    "grad 'x*y' --bind - --json < bindings >> bindings",
    "check @formula >> formula",
    "check @formula --claims claims >> claims",
    "check @formula --claims - < claims >> claims",
    "check 'x*y' --bind bindings 1<> bindings",
]


@pytest.mark.one_in(25)
@pytest.mark.parametrize("command", KEPT)
def test_an_input_is_never_an_output(folder: Path, command: str) -> None:
    done = in_shell(f"cd {folder}; gradcli {command}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is the same file as" in done.stderr
    assert "mend: write to another file" in done.stderr
    assert (folder / "data.csv").read_text() == TABLE
    assert {name: (folder / name).read_text() for name in OTHERS} == OTHERS


@pytest.mark.slow
def test_both_names_are_told(folder: Path) -> None:
    assert "--out hard.csv is the same file as soft.csv, which is read" in told(folder, "map x soft.csv --out hard.csv")
    assert "--out hard.csv is the same file as standard input" in told(folder, "map x --out hard.csv < data.csv")
    assert "standard output is the same file as data.csv" in told(folder, "map x data.csv >> data.csv")


def told(folder: Path, command: str) -> str:
    return in_shell(f"cd {folder}; gradcli {command}").stderr


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "command", ["map x data.csv > data.csv", "map x < data.csv > soft.csv", "grad @formula > formula"]
)
def test_what_the_shell_has_emptied_is_not_just_empty(folder: Path, command: str) -> None:
    done = in_shell(f"cd {folder}; gradcli {command}")
    assert done.returncode == 2
    assert "is the same file as" in done.stderr
    assert "empty now: `>` empties a file first" in done.stderr


@pytest.mark.slow
def test_what_is_no_file_may_be_both(folder: Path) -> None:
    done = in_shell(f"cd {folder}; gradcli map x /dev/null --out /dev/null; gradcli grad x^2 x=1 < formula >> formula")
    assert "is empty" in done.stderr
    assert (folder / "formula").read_text() == "x*yf\t1\ndf/dx\t2\n"
    done = in_shell(
        f"cd {folder}; gradcli map x data.csv --only --wrt x --out other.csv >> data.csv; cat other.csv data.csv"
    )
    assert done.stdout == "f,d_x\n1.0,1.0\n3.0,1.0\n" + TABLE
