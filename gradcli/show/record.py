"""Results as plain data, with the keys that DESIGN promises: what JSON, CSV and TSV are written from.

Depends on `gradcli.diagnose`, `gradcli.learn` and the printer of the language.
"""

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from gradcli.errors import Notice, shortened
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Node
from gradcli.language.notation import program_text
from gradcli.language.program import Program

if TYPE_CHECKING:
    from gradcli.learn.descent import Step, Update
    from gradcli.precision.settle import Precise

Record = dict[str, Any]
Row = Mapping[str, float | str]


def strict(value: float | None) -> float | str | None:
    """A number as strict JSON takes it: NaN and the infinities are strings."""
    if value is None or isfinite(value):
        return value
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"


def strict_map(values: Mapping[str, float]) -> dict[str, float | str | None]:
    """Numbers by name, as strict JSON takes them."""
    return {name: strict(value) for name, value in values.items()}


def program_record(program: Program) -> Record:
    """What every command says of its formula."""
    return {"expression": program.source.text, "canonical": program_text(program), "output": program.name}


def point_record(program: Program, point: Point) -> Record:
    """What is said of one evaluation."""
    return {
        **program_record(program),
        "value": strict(point.value),
        "gradient": strict_map(point.gradient),
        "bindings": strict_map(point.bindings),
    }


def node_record(node: Node) -> Record:
    """A node of an evaluation, with the local derivatives by its operands (null where none is needed)."""
    numbers = {"value": strict(node.value), "adjoint": strict(node.adjoint), "partials": [*map(strict, node.partials)]}
    return node._asdict() | numbers


def notice_record(notice: Notice) -> Record:
    """A notice."""
    return {"kind": notice.kind, "node": notice.node, "message": shortened(notice.message), "span": notice.span}


def update_record(update: "Update") -> Record:
    """A weight update, or several taken together."""
    return {
        "lr": update.lr,
        "before": strict_map(update.before),
        "after": strict_map(update.after),
        "value_after": strict(update.value_after),
        "predicted_change": strict(update.predicted_change),
        "actual_change": strict(update.actual_change),
    }


def step_record(step: "Step") -> Record:
    """One step of several."""
    return {
        "step": step.number,
        "bindings": strict_map(step.point.bindings),
        "value": strict(step.point.value),
        "gradient": strict_map(step.point.gradient),
        "update": update_record(step.update),
    }


def row(program: Program, bindings: Mapping[str, float], answer: "Point | Precise") -> Row:
    """One flat row: the bindings, the value under the output's name, then d_x for each x."""
    return {**bindings, program.name: answer.value, **{f"d_{by}": slope for by, slope in answer.gradient.items()}}


def step_row(program: Program, step: "Step") -> Row:
    """A row for one step: its number, the row of its point, and what the update made of it."""
    after = {f"{name}_new": value for name, value in step.update.after.items()}
    changed = {**after, f"{program.name}_new": step.update.value_after}
    return {"step": step.number, **row(program, step.point.bindings, step.point), **changed}
