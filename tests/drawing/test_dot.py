"""A picture as DOT: read back line by line, and by Graphviz where it is installed."""

import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from drawn_formulas import FORMULAS, HOSTILE, LONG, Edge, Told, alone, drawn, hostile, parallel, same
from hypothesis import given
from hypothesis import strategies as st

from gradcli.drawing.dot import dot
from gradcli.drawing.look import Direction, Look, Theme, Values
from gradcli.drawing.picture import Fold, Picture

PLAIN = Look("f")
GRAPHVIZ = shutil.which("dot")
QUOTED = r'"((?:[^"\\]|\\.)*)"'
STATEMENT = re.compile(rf"  (?P<head>\w+(?: -> \w+)?) \[(?P<inside>\w+={QUOTED}(?:, \w+={QUOTED})*)?\];")
SVG = "{http://www.w3.org/2000/svg}"


def unescaped(text: str) -> str:
    """What Graphviz shows of a quoted text."""
    signs = {"\\n": "\n", "\\\\": "\\", '\\"': '"', "&amp;": "&"}
    return re.sub(r"\\.|&\w+;", lambda found: signs[found[0]], text)


def statements(text: str) -> list[tuple[str, dict[str, str]]]:
    first, *inside, last = text.splitlines()
    assert (first, last) == ("digraph {", "}")
    found = [STATEMENT.fullmatch(line) for line in inside]
    assert all(found), text
    return [
        (each["head"], {name: unescaped(value) for name, value in re.findall(rf"(\w+)={QUOTED}", each["inside"] or "")})
        for each in found
        if each
    ]


def written(picture: Picture, look: Look = PLAIN) -> str:
    return "".join(dot(picture, look))


def told(text: str) -> Told:
    own = [each for each in statements(text) if each[0] not in ("graph", "node", "edge")]
    nodes = {head: inside["label"].split("\n") for head, inside in own if "->" not in head}
    ends = [(*head.split(" -> "), inside.get("label", "").strip()) for head, inside in own if "->" in head]
    edges = [Edge(source, target, label) for source, target, label in ends]
    return Told(nodes, edges)


def of(text: str, head: str) -> dict[str, str]:
    return dict(statements(text))[head]


def svg(text: str) -> ElementTree.Element:
    assert GRAPHVIZ
    done = subprocess.run([GRAPHVIZ, "-Tsvg"], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return ElementTree.fromstring(done.stdout)


@pytest.mark.parametrize("fold", [Fold.none, Fold.names])
@pytest.mark.parametrize("name", FORMULAS)
def test_nodes_and_edges_are_those_of_the_model(name: str, fold: Fold) -> None:
    picture = drawn(name, fold)
    same(told(written(picture)), picture)


def test_names_that_mean_something_to_dot_are_text() -> None:
    same(told(written(hostile())), hostile())


@given(st.text())
def test_any_name_is_read_back(name: str) -> None:
    shown = of(written(alone(name), Look(name)), "n0")["tooltip"].split("\n")[0]
    if name.isprintable():
        assert shown == name
    assert shown.isprintable()


def test_badges_stand_in_their_node() -> None:
    picture = drawn("tutorial", badges={4: ("kink",), 5: ("the origin of NaN", "kink")})
    same(told(written(picture)), picture)
    assert "⚠" in of(written(picture), "graph")["label"]


def test_a_sign_is_a_colour_and_a_line_and_a_glyph() -> None:
    text = written(drawn("a dead arm"))
    edges = [
        (inside["label"].strip()[0], inside["style"], inside["color"])
        for head, inside in statements(text)
        if "label" in inside and "->" in head
    ]
    assert {glyph: style for glyph, style, _ in edges} == {"▲": "solid", "▼": "dashed", "⊘": "dotted"}
    assert len({colour for _, _, colour in edges}) == 3


def test_what_belongs_to_a_dead_arm_is_dotted_and_there() -> None:
    picture, text = drawn("a dead arm"), written(drawn("a dead arm"))
    dead = {box.key for box in picture.boxes if box.dead}
    assert len(dead) >= 2
    assert dead == {
        head for head, inside in statements(text) if "->" not in head and "dotted" in inside.get("style", "")
    }


def test_wide_edges_are_those_of_large_contributions() -> None:
    picture = drawn("tutorial")
    widths = [float(inside.get("penwidth", "1")) for head, inside in statements(written(picture)) if "->" in head]
    weights = [arrow.weight for arrow in picture.arrows]
    assert widths[weights.index(max(weights))] == max(widths) == 4.0
    assert [width > 1 for width in widths] == [weight > 0 for weight in weights]


def test_a_long_name_is_cut_amid_with_the_whole_as_a_tooltip() -> None:
    picture, text = drawn("long names"), written(drawn("long names"))
    lines = told(text).nodes["n0"]
    assert lines[0].startswith("a_name_of")
    assert lines[0].endswith("forty_letters")
    assert len(lines[0]) == 30
    assert of(text, "n0")["tooltip"].startswith(LONG)
    assert of(text, picture.boxes[-1].key)["tooltip"].split("\n")[0] == f"f = {LONG}*{LONG}_2 + {LONG}"


def test_a_tooltip_of_an_edge_tells_all_of_it() -> None:
    text = written(drawn("a dead arm"))
    told_of = {
        inside["tooltip"].split("\n")[0]: inside["tooltip"].split("\n")[1:]
        for head, inside in statements(text)
        if "->" in head
    }
    assert told_of["x → v2"] == ["local derivative 3", "contribution -3"]
    assert told_of["v5 → f"] == ["local derivative 0", "contribution 0", "branch not taken"]
    assert told_of["2 → v2"] == []


def test_the_legend_explains_what_occurs() -> None:
    under = of(written(drawn("a dead arm"), Look("the title")), "graph")["label"].split("\n")
    assert under[0] == "the title"
    assert under[1:] == [
        "▲ solid: adds to the gradient",
        "▼ dashed: takes from the gradient",
        "⊘ dotted: branch not taken",
        "grey solid: no derivative needed",
        "wider: contributes more (log scale)",
    ]


def test_a_graph_without_arrows_and_one_that_is_folded_say_so() -> None:
    assert "the formula is a variable alone" in written(drawn("a variable"))
    folded = drawn("a network", Fold.names)
    assert folded.folded
    assert f"{folded.folded} operations are drawn with others" in written(folded)


def test_numbers_that_are_not_asked_for_are_not_there() -> None:
    picture = drawn("a dead arm")
    forward, none = (written(picture, Look("f", values=values)) for values in (Values.forward, Values.none))
    assert "gradient" not in forward
    assert {edge.label for edge in told(forward).edges} == {"", "⊘"}
    assert "value" not in none
    assert "⊘" not in none
    assert "dotted" not in none
    assert told(none).nodes["n0"] == ["x"]
    assert all("value 1.5" in lines for key, lines in told(forward).nodes.items() if key == "n0")


@pytest.mark.parametrize("direction", Direction)
def test_arrows_run_the_way_that_is_asked_for(direction: Direction) -> None:
    graph = of(written(drawn("tutorial"), Look("f", direction=direction)), "graph")
    assert (graph["rankdir"], graph["ordering"]) == (direction, "in")


def test_the_background_is_the_one_that_is_asked_for_or_the_themes() -> None:
    paper = [of(written(alone("x"), Look("f", theme=theme)), "graph")["bgcolor"] for theme in Theme]
    assert paper == ["#ffffff", "#ffffff", "#0d1117"]
    assert of(written(alone("x"), Look("f", background='re"d')), "graph")["bgcolor"] == 're"d'


@pytest.mark.skipif(GRAPHVIZ is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("name", FORMULAS)
def test_graphviz_draws_it(name: str) -> None:
    picture, drawing = drawn(name), svg(written(drawn(name), Look(FORMULAS[name][0])))
    kinds = [group.get("class") for group in drawing.iter(f"{SVG}g")]
    assert (kinds.count("node"), kinds.count("edge")) == (len(picture.boxes), len(picture.arrows))


@pytest.mark.skipif(GRAPHVIZ is None, reason="Graphviz is not installed")
def test_graphviz_shows_names_as_they_are() -> None:
    texts = {text.text for text in svg(written(hostile(), Look("`\\G` & </svg>"))).iter(f"{SVG}text")}
    plain = {"_a_", "__a__", "end", "click", "subgraph", "graph", "node", "edge", "名前", "é"}
    assert {name if name in plain else f"`{name}`" for name in HOSTILE} <= {
        text.replace("\xa0", " ") for text in texts if text
    }
    assert "`\\G` & </svg>" in texts


@pytest.mark.skipif(GRAPHVIZ is None, reason="Graphviz is not installed")
def test_graphviz_keeps_two_arrows_and_the_order_of_operands() -> None:
    kinds = [group.get("class") for group in svg(written(parallel(2))).iter(f"{SVG}g")]
    assert kinds.count("edge") == 2
    heights = {}
    for group in svg(written(drawn("operands in order"))).iter(f"{SVG}g"):
        text = list(group.iter(f"{SVG}text"))
        if group.get("class") == "node":
            heights[text[0].text] = float(text[0].get("y", "0"))
    assert heights["v1 = a - b"] < heights["v3 = v2^c"]
