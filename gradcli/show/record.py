"""Results as plain data, with the keys that DESIGN promises: what JSON, CSV and TSV are written from.

Depends on `gradcli.diagnose`, `gradcli.learn` and the printer of the language.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gradcli.errors import Notice, shortened
from gradcli.evaluate.trace import Node
from gradcli.language.notation import program_text
from gradcli.language.program import Program
from gradcli.precision.json_numbers import strict
from gradcli.shapes import Array, Shape, grouped, nested
from gradcli.show.report import Report

if TYPE_CHECKING:
    from gradcli.evaluate.gradient import Point
    from gradcli.learn.descent import Step, Update
    from gradcli.precision.settle import Precise

Record = dict[str, Any]
Row = Mapping[str, float | str]


def strict_map(values: Mapping[str, float], arrays: Mapping[str, Shape] = {}) -> dict[str, Any]:
    """Numbers by name, as strict JSON takes them; the entries of a whole array are lists in lists."""
    return _nested({name: strict(value) for name, value in values.items()}, arrays)


def _nested(values: Mapping[str, Any], arrays: Mapping[str, Shape]) -> dict[str, Any]:
    """Values by name, those of the entries of a whole array as lists in lists."""
    found = grouped(values, arrays)
    return {name: nested(value) if isinstance(value, Array) else value for name, value in found.items()}


def program_record(program: Program) -> Record:
    """What every command says of its formula."""
    return {"expression": program.source.text, "canonical": _understood(program), "output": program.name}


def _understood(program: Program) -> str:
    """A formula as it was understood; one with arrays as it is typed, as its scalars are none to read."""
    if not program.arrays:
        return program_text(program)
    from gradcli.language.typed_text import typed_text  # few programs have any

    return typed_text(program)


def report_record(report: Report) -> Record:
    """What is said of an answer: the formula, the numbers, and what else was asked for."""
    record = program_record(report.program) | {
        "value": _value(report.program, report.point),
        "gradient": strict_map(report.point.gradient, report.program.arrays),
        "bindings": strict_map(report.point.bindings, report.program.arrays),
    }
    if report.trace:
        record["nodes"] = [*map(node_record, report.trace.records())]
    record["notices"] = [*map(_notice_record, report.notices)]
    if report.update:
        record["update"] = _update_record(report.update, report.program.arrays)
    if report.steps:
        record["steps"] = [_step_record(step, report.program.arrays) for step in report.steps]
    if report.decimals:
        record["decimals"] = _decimals_record(report.program, report.decimals)
    if report.verification:
        record["verification"] = report.verification.record()
    return record


def _value(program: Program, point: "Point") -> Any:
    """The value; of an array lists in lists."""
    return strict_map(point.entries, program.arrays)[program.name] if point.entries else strict(point.value)


def _decimals_record(program: Program, decimals: "Precise") -> Record:
    """The answer as texts, in the digits that were asked for."""
    entries = _nested(decimals.entries, program.arrays)
    value = entries.get(program.name, decimals.value)
    return {"value": value, "gradient": _nested(decimals.gradient, program.arrays)}


def node_record(node: Node) -> Record:
    """A node of an evaluation, with the local derivatives by its operands (null where none is needed)."""
    numbers = {"value": strict(node.value), "adjoint": strict(node.adjoint), "partials": [*map(strict, node.partials)]}
    doubles = {key: strict(number) for key, number in node.double._asdict().items()} if node.double else None
    return node._asdict() | numbers | {"double": doubles}


def _notice_record(notice: Notice) -> Record:
    record = {"kind": notice.kind, "node": notice.node, "message": shortened(notice.message), "span": notice.span}
    return {**record, **notice.details}


def _update_record(update: "Update", arrays: Mapping[str, Shape]) -> Record:
    """A weight update, or several taken together."""
    return {
        "lr": update.lr,
        "before": strict_map(update.before, arrays),
        "after": strict_map(update.after, arrays),
        "value_after": strict(update.value_after),
        "predicted_change": strict(update.predicted_change),
        "actual_change": strict(update.actual_change),
    }


def _step_record(step: "Step", arrays: Mapping[str, Shape]) -> Record:
    return {
        "step": step.number,
        "bindings": strict_map(step.point.bindings, arrays),
        "value": strict(step.point.value),
        "gradient": strict_map(step.point.gradient, arrays),
        "update": _update_record(step.update, arrays),
    }


def row(program: Program, bindings: Mapping[str, float], answer: "Point | Precise") -> Row:
    """One flat row: the bindings, the value under the output's name or the entries under theirs, d_x for each x."""
    output = answer.entries or {program.name: answer.value}
    return {**bindings, **output, **{f"d_{by}": slope for by, slope in answer.gradient.items()}}


def step_row(program: Program, step: "Step") -> Row:
    """A row for one step: its number, the row of its point, and what the update made of it."""
    return {"step": step.number, **row(program, step.point.bindings, step.point), **changed(program, step.update)}


def changed(program: Program, update: "Update | None") -> Row:
    """What an update made of the weights and the value; nothing where there is none."""
    if update is None:
        return {}
    after = {f"{name}_new": value for name, value in update.after.items()}
    return {**after, f"{program.name}_new": update.value_after}
