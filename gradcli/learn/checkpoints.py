"""A run that can go on: weights, the states of the optimiser and the number of the step, in a file of JSON.

Depends on the errors, and on the standard library for the file, which is written beside its place and renamed.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from gradcli.errors import FileProblem, listed
from gradcli.learn.stepping import Stepper

Numbers = Sequence[float]


class Checkpoint(NamedTuple):
    """A state of a run. `bindings` of the file are the weights, so that `--bind` reads them."""

    expression: str
    names: Sequence[str]
    weights: Numbers
    step: int
    stepper: Stepper
    states: Mapping[str, Any]


def write_checkpoint(path: str, state: Checkpoint) -> None:
    """Write a state, whole or not at all. Raises FileProblem."""
    content = {
        "expression": state.expression,
        "bindings": dict(zip(state.names, map(float, state.weights), strict=True)),
        "step": state.step,
        "optimiser": {"name": state.stepper.row.name, "settings": dict(state.stepper.settings)},
        "states": {name: [*map(float, numbers)] for name, numbers in state.states.items()},
    }
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8") as file:  # noqa: PTH123 - whatever the name
            json.dump(content, file, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)  # noqa: PTH105
    except (OSError, ValueError) as problem:
        with suppress(OSError, ValueError):
            os.unlink(beside)  # noqa: PTH108
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot write {path}: {reason}", hint="give --save the path of a file") from None


def read_checkpoint(path: str, expression: str, names: Sequence[str], made: Stepper) -> Checkpoint:
    """The state in a file. Raises FileProblem for one that is none, or of another run."""
    try:
        content = json.loads(Path(path).read_text("utf-8"))
        found = Checkpoint(
            content["expression"],
            [*content["bindings"]],
            [*map(float, content["bindings"].values())],
            int(content["step"]),
            made,
            {name: [*map(float, numbers)] for name, numbers in content["states"].items()},
        )
        optimiser = content["optimiser"]["name"]
    except OSError as problem:
        raise FileProblem(f"cannot read {path}: {problem.strerror}", hint="give --resume what --save wrote") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FileProblem(f"{path} is no whole checkpoint", hint="give --resume what --save wrote") from None
    _check_same(path, found, expression, names, optimiser)
    return found


def _check_same(path: str, found: Checkpoint, expression: str, names: Sequence[str], optimiser: str) -> None:
    """Raise FileProblem for the state of another run."""
    if found.expression != expression:
        raise FileProblem(f"{path} is of another loss: {found.expression}", hint="resume with the formula it is of")
    if found.names != [*names]:
        raise FileProblem(f"{path} is of other weights: {listed(found.names)}", hint=f"this run trains {listed(names)}")
    states = found.stepper.row.states
    if optimiser != found.stepper.row.name or found.states.keys() != states.keys():
        raise FileProblem(f"{path} is of the optimiser {optimiser}", hint=f"write --optimiser {optimiser}")
    if any(len(numbers) != len(names) for numbers in found.states.values()):
        raise FileProblem(f"{path} is no whole checkpoint", hint="give --resume what --save wrote")
