"""Answers for the next program in the pipe: plain, JSON, NDJSON, CSV and TSV, complete and at full precision.

Depends on `gradcli.show.record` for what is said. Floats are written in their shortest form that reads back the same.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from gradcli.language.notation import number_text
from gradcli.precision.json_numbers import strict
from gradcli.show.record import Row, changed, report_record, row, step_row
from gradcli.show.report import Report

if TYPE_CHECKING:
    from gradcli.evaluate.gradient import Point
    from gradcli.learn.descent import Update
    from gradcli.precision.settle import Precise


def plain(report: Report) -> Iterator[str]:
    """A line a number: name, tab, number."""
    for name, number in _numbers(report):
        yield f"{name}\t{_text(number)}\n"


def as_json(report: Report) -> Iterator[str]:
    """One object, with what was asked for."""
    yield json.dumps(report_record(report), ensure_ascii=False, allow_nan=False) + "\n"


def ndjson(report: Report) -> Iterator[str]:
    """One flat object a line: the same fields as a row of CSV."""
    for record in _rows(report):
        fields = (f"{json.dumps(name, ensure_ascii=False)}: {_literal(number)}" for name, number in record.items())
        yield "{" + ", ".join(fields) + "}\n"


def csv(report: Report) -> Iterator[str]:
    """A header and a row: the bindings, the value, the derivatives."""
    yield from _separated(_rows(report), ",")


def tsv(report: Report) -> Iterator[str]:
    """The same as `csv`, with tabs."""
    yield from _separated(_rows(report), "\t")


def _rows(report: Report) -> Sequence[Row]:
    if report.steps:
        return [step_row(report.program, step) for step in report.steps]
    program, point = report.program, report.point
    return [{**row(program, point.bindings, report.given), **changed(program, report.update)}]


def _literal(number: float | str) -> str:
    """A number of JSON, in the digits that were asked for; a string where no double holds it."""
    if not isinstance(number, str):
        return json.dumps(strict(number))
    near = float(number)
    return number if isfinite(near) and (near or number == "0") else json.dumps(number)


def _numbers(report: Report) -> Iterator[tuple[str, float | str]]:
    """All numbers of an answer by name: of each step, or of the one point."""
    name = report.program.name
    for step in report.steps:
        yield "step", step.number
        yield from _point_numbers(name, step.point, step.update)
    if not report.steps:
        yield from _point_numbers(name, report.given, report.update)


def _point_numbers(name: str, answer: "Point | Precise", update: "Update | None") -> Iterator[tuple[str, float | str]]:
    yield from (answer.entries or {name: answer.value}).items()
    yield from ((f"d{name}/d{by}", slope) for by, slope in answer.gradient.items())
    if update:
        yield from ((f"{by}_new", value) for by, value in update.after.items())
        yield f"{name}_new", update.value_after
        yield "predicted_change", update.predicted_change
        yield "actual_change", update.actual_change


def _separated(rows: Iterable[Row], separator: str) -> Iterator[str]:
    for number, record in enumerate(rows):
        if not number:
            yield separator.join(_cell(name, separator) for name in record) + "\n"
        yield separator.join(map(_text, record.values())) + "\n"


def _text(number: float | str) -> str:
    return number if isinstance(number, str) else number_text(number)


def _cell(name: str, separator: str) -> str:
    """A column's name, quoted as RFC 4180 says where it holds a comma or a quote. TSV has no quotes, a name no tab."""
    plain_name = separator != "," or not any(mark in name for mark in ',"')
    return name if plain_name else '"' + name.replace('"', '""') + '"'
