"""Which zeros are zeros for certain, and which may be all that the working digits leave of a small number?"""

import pytest

from gradcli.graph.walk import reachable
from gradcli.language import parse
from gradcli.precision.exact_zeros import certain
from gradcli.precision.multiprecision import values_at

DIGITS = 20


@pytest.mark.parametrize(
    ("text", "x", "known"),
    [
        ("x*0", 3.0, True),
        ("0*exp(x)", 3.0, True),
        ("exp(x) - exp(x)", 3.0, True),
        ("exp(x) + -exp(x)", 3.0, True),
        ("sin(x)", 0.0, True),
        ("where(x > 2, 0, exp(x))", 3.0, True),
        ("floor(x)", 0.5, True),
        ("1 - tanh(x)", 99.0, False),
        ("(1 + x) - 1", 1e-30, False),
    ],
)
def test_a_zero_is_certain_where_it_is_made_of_what_is_known(text: str, x: float, known: bool) -> None:
    program = parse(text)
    needed = reachable(program.graph, [program.output])
    values = values_at(program.graph, needed, {"x": x}, DIGITS)
    assert values[program.output] == 0
    assert certain(program.graph, needed, values)[program.output] == known
