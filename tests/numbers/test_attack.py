"""Formulas in which much cancels, whose truth is known by construction: no number of theirs and no verdict is wrong."""

import pytest
from attacked import Patience, Said, attack, is_confirmed
from cancelling import KINDS, formula

QUICK = Patience(answer=1.0, verify=0.4, check=0.3)
"""What takes longer is left open, and nothing wrong is said of it."""
SEEDS, MORE = 1000, 20


def wrong(kind: str, seed: int, patience: Patience) -> list[Said]:
    return [said for said in attack(formula(kind, seed), patience) if said.fault]


@pytest.mark.parametrize("seed", [SEEDS])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_said_is_wrong(kind: str, seed: int) -> None:
    assert not wrong(kind, seed, QUICK)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(SEEDS, SEEDS + MORE))
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_said_is_wrong_with_more_time(kind: str, seed: int) -> None:
    assert not wrong(kind, seed, Patience())


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"least", "monsters"}))
def test_mpmath_has_the_same_for_some_formulas_of_each_kind(kind: str) -> None:
    some = (formula(kind, SEEDS + seed, depth=0) for seed in range(20))
    assert any(is_confirmed(it, 1.0) for it in some)
