"""The page of a graph: complete as a document, one file that asks for nothing, and its script is told the truth."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from drawn_formulas import FORMULAS, HOSTILE
from pages import Element, Page

import gradcli
from gradcli.drawing.lettering import plain
from gradcli.drawing.look import Look, Values
from gradcli.drawing.picture import Fold, Picture
from gradcli.drawing.pictured import picture
from gradcli.evaluate.scalar import MEANINGS
from gradcli.excerpts import amid
from gradcli.page.document import page

every_formula = pytest.mark.parametrize("name", FORMULAS)
DEFINED = "u = x*w + b; v = where(u > 0, u^2, -u*w); L = (v - u)^2 + 0.1*w"
"""A formula that is folded around its definitions, one of which has a branch that is not taken."""


def same(ours: float, other: float) -> bool:
    return ours == other or (isnan(ours) and isnan(other))


def made(formula: str, at: dict[str, float], fold: Fold = Fold.none, **look: Any) -> tuple[Page, Picture]:
    answer = gradcli.answer(formula, at)
    trace = answer.trace
    drawn = picture(trace, fold, 6, {})
    return Page("".join(page(drawn, Look(formula, **look), answer, trace))), drawn


def page_of(name: str, **look: Any) -> tuple[Page, Picture]:
    formula, names = FORMULAS[name]
    return made(formula, {each: at + 1.5 for at, each in enumerate(names.split())}, **look)


def interpreted(model: dict[str, Any], bindings: dict[str, float]) -> list[float]:
    """What the script computes, by Python's functions."""
    values, variables = list[float](), {at: name for name, at in model["variables"].items()}
    for line in model["code"]:
        if isinstance(line, list):
            values.append(MEANINGS[model["operators"][line[0]]](*[values[at] for at in line[1:]]))
        else:
            values.append(bindings[variables[len(values)]] if line is None else float(line))
    return values


@every_formula
def test_boxes_and_arrows_are_those_of_the_picture(name: str) -> None:
    found, drawn = page_of(name)
    assert [(box["key"], box["title"]) for box in found.boxes] == [(box.key, box.title) for box in drawn.boxes]
    keys = [box.key for box in drawn.boxes]
    arrows = [(keys[source], keys[target]) for source, target in found.model["arrows"]]
    assert arrows == [(arrow.source, arrow.target) for arrow in drawn.arrows]
    (svg,) = found.by_id("drawing").all("svg")
    boxes, lines, chips = (svg.all("g", class_=f"g-{kind}")[0] for kind in ("boxes", "arrows", "chips"))
    heads = [one.all("text")[0].text for one in boxes.parts if isinstance(one, Element)]
    assert len(heads) == len(keys)
    assert all(box.title[:8] in head for box, head in zip(drawn.boxes, heads, strict=True))
    assert [sum(isinstance(one, Element) for one in kind.parts) for kind in (lines, chips)] == [len(drawn.arrows)] * 2


@every_formula
def test_the_table_has_every_box_with_its_numbers_and_what_it_is_joined_to(name: str) -> None:
    found, drawn = page_of(name)
    rows = [
        [cell.text for cell in row.parts if isinstance(cell, Element)] for row in found.by_id("table").all("tr")[1:]
    ]
    titles = {box.key: amid(box.title, 11 if len(box.title) > 22 else 22) for box in drawn.boxes}
    assert len(rows) == len(drawn.boxes)
    for row, box in zip(rows, drawn.boxes, strict=True):
        before = [titles[arrow.source] for arrow in drawn.arrows if arrow.target == box.key]
        assert (row[0], row[2]) == (box.title, ", ".join(before) or "–")
        assert row[4:] == [box.value, box.adjoint or "–"]


@every_formula
def test_the_numbers_of_the_script_are_those_of_the_trace(name: str) -> None:
    formula, names = FORMULAS[name]
    at = {each: number + 1.5 for number, each in enumerate(names.split())}
    found, drawn = page_of(name)
    values = interpreted(found.model, at)
    for ours, golden in zip(values, found.golden, strict=True):
        assert same(ours, golden)
    precision = (
        "auto" if name == "not a number" else "double"
    )  # which keeps the slopes of rules where there is no value
    trace = gradcli.trace(formula, at, precision=precision)
    for box, told in zip(drawn.boxes, found.boxes, strict=True):
        assert same(values[told["value"]], trace.values[box.node])
        assert "adjoint" not in told or same(values[told["adjoint"]], trace.adjoints[box.node])
    for flow, entry in zip(found.flows, trace.contributions, strict=True):
        assert same(values[flow["gives"]], entry.contribution)
        assert same(values[flow["after"]], entry.adjoint)
        assert bool(values[flow["guard"]]) == entry.taken
    for by, slope in gradcli.gradient(formula, at, precision=precision).items():
        assert same(values[found.model["gradient"][by]], slope)


@pytest.mark.parametrize("at", [{"x": 2, "w": 3, "b": 1}, {"x": -2, "w": 3, "b": 1}])
def test_an_arrow_of_a_folded_picture_has_the_derivative_of_all_that_it_stands_for(at: dict[str, float]) -> None:
    found, drawn = made(DEFINED, {"x": 2, "w": 3, "b": 1}, Fold.names)
    assert drawn.folded
    values, titles = interpreted(found.model, at), [box.title for box in drawn.boxes]
    parts = {box["title"]: box["does"] for box in found.boxes if "does" in box}
    known, sums = dict(at), dict[str, float]()
    for title, part in parts.items():
        known[title] = gradcli.value(part, {name: known[name] for name in gradcli.parse(part).variables})
    for flow in found.flows:
        source, target = (titles[end] for end in found.model["arrows"][flow["arrow"]])
        used = {name: known[name] for name in gradcli.parse(parts[target]).variables}
        assert values[flow["partial"]] == pytest.approx(gradcli.gradient(parts[target], used)[source], rel=1e-14)
        sums[source] = sums.get(source, 0.0) + values[flow["gives"]]
        assert values[flow["after"]] == pytest.approx(sums[source], rel=1e-14)
    whole = gradcli.gradient(DEFINED, at)
    assert {by: sums[by] for by in whole} == pytest.approx(whole, rel=1e-13)


@pytest.mark.parametrize(
    "formula",
    ["2*x", "y = 2*x; L = y + 1", "x*x", "3 - x", "1/x", "max(0, x)", "fma(2, x, x)", "y = x*x; L = max(0, y)*x"],
)
def test_a_picture_that_is_folded_around_nothing_has_all_its_flows(formula: str) -> None:
    found, drawn = made(formula, {"x": 1.5}, Fold.names)
    assert not drawn.whole
    values = interpreted(found.model, {"x": 1.5})
    last = {found.model["arrows"][flow["arrow"]][0]: values[flow["after"]] for flow in found.flows}
    variable = next(at for at, box in enumerate(found.boxes) if box["title"] == "x")
    assert last[variable] == pytest.approx(gradcli.gradient(formula, x=1.5)["x"], rel=1e-14)
    assert all(number.text for line in found.by_id("steps").all("li") for number in line.all("b"))


@pytest.mark.parametrize("formula", ["x < y", "round(x) + y", "floor(x)*y"])
def test_a_variable_to_which_nothing_comes_back_has_the_gradient_0(formula: str) -> None:
    found, _ = made(formula, {"x": 1.25, "y": 2})
    box = next(box for box in found.boxes if box["title"] == "x")
    assert box["at"][1] == "0"
    assert interpreted(found.model, {"x": 1.25, "y": 2})[box["adjoint"]] == 0


def test_the_steps_are_the_tutorial_s_with_its_numbers() -> None:
    found, _ = made("y = x*w; L = (y - 2)^2", {"x": 2, "w": 3})
    lines = [line.text for line in found.by_id("steps").all("li")]
    assert lines == [
        "given: x = 2, w = 3",
        "y = x*w = 2*3 = 6",
        "v1 = y - 2 = 6 - 2 = 4",
        "L = v1^2 = 4^2 = 16",
        "∂L/∂L = 1, where the backward pass begins",
        "∂L/∂v1 = 2*v1 = 8; ∂L/∂L × ∂L/∂v1 = 1 × 8 = 8 goes back to v1",
        "∂L/∂v1 × ∂v1/∂y = 8 × 1 = 8 goes back to y",
        "∂y/∂x = w = 3; ∂L/∂y × ∂y/∂x = 8 × 3 = 24 goes back to x",
        "∂y/∂w = x = 2; ∂L/∂y × ∂y/∂w = 8 × 2 = 16 goes back to w",
    ]


def test_a_negative_number_stands_in_parentheses_where_it_must() -> None:
    found, _ = made("x*w - x + sin(x)", {"x": -2, "w": -3})
    lines = [line.text for line in found.by_id("steps").all("li")]
    assert "v1 = x*w = -2*(-3) = 6" in lines
    assert "v2 = v1 - x = 6 - (-2) = 8" in lines
    assert "v3 = sin(x) = sin(-2) = -0.909297" in lines


def test_the_text_of_explain_is_in_it() -> None:
    found, _ = made("y = x*w; L = (y - 2)^2", {"x": 2, "w": 3})
    told = str(gradcli.explain("y = x*w; L = (y - 2)^2", x=2, w=3)).splitlines()
    text = found.by_id("text").text
    assert all(line.strip() in text for line in told)


def test_a_long_name_is_told_whole_in_the_table_and_cut_in_steps_and_text() -> None:
    name = "a_name_of_forty_letters_that_is_told_once"
    found, _ = made(f"{name}*x", {name: 2, "x": 3})
    assert [row.all("th")[0].text for row in found.by_id("table").all("tr")[1:]].count(name) == 1
    for part in ("steps", "text"):
        assert name not in found.by_id(part).text
        assert "a_nam…_once" in found.by_id(part).text


@every_formula
def test_it_asks_for_nothing(name: str) -> None:
    found, _ = page_of(name)
    links = [one.attributes.get(kind) for one in found.root.all() for kind in ("src", "href", "action", "data")]
    assert {link for link in links if link and not link.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\(", found.source)
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", found.source))
    assert addresses <= {"http://www.w3.org/2000/svg", *re.findall(r"https?://[^\s\"'<)]+", FORMULAS[name][0])}


def test_no_script_runs_but_its_own() -> None:
    found, _ = page_of("tutorial")
    (script,) = (one for one in found.root.all("script") if "id" not in one.attributes)
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = (one.attributes["content"] for one in found.root.all("meta") if "http-equiv" in one.attributes)
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}'" in policy
    assert not [name for one in found.root.all() for name in one.attributes if name.startswith("on")]


@pytest.mark.parametrize("form", ["svg", "html", "png"])
def test_a_number_far_beyond_the_doubles_is_drawn(gradcli: Callable[..., Any], tmp_path: Path, form: str) -> None:
    path = tmp_path / f"far.{form}"
    assert gradcli("graph", "erfc(d)", "--d", "1e10", "--out", str(path)).code == 0
    assert path.stat().st_size > 1000


def test_names_are_text_and_never_markup() -> None:
    formula = " + ".join(f"`{name}`" for name in HOSTILE)
    found, drawn = made(formula, dict.fromkeys(HOSTILE, 1.5))
    assert {one.tag for one in found.root.all()} <= {one.tag for one in page_of("tutorial")[0].root.all()}
    titles = [row.all("th")[0].text for row in found.by_id("table").all("tr")[1:]]
    assert titles == [box.title for box in drawn.boxes]
    assert [*found.model["variables"]] == HOSTILE
    assert "<" not in found.by_id("model").text


@pytest.mark.parametrize("sign", ["\x1b", "\u202e", "\x07", "\u2066", "\x85", "\u2028"])
def test_a_sign_that_commands_stands_nowhere_in_the_file(sign: str) -> None:
    formula = f"x*2 # a{sign}b"
    found, _ = made(formula, {"x": 3})
    assert sign not in found.source
    assert plain(f"a{sign}b") in found.root.all("h1")[0].text
    assert found.model["expression"] == formula


def test_marks_of_writing_from_right_to_left_do_not_go_into_the_command() -> None:
    found, _ = made("א*w", {"א": 2.0, "w": 3.0})
    assert found.root.all("h1")[0].text == "\u2068א\u2069*w"
    assert found.model["expression"] == "א*w"
    assert made("x*w < é", {"x": 2.0, "w": 3.0, "é": 1.0})[0].model["expression"] is None


def test_it_is_the_same_page_under_any_seed(tmp_path: Path) -> None:
    pages = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        line = [
            sys.executable,
            "-m",
            "gradcli",
            "graph",
            "a*exp(b) + max(a, b)",
            "--a",
            "1",
            "--b",
            "2",
            "-o",
            str(path),
        ]
        subprocess.run(line, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        pages.add(path.read_bytes())
    assert len(pages) == 1


def test_numbers_that_are_none_travel_too() -> None:
    found, _ = made("x/y + z", {"x": 0, "y": 0, "z": float("inf")})
    assert found.model["bindings"]["z"] == "Infinity"
    assert isnan(found.golden[found.model["output"]])
    assert found.boxes[-1]["at"][0] == "nan"


@pytest.mark.parametrize("values", Values)
def test_what_is_not_shown_is_not_drawn(values: Values) -> None:
    found, _ = page_of("tutorial", values=values)
    (svg,) = found.by_id("drawing").all("svg")
    parts = [one.attributes.get("class", "") for one in svg.all("tspan")]
    assert any("g-v" in part for part in parts) == (values is not Values.none)
    assert any("g-d" in part for part in parts) == (values is Values.both)


def test_more_than_a_frame_computes_is_refused(gradcli: Callable[..., Any], tmp_path: Path) -> None:
    formula, path = tmp_path / "long.txt", tmp_path / "page.html"
    formula.write_text(" + ".join(f"sin({at}*x)" for at in range(2, 6000)))
    found = gradcli("graph", f"@{formula}", "--x", "0.1", "-o", str(path))
    assert found.code == 2
    assert "is more than 30,000" in found.err
    assert "--format svg" in found.err
    assert not path.exists()
