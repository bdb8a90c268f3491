"""Plain double precision: what IEEE 754 says, and nothing that raises."""

from math import copysign, e, inf, isnan, nan, pi, tau

import pytest

from gradcli.evaluate.scalar import MEANINGS, _composite, evaluate
from gradcli.kernels import KERNELS
from gradcli.language import parse
from gradcli.operators.table import OPERATORS

VALUES = {
    "1/0": inf,
    "-1/0": -inf,
    "1/-0": -inf,
    "0/0": nan,
    "0*inf": nan,
    "inf - inf": nan,
    "inf/inf": nan,
    "-0": -0.0,
    "0*-1": -0.0,
    "-0 + 0": 0.0,
    "1e308*10": inf,
    "-1e308*10": -inf,
    "1e-308/1e308": 0.0,
    "1e308 + 1e308 - inf": nan,
    "5 % 0": nan,
    "-7 % 3": 2.0,
    "7 % -3": -2.0,
    "0^0": 1.0,
    "nan^0": 1.0,
    "1^nan": 1.0,
    "inf^0": 1.0,
    "0^-1": inf,
    "(-0)^-1": -inf,
    "(-0)^-2": inf,
    "0^inf": 0.0,
    "2^1024": inf,
    "2^-1080": 0.0,
    "(-2)^1025": -inf,
    "(-8)^(1/3)": nan,
    "(-8)^3": -512.0,
    "log(0)": -inf,
    "log(-0)": -inf,
    "log(-1)": nan,
    "log(inf)": inf,
    "log(8, 2)": 3.0,
    "log2(0)": -inf,
    "log10(0)": -inf,
    "log1p(-1)": -inf,
    "log1p(-2)": nan,
    "exp(1000)": inf,
    "exp(-1000)": 0.0,
    "exp(-inf)": 0.0,
    "exp2(2000)": inf,
    "expm1(1000)": inf,
    "sqrt(-1)": nan,
    "sqrt(-0)": -0.0,
    "√inf": inf,
    "cbrt(-8)": -2.0,
    "sin(inf)": nan,
    "cos(-inf)": nan,
    "tan(inf)": nan,
    "asin(2)": nan,
    "acos(-2)": nan,
    "atan(inf)": pi / 2,
    "atan2(0, -1)": pi,
    "atan2(-0, -1)": -pi,
    "sinh(1000)": inf,
    "sinh(-1000)": -inf,
    "cosh(-1000)": inf,
    "tanh(1000)": 1.0,
    "acosh(0)": nan,
    "atanh(1)": inf,
    "atanh(-1)": -inf,
    "atanh(2)": nan,
    "hypot(3, 4)": 5.0,
    "hypot(1e200, 1e200)": 1.414213562373095e200,
    "hypot(inf, nan)": inf,
    "hypot(2, 3, 6)": 7.0,
    "max(1, nan)": nan,
    "max(nan, 1)": nan,
    "min(1, nan, 2)": nan,
    "max(1, 3, 2)": 3.0,
    "abs(-0)": 0.0,
    "sign(-3)": -1.0,
    "sign(nan)": nan,
    "floor(-0.5)": -1.0,
    "ceil(-0.5)": -0.0,
    "floor(inf)": inf,
    "floor(1e300)": 1e300,
    "round(2.5)": 2.0,
    "round(3.5)": 4.0,
    "round(-0.4)": -0.0,
    "clip(5, 0, 1)": 1.0,
    "clip(nan, 0, 1)": nan,
    "gamma(5)": 24.0,
    "gamma(200)": inf,
    "sinc(0)": 1.0,
    "xlogy(0, 0)": 0.0,
    "sigmoid(-1000)": 0.0,
    "sigmoid(1000)": 1.0,
    "softplus(1000)": 1000.0,
    "softplus(-1000)": 0.0,
    "logaddexp(1000, 1000) - 1000": 0.6931471805599453,
    "erf(inf)": 1.0,
    "nan == nan": 0.0,
    "nan != nan": 1.0,
    "nan < 1": 0.0,
    "0 == -0": 1.0,
    "inf > 1e308": 1.0,
    "2 and 3": 1.0,
    "0 and nan": 0.0,
    "0 or 0": 0.0,
    "0 or -2": 1.0,
    "not 0": 1.0,
    "not nan": 0.0,
    "where(nan, 1, 2)": 1.0,
    "where(0, nan, 2)": 2.0,
    "where(-0, 1, 2)": 2.0,
    "1 if 2 > 1 else 1/0": 1.0,
    "pi": pi,
    "tau": tau,
    "e": e,
}


@pytest.mark.parametrize(("text", "expected"), VALUES.items())
def test_value(text: str, expected: float) -> None:
    program = parse(text)
    (value,) = evaluate(program.graph, [program.output], {})
    if isnan(expected):
        assert isnan(value)
    elif abs(expected) in (0.0, inf):
        assert (value, copysign(1, value)) == (expected, copysign(1, expected))
    else:
        assert value == pytest.approx(expected, rel=3e-16)


@pytest.mark.parametrize("name", OPERATORS)
def test_no_operator_raises_on_any_double(name: str) -> None:
    row = OPERATORS[name]
    wild = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-320, 1e308, -1e308, 171.5, inf, -inf, nan]
    for first in wild:
        for second in wild:
            operands = [first, second, 1.0, 1.0][: 2 if row.variadic else len(row.operands)]
            assert isinstance(MEANINGS[name](*operands), float)


@pytest.mark.parametrize("name", [name for name, row in OPERATORS.items() if row.definition and not row.variadic])
def test_the_definition_stands_in_where_there_is_no_kernel(name: str) -> None:
    row = OPERATORS[name]
    point = [low + (high - low) * 0.37 for low, high in row.sample]
    assert _composite(row)(*point) == pytest.approx(MEANINGS[name](*point), rel=1e-9, nan_ok=True)


def test_some_operators_have_their_definition_as_their_meaning() -> None:
    from math import sqrt

    assert "softsign" not in KERNELS or KERNELS["softsign"](2.0) == 2 / 3
    assert MEANINGS["softsign"](2.0) == 2 / 3
    assert MEANINGS["sqrt"](2.0) == sqrt(2.0)


def test_a_whole_number_as_a_binding_is_a_double() -> None:
    program = parse("x^100*x^300")
    assert evaluate(program.graph, [program.output], {"x": 10}) == [inf]


def test_a_variable_without_a_value_is_a_key_error() -> None:
    program = parse("x*y")
    with pytest.raises(KeyError, match="y"):
        evaluate(program.graph, [program.output], {"x": 1.0})


def test_only_what_an_output_needs_is_evaluated() -> None:
    program = parse("y = 1/missing; x + 1")
    assert evaluate(program.graph, [program.output], {"x": 1.0}) == [2.0]
