"""Of several claims along a chain: which step is the first wrong one, and which claims only inherit it?"""

import pytest

from gradcli.claims.claim import parts_of
from gradcli.claims.first_wrong_step import first_wrong_step, inherits
from gradcli.claims.parse import read_claims
from gradcli.derivatives import differentiate
from gradcli.errors import Source
from gradcli.proof.sample_points import SamplePoint

CHAIN = "a = x*w; b = tanh(a); L = b^2"
RIGHT = {"b": "dL/db = 2*b", "a": "dL/da = 2*b*(1 - b^2)", "w": "dL/dw = 2*b*(1 - b^2)*x"}
WRONG = {"b": "dL/db = b", "a": "dL/da = 2*b*(1 - b)", "w": "dL/dw = 2*b*(1 - b)*x"}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("ba", "", ""),
        ("b", "aw", "the first wrong step is the one from `b` to `a`: dL/db is right, dL/da is not"),
        ("ba", "w", "the first wrong step is the one from `a` to `w`: dL/da is right, dL/dw is not"),
        ("w", "b", "the first wrong step is the one from `L` to `b`: dL/db is not right"),
        ("", "w", ""),
    ],
)
def test_the_first_wrong_step_lies_below_the_nearest_right_claim(right: str, wrong: str, said: str) -> None:
    texts = [*(RIGHT[name] for name in right), *(WRONG[name] for name in wrong)]
    _, read = read_claims(Source(CHAIN), [Source(text) for text in texts])
    claims = [each for claim in read for each in parts_of(claim)]
    assert first_wrong_step(claims[: len(right)], claims[len(right) :]) == said


@pytest.mark.parametrize(("text", "inherited"), [(WRONG["w"], True), ("dL/dw = 2*b*(1 - b)", False)])
def test_a_claim_inherits_a_mistake_where_its_own_step_is_right(text: str, inherited: bool) -> None:
    program, read = read_claims(Source(CHAIN), [Source(WRONG["a"]), Source(text)])
    above, below = (each for claim in read for each in parts_of(claim))
    truth = differentiate(program.graph, below.source, [below.variable]).gradient[0]
    points = [SamplePoint({"x": x, "w": 0.75}, generic=True) for x in (0.3, -0.8)]
    assert inherits(below, truth, [above], points) == inherited
