"""A number that a person types is that decimal, wherever it is typed; a float is the double that it is.

The judges are `fractions.Fraction` and mpmath, which read the very text.
"""

import json
import math
import pickle
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from conftest import Gradcli
from mpmath import mp

import gradcli as face
from gradcli.errors import Source
from gradcli.evaluate.constant import constant
from gradcli.graph.written import Written, as_written, literal, rational
from gradcli.language import parse
from gradcli.language.notation import expression_text

LENGTHS = (1, 2, 5, 15, 16, 17, 18, 25, 60)


def texts(count: int) -> list[str]:
    """Decimals of all lengths and magnitudes, those of doubles and beyond."""
    source, found = (
        random.Random(17),
        ["0", "0.0", "5e-324", "1.2345e-320", "1e23", "9007199254740993", "1e999", "1e-999"],
    )
    for _ in range(count):
        digits = "".join(source.choice("0123456789") for _ in range(source.choice(LENGTHS)))
        place, size = source.randint(0, len(digits)), source.choice(("", f"e{source.randint(-400, 400)}", "e+3", "E-7"))
        found.append(f"{digits[:place] or '0'}.{digits[place:]}{size}" if source.random() < 0.8 else digits + size)
    return found


def test_a_literal_is_what_is_written() -> None:
    for text in texts(3000):
        number = literal(text)
        assert number is not None
        assert Fraction(*as_written(number)) == Fraction(text), text
        assert float(number) == float(text)
        graph = parse(text).graph
        assert (read := parse(expression_text(graph, 0)).graph.value_of(0)) is not None
        assert Fraction(*as_written(read)) == Fraction(text)


def test_equal_numbers_are_one_node_and_others_are_not() -> None:
    assert len(parse("0.1 + 0.10 + 1e-1 + 0.1000000000000000000000").graph.leaves) == 1
    assert (
        len(parse("0.1 + 0.1000000000000000055511151231257827 + 0.10000000000000000555111512312578270").graph.leaves)
        == 2
    )
    assert len(parse("1e999 + 10e998 + 1e-999").graph.leaves) == 2


def test_a_text_that_is_arithmetic_is_the_ratio_that_it_comes_to() -> None:
    source = random.Random(4)
    for _ in range(500):
        text = f"{source.randint(1, 99) / 10}"
        for _ in range(source.randint(1, 5)):
            text = f"({text}){source.choice('+-*/')}{source.randint(1, 999) / 100}"
        number = constant(Source(text, "x"))
        exact = eval(_in_fractions(text))
        got = Fraction(*number.ratio) if isinstance(number, Written) else Fraction(number)
        assert (got, float(number)) == (exact, float(exact)), text


def _in_fractions(text: str) -> str:
    import re

    return re.sub(r"\d+\.\d+", lambda match: f"Fraction('{match[0]}')", text)


def test_a_number_that_is_no_double_can_be_kept_and_copied() -> None:
    third = rational(1, 3)
    assert isinstance(third, Written)
    assert pickle.loads(pickle.dumps(third)).ratio == (1, 3)
    assert type(third + 0.0) is float


# -- decisions

DECIDED = [
    ("ceil(1.1*10)", 11), ("floor(0.3*10)", 3), ("round(2.675*100)", 268), ("floor((0.1+0.7)*10)", 8), ("ceil(0.07*100)", 7),
    ("0.3 % 0.1", 0), ("1 % 0.1", 0), ("floor(4.35*100)", 435), ("0.1 + 0.2 == 0.3", 1), ("0.1 + 0.2 > 0.3", 0),
    ("where(1.1*1.1 == 1.21, 5, 7)", 5), ("if 0.1*3 <= 0.3 then 1 else 2", 1), ("not (0.1 + 0.2 - 0.3)", 1),
    ("sign(0.3 - 0.1*3)", 0), ("abs(0.1 + 0.2 - 0.3)", 0), ("sqrt(0.3 - 0.1*3)", 0), ("acos(1.1*1.1/1.21)", 0),
    ("max(0.1*3, 0.3) - 0.3", 0), ("relu(0.1*3 - 0.3)", 0), ("log(1.1*1.1 - 1.21)", -math.inf), ("1e999/1e998", 10),
    ("1e-999/1e-998*10", 1), ("0.1 == 0.1000000000000000055511151231257827", 0), ("log(1e999)/log(10)", 999),
    ("1e999999999/1e999999998", 10), ("1e-4000*1e4000", 1), ("max(1e-999, 0) > 0", 1), ("1e5000 > 1e4999", 1),
]  # fmt: skip


@pytest.mark.parametrize("precision", ["auto", "exact", "30"])
@pytest.mark.parametrize(("text", "value"), DECIDED)
def test_a_decision_is_that_of_the_decimals(gradcli: Gradcli, text: str, value: float, precision: str) -> None:
    ran = gradcli("eval", text, "--precision", precision)
    told = ran.out.split("\t")[1].strip()
    assert float(told) == value, ran
    assert ran.code == (0 if math.isfinite(value) else 3)


@pytest.mark.parametrize(
    ("text", "typed", "value", "double"),
    [
        ("floor(x*100)", "0.29", "29", "28"), ("floor(x*10)", "0.3", "3", ""), ("(x + 0.2) == 0.3", "0.1", "1", "0"),
        ("sqrt(x*3 - 0.3) + 1", "0.1", "1", "1.0000000074505806"), ("x^2", "0.1", "0.010000000000000002", ""),
        ("x - 1", "1.1", "0.10000000000000009", ""), ("x - 1", "1.001", "0.001", "0.0009999999999998899"),
        # beside the end of a domain and many waves from 0 the slope bends within the last place of the operand
        ("asin(x)", "0.9999999999999999", "1.570796312652761", "1.5707963118937354"),
        ("erfinv(x)", "0.9999999999999999", "5.8723700904539635", "5.8635847487551676"),
        ("sin(x)", "10000000000.1", "-0.3979040104869869", "-0.3979036605163107"),
        ("x^1e12", "1.0000000001", "2.6881171283755497e43", "2.6881393700484107e43"),
        ("log(2, x)", "1.00000000000001", "69314718055994.875", "69370164090726.56"),
    ],
)  # fmt: skip
def test_doubles_stay_where_they_are_right_and_are_told_where_not(
    gradcli: Gradcli, text: str, typed: str, value: str, double: str
) -> None:
    ran = gradcli("eval", text, "--x", typed)
    assert ran.out == f"f\t{value}\n"
    assert (f"double precision gives f = {double};" in ran.err) == bool(double)
    assert bool(ran.err) == bool(double)
    plain = gradcli("eval", text, "--x", typed, "--precision", "double")
    assert plain.out == f"f\t{double or value}\n"


# -- digits


@pytest.mark.parametrize(
    ("text", "typed", "value", "slope"),
    [
        ("0.1+0.2", "", "0.3", ""), ("x^2", "0.1", "0.01", "0.2"), ("x^2", "1/3", "0." + "1" * 30, "0." + "6" * 29 + "7"),
        ("x", "0.12345678901234567890123", "0.12345678901234567890123", "1"), ("x*1e999", "1e-999", "1", "1e+999"),
        ("x*9007199254740993", "1", "9007199254740993", "9007199254740993"), ("x*1e-99999", "2", "2e-99999", "1e-99999"),
    ],
)  # fmt: skip
def test_digits_are_those_of_the_decimals(gradcli: Gradcli, text: str, typed: str, value: str, slope: str) -> None:
    ran = gradcli("grad", text, *(["--x", typed] if typed else []), "--precision", "30")
    assert ran.code == 0, ran
    assert ran.out == f"f\t{value}\n" + (f"df/dx\t{slope}\n" if slope else "")


def test_digits_of_functions_are_those_of_the_decimals() -> None:
    source = random.Random(5)
    for _ in range(40):
        texts = {name: f"{source.uniform(0.1, 4):.{source.randint(1, 20)}f}" for name in "xy"}
        found = face.answer("exp(-x*0.3)*sin(y/0.7) + x^0.1", texts, precision=40).decimals
        assert found is not None
        with mp.workdps(60):
            x, y = (mp.mpf(text) for text in texts.values())
            decay, wave = mp.exp(-x * mp.mpf("0.3")), y / mp.mpf("0.7")
            slope = -mp.mpf("0.3") * decay * mp.sin(wave) + mp.mpf("0.1") * x ** mp.mpf("-0.9")
            for got, exact in ((found.value, decay * mp.sin(wave) + x ** mp.mpf("0.1")), (found.gradient["x"], slope)):
                assert abs(mp.mpf(got) - exact) <= abs(exact) * mp.mpf(10) ** -39


# -- where they come from


def test_what_python_gives() -> None:
    floor = "floor(x*100)"
    for tenths in ("0.29", Decimal("0.29"), Fraction(29, 100), rational(29, 100)):
        assert face.value(floor, x=tenths) == 29.0
    assert face.value(floor, x=0.29) == 28.0
    assert face.value("x - 2^53", x=2**53 + 1) == 1.0
    for far in ("1e999", Decimal("1e999"), 10**999, Fraction(10**999)):
        assert face.value("x/1e998", x=far) == 10.0
    assert face.answer("x - 1e-999", x=Fraction(1, 10**999)).value == 0.0
    assert face.value(floor, face.answer(floor, x="0.29").bindings) == 29.0
    assert face.compile("floor(0.29*100)*x")(1.0).value == 28.0


def test_what_a_file_gives(gradcli: Gradcli) -> None:
    typed, printed = '{"x": 0.29}', '{"bindings": {"x": 0.29}}'
    assert gradcli("eval", "floor(x*100)", "--bind", "-", stdin=typed).out == "f\t29\n"
    assert gradcli("eval", "floor(x*100)", "--bind", "-", stdin=printed).out == "f\t28\n"
    own = gradcli("eval", "x", "--x", "0.29", "--json").out
    assert gradcli("eval", "floor(x*100)", "--bind", "-", stdin=own).out == "f\t28\n"
    assert gradcli("eval", "x/1e998", "--bind", "-", stdin='{"x": -1e999}').out == "f\t-10\n"
    assert gradcli("eval", "x*1e-4990", "--bind", "-", stdin='{"x": 1' + "0" * 4990 + "}").out == "f\t1\n"
    assert gradcli("eval", "1/x", "--bind", "-", stdin='{"x": -0.0}').out == "f\t-inf\n"


def test_tables_are_doubles(gradcli: Gradcli) -> None:
    for text, bound, row in (
        ("floor(x*y)", "100", "0.29,28.0,0.0"),
        ("1e999*x + y", "0", "0.29,inf,inf"),
        ("x*y", "-1e999", "0.29,-inf,-inf"),
    ):
        ran = gradcli("map", text, "-", f"--y={bound}", "--wrt", "x", stdin="x\n0.29\n")
        assert ran.out == f"x,f,d_x\n{row}\n"


def test_nodes_tell_what_led_to_the_answer(gradcli: Gradcli) -> None:
    told: dict[str, Any] = json.loads(gradcli("grad", "ceil(1.1*x)*y", "x=10", "y=0.1", "--json").out)
    assert [(it["text"], it["value"]) for it in told["nodes"]][:4] == [
        ("1.1", 1.1), ("x", 10.0), ("1.1*x", 11.0), ("ceil(1.1*x)", 11.0),
    ]  # fmt: skip
    assert told["canonical"] == "ceil(1.1*x)*y"
    explained = gradcli("explain", "floor(x*100)*y", "--x", "0.29", "--y", "0.1").out
    assert "29*0.1 = 2.9" in explained


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("0.29*100*x", "df/dx = 29", "proved"), ("floor(0.29*100)*x", "df/dx = 28", "refuted"),
        ("0.1*x + 0.2*x", "df/dx = 0.3", "proved"), ("0.1*x", "df/dx = 0.1000000000000000055511151231257827", "refuted"),
    ],
)  # fmt: skip
def test_claims_are_judged_by_decimals(gradcli: Gradcli, text: str, claim: str, verdict: str) -> None:
    ran = gradcli("check", text, "--claim", claim, "--seconds", "60")
    assert verdict in ran.out, ran


@pytest.mark.parametrize("text", ["0.1*x + 0.2*x", "floor(x*100)*x*0.7", "sin(0.1*x)^2.5"])
def test_the_judge_reads_the_same_decimals(gradcli: Gradcli, text: str) -> None:
    told = json.loads(gradcli("grad", text, "--x", "0.295", "--verify", "--json").out)["verification"]
    assert told["verdict"] == "proved"
    assert told["value"]["ulp"] <= 16


# -- limits


@pytest.mark.parametrize("exponent", ["9999", "999999999", "9" * 30, "9" * 900])
def test_exponents_neither_hang_nor_fill_the_memory(gradcli: Gradcli, exponent: str) -> None:
    for sign in ("", "-"):
        ran = gradcli("eval", f"1e{sign}{exponent}*x", "--x", "0.5")
        assert (ran.code, ran.out) in ((3, "f\tinf\n"), (0, "f\t0\n"), (3, "f\t0\n")), ran
        for refused in (
            gradcli("eval", "x", f"--x=1e{sign}{exponent}"),
            gradcli("eval", "x", "--bind", "-", stdin=f'{{"x": 1e{sign}{exponent}}}'),
        ):
            assert (refused.code, refused.out) == (2, "")
            assert "too far from 1" in refused.err
    with pytest.raises(face.BindingError, match="too far from 1"):
        face.value("x", x=Decimal(f"1e{exponent}") if len(exponent) < 18 else f"1e{exponent}")


def test_a_derivative_keeps_the_decimals() -> None:
    assert face.answer("x^1.1", x=2, precision=25).decimals == face.answer("x^(11/10)", x=2, precision=25).decimals
    assert face.gradient("x^(1.1*10)", x=-2) == {"x": 11 * 1024.0}
