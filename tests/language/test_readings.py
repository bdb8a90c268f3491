"""What is asked of a text that can mean two things: each reading that a hint shows is a program and has the value meant."""

import pytest

from gradcli.errors import GradcliError, LanguageError
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse

POINT = {"x": 3.0, "y": 5.0, "z": 7.0, "w": 2.0, "a": 2.0, "b": 4.0, "c": 8.0, "x10": 1.0}

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
}


def readings(text: str) -> list[str]:
    """The text as each of the readings of its error writes it."""
    with pytest.raises(LanguageError) as caught:
        parse(text, variables=POINT)
    start, end = caught.value.span or (0, 0)
    shown = caught.value.hint.removeprefix("write ").replace(" or ", ", ")
    return [f"{text[:start]}{reading}{text[end:]}" for reading in split(shown)]


def split(shown: str) -> list[str]:
    """The parts of a list, between whose commas no bracket is open."""
    parts = [""]
    for piece in shown.split(", "):
        whole = parts[-1].count("(") == parts[-1].count(")")
        parts = [*parts, piece] if whole else [*parts[:-1], f"{parts[-1]}, {piece}"]
    return parts[1:]


@pytest.mark.parametrize("text", ASKED)
def test_each_reading_is_a_program_and_means_what_it_says(text: str) -> None:
    programs = [parse(reading, variables=POINT) for reading in readings(text)]
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
