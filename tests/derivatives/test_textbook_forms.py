"""What a row shows as a textbook's derivative is the derivative: against mpmath, with many digits."""

import pytest
from measure import draws, inside
from mpmath import mp
from rows import ROWS, names
from truth import TRUTHS

from gradcli.derivatives.rules import textbook
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, run_template

SHOWN = [row for row in ROWS if any(textbook(row.name))]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.name)
def test_a_textbook_form_is_the_local_derivative(row: Operator) -> None:
    points = inside(row, draws(row, 40))
    assert len(points) > 20
    with MP.workdps(80), mp.workdps(80):
        for point in points:
            slots = [*map(MP.mpf, point), MEANINGS[row.name](*map(MP.mpf, point))]
            for position, form in enumerate(textbook(row.name)):
                if form:
                    given = (slots[0], slots[-1]) if row.variadic else tuple(slots)
                    expected = MP.mpf(TRUTHS[row.name].partials[position](*map(mp.mpf, point)))
                    assert MP.almosteq(run_template(form, given), expected, 1e-60), (point, position)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_gives_one_form_for_each_derivative_that_another_one_is_shown_for(row: Operator) -> None:
    assert len(row.textbook) in (0, len(row.partials))
    assert not any(form == partial for form, partial in zip(row.textbook, row.partials, strict=False))
    assert not row.textbook or any(row.textbook)


def test_what_is_computed_in_a_tail_by_another_form_is_shown_by_the_plain_one() -> None:
    tails = {(row.name, at) for row in ROWS for at, tail in enumerate(row.tails) if tail}
    assert all(textbook(name)[at] for name, at in tails)
    assert len(names(OPERATORS["atan2"])) == len([*filter(None, textbook("atan2"))]) == 2
