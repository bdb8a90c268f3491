"""What a docstring shows as an example is what Python prints."""

import doctest
import importlib
from pathlib import Path

import pytest

import gradcli

ROOT = Path(gradcli.__file__).parent
WITH_EXAMPLES = [path for path in sorted(ROOT.rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")]


def name(path: Path) -> str:
    """The module in a file."""
    parts = ("gradcli", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=name)
def test_examples_of_docstrings(path: Path) -> None:
    done = doctest.testmod(importlib.import_module(name(path)))
    assert done.attempted
    assert not done.failed
