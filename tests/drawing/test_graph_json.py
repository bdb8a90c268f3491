"""A picture as JSON, read back with `json.loads`."""

import json
from math import inf
from typing import Any

import pytest
from conftest import Gradcli
from drawn_formulas import FORMULAS, HOSTILE, drawn, hostile, picture_of
from hypothesis import given
from hypothesis import strategies as st

import gradcli
from gradcli.drawing.graph_json import graph_json
from gradcli.drawing.look import Direction, Look, Values
from gradcli.drawing.picture import Arrow, Box, Fold, Picture
from gradcli.drawing.pictured import picture

PLAIN = Look("f")


def refused(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def strictly(text: str) -> Any:
    return json.loads(text, parse_constant=refused)


def read(drawing: Picture, look: Look = PLAIN) -> Any:
    return strictly("".join(graph_json(drawing, look)))


@pytest.mark.parametrize("fold", [Fold.none, Fold.names])
@pytest.mark.parametrize("name", FORMULAS)
def test_boxes_and_arrows_are_those_of_the_model(name: str, fold: Fold) -> None:
    model, found = drawn(name, fold), read(drawn(name, fold), Look(FORMULAS[name][0]))
    assert [*found] == ["title", "direction", "boxes", "arrows", "folded"]
    assert (found["title"], found["folded"]) == (FORMULAS[name][0], model.folded)
    for box, each in zip(model.boxes, found["boxes"], strict=True):
        assert each.pop("numbers").keys() == {"value", "adjoint"}
        told = {"badges": [*box.badges], "value": box.value, "adjoint": box.adjoint or None}
        assert {**each, "numbers": box.numbers} == {**box._asdict(), **told}
    for arrow, each in zip(model.arrows, found["arrows"], strict=True):
        back = bool(arrow.contribution)
        numbers = {"local": arrow.local if back else None, "contribution": arrow.contribution if back else None}
        signs = {"sign": arrow.sign if back else None, "weight": round(arrow.weight, 3) if back else None}
        assert each.pop("numbers").keys() == {"local", "contribution"}
        assert {**each, "numbers": arrow.numbers} == {**arrow._asdict(), **numbers, **signs}


def test_the_fields_are_those_of_the_model() -> None:
    found = read(drawn("tutorial"))
    assert tuple(found["boxes"][0]) == Box._fields
    assert tuple(found["arrows"][0]) == Arrow._fields


@pytest.mark.parametrize("formula", ["y = x*w; exp(y/3) - 1/(x - 2)", "y = x + w; sqrt(y*1e-320)*exp(1000*x)"])
def test_numbers_are_those_of_grad_with_all_their_digits(gradcli: Gradcli, formula: str) -> None:
    nodes = {node["id"]: node for node in strictly(gradcli("grad", formula, "x=2", "w=3", "--json").out)["nodes"]}
    found = strictly(gradcli("graph", formula, "x=2", "w=3", "--format", "json").out)
    operands = {box["key"]: box["node"] for box in found["boxes"]}
    for box in found["boxes"]:
        assert box["numbers"] == {key: nodes[box["node"]][key] for key in ("value", "adjoint")}
    for arrow in found["arrows"]:
        node = nodes[operands[arrow["target"]]]
        assert arrow["numbers"]["local"] == node["partials"][arrow["position"]]
        assert node["inputs"][arrow["position"]] == operands[arrow["source"]]


def test_names_are_read_back() -> None:
    titles = {box["title"].strip("`") for box in read(hostile())["boxes"] if box["kind"] == "variable"}
    assert titles == {name.strip("`") for name in HOSTILE}


@given(st.text(alphabet=st.characters()))
def test_a_title_is_read_back_and_commands_no_terminal(title: str) -> None:
    drawing = picture_of("x", {"x": 1.0})
    text = "".join(graph_json(drawing, Look(title)))
    assert json.loads(text)["title"] == title
    assert text.replace("\n", "").isprintable()
    assert text.encode()


def test_a_gradient_that_is_not_computed_is_null() -> None:
    at = {"x": 1.5, "w": 2.5}
    found = read(picture(gradcli.trace("x*w", at, wrt=["x"]), Fold.none, 6, {}))
    assert {box["title"]: box["adjoint"] for box in found["boxes"]} == {"x": "2.5", "w": None, "f": "1"}
    assert [(arrow["local"], arrow["sign"]) for arrow in found["arrows"]] == [("2.5", 1), (None, None)]


def test_badges_are_a_list() -> None:
    assert read(drawn("tutorial", badges={4: ("kink", "origin of NaN")}))["boxes"][6]["badges"] == [
        "kink",
        "origin of NaN",
    ]


def test_what_becomes_a_nan_of_infinities_has_a_badge_as_they_have() -> None:
    drawing = picture(gradcli.trace("x*y + 1", {"x": 0.0, "y": inf}), Fold.none, 6, {})
    assert {box["title"]: box["badges"] for box in read(drawing)["boxes"] if box["badges"]} == {"v1": ["not finite"]}


def test_a_variable_with_a_gradient_is_no_branch_that_is_not_taken() -> None:
    boxes = {
        box["title"]: box
        for box in read(picture_of("abs(x) + relu(w) + clip(x, -1, w)", {"x": 0.0, "w": 0.0}))["boxes"]
    }
    assert (boxes["w"]["adjoint"], boxes["w"]["dead"]) == ("1", False)


def test_numbers_that_are_not_asked_for_are_null() -> None:
    forward = read(drawn("a dead arm"), Look("f", values=Values.forward))
    none = read(drawn("a dead arm"), Look("f", values=Values.none))
    assert {box["adjoint"] for box in forward["boxes"] + none["boxes"]} == {None}
    assert {
        arrow[key]
        for arrow in forward["arrows"] + none["arrows"]
        for key in ("local", "contribution", "sign", "weight")
    } == {None}
    assert {n for each in none["boxes"] + none["arrows"] for n in each["numbers"].values()} == {None}
    assert all(isinstance(box["numbers"]["value"], float) for box in forward["boxes"])
    assert all(box["value"] for box in forward["boxes"])
    assert {box["value"] for box in none["boxes"]} == {None}
    assert any(arrow["dead"] for arrow in forward["arrows"])
    assert not any(each["dead"] for each in none["arrows"] + none["boxes"])


@pytest.mark.parametrize("direction", Direction)
def test_the_way_of_arrows_is_told(direction: Direction) -> None:
    assert read(drawn("tutorial"), Look("f", direction=direction))["direction"] == direction
