"""The examples in docstrings are what Python prints."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import gradcli

ROOT = Path(gradcli.__file__).parent
FILES = [file.relative_to(ROOT.parent) for file in sorted(ROOT.rglob("*.py")) if ">>> " in file.read_text("utf-8")]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_an_example_prints_what_it_says(file: Path) -> None:
    found = doctest.testmod(import_module(".".join(file.with_suffix("").parts)))
    assert found.attempted > 0
    assert found.failed == 0
