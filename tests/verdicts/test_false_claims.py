"""Claims with a mistake in them, on 500 formulas with parameters in bases and exponents: none passes, the right do."""

from typing import TYPE_CHECKING

import pytest
from checked import PATIENCE
from falsified import EXPONENTS, FALSE, Right, rights

from gradcli.claims.judge import judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMULAS = 500
FEWER = 120
"""The first of them, which are no others; all are judged by the thorough tests."""
so_many = pytest.mark.parametrize("count", [FEWER, pytest.param(FORMULAS, marks=pytest.mark.thorough)])


def verdict(right: Right, claim: str, fixed: dict[str, float]) -> str:
    """What the numbers say; a proof is not tried."""
    program, read = read_claims(Source(right.text), [Source(f"df/d{right.by} = {claim}")], right.bindings)
    return judge_claims(program, read, fixed, 0.0, PATIENCE).verdict


def partly(right: Right, at: int) -> dict[str, float]:
    """Some of the bindings: those of the exponents, all but one, or none."""
    names = sorted(right.bindings)
    kept: Sequence[list[str]] = (
        [name for name in names if name in EXPONENTS],
        names[: at % len(names)] + names[at % len(names) + 1 :],
        [],
    )
    return {name: right.bindings[name] for name in kept[at % len(kept)]}


@pytest.mark.slow
@so_many
def test_many_bases_are_negative_and_most_exponents_whole(count: int) -> None:
    found = rights(count)
    assert (
        sum(any(it < 0 for name, it in right.bindings.items() if name not in EXPONENTS) for right in found)
        > 0.7 * count
    )
    assert sum(all(right.bindings.get(name, 1) % 1 == 0 for name in EXPONENTS) for right in found) > 0.7 * count
    assert {right.by for right in found} == {*"abcdmnpx"}


@pytest.mark.slow
@so_many
def test_every_right_claim_passes(count: int) -> None:
    good = ("agrees", "proved")
    assert not [right for right in rights(count) if verdict(right, right.claim, right.bindings) not in good]


@pytest.mark.slow
@so_many
@pytest.mark.parametrize("kind", FALSE)
def test_no_false_claim_passes(kind: str, count: int) -> None:
    passed = [right for right in rights(count) if verdict(right, right.false(kind), right.bindings) != "refuted"]
    assert not passed


@pytest.mark.slow
@so_many
def test_it_is_the_same_with_some_variables_free(count: int) -> None:
    kinds = list(FALSE)
    for at, right in enumerate(rights(count)[: count // 2]):
        fixed = partly(right, at)
        found = verdict(right, right.claim, fixed), verdict(right, right.false(kinds[at % len(kinds)]), fixed)
        assert found in (("agrees", "refuted"), ("proved", "refuted")), (right, fixed)
