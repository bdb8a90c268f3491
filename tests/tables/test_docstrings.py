"""The examples in the docstrings of the tables' modules, and that no two of these need each other."""

import ast
import doctest
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import gradcli.data

FILES = sorted(Path(gradcli.data.__path__[0]).glob("*.py"))
EXAMPLES = [path.stem for path in FILES if ">>> " in path.read_text()]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_give_what_they_say(name: str) -> None:
    outcome = doctest.testmod(import_module(f"gradcli.data.{name}"))
    assert outcome.attempted
    assert not outcome.failed


def imported(path: Path) -> set[str]:
    """The modules of the folder that one imports, anywhere in it."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "gradcli.data":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gradcli.data."):
            found.add((node.module or "").rpartition(".")[2])
    return found


def test_no_two_modules_need_each_other() -> None:
    needed = {path.stem: imported(path) for path in FILES if path.stem != "__init__"}
    assert needed["pipeline"] >= {"batch", "plan"}
    assert len(list(TopologicalSorter(needed).static_order())) == len(needed)


def test_the_map_of_the_folder_names_every_module() -> None:
    text = gradcli.data.__doc__ or ""
    told = {line.split()[0] for line in text.partition("\n\n")[2].splitlines() if line.startswith("    ")}
    assert {path.stem for path in FILES} - {"__init__"} <= told
