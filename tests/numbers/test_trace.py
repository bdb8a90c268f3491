"""Every number on the way: values forward, upstream × local = contribution backward, as one works them out by hand."""

from gradcli.evaluate.trace import Contribution, trace
from gradcli.language import parse

TEXT = "y = x*w; L = (y - 2)^2"
POINT = {"x": 2.0, "w": 3.0}
"""y = 6, L = 16, dL/dy = 2*(6 - 2) = 8, dL/dx = 8*w = 24, dL/dw = 8*x = 16."""


def products(entries: tuple[Contribution, ...]) -> list[tuple[float, float, float]]:
    return [(entry.upstream, entry.partial, entry.contribution) for entry in entries]


def test_both_passes() -> None:
    program = parse(TEXT)
    found = trace(program, POINT)
    assert list(found.values.values()) == [2, 3, 6, 2, 4, 16]
    assert (found.point.value, found.point.gradient) == (16, {"x": 24, "w": 16})
    assert found.adjoints[program.definitions["y"]] == 8
    assert products(found.contributions) == [(1, 8, 8), (8, 1, 8), (8, 3, 24), (8, 2, 16)]


def test_adjoints_add_up_over_the_users_of_a_node() -> None:
    found = trace(parse("x*x + 3*x"), {"x": 5.0})
    by_x = [entry for entry in found.contributions if entry.operand == 0]
    assert sorted(entry.contribution for entry in by_x) == [3, 5, 5]
    assert by_x[-1].adjoint == found.point.gradient["x"] == 13


def test_a_branch_not_taken_contributes_0_and_is_marked() -> None:
    found = trace(parse("where(x > 0, sqrt(x), x^2)"), {"x": -3.0})
    left_out = [entry for entry in found.contributions if not entry.taken]
    assert [entry.contribution for entry in left_out] == [0, 0]
    assert found.point.gradient == {"x": -6}


def test_only_what_is_asked_for_has_adjoints() -> None:
    program = parse(TEXT)
    found = trace(program, POINT, {"w": program.variables["w"]})
    assert found.point.gradient == {"w": 16}
    assert program.variables["x"] not in found.adjoints


def test_a_value_alone_has_no_backward_pass() -> None:
    found = trace(parse(TEXT), POINT, {})
    assert (found.point.value, found.point.gradient, found.adjoints, found.contributions) == (16, {}, {}, ())
