"""What the table says of a kink: known names only, and for every kinked row something to go by."""

import pytest

from gradcli.derivatives.rules import domain, kink_rule
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import ROWS

KINKED = [row for row in ROWS if row.kink]
every_kinked_row = pytest.mark.parametrize("row", KINKED, ids=lambda row: row.name)


@every_kinked_row
def test_the_texts_are_over_the_operands_their_rates_and_the_result(row: Operator) -> None:
    allowed = {*row.operands, *(f"d{name}" for name in row.operands), "result"}
    for text in filter(None, (row.directional, row.one_sided_limit)):
        assert set(parse(text, variables=allowed).variables) <= allowed


@every_kinked_row
def test_a_kink_turns_or_jumps_or_ties(row: Operator) -> None:
    assert bool(row.directional or row.one_sided_limit) is not row.variadic


def test_only_a_kink_has_sides() -> None:
    assert all(row.kink for row in ROWS if row.directional or row.one_sided_limit)


def test_an_operator_without_a_kink_has_no_kink_rule() -> None:
    assert kink_rule("sin") is None
    assert domain("sin") is None
    assert domain("sqrt") is not None
