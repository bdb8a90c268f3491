"""What is asked of a text that can mean two things: each reading that a hint shows is a program and has the value meant."""

import math

import pytest
from offered import readings

from gradcli.errors import GradcliError
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse

POINT = {"x": 3.0, "y": 5.0, "z": 7.0, "w": 2.0, "a": 2.0, "b": 4.0, "c": 8.0, "x10": 1.0, "d": 2.0, "f": 3.0}

ASKED = {
    "1/2x": (1.5, 1 / 6),
    "w + 1/2x^2": (2 + 4.5, 2 + 1 / 18),
    "1/2(x + 1)": (2.0, 0.125),
    "a/(b)(c)": (4.0, 1 / 16),
    "a*b/2x": (12.0, 8 / 6),
    "y%2x": (3.0, 5.0),
    "x^2y": (45.0, 3.0**10),
    "x**-2y": (5 / 9, 3.0**-10),
    "w/x^2y": (10 / 9, 2 / 45, 2 / 3**10),
    "1/2(x)^2*y": (22.5, 5 / 18),
    "f(x) = 1/2x; f(y)": (2.5, 0.1),
    "max(0, 1/2x, -1)": (1.5, 1 / 6),
    "√b²": (4.0, 4.0),
    "√b^-x + 1": (1.125, 1.125),
    "√2x^2": (2**0.5 * 9, 18**0.5),
    "a < b < x": (0.0,),
    "not a < b < x": (1.0,),
    "w*(0 ≤ |x - 2| ≤ 2)": (2.0,),
    "0x10": (0.0, 16.0),
    "x.^w.^w": (81.0, 81.0),
    "w.^x.^w + 1": (65.0, 513.0),
    "!x == y": (1.0, 0.0),
    "z + 2½": (9.5, 8.0),
    "1.5d-3*x": (0.0045, -6.0),
    "1.5f + f": (4.5, 7.5),
    "y - x // w": (4.0,),
    "-z %/% w": (-4.0,),
    "LOG(c)": (2.0794415416798357, 0.9030899869919435),
    "1 + ATAN2(x, y)": (1.5404195002705842, 2.0303768265243125),
    "MOD(-x - 1, x)": (2.0, -1.0),
    "INT(-x/w)": (-2.0, -1.0),
    "sqr(b)": (16.0, 2.0),
    "nn.leaky_relu(-x)": (-0.03, -0.6),
    "x.hypot(b)": (5.0,),
    "20% - w": (0.2 - 2, 0.0),
    "b + 20% + w": (4 + 0.2 + 2, 4 * 1.2 + 2, 4 + 0.0),
    "a*b - 12.5% - 7": (8 - 0.125 - 7, 8 * 0.875 - 7, 8 + 1.5),
    "20%+x": (0.2 + 3, 2.0),
    "b + 10%": (4.1, 4.4),
    "(c + c) - 10%": (15.9, 14.4),
    "250*b%": (10.0,),
    "250*4%": (10.0,),
    "b/4% + 1": (4 / 0.04 + 1, 0.0),
    "max(5%, w)": (2.0,),
    "5% < w": (1.0,),
    "x%": (0.03,),
    "(a + b)%": (0.06,),
    "b^50%": (2.0,),
    "b!!": (math.factorial(24), 8.0),
    "5!!": (math.factorial(120), 15.0),
    "(w + x)!!": (math.factorial(120), 15.0),
    "√b!": (2.0, 24**0.5),
    "5!=120": (1.0, 1.0),
    "3!=5 + 1": (1.0, 1.0),
    "2e": (2 * math.e, 2.0),
    "2e+x": (2 * math.e + 3, 2000.0),
    "2e-x*w": (2 * math.e - 6, 0.004),
    "2e(x + w)^b": (2 * math.e * 625, 1250.0),
    "2e x": (6 * math.e, 6.0),
    "1e/w": (math.e / 2, 0.5),
    "1,000*x": (3000.0, 3.0),
    "1,234,567.5": (1234567.5,),
    "1,5*w": (3.0,),
    "max(1,000, x)": (1000.0, 3.0),
    "u=2, v=3, u^2*v": (12.0,),
    "sin^2 x": (math.sin(3) ** 2,),
    "sin^2(x + w)*b": (math.sin(5) ** 2 * 4,),
    "sin²x": (math.sin(3) ** 2,),
    "atan^-1(w)": (1 / math.atan(2),),
    "cos^-1(1/w)": (math.acos(0.5), 1 / math.cos(0.5)),
    "tan⁻¹ w": (math.atan(2), 1 / math.tan(2)),
    "sin^b(x)": (math.sin(3) ** 4,),
    "ln x^2": (math.log(9), math.log(3) ** 2),
    "sin x/2": (math.sin(3) / 2, math.sin(1.5)),
    "sin 2x + 1": (math.sin(6) + 1,),
    "2sin x": (2 * math.sin(3),),
}


@pytest.mark.parametrize("text", ASKED)
def test_each_reading_is_a_program_and_means_what_it_says(text: str) -> None:
    programs = [parse(reading) for reading in readings(text)]
    assert [evaluate(program.graph, [program.output], POINT)[0] for program in programs] == pytest.approx(ASKED[text])


@pytest.mark.parametrize("text", ["1/2x + 1/2y", "1/2x y", "√x²y", "(1/2x"])
def test_where_more_is_wrong_the_readings_are_shown_all_the_same(text: str) -> None:
    with pytest.raises(GradcliError, match=r"two ways|how far") as caught:
        parse(text)
    assert caught.value.hint.startswith("write ")


@pytest.mark.parametrize("text", ["1/2(" + "x + " * 200 + "x)", "1/2(x # a note\n)"])
def test_no_reading_is_shown_that_is_no_program_or_too_long(text: str) -> None:
    with pytest.raises(GradcliError, match=r"two ways|how far") as caught:
        parse(text)
    assert caught.value.hint == "put parentheses around what belongs together"
