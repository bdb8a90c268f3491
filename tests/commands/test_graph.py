"""`gradcli graph`: every box and every arrow is drawn, in any width, and what is written is written whole."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from time import process_time

import pytest
from approved import NETWORK, WEIGHTS
from conftest import Gradcli
from drawn import Drawn, read, read_tree
from rich.cells import cell_len

import gradcli as api
from gradcli.cli.drawing_forms import FORMS
from gradcli.drawing.look import Direction, Look
from gradcli.drawing.picture import Arrow, Box, Fold, Kind, Picture
from gradcli.drawing.pictured import picture
from gradcli.drawing.terminal.labels import wordings
from gradcli.drawing.terminal.layers import Link
from gradcli.drawing.terminal.page import fitting
from gradcli.drawing.terminal.tracks import Size, gap
from gradcli.drawing.terminal.tree import Tree
from gradcli.show.drawing import text

MARKS = {
    "text": "y = x*w",
    "svg": "</svg>",
    "png": "\x89PNG",
    "dot": "digraph",
    "mermaid": "flowchart",
    "html": "<!doctype html>",
    "json": '"y"',
}
CHAIN = "; ".join(["t1 = tanh(x)", *(f"t{number} = tanh(t{number - 1})" for number in range(2, 21))])
LONG = "a_rather_long_name_of_a_variable_in_here"
FORMULAS = {
    "tutorial": ("y = x*w; L = (y - 2)^2", "x=2", "w=3"),
    "two ways": ("y = x*w; L = (y-2)^2 + 2*x", "x=2", "w=3"),
    "square": ("x*x", "x=2"),
    "order": ("a/b - b/a", "a=2", "b=3"),
    "softmax": ("s = exp(a)/(exp(a)+exp(b)+exp(c)); -log(s)", "a=1", "b=2", "c=3"),
    "branch": ("where(x > 0, sqrt(x), x^2)", "x=-3"),
    "kink": ("max(x, 0) - 2*abs(x)", "x=0"),
    "chain": (CHAIN, "x=1"),
    "network": (NETWORK, *WEIGHTS),
    "recurrent": ("s=tanh(w*x+b); u=tanh(w*s+b); t=tanh(w*u+b); (t-y)^2", "x=1", "w=0.5", "b=0.1", "y=0"),
    "all pairs": ("a*b + a*c + a*d + b*c + b*d + c*d", "a=1", "b=2", "c=3", "d=4"),
    "six places": ("max(a, b, c, a*b, b*c, a*c)", "a=1", "b=2", "c=3"),
}


def pictured(formula: str, *bindings: str) -> Picture:
    pairs = (word.split("=") for word in bindings)
    return picture(api.trace(formula, {name: float(value) for name, value in pairs}), Fold.auto, 6, {})


def expected(found: Picture) -> Drawn:
    titles = {box.key: box.title for box in found.boxes}
    framed: dict[str, list[str]] = {
        box.title: [] for box in found.boxes if box.operation or box.adjoint or not box.title[0].isdigit()
    }
    return Drawn(framed, [(titles[arrow.source], titles[arrow.target]) for arrow in found.arrows])


def incoming(found: Drawn) -> dict[str, list[str]]:
    by_target: dict[str, list[str]] = {}
    for source, target in found.arrows:
        by_target.setdefault(target, []).append(source)
    return by_target


@pytest.mark.parametrize("direction", ["LR", "TB", "RL", "BT"])
@pytest.mark.parametrize("name", FORMULAS)
def test_every_box_and_every_arrow_is_drawn(gradcli: Gradcli, name: str, direction: str) -> None:
    out = gradcli("graph", *FORMULAS[name], "--rankdir", direction, columns=400).out
    found, wanted = read(out), expected(pictured(*FORMULAS[name]))
    assert found.boxes.keys() == wanted.boxes.keys()
    assert incoming(found) == incoming(wanted)  # operands in their order too


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("name", FORMULAS)
def test_every_arrow_is_there_in_any_width(gradcli: Gradcli, name: str, width: int) -> None:
    out = gradcli("graph", *FORMULAS[name], columns=width).out
    found, wanted = (read if "┌" in out else read_tree)(out), expected(pictured(*FORMULAS[name]))
    assert wanted.boxes.keys() <= found.boxes.keys()
    assert Counter(found.arrows) == Counter(wanted.arrows)


def with_numbers(found: Picture, numbers: Sequence[str]) -> Picture:
    """The same graph with other numbers."""
    other = cycle(numbers)
    boxes = [
        box if box.title == box.value else box._replace(value=next(other), adjoint=box.adjoint and next(other))
        for box in found.boxes
    ]
    return found._replace(
        boxes=tuple(boxes), arrows=tuple(it._replace(local=it.local and next(other)) for it in found.arrows)
    )


@pytest.mark.parametrize("name", FORMULAS)
def test_the_way_of_a_drawing_is_the_same_whatever_its_numbers_are(name: str) -> None:
    found = pictured(*FORMULAS[name])
    for width in range(30, 161, 10):
        look, ways = Look("", width=width), set()
        for numbers in (["1"], ["-1.23457e-308"], ["12", "0.00123457", "-1.5"], ["nan", "7"]):
            plans = fitting(with_numbers(found, numbers), look)
            assert all(plan.width <= width for plan in plans)
            ways.add(plans[0].how.look.direction if plans else None)
        assert len(ways) == 1


def test_long_numbers_go_on_in_a_row_below(gradcli: Gradcli) -> None:
    short = gradcli("graph", *FORMULAS["tutorial"]).out
    long = gradcli("graph", FORMULAS["tutorial"][0], "x=2.123456", "w=3.14159").out
    assert read(long).boxes["L"] == ["L = v1^2", " = 21.8185", "∂L/∂L = 1"]
    assert ("▶" in short, "▼" in short) == ("▶" in long, "▼" in long) == (True, False)
    assert "v1 without a frame: drawn above" in long


@pytest.mark.parametrize("width", [40, 80, 160])
def test_a_name_that_is_cut_stands_below_in_full(gradcli: Gradcli, width: int) -> None:
    names = [f"a_name_of_more_than_forty_letters_number_{at}_of_three" for at in range(3)]
    out = gradcli("graph", "*".join(names), *(f"{name}=2" for name in names), columns=width).out
    assert all(name in out.replace("\n", "").replace(" ", "") for name in names)
    cut = re.findall(r"\S*…\S* is", out)
    assert len({*cut}) == 3


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("formula", ["x*y*z + exp(x*0.3333)", "x*y + y*z + z*x", "sin(x)*y*z"])
def test_a_local_derivative_without_room_stands_below(gradcli: Gradcli, formula: str, width: int) -> None:
    found = pictured(formula, "x=1.23456", "y=2.34567", "z=3.45678")
    titles, out = (
        {box.key: box.title for box in found.boxes},
        gradcli("graph", formula, "x=1.23456", "y=2.34567", "z=3.45678", columns=width).out,
    )
    factors = Counter(re.findall(r"×(-?[\d.]+)", out))
    assert factors == Counter(arrow.local for arrow in found.arrows if arrow.local)
    *_, below = out.partition("\n\n") if "┌" in out else ("",)
    for local, source, target in re.findall(r"×(-?[\d.]+) (\w+) → (\w+)", below):
        assert (local, source, target) in {(it.local, titles[it.source], titles[it.target]) for it in found.arrows}


@pytest.mark.parametrize("width", [30, 60, 200])
@pytest.mark.parametrize("name", FORMULAS)
def test_a_tree_shows_every_use(name: str, width: int) -> None:
    found = pictured(*FORMULAS[name])
    tree = Tree(found, wordings(found, Look("", width=width))[0])
    shown = read_tree("\n".join("".join(piece.text for piece in line) for line in tree.lines()))
    assert Counter(shown.arrows) == Counter(expected(found).arrows)
    assert shown.boxes.keys() >= expected(found).boxes.keys()
    assert (tree.hidden, tree.unnamed) == (0, 0)


def any_picture(seed: int, count: int, operands: Sequence[int]) -> Picture:
    """Boxes with so many operands, out of all that come before or of the last few."""
    chance = Random(seed)
    boxes, arrows = [Box("n0", 0, "v0", "", "1", "", Kind.variable)], list[Arrow]()
    for node in range(1, count):
        arity, near = chance.choice(operands), chance.choice((4, node))
        does = f"op{'x' * chance.randrange(9)}" if arity else ""
        boxes.append(Box(f"n{node}", node, f"v{node}", does, "1" * chance.randint(1, 9), "2", Kind.operation))
        for position in range(arity):
            source, dead = max(0, node - 1 - chance.randrange(near)), chance.random() < 0.2
            arrows.append(Arrow(f"n{source}", f"n{node}", position, "3", "1", chance.choice((1, 0, -1)), 0.5, dead))
    return Picture(tuple(boxes), tuple(arrows))


@pytest.mark.sample(5)
@pytest.mark.one_in(8)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("seed", range(40))
def test_no_arrow_of_any_graph_is_lost_among_others(seed: int, direction: Direction) -> None:
    found = any_picture(seed, 20, (0, 0, 1, 2, 2, 3, 5))
    shown = read("".join(text(found, Look("", width=5000, direction=direction))))
    assert shown.boxes.keys() == {box.title for box in found.boxes}
    assert incoming(shown) == incoming(expected(found))


def test_arrows_that_wait_for_each_other_take_a_detour() -> None:
    sizes = [Size(1, 1, 0, (0,))] * 4
    links = [Link(0, 3, 0, (0,)), Link(1, 2, 0, (1,))]
    found = gap(links, [1, 5, 1, 5], sizes)  # each arrives in the line in which the other one leaves
    assert sorted(len(turns) for turns in found.turns.values()) == [1, 2]
    assert found.tracks == 3


@pytest.mark.parametrize("operands", [(1,), (2,), (5,), (20,), (50,)])
def test_many_boxes_are_drawn_in_a_second(operands: tuple[int, ...]) -> None:
    began = process_time()
    page = "".join(text(any_picture(1, 60, operands), Look("")))
    assert process_time() - began < 1
    assert len(page.splitlines()) < 3000


def test_the_tutorial_is_drawn_with_its_numbers(gradcli: Gradcli) -> None:
    found = read(gradcli("graph", *FORMULAS["tutorial"]).out)
    assert found.boxes == {
        "x": ["x = 2", "∂L/∂x = 24"],
        "w": ["w = 3", "∂L/∂w = 16"],
        "y": ["y = x*w", " = 6", "∂L/∂y = 8"],
        "v1": ["v1 = y - 2", " = 4", "∂L/∂v1 = 8"],
        "L": ["L = v1^2", " = 16", "∂L/∂L = 1"],
    }
    assert found.arrows[-2:] == [("v1", "L"), ("2", "L")]


def test_a_square_has_two_arrows(gradcli: Gradcli) -> None:
    assert read(gradcli("graph", "x*x", "x=2").out).arrows == [("x", "f"), ("x", "f")]


def test_a_number_used_twice_is_drawn_twice(gradcli: Gradcli) -> None:
    out = gradcli("graph", "2*x + 2", "x=1").out
    assert Counter(read(out).arrows)["2", "f"] == 1
    assert Counter(read(out).arrows)["2", "v1"] == 1
    assert out.count("2 ─") == 2


@pytest.mark.sample(5)
@pytest.mark.parametrize("width", range(30, 201, 10))
@pytest.mark.parametrize("name", [*FORMULAS, "long names", "wide letters", "hostile", "many digits"])
def test_no_line_is_wider_than_asked(gradcli: Gradcli, name: str, width: int) -> None:
    more = {
        "long names": (f"{LONG}*{LONG}2 + {LONG}", f"{LONG}=1.5", f"{LONG}2=2"),
        "wide letters": ("価格 × 数量 - 割引²", "価格=120", "数量=3", "割引=5"),
        "hostile": ("`<script>[red]\\N 漢e\u0301👍🏽`*x^2", "`<script>[red]\\N 漢e\u0301👍🏽`=1", "x=2"),
        "many digits": ("exp(x*y)/y^3 - 1e-300*x", "x=-1.23456789", "y=-9.87654321", "--digits", "17"),
    }
    for form in ((), ("--ascii",)):
        code, out, _ = gradcli("graph", *({**FORMULAS, **more}[name]), *form, columns=width)
        assert code == 0
        assert max(map(cell_len, out.splitlines())) <= width


@pytest.mark.parametrize("name", FORMULAS)
def test_ascii_is_ascii(gradcli: Gradcli, name: str) -> None:
    for width in (30, 80, 300):
        assert gradcli("graph", *FORMULAS[name], "--ascii", columns=width).out.isascii()


def test_signs_are_told_without_colours(gradcli: Gradcli) -> None:
    out = gradcli("graph", "a - b", "a=1", "b=2").out
    assert "×1─▶│" in out
    assert "×-1─▷│" in out
    assert "▶ adds to the gradient   ▷ takes from the gradient" in "   ".join(out.split("\n"))


def test_a_gradient_that_is_no_number_is_told_from_none(gradcli: Gradcli) -> None:
    out = gradcli("graph", "0*x/x", "x=0").out
    assert "─?│" in out
    assert "? no number comes back" in out


def test_a_branch_not_taken_is_dotted(gradcli: Gradcli) -> None:
    out = gradcli("graph", *FORMULAS["branch"]).out
    assert "┆ v2 = sqrt(x) ┆" in out
    assert "┄┄┄ branch not taken" in out


@pytest.mark.parametrize(
    ("formula", "badges"),
    [
        ("a = abs(x); b = log(x); a + b", {"a": ["kink"], "b": ["not finite"]}),
        ("a = sign(x); a/x", {"a": ["jump"], "f": ["not finite"]}),
        ("a = max(x, y); b = sqrt(x - 1); a*b", {"a": ["kink"], "b": ["not finite"]}),
        ("a = abs(x - 1); b = log(x); a*b", {"b": ["not finite"]}),
    ],
)
def test_a_kink_has_its_badge_beside_what_is_not_finite(
    gradcli: Gradcli, formula: str, badges: dict[str, list[str]]
) -> None:
    answer = gradcli("graph", formula, "x=0", *(["y=0"] if "y" in formula else []), "--format", "json")
    assert answer.code == 3
    assert {box["title"]: box["badges"] for box in json.loads(answer.out)["boxes"] if box["badges"]} == badges


@pytest.mark.parametrize(
    ("formula", "binding", "badge"),
    [
        ("abs(x)", "x=0", "kink: the slopes"),
        ("sign(x)", "x=0", "jump: the values"),
        ("1/x", "x=0", "not finite: inf or nan"),
    ],
)
def test_a_badge_is_where_a_notice_is(gradcli: Gradcli, formula: str, binding: str, badge: str) -> None:
    _, out, err = gradcli("graph", formula, binding)
    assert f"! {badge.partition(':')[0]}" in "".join(read(out).boxes["f"])
    assert f"! {badge}" in " ".join(out.split())
    assert "note:" in err


def test_only_the_numbers_asked_for_are_drawn(gradcli: Gradcli) -> None:
    asked = {values: gradcli("graph", "x*w", "x=2", "w=3", "--values", values).out for values in ("none", "forward")}
    assert read(asked["none"]).boxes == {"x": ["x"], "w": ["w"], "f": ["f = x*w", ""]}
    assert read(asked["forward"]).boxes == {"x": ["x = 2"], "w": ["w = 3"], "f": ["f = x*w", " = 6"]}
    assert not any(sign in "".join(asked.values()) for sign in "∂×▷")


def test_a_gradient_that_is_not_computed_is_no_0(gradcli: Gradcli) -> None:
    found = read(gradcli("graph", "x*w", "x=2", "w=3", "--wrt", "w").out)
    assert found.boxes["x"] == ["x = 2"]
    assert found.boxes["w"] == ["w = 3", "∂f/∂w = 2"]


def test_definitions_alone_are_drawn_where_asked(gradcli: Gradcli) -> None:
    out = gradcli("graph", NETWORK, *WEIGHTS, "--collapse", "names", columns=200).out
    assert read(out).boxes.keys() >= {"y1", "y2", "p", "L"}
    assert "drawn with others" in out


@pytest.mark.slow
@pytest.mark.parametrize(("count", "collapse"), [(61, "auto"), (400, "none"), (3000, "none"), (3000, "auto")])
def test_a_large_graph_is_bounded_and_says_so(gradcli: Gradcli, count: int, collapse: str) -> None:
    terms = " + ".join(f"sin(x^{power})" for power in range(1, count))
    _, out, _ = gradcli("graph", terms, "x=0.5", "--collapse", collapse)
    assert len(out.splitlines()) < 1000
    words = " ".join(out.split())
    assert ("drawn with others" if collapse == "auto" else "more boxes and") in words


@pytest.mark.parametrize(("formula", "what"), [("x", "a variable"), ("3", "a number")])
def test_a_formula_without_arrows_says_what_it_is(gradcli: Gradcli, formula: str, what: str) -> None:
    code, out, _ = gradcli("graph", formula, *(["x=1"] if formula == "x" else []))
    assert code == 0
    assert f"the formula is {what} alone" in out


def test_positions_do_not_depend_on_hashes() -> None:
    words = ["graph", NETWORK, *WEIGHTS]
    pages = {
        subprocess.run(
            [sys.executable, "-m", "gradcli", *words], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(pages) == 1


def test_a_file_is_written_as_it_would_be_shown(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "graph.txt"
    assert gradcli("graph", "x*x", "x=2", "-o", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8") == gradcli("graph", "x*x", "x=2", "--format", "text", "--out", "-").out
    assert [it.name for it in tmp_path.iterdir()] == ["graph.txt"]


def test_a_file_may_have_any_name_with_its_form(gradcli: Gradcli, tmp_path: Path) -> None:
    assert gradcli("graph", "x*x", "x=2", "-o", str(tmp_path / "graph"), "--format", "text").code == 0
    assert "f = x*x" in (tmp_path / "graph").read_text(encoding="utf-8")


def test_a_form_that_there_is_not_is_a_mistake(gradcli: Gradcli, tmp_path: Path) -> None:
    for words in (("-o", str(tmp_path / "graph.xyz")), ("--format", "xyz")):
        code, out, err = gradcli("graph", "x*x", "x=2", *words)
        assert (code, out) == (2, "")
        assert all(form in err for form in FORMS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_by_the_name_of_its_file(gradcli: Gradcli, tmp_path: Path, form: str) -> None:
    if form in ("svg", "png", "html"):
        pytest.importorskip("graphlay")
    if form == "png":
        pytest.importorskip("resvg_py")
    for suffix in FORMS[form].suffixes:
        path = tmp_path / f"graph{suffix}"
        assert gradcli("graph", "y = x*w; (y - 2)^2", "x=2", "w=3", "-o", str(path)) == (0, "", "")
        content = path.read_bytes()
        assert MARKS[form].encode("latin-1") in content


def test_what_cannot_be_written_leaves_nothing(gradcli: Gradcli, tmp_path: Path) -> None:
    code, out, err = gradcli("graph", "x*x", "x=2", "-o", str(tmp_path / "none" / "graph.txt"))
    assert (code, out) == (4, "")
    assert "cannot write" in err
    assert not list(tmp_path.iterdir())


def test_the_formula_is_not_written_over(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "formula.txt"
    path.write_text("x*x")
    assert gradcli("graph", f"@{path}", "x=2", "-o", str(path)).code == 2
    assert path.read_text() == "x*x"


def test_colours_are_for_those_who_want_them(gradcli: Gradcli) -> None:
    plain = gradcli("graph", "x - w", "x=2", "w=3").out
    painted = gradcli("graph", "x - w", "x=2", "w=3", "--color", "always").out
    assert "\x1b" not in plain
    assert "\x1b[32m" in painted
    assert "\x1b[31m" in painted


def test_a_name_cannot_command_a_terminal(gradcli: Gradcli) -> None:
    name, there = "`\x1b]0;t\x07[red]\n\u202e`", "`[red]x[/]`"
    assert "[red]x[/]" in gradcli("graph", f"{there}*2", f"{there}=1", "--color", "always", columns=120).out
    boxes = (Box("n0", 0, name, "", "1", "", Kind.variable), Box("n1", 1, "f", f"{name}*2", "1", "", Kind.output))
    for color in (False, True):
        page = "".join(text(Picture(boxes, (Arrow("n0", "n1", 0),)), Look("", color=color)))
        assert "\x1b]" not in page
        assert not set("\x07\u202e") & set(page)
        assert "[red]" in page


def test_a_number_that_is_not_finite_is_in_the_exit_code(gradcli: Gradcli) -> None:
    assert gradcli("graph", "1/x", "x=0").code == 3


def test_a_file_and_a_form_that_differ_are_two_forms(gradcli: Gradcli, tmp_path: Path) -> None:
    refused = gradcli("graph", "x^2", "x=1", "--format", "dot", "--out", str(tmp_path / "a.svg"))
    assert refused.code == 2
    assert "ask for two forms" in refused.err
    assert gradcli("graph", "x^2", "x=1", "--format", "dot", "--out", str(tmp_path / "a.b")).code == 0


@pytest.mark.parametrize("formula", ["max(sqrt(x), y)", "min(log(x), y)", "median(sqrt(x), y, 2)"])
@pytest.mark.parametrize("command", [("graph", "--format", "html", "-o", "-"), ("graph",), ("explain",)])
def test_what_is_chosen_beside_a_nan_is_told(gradcli: Gradcli, command: tuple[str, ...], formula: str) -> None:
    name, *how = command
    answer = gradcli(name, formula, "x=-1", "y=1", *how)
    assert answer.code == 3
    assert "nan" in answer.out
