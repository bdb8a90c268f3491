"""The floors: what the docstring of gradcli says of its rooms is what there is, and what import-linter holds."""

import re
import tomllib
from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
PROJECT = PACKAGE.parent / "pyproject.toml"


def told() -> list[str]:
    """The rooms that the docstring names, ground floor first."""
    return re.findall(r"(?m)^    (\w+) {2,}\S", (gradcli.__doc__ or "").partition("The house")[2])


def layers() -> list[list[str]]:
    """The rooms that import-linter knows, ground floor first; those of one floor stand together."""
    contracts = tomllib.loads(PROJECT.read_text())["tool"]["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [floor.split(" | ") for floor in reversed(floors)]


def test_the_rooms_are_those_that_the_docstring_names() -> None:
    rooms = {
        path.stem
        for path in PACKAGE.iterdir()
        if not path.name.startswith("_") and (path.suffix == ".py" or any(path.glob("*.py")))
    }
    assert rooms == set(told())


def test_the_docstring_and_the_contract_name_the_same_floors_in_the_same_order() -> None:
    assert told() == [room for floor in layers() for room in floor]


def test_no_room_bears_the_name_of_a_public_function() -> None:
    assert not {name for name in gradcli.__all__ if name.islower()} & set(told())
