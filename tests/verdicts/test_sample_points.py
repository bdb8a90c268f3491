"""Points of a formula's natural domain: simple ones first, then generic ones, the same at every call."""

from math import isfinite

import pytest

from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.proof.sample_points import SamplePoint, nearby, sample_points

COUNT = 9


def points(text: str, seconds: float = 5.0, **fixed: float) -> list[SamplePoint]:
    program = parse(text)
    free = [name for name in program.variables if name not in fixed]
    return sample_points(program.graph, [program.output], free, fixed, COUNT, seconds)


@pytest.mark.parametrize("text", ["x*w", "log(x) + sqrt(1 - w)", "acosh(x)*w", "asin(x)/w"])
def test_every_point_is_in_the_domain_and_none_is_drawn_anew(text: str) -> None:
    program, found = parse(text), points(text)
    assert len(found) == COUNT
    assert [point.generic for point in found] == [False] * 3 + [True] * 6
    assert all(isfinite(evaluate(program.graph, [program.output], point.bindings)[0]) for point in found)
    assert found == points(text)


def test_what_is_fixed_stays_and_where_all_is_there_is_one_point() -> None:
    assert {point.bindings["w"] for point in points("x*w", w=7.0)} == {7.0}
    assert points("x*w", x=1.0, w=2.0) == [SamplePoint({"x": 1.0, "w": 2.0}, generic=False)]


def test_a_negative_base_has_whole_exponents() -> None:
    found = points("(-x)^m*sqrt(x)")
    assert found
    assert all(point.bindings["m"] == round(point.bindings["m"]) for point in found)


def test_an_empty_domain_has_no_points() -> None:
    assert points("sqrt(-1 - x^2)") == []


def test_neighbours_are_on_both_sides_along_each_name() -> None:
    moved = list(nearby({"x": 2.0, "w": 0.0}, ["x", "w"]))
    assert [(it["x"] - 2.0 > 0, it["x"] - 2.0 < 0, it["w"]) for it in moved[:2]] == [
        (True, False, 0.0),
        (False, True, 0.0),
    ]
    assert [it["w"] for it in moved[2:]] == [1e-7, -1e-7]
