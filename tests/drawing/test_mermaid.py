"""A picture as Mermaid: read back line by line; below Mermaid's limits, or not at all."""

import json
import re

import pytest
from drawn_formulas import FORMULAS, LONG, Edge, Told, alone, drawn, hostile, parallel, picture_of, same
from hypothesis import example, given
from hypothesis import strategies as st

from gradcli.drawing.look import Direction, Look, Theme, Values
from gradcli.drawing.mermaid import mermaid
from gradcli.drawing.picture import Fold, Picture
from gradcli.errors import LimitError

PLAIN = Look("f")
NODE = re.compile(r'  (\w+)(?:\(\["(.*)"\]\)|\["(.*)"\]|\{\{"(.*)"\}\}|\[\["(.*)"\]\]):::(\w+)')
EDGE = re.compile(r'  (n[\d_]+) -->(?:\|"(.*)"\|)? (n[\d_]+)')
LINK = re.compile(r"  linkStyle ([\d,]+) (stroke:#\w{6},stroke-width:[\d.]+px(?:,stroke-dasharray:\d \d)?)")
HARMLESS = re.compile(r"(?:[^\W_ﬂ°¶ß]|(?!  )[ =,^/▲▼○⊘…→∂⚠]|(?<=\d)\.(?=\d)|#\d+;|<br/>)*")
"""Texts that neither Mermaid nor Markdown nor HTML takes for anything else."""


LATE = re.compile(r"\\n|\$\$|:fa-|ﬂ°|¶ß", re.IGNORECASE)
"""What Mermaid takes for its own once it has read the entity codes."""


def read_once(text: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def decoded(text: str) -> str:
    """A text as it is seen: the sign that takes no room is not."""
    return read_once(text).replace("\u2060", "")


def written(picture: Picture, look: Look = PLAIN) -> str:
    return "".join(mermaid(picture, look))


def found_nodes(text: str) -> list[tuple[str, str, str]]:
    """The key, the label and the class of each node."""
    matches = filter(None, map(NODE.fullmatch, text.splitlines()))
    return [(each[1], next(label for label in each.groups()[1:5] if label is not None), each[6]) for each in matches]


def told(text: str) -> Told:
    nodes = {key: [*map(decoded, label.split("<br/>"))] for key, label, _ in found_nodes(text) if key != "legend"}
    edges = filter(None, map(EDGE.fullmatch, text.splitlines()))
    return Told(nodes, [Edge(each[1], each[3], decoded(each[2] or "")) for each in edges])


def links(text: str) -> dict[int, str]:
    """The style of each edge, by its number."""
    matches = filter(None, map(LINK.fullmatch, text.splitlines()))
    return {int(number): each[2] for each in matches for number in each[1].split(",")}


def legend(text: str) -> list[str]:
    return next(decoded(label).split("<br/>") for key, label, _ in found_nodes(text) if key == "legend")


@pytest.mark.parametrize("fold", [Fold.none, Fold.names])
@pytest.mark.parametrize("name", FORMULAS)
def test_nodes_and_edges_are_those_of_the_model(name: str, fold: Fold) -> None:
    picture = drawn(name, fold)
    same(told(written(picture)), picture)


@pytest.mark.parametrize("name", FORMULAS)
def test_every_line_is_one_of_mermaids(name: str) -> None:
    head, title, description, *lines = written(drawn(name)).splitlines()
    assert head == "flowchart LR"
    assert title.startswith("  accTitle: ")
    assert description.startswith("  accDescr: ")
    for line in lines:
        classes = re.fullmatch(r"  classDef \w+ fill:(#\w{6}|none),stroke:(#\w{6}|none),[^;\"]+", line)
        assert NODE.fullmatch(line) or EDGE.fullmatch(line) or LINK.fullmatch(line) or classes, line


def test_every_class_of_a_node_is_defined() -> None:
    text = written(drawn("a dead arm"))
    assert {kind for _, _, kind in found_nodes(text)} <= {*re.findall(r"classDef (\w+)", text)}


def test_names_that_mean_something_to_mermaid_are_text() -> None:
    text = written(hostile(), Look("end; - x `1.` <b>"))
    same(told(text), hostile())
    assert all(HARMLESS.fullmatch(label) for _, label, _ in found_nodes(text))
    assert not LATE.search(read_once(text))
    assert decoded(text.splitlines()[1]) == "  accTitle: end; - x `1.` <b>"


@given(st.text(alphabet=st.characters(), max_size=12) | st.text("`*_#;:.-+1 &<>ﬂ°¶ß\\\nN$", max_size=8))
@example("\\N$$$:fa-ﬂ°¶ß")
@example(".1 a  b")
@example("1. x")
@example("a\n- b")
@example("style:#1;")
def test_any_name_is_harmless_and_read_back(name: str) -> None:
    text = written(alone(name), Look(name))
    [label] = [label for key, label, _ in found_nodes(text) if key == "n0"]
    assert HARMLESS.fullmatch(label)
    assert not LATE.search(read_once(text))
    assert HARMLESS.fullmatch(text.splitlines()[1].removeprefix("  accTitle: "))
    if name.isprintable():
        assert decoded(label.split("<br/>")[0]) == name.strip()


def test_a_style_is_a_sign_and_a_width() -> None:
    picture, text = drawn("a dead arm"), written(drawn("a dead arm"))
    styles = links(text)
    assert [*sorted(styles)] == [*range(len(picture.arrows))]
    for number, arrow in enumerate(picture.arrows):
        dashes = "2 4" if arrow.dead else "8 5" if arrow.sign < 0 else ""
        assert styles[number].partition("dasharray:")[2] == dashes
        assert ("stroke-width:1.0px" in styles[number]) == (arrow.weight == 0)
    colours = {arrow.sign: styles[number][:14] for number, arrow in enumerate(picture.arrows)}
    assert len({*colours.values()}) == 3


def test_what_belongs_to_a_dead_arm_is_dotted_and_there() -> None:
    picture, text = drawn("a dead arm"), written(drawn("a dead arm"))
    dead = {box.key for box in picture.boxes if box.dead}
    assert dead
    assert dead == {key for key, _, kind in found_nodes(text) if kind.endswith("Dead")}
    assert "classDef operationDead" in text
    assert "stroke-dasharray" in text


def test_the_legend_explains_what_occurs_and_a_description_tells_it() -> None:
    text = written(drawn("a dead arm", badges={4: ("kink",)}))
    assert [line.partition(":")[0] for line in legend(text)] == [
        "▲ solid",
        "▼ dashed",
        "⊘ dotted",
        "grey solid",
        "wider",
        "⚠ kink",
    ]
    described = decoded(text.splitlines()[2])
    assert "10 nodes and 11 arrows" in described
    assert "output f is -2.25" in described
    assert "⊘ dotted" in described


def test_a_long_name_is_cut_amid() -> None:
    assert LONG not in written(drawn("long names"))
    assert told(written(drawn("long names"))).nodes["n0"][0].endswith("forty_letters")


def test_a_long_title_is_cut_amid() -> None:
    title = written(drawn("tutorial"), Look("x + " * 20_000 + "y")).splitlines()[1]
    assert len(decoded(title)) < 320
    assert decoded(title).endswith("x + y")


def test_numbers_that_are_not_asked_for_are_not_there() -> None:
    picture = drawn("a dead arm")
    forward, none = (written(picture, Look("f", values=values)) for values in (Values.forward, Values.none))
    assert "gradient" not in forward
    assert "value 1.5" in forward
    assert {edge.label for edge in told(forward).edges} == {"", "⊘"}
    assert "value" not in none
    assert "⊘" not in none
    assert "dasharray" not in none
    assert "Dead" not in none
    assert "-2.25" not in decoded(none)


@pytest.mark.parametrize("direction", Direction)
def test_arrows_run_the_way_that_is_asked_for(direction: Direction) -> None:
    assert f"flowchart {direction}\n" in written(drawn("tutorial"), Look("f", direction=direction))


def test_a_theme_is_a_directive_and_the_pages_own_is_none() -> None:
    dark, light, auto = (
        written(drawn("tutorial"), Look("f", theme=theme)) for theme in (Theme.dark, Theme.light, Theme.auto)
    )
    settings = [
        json.loads(text.splitlines()[0].removeprefix("%%{init: ").removesuffix("}%%")) for text in (dark, light)
    ]
    assert [each["themeVariables"]["darkMode"] for each in settings] == [True, False]
    assert auto.startswith("flowchart")


def test_500_edges_are_drawn_and_501_are_an_error_with_its_mend() -> None:
    assert len(told(written(parallel(500))).edges) == 500
    with pytest.raises(LimitError, match="501 arrows; Mermaid draws up to 500") as raised:
        mermaid(parallel(501), Look("f"))
    assert "--collapse names" in raised.value.hint


def test_more_than_50_000_characters_are_an_error_before_anything_is_written() -> None:
    def of(count: int) -> Picture:
        box = alone("x" * 20).boxes[0]
        return Picture(tuple(box._replace(key=f"n{number}") for number in range(count)), ())

    each = len(written(of(501))) - len(written(of(500)))
    most = 500 + (50_000 - len(written(of(500)))) // each
    assert 50_000 - each < len(written(of(most))) <= 50_000
    with pytest.raises(LimitError, match=r"50,\d+ characters; Mermaid draws up to 50,000") as raised:
        mermaid(of(most + 1), PLAIN)
    assert "--collapse names" in raised.value.hint


def test_letters_beyond_16_bits_count_twice_as_they_do_in_javascript() -> None:
    def of(letter: str) -> Picture:
        box = alone(letter * 14).boxes[0]
        return Picture(tuple(box._replace(key=f"n{number}") for number in range(690)), ())

    assert len(written(of("名"))) < 50_000
    with pytest.raises(LimitError):
        mermaid(of("𝒳"), Look("f"))


def test_the_mend_of_a_large_formula_is_one() -> None:
    steps = "; ".join(f"y{layer} = tanh(y{layer - 1}*w + b) - sin(y{layer - 1})*w^2" for layer in range(1, 60))
    formula, at = f"y0 = x; {steps}", {"x": 0.5, "w": 0.25, "b": 1.0}
    with pytest.raises(LimitError, match="draws up to"):
        mermaid(picture_of(formula, at), Look(formula))
    folded = picture_of(formula, at, Fold.names)
    same(told(written(folded)), folded)


def test_what_is_folded_already_is_to_be_written_otherwise() -> None:
    with pytest.raises(LimitError) as raised:
        mermaid(parallel(501)._replace(folded=3), Look("f"))
    assert "--format dot" in raised.value.hint
