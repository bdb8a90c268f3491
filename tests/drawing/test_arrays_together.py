"""A large picture of a program with arrays has one box for each of them; every form can say their names."""

import json
import re
from xml.etree import ElementTree

import pytest
from conftest import Gradcli

from gradcli.answers import answered
from gradcli.drawing.folding import pictures
from gradcli.drawing.picture import Fold, Picture
from gradcli.language.program import parse

NETWORK = "h = tanh(W@x + b); L = sum((V@h)^2)"
GIVEN = {
    **{f"W[{i},{j}]": 0.1 * i - 0.05 * j for i in range(1, 7) for j in range(1, 9)},
    **{f"x[{j}]": 0.25 * j for j in range(1, 9)},
    **{f"b[{i}]": 0.5 for i in range(1, 7)},
    **{f"V[{k},{i}]": 0.1 * k + 0.01 * i for k in (1, 2) for i in range(1, 7)},
}
SHOWN = ["W [6, 8]", "V [2, 6]", "x [8]", "b [6]", "h [6]", "L"]


def drawn(text: str, given: dict[str, float], fold: Fold = Fold.auto) -> Picture:
    program = parse(text, variables=given)
    answer = answered(program, given, program.variables, "double", follow=True)
    return next(pictures(answer, fold, 6, {}, 1000))


def test_the_entries_of_an_array_are_one_box_with_its_shape_and_its_ends() -> None:
    boxes = {box.title: box for box in drawn(NETWORK, GIVEN).boxes}
    assert {*SHOWN} <= boxes.keys()
    assert boxes["x [8]"].value == "0.25 … 2"
    assert boxes["b [6]"].value == "0.5"
    assert boxes["h [6]"].operation == "tanh(W@x + b)"
    assert not any(re.search(r"\w\[\d", title) for title in boxes)


def test_arrows_run_from_arrays_to_arrays_operands_first() -> None:
    picture = drawn(NETWORK, GIVEN)
    place = {box.key: at for at, box in enumerate(picture.boxes)}
    titles = {box.key: box.title for box in picture.boxes}
    assert all(place[arrow.source] < place[arrow.target] for arrow in picture.arrows)
    ends = [(titles[arrow.source], titles[arrow.target]) for arrow in picture.arrows]
    assert len(ends) == len({*ends})
    assert ("x [8]", "u1 … u6") in ends
    assert ("u1 … u6", "h [6]") in ends


def test_every_scalar_is_drawn_where_that_is_asked_for() -> None:
    for fold in (Fold.names, Fold.none):
        titles = {box.title for box in drawn(NETWORK, GIVEN, fold).boxes}
        assert GIVEN.keys() | {"h[1]", "h[6]"} <= titles


def test_arrays_that_take_turns_are_no_circle() -> None:
    text = "h[1] = x; c[1] = x; h[t] = w*c[t-1] for t in 2..2; c[t] = w*h[t] for t in 2..2; L = sum(h) + sum(c)"
    turns = "; ".join(f"h[{t}] = sin(c[{t - 1}]); c[{t}] = cos(h[{t}])" for t in range(3, 40))
    picture = drawn(text.replace("; L", f"; {turns}; L"), {"x": 0.5, "w": 2.0})
    place = {box.key: at for at, box in enumerate(picture.boxes)}
    assert all(place[arrow.source] < place[arrow.target] for arrow in picture.arrows)


@pytest.mark.parametrize("form", ["text", "dot", "mermaid", "json", "svg"])
def test_every_form_says_the_names_of_arrays(gradcli: Gradcli, form: str) -> None:
    bound = [part for name, value in GIVEN.items() for part in ("--let", f"{name}={value!r}")]
    code, out, _ = gradcli("graph", NETWORK, *bound, "--format", form, "--precision", "double")
    assert code == 0
    if form == "json":
        said = " ".join(box["title"] for box in json.loads(out)["boxes"])
    elif form == "svg":
        said = " ".join(ElementTree.fromstring(out).itertext())
    else:
        said = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), out)
    assert [name for name in SHOWN if name not in said] == []


@pytest.mark.parametrize("form", ["dot", "mermaid", "json", "svg", "html"])
def test_every_form_says_the_names_of_entries(gradcli: Gradcli, form: str) -> None:
    code, out, _ = gradcli("graph", "L = W[1,2]*x[1]", "--W", "[[1, 2], [3, 4]]", "--x", "[5, 6]", "--format", form)
    assert code == 0
    said = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), out)
    assert ("W[1,2]" in said, "x[1]" in said) == (True, True)
