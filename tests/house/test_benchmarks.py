"""Every benchmark that measures begins with the heading, which names all that takes part; and the heading is right."""

import ast
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from contest import compared, race
from heading import asked, heading

TESTS = Path(__file__).parents[1]
BENCHMARKS = TESTS / "benchmarks"
SCRIPTS = [path for path in sorted(BENCHMARKS.rglob("*.py")) if 'if __name__ == "__main__":' in path.read_text("utf-8")]
every_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)


def parsed(path: Path) -> list[ast.AST]:
    """All that stands in a file."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def named(script: Path) -> list[list[str]]:
    """The peers that each call of the heading names."""
    return [
        [str(word.value) for word in node.args if isinstance(word, ast.Constant)]
        for node in parsed(script)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "heading"
    ]


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports."""
    for node in parsed(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def files(module: str) -> list[Path]:
    """The files of a module of the benchmarks, or of what they share with the tests; none for a library."""
    for folder in (BENCHMARKS, TESTS / "support"):
        if (folder / f"{module}.py").exists():
            return [folder / f"{module}.py"]
        if (folder / module).is_dir():
            return sorted((folder / module).glob("*.py"))
    return []


def libraries(script: Path) -> set[str]:
    """The libraries that a script imports, itself or through modules of the benchmarks."""
    found, seen, waiting = set(), {script}, [script]
    while waiting:
        for module in (name.partition(".")[0] for name in imported(waiting.pop())):
            inside = files(module)
            if not inside and module != "gradcli" and module not in sys.stdlib_module_names:
                found.add(module)
            waiting += (new := set(inside) - seen)
            seen |= new
    return found


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has all the programs there are; it is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, text: str) -> None:
    """A program in a folder."""
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


@every_script
def test_a_benchmark_prints_one_heading_that_names_every_library_it_uses(script: Path) -> None:
    (peers,) = named(script)
    assert libraries(script) <= set(peers)


@every_script
def test_no_benchmark_asks_for_versions_and_processors_itself(script: Path) -> None:
    assert not {"platform", "importlib.metadata"} & set(imported(script))


def test_the_heading_tells_versions_then_the_processor_and_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {1, 4, 5}, raising=False)
    versions, place, rest = heading("mpmath", "no-such-library").split("\n")
    told = f"gradcli {version('gradcli')}, Python {platform.python_version()}, mpmath {version('mpmath')}"
    assert versions == f"{told}, no-such-library not installed"
    assert place.endswith(", 3 cores")
    assert place.removesuffix(", 3 cores").strip()
    assert not rest


def test_where_there_is_no_affinity_all_cores_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert heading().endswith(", 1 core\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("echo awk version 20200816", "awk 20200816"),
        ('echo "GNU Awk 5.1.0, API: 3.0"; echo Copyright', "awk GNU Awk 5.1.0"),
        ('test "$1" = -W || exit 2; echo mawk 1.3.4 20200120', "awk mawk 1.3.4 20200120"),
        ("exit 1", "awk of unknown version"),
    ],
)
def test_what_a_program_says_of_its_version(programs: Path, text: str, told: str) -> None:
    program(programs, "awk", text)
    assert f", {told}, miller not installed\n" in heading("awk", "miller")


def test_the_processor_has_a_name_on_every_system(programs: Path) -> None:
    assert heading().splitlines()[1].partition(", ")[0] == (platform.processor() or platform.machine())
    program(programs, "sysctl", "echo machdep.cpu.brand_string: Apple M1")
    assert "\nApple M1, " in heading()
    program(programs, "lscpu", "echo 'Architecture:  aarch64'; echo '  Model name:   Neoverse-N1'")
    assert "\nNeoverse-N1, " in heading()


def test_what_a_benchmark_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["kernels.py", "500", "--rounds", "2"])
    assert vars(asked(None, rows=10, rounds=5, cores=1)) == {"rows": 500, "rounds": 2, "cores": 1}


def test_ratios_are_taken_round_by_round_on_the_clock_that_is_given() -> None:
    times = {"gradcli": [1.0, 2.0, 4.0], "peer": [2.0, 6.0, 8.0]}
    assert list(compared(times, "gradcli", 10)) == [("gradcli", "20.00", "1.00"), ("peer", "60.00", "2.00")]
    ticks = iter([1.0, 3.0, 10.0, 11.0])
    assert race({"one": lambda: None, "other": lambda: None}, 1, lambda: next(ticks)) == {"one": [2.0], "other": [1.0]}
