"""Names without a value that are made of others: what is offered is a program, and has the value that was meant."""

import math

import pytest

from gradcli.errors import LanguageError
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.language.glued import unglued

POINT = {"x": 3.0, "y": 5.0, "w": 2.0, "b": 7.0, "r": 2.0, "f": 0.25, "t": 3.0, "m": 2.0, "c": 4.0, "g": 9.8, "h": 3.0}
POINT |= {"k": 1.5, "θ": 0.5, "n": 4.0, "R": 8.3, "T": 2.0, "P": 3.0, "V": 5.0}

OFFERS = {
    # as typed: what is offered, and its value
    "wx+b": ("write w*x+b", 13.0),
    "1/2*m*v^2 + mgh": ("write 1/2*m*v^2 + m*g*h; and v", None),
    "πr²": ("write π*r²", math.pi * 4),
    "4/3*πr^3": ("write 4/3*π*r^3", 4 / 3 * math.pi * 8),
    "2πft": ("write 2*π*f*t", 2 * math.pi * 0.25 * 3),
    "sin(2πft)": ("write sin(2*π*f*t)", math.sin(2 * math.pi * 0.25 * 3)),
    "mc^2": ("write m*c^2", 32.0),
    "mc²": ("write m*c²", 32.0),
    "1/mc^2": ("write 1/(m*c^2)", 1 / 32),
    "x**2 + 2xy + y**2": ("write x**2 + 2*x*y + y**2", 64.0),
    "PV/nRT": ("write P*V/(n*R*T)", 15 / (4 * 8.3 * 2)),
    "e^-wx": ("write e^-(w*x)", math.exp(-6)),
    "2^wx": ("write 2^(w*x)", 64.0),
    "√wx": ("write √(w*x)", math.sqrt(6)),
    "-wx%b": ("write -w*x%b", 1.0),
    "b%wx": ("write b%(w*x)", 1.0),
    "wx!": ("write (w*x)!", 720.0),
    "sinx": ("write sin(x)", math.sin(3)),
    "cosθ": ("write cos(θ)", math.cos(0.5)),
    "lnx/x": ("write ln(x)/x", math.log(3) / 3),
    "sqrtx": ("write sqrt(x)", math.sqrt(3)),
    "xe^x": ("write x*e^x", 3 * math.exp(3)),
    "xe^-x": ("write x*e^-x", 3 * math.exp(-3)),
    "xsinx": ("write x*sin(x)", 3 * math.sin(3)),
    "sinx^2": ("write sin(x)^2 or sin(x^2)", math.sin(3) ** 2),
    "sin2x": ("write sin(2*x) or sin(2)*x", math.sin(6)),
    "e^xsinx": ("write e^(x*sin(x)) or e^x*sin(x)", math.exp(3 * math.sin(3))),
    "sinwx": ("write sin(w*x) or sin(w)*x", math.sin(6)),
    "f(a) = wx*a; f(b)": ("write f(a) = w*x*a; f(b)", 42.0),
    "z = wx\nz^2": ("write w*x for wx", None),
}


@pytest.mark.parametrize("text", OFFERS)
def test_what_is_offered_is_what_was_meant(text: str) -> None:
    program = parse(text, variables=POINT)
    missing = [name for name in program.variables if name not in POINT]
    offer = unglued(text, missing, {*POINT, *program.variables})
    assert offer is not None
    shown, value = OFFERS[text]
    assert offer.or_else(", ".join(offer.rest)) == shown
    if value is not None:
        written = parse(offer.hint.removeprefix("write ").split(" or ")[0], variables=POINT)
        assert evaluate(written.graph, [written.output], POINT)[0] == pytest.approx(value)


@pytest.mark.parametrize("text", ["w_x", "learning_rate*x", "maxx", "xz + q", "wz", "`wx`*2", "abcdefgh"])
def test_nothing_is_offered_for_what_is_made_of_no_names_that_have_a_value(text: str) -> None:
    program = parse(text, variables=POINT)
    missing = [name for name in program.variables if name not in POINT]
    assert unglued(text, missing, {*POINT, *program.variables}) is None


def test_readings_have_names_that_are_bound() -> None:
    with pytest.raises(LanguageError) as caught:
        parse("c*t + 1/2mx^2", variables=POINT)
    assert caught.value.hint == "write (1/2)*m*x^2 or 1/(2*m*x^2)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sinx", "write sin(x); or y"),
        ("tanθ/w", "write tan(θ)/w; or y"),
        ("w^T*w", "for a transpose write the sum of the products, w1*x1 + w2*x2; or y"),
        ("E^-w", "write e^-w; or y"),
        ("5L*w", "write 5*w; or y"),
        ("2i + w", "gradcli has real numbers: write both parts for themselves; or y"),
    ],
)
def test_a_letter_behind_a_function_is_a_guess(text: str, shown: str) -> None:
    program = parse(text)
    offer = unglued(text, [name for name in program.variables if name != "w"], {"w"})
    assert offer is not None
    assert offer.or_else("y") == shown
