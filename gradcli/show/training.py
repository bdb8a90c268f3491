"""What came of a training: as lines, as one object of JSON, as a table for a person.

Depends on `gradcli.learn`, and on Rich where a table is drawn.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.learn.training import Record, Training
from gradcli.passes.arithmetic import rounded
from gradcli.precision.json_numbers import strict
from gradcli.shapes import Shape
from gradcli.show.record import strict_map
from gradcli.show.table import Column, Table


class Outcome(NamedTuple):
    """A run that has ended, and what its weights are called."""

    program: Program
    names: Sequence[str]
    training: Training


def record(each: Record, names: Sequence[str], arrays: Mapping[str, Shape]) -> dict[str, Any]:
    """A record as JSON has it."""
    return {
        "step": each.step,
        "loss": strict(each.loss),
        "gradient_norm": strict(each.gradient_norm),
        "clipped_norm": strict(each.clipped_norm),
        "lr": strict(each.lr),
        "params": strict_map(dict(zip(names, map(float, each.weights), strict=True)), arrays),
    }


def written(outcome: Outcome, form: str, digits: int, color: str) -> Iterator[str]:
    """The outcome in a form: plain, json or table."""
    if form == "json":
        yield json.dumps(_object(outcome), ensure_ascii=False, allow_nan=False) + "\n"
    elif form == "plain":
        yield from (f"{name}\t{text}\n" for name, text in _lines(outcome))
    else:
        yield from _page(outcome, digits, color)


def _object(outcome: Outcome) -> dict[str, Any]:
    program, names, training = outcome
    last = training.last
    if last is None:
        return {}
    best = record(training.best, names, program.arrays) if training.best else None
    ended = {"steps": last.step, "stopped": training.stopped, "best": best}
    return {**record(last, names, program.arrays), **ended}


def _lines(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The best weights and their loss, and how it ended."""
    training = outcome.training
    kept, last = training.best or training.last, training.last
    if not kept or not last:
        return
    yield outcome.program.name, number_text(kept.loss)
    yield from ((name, number_text(float(weight))) for name, weight in zip(outcome.names, kept.weights, strict=True))
    yield "best", str(kept.step)
    yield "steps", str(last.step)
    yield "stopped", training.stopped


def _page(outcome: Outcome, digits: int, color: str) -> Iterator[str]:
    """A table of the weights before and after, for a person."""
    from gradcli.show.console import console, drawn
    from gradcli.show.grid import titled

    training = outcome.training
    kept, last = training.best or training.last, training.last
    if not kept or not last:
        return
    rows = [(outcome.program.name, kept.loss), *zip(outcome.names, map(float, kept.weights), strict=True)]
    columns = (Column("name", "bold"), Column("value", "cyan", numeric=True))
    title = f"Step {kept.step:,}, the best of {last.step:,} ({training.stopped})"
    table = Table(title, columns, rows, lambda row: (row[0], rounded(row[1], digits)))
    yield drawn(console(color), titled(table, 100))
