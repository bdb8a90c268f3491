"""Each side of a chain of equalities is a claim of its own; the first wrong one is named."""

import pytest
from checked import judged

from gradcli.claims.judge import Outcome

LOSS = "y = x*w; L = (y - target)^2"
POINT = {"x": 2.0, "w": 3.0, "target": 2.0}


def verdicts(outcome: Outcome) -> dict[str, str]:
    return {finding.claim.text: finding.verdict for finding in outcome.findings}


@pytest.mark.parametrize(
    ("claim", "sides"),
    [
        ("dL/dy = 2×(y-target) = 2×(6-2) = 8", ["dL/dy = 2×(y-target)", "dL/dy = 2×(6-2)", "dL/dy = 8"]),
        ("dL/dw = (dL/dy) × (dy/dw) = 8 × 2 = 16", ["dL/dw = (dL/dy) × (dy/dw)", "dL/dw = 8 × 2", "dL/dw = 16"]),
        ("dy/dw = x = 2  # the local one = x", ["dy/dw = x", "dy/dw = 2"]),
        ("dL/dw = if x > 1 then 16 else 0 = 16", ["dL/dw = if x > 1 then 16 else 0", "dL/dw = 16"]),
    ],
)
def test_the_lines_of_a_worked_example_are_right_side_by_side(claim: str, sides: list[str]) -> None:
    assert verdicts(judged(LOSS, claim, seconds=5.0, **POINT)) == dict.fromkeys(sides, "proved")


def test_a_comparison_on_the_right_is_no_chain() -> None:
    assert [*verdicts(judged("relu(x)", "df/dx = x == 0.5", x=3))] == ["df/dx = x == 0.5"]
    assert [*verdicts(judged("relu(x)", "df/dx == (x > 0) != 0", x=3))] == ["df/dx == (x > 0) != 0"]


def test_the_first_wrong_side_is_named_and_what_follows_is_not_blamed() -> None:
    outcome = judged(LOSS, "dL/dy = 2*(y - target) = 2×(6-3) = 6 = 7", **POINT)
    assert [finding.verdict for finding in outcome.findings] == ["proved", "refuted", "refuted", "refuted"]
    assert outcome.findings[1].diagnosis.startswith("the first side that is wrong: 2×(6-3)")
    assert outcome.findings[2].diagnosis == "it carries the mistake of 2×(6-3) on"
    assert "first side" not in outcome.findings[3].diagnosis
    assert outcome.verdict == "refuted"


def test_a_wrong_side_of_one_chain_is_not_named_in_another() -> None:
    outcome = judged("x^2*w", "df/dx = 2*x*w = x*w", "df/dw = 2*x = x^2")
    said = [finding.diagnosis for finding in outcome.findings if finding.verdict == "refuted"]
    assert ["x*w" in said[0], "the first side that is wrong: 2*x" in said[1]] == [True, True]


def test_a_number_in_a_chain_needs_a_point() -> None:
    outcome = judged(LOSS, "dL/dy = 2×(y-target) = 2×(6-2) = 8", target=2.0, seconds=5.0)
    assert [finding.verdict for finding in outcome.findings] == ["proved", "unchecked", "unchecked"]
    assert {finding.reason for finding in outcome.findings[1:]} == {"a number needs a point: bind x, w"}


def test_a_number_needs_no_point_where_the_derivative_does_not_move() -> None:
    assert set(verdicts(judged("3*x + y^2", "df/dx = 3 = 6/2", seconds=5.0)).values()) == {"proved"}
    assert judged("x^2", "df/dx = 1").findings[0].verdict == "refuted"


UPDATES = [
    "w_new = 3 - 0.1 × 16 = 1.4",
    "w_new = w - 0.1*dL/dw",
    "w_new = w_old - learning_rate × gradient",
    "w_new = w - lr*∂L/∂w",
    "w_new = w - 0.1*2*(y - target)*x",
]


@pytest.mark.parametrize("claim", UPDATES)
def test_an_update_is_right(claim: str) -> None:
    assert set(verdicts(judged(LOSS, claim, rate=0.1, seconds=5.0, **POINT)).values()) == {"proved"}


@pytest.mark.parametrize("claim", UPDATES[1:])
def test_an_update_is_right_everywhere(claim: str) -> None:
    assert judged(LOSS, claim, rate=0.1, seconds=5.0).verdict == "proved"


def test_a_wrong_update_shows_the_weights_and_the_mistake() -> None:
    outcome = judged(LOSS, "dL/dw = 16", "w_new = w + lr*gradient = 4.6", rate=0.1, **POINT)
    right, first, second = outcome.findings
    assert right.verdict in ("proved", "agrees")
    assert first.counterexample == second.counterexample == (POINT, 4.6, 1.4)
    assert "the sign is wrong" in first.diagnosis
    assert outcome.chain == "the first wrong step is the update of `w`: dL/dw is right, w_new is not"


def test_a_factor_in_an_update_is_said_of_its_gradient() -> None:
    diagnosis = judged(LOSS, "w_new = w - lr*3*(y - target)*x", rate=0.1).findings[0].diagnosis
    assert diagnosis == "the gradient in it is 3/2 times the derivative: a constant factor is wrong"


def test_an_update_is_right_to_the_digits_that_are_written() -> None:
    given = {"x": 2.0, "w": 3.0, "target": 2.0}
    assert judged(LOSS, "w_new = 2.94", rate=0.00378, **given).findings[0].verdict == "agrees"
    assert judged(LOSS, "w_new = 2.95", rate=0.00378, **given).findings[0].verdict == "refuted"


def test_an_updated_weight_in_numbers_needs_a_point() -> None:
    finding = judged(LOSS, "w_new = 1.4", rate=0.1, x=2.0).findings[0]
    assert (finding.verdict, finding.reason) == ("unchecked", "a number needs a point: bind w, target")


@pytest.mark.parametrize("point", [{}, {"x": -1.0}])
def test_a_claim_that_is_right_where_it_is_defined_is_told_to_be_just_that(point: dict[str, float]) -> None:
    finding = judged("cbrt(6x)", "df/dx = 2/(6*x)^(2/3)", seconds=2.0, **point).findings[0]
    assert finding.verdict == "unchecked"
    assert finding.reason == "it is right where it is defined, and undefined at x = -1"


def test_a_claim_that_is_wrong_where_it_is_defined_is_told_so() -> None:
    for point in ({}, {"x": -1.0}):
        finding = judged("cbrt(6x)", "df/dx = 3/(6*x)^(2/3)", seconds=2.0, **point).findings[0]
        assert finding.verdict == ("unchecked" if point else "refuted")
        assert "where it is defined" not in finding.diagnosis + finding.reason
