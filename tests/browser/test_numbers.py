"""Where the reader moves a variable, the page shows the numbers that gradcli gives there."""

import random
import struct
from collections.abc import Mapping

import pytest
from approved import NETWORK, WEIGHTS
from browsing import SCRIPTS, Open, Opened

import gradcli
from gradcli.drawing.picture import Fold, Picture
from gradcli.drawing.pictured import picture
from gradcli.passes.arithmetic import rounded

NETWORK_AT = {name: float(value) for name, value in (weight.split("=") for weight in WEIGHTS)}
CASES: dict[str, tuple[str, dict[str, float], list[dict[str, float]]]] = {
    "tutorial": ("y = x*w; L = (y - 2)^2 + 2*x", {"x": 2, "w": 3}, [{"x": -1.5, "w": 0.3}, {"x": 1e8, "w": 1e-8}]),
    "a square": ("x*x", {"x": 3}, [{"x": -7.25}, {"x": 0}]),
    "network": (NETWORK, NETWORK_AT, [dict(zip(NETWORK_AT, (0.5, -2, 1, 3, 2, -1, 0.1, 7, -3, 4, 0), strict=True))]),
    "softmax": ("p = exp(a); q = exp(b); s = p + q; L = -log(p/s) + q/s", {"a": 1, "b": 2}, [{"a": -3, "b": 0.5}]),
    "dead arms": (
        "if x > 0 then -x^2 else log(y)*x",
        {"x": 1.5, "y": 2.5},
        [{"x": -2, "y": 3}, {"x": 0, "y": 3}, {"x": 3, "y": -1}],
    ),
    "ties": ("max(x, y, z)*min(x, y)", {"x": 1, "y": 2, "z": 3}, [{"x": 3, "y": 3, "z": 3}, {"x": 4, "y": 4, "z": 1}]),
    "kink": ("relu(x)*3 + abs(y)", {"x": 1, "y": 2}, [{"x": 0, "y": 0}, {"x": -1, "y": -2}]),
    "entries": (
        "h[1] = x[1]; h[t] = tanh(w*h[t-1] + x[t]) for t in 2..3; h[3]^2",
        {"x[1]": 1, "x[2]": 2, "x[3]": 3, "w": 0.5},
        [{"x[1]": -1, "x[2]": 0.5, "x[3]": 0.25, "w": -2}],
    ),
    "special": ("gamma(x)*erf(y) + digamma(x)", {"x": 2.5, "y": 0.5}, [{"x": 4.2, "y": -1.1}, {"x": -0.5, "y": 9}]),
    "not a number": ("log(x)*y + 1", {"x": 2, "y": 3}, [{"x": -1, "y": 3}, {"x": -1, "y": 0}, {"x": 0, "y": 2}]),
    "overflow": ("x*y*z", {"x": 1, "y": 2, "z": 3}, [{"x": 1e300, "y": 1e300, "z": 0}, {"x": 1e-300, "y": 1e-300, "z": 1}]),
    "powers": ("x^y + 2^x - y^2", {"x": 2, "y": 3}, [{"x": 0.5, "y": -1.5}, {"x": -2, "y": 3}]),
    "activations": ("sigmoid(x) + softplus(y)*tanh(x) - gelu(y)", {"x": 1, "y": 2}, [{"x": -40, "y": 30}, {"x": 0, "y": 0}]),
}  # fmt: skip


def told(text: str) -> tuple[str, str]:
    """Local derivative and contribution that the tooltip of an arrow tells."""
    if "of which" not in text:
        return "", ""
    local, gives = text.split(": local derivative ")[1].split(", of which ")
    return local, gives.split(" comes back")[0]


def agrees(opened: Opened, model: Picture) -> None:
    shown = opened.shown()
    adjoints = [box.adjoint or "–" for box in model.boxes]
    assert (shown["values"], shown["adjoints"]) == ([box.value for box in model.boxes], adjoints)
    arrows = [told(text) for text in shown["arrows"]]
    assert arrows == [(arrow.local if arrow.contribution else "", arrow.contribution) for arrow in model.arrows]
    drawn = shown["drawn"]
    pairs = [*zip(drawn["values"], shown["values"], strict=True), *zip(drawn["adjoints"], adjoints, strict=True)]
    assert all(text in (None, number) for text, number in pairs)


def by_rules(formula: str, at: Mapping[str, float], fold: Fold) -> tuple[Picture, list[str]]:
    """What doubles and the rules give, also at a kink, and the answer."""
    point = gradcli.answer(formula, at, precision="double").by_rules.point
    model = picture(gradcli.trace(formula, at, precision="double"), fold, 6, {})
    known = {name: rounded(slope, 6) for name, slope in point.gradient.items()}
    boxes = tuple(box._replace(adjoint=known.get(box.title, box.adjoint)) for box in model.boxes)
    return model._replace(boxes=boxes), [rounded(number, 6) for number in (point.value, *point.gradient.values())]


@pytest.mark.parametrize("name", CASES)
def test_moved_bindings_give_the_numbers_of_python(name: str, open_page: Open) -> None:
    formula, at, others = CASES[name]
    opened = open_page(formula, at)
    for moved in others:
        opened.move(moved)
        model, answer = by_rules(formula, moved, Fold.none)
        agrees(opened, model)
        assert opened.shown()["answer"] == answer


def test_a_folded_picture_moves_too(open_page: Open) -> None:
    opened = open_page(NETWORK, NETWORK_AT, "--collapse", "names")
    moved = {**NETWORK_AT, "x1": -2.0, "w21": -3.0, "b1": 5.0}
    opened.move(moved)
    agrees(opened, by_rules(NETWORK, moved, Fold.names)[0])


def test_numbers_are_written_as_python_writes_them(open_page: Open) -> None:
    opened = open_page("x*x", {"x": 3})
    draw = random.Random(3)
    numbers = [struct.unpack("<d", draw.randbytes(8))[0] for _ in range(2000)]
    numbers += [float(f"{draw.choice((-1, 1)) * draw.random():.{draw.randrange(8)}e}") for _ in range(500)]
    numbers += [
        100000.5,
        100001.5,
        2.5,
        3.5,
        0.5,
        1.5,
        0.125,
        1234565.0,
        1e22,
        1e-5,
        9.5,
        99.5,
        999999.5,
        0.0,
        -0.0,
        5e-324,
    ]
    numbers += [n / 2**k for k in (1, 2, 3, 10, 30) for n in range(1, 40, 2)]
    digits = (1, 2, 3, 6, 15, 16, 17)
    script = (SCRIPTS / "numbers.js").read_text("utf-8")
    encoded = [struct.pack("<d", number).hex() for number in numbers]
    told = opened.page.evaluate(
        f"""([all, digits]) => {{ {script}
        const read = (hex) => new DataView(Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16)).buffer).getFloat64(0, true);
        return all.map((hex) => digits.map((many) => rounded(read(hex), many))); }}""",
        [encoded, digits],
    )
    assert told == [[rounded(number, many) for many in digits] for number in numbers]
