"""Numbers and names as tables show them: rounded for reading, short for every node, strict for machines."""

from math import inf, nan

import pytest

from gradcli.evaluate.trace import trace
from gradcli.language import parse
from gradcli.passes.arithmetic import rounded
from gradcli.precision.json_numbers import strict
from gradcli.show.record import node_record, row
from gradcli.show.rows import passes
from gradcli.show.wording import equations, formula, shown


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (1234567.0, 6, "1.23457e6"),
        (0.1 + 0.2, 6, "0.3"),
        (0.1 + 0.2, 17, "0.30000000000000004"),
        (-0.0, 6, "0"),
        (1e-20, 6, "1e-20"),
        (2.5e-5, 6, "2.5e-5"),
        (1e300, 6, "1e300"),
        (nan, 6, "nan"),
        (-inf, 6, "-inf"),
    ],
)
def test_a_number_for_reading(number: float, digits: int, text: str) -> None:
    assert rounded(number, digits) == text


def test_digits_that_were_asked_for_are_all_shown() -> None:
    assert shown("0.333333333333", 3) == "0.333333333333"


def test_a_formula_is_an_equation_and_so_is_a_binding() -> None:
    assert formula(parse("x^2")) == "f = x^2"
    assert formula(parse("L = x^2")) == "L = x^2"
    assert formula(parse("x + y + z"), 10) == "f = x + y…"
    assert equations({"x": 1 / 3, "w": 2.0}, 3) == ["x ≈ 0.333", "w = 2"]


def test_every_node_has_a_short_name_and_bare_numbers_are_no_rows() -> None:
    forward, _ = passes(trace(parse("y = x*w; sin(y) + cos(y)*2"), {"x": 2.0, "w": 3.0}), 6)
    assert [forward.row(node)[0] for node in forward.entries] == ["x", "w", "y", "v1", "v2", "v3", "f"]
    forward, _ = passes(trace(parse("(x*w - 2)^2"), {"x": 2.0, "w": 3.0}), 6)
    assert [forward.row(node)[0] for node in forward.entries] == ["x", "w", "v1", "v2", "f"]


def test_a_backward_row_is_a_product_after_the_seed() -> None:
    _, backward = passes(trace(parse("(x*w - 2)^2"), {"x": 2.0, "w": 3.0}), 6)
    rows = [" ".join(backward.row(entry)) for entry in backward.entries]
    assert "∂f/∂f" in rows[0]
    assert "8 × 3 = 24" in rows[3]


@pytest.mark.parametrize(
    ("number", "told"), [(1.5, 1.5), (nan, "NaN"), (inf, "Infinity"), (-inf, "-Infinity"), (None, None)]
)
def test_strict_json_has_no_nan(number: float | None, told: float | str | None) -> None:
    assert strict(number) == told


def test_a_flat_row_and_the_records_of_the_nodes() -> None:
    program = parse("y = x*w; y^2")
    found = trace(program, {"x": 2.0, "w": 3.0})
    assert row(program, found.point.bindings, found.point) == {"x": 2, "w": 3, "f": 36, "d_x": 36, "d_w": 24}
    records = {record["text"]: record for record in map(node_record, found.records())}
    assert (records["x*w"]["value"], records["x*w"]["adjoint"], records["x*w"]["partials"]) == (6, 12, [3, 2])
