"""The picture as SVG and PNG: everything is drawn, in its place, in any theme, with the same bytes every time."""

import os
import re
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from approved import NETWORK, WEIGHTS
from drawn_formulas import glyph

import gradcli
from gradcli.drawing.colours import DARK, LIGHT, PAPER
from gradcli.drawing.geometry import Place, Point
from gradcli.drawing.layout import layout
from gradcli.drawing.look import Direction, Look, Theme, Values
from gradcli.drawing.picture import Arrow, Box, Fold, Kind, Picture
from gradcli.drawing.pictured import picture
from gradcli.drawing.png import png
from gradcli.drawing.svg import MARGIN, svg
from gradcli.errors import LimitError, UsageError

SVG = "{http://www.w3.org/2000/svg}"
CHAIN = "; ".join(f"h{layer} = tanh(w*{f'h{layer - 1}' if layer > 1 else 'x'})" for layer in range(1, 21))
SOFTMAX = "e1 = exp(a); e2 = exp(b); s = e1 + e2; L = -(t*log(e1/s) + (1 - t)*log(e2/s))"
LONG = "the_learning_rate_of_the_very_first_layer"
FORMULAS: dict[str, tuple[str, dict[str, float]]] = {
    "tutorial": ("y = x*w; L = (y-2)^2 + 2*x", {"x": 2, "w": 3}),
    "square": ("x*x", {"x": 2}),
    "leaf": ("x", {"x": 2}),
    "softmax": (SOFTMAX, {"a": 1, "b": 2, "t": 1}),
    "branch": ("y = where(x > 0, sqrt(x)*w, x^2 - w); L = y*y", {"x": -3, "w": 2}),
    "chain": (CHAIN, {"x": 0.5, "w": 1.1}),
    "network": (NETWORK, {name: float(number) for name, _, number in (text.partition("=") for text in WEIGHTS)}),
    "long names": (f"{LONG}_a = {LONG}_x*{LONG}_w; L = {LONG}_a^2", {f"{LONG}_x": 2, f"{LONG}_w": 3}),
    "wide names": ("loss = `学习率`*`权重`^2", {"学习率": 0.1, "权重": 3}),
    "hostile": ("`<script>alert(1)</script>`*`\"q'&amp;` + `end`*`1.`*`\\N`", {}),
}
every_formula = pytest.mark.parametrize("name", FORMULAS)


def drawn_of(name: str, digits: int = 6, every: float | None = None) -> Picture:
    text, at = FORMULAS[name]
    found = dict.fromkeys(gradcli.parse(text).variables, 1.5 if every is None else every) | (
        at if every is None else {}
    )
    return picture(gradcli.trace(text, found), Fold.none, digits, {})


def text_of(name: str, look: Look | None = None) -> str:
    return "".join(svg(drawn_of(name), look or Look(FORMULAS[name][0])))


class Drawing:
    """A drawing read back: its groups by the part of their id after the prefix."""

    def __init__(self, text: str) -> None:
        self.root = fromstring(text)
        prefix = self.root.attrib["id"] + "-"
        groups = [one for one in self.root.iter() if one.attrib.get("id", "").startswith(prefix)]
        self.groups = {group.attrib["id"].removeprefix(prefix): group for group in groups}
        self.legend = " | ".join(words(self.groups["legend"]))

    def box(self, key: str) -> Place:
        group = self.groups[key]
        x, y, wide, tall = next(bounds(one) for one in group if one.tag in (f"{SVG}rect", f"{SVG}path"))
        origin = moved(group)
        return Place(x + origin.x, y + origin.y, wide, tall)

    def notes(self, letter: str) -> dict[str, str]:
        """Links (l) or exits (e) by their texts."""
        return {key: words(group)[0] for key, group in self.groups.items() if re.fullmatch(rf"{letter}\d+", key)}


def words(group: Element) -> list[str]:
    return [one.text or "" for one in group.iter(f"{SVG}text")]


def tooltip(group: Element) -> str:
    return group.findtext(f"{SVG}title") or ""


def corners(path: str) -> list[Point]:
    """The ends of the steps of a path, whose letters are M, h, v, l and q."""
    found, x, y = list[Point](), 0.0, 0.0
    for letter, rest in re.findall(r"([Mhvlq])([^Mhvlqz]*)", path.lower().replace("m", "M")):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", rest)]
        before = (0.0, 0.0) if letter == "M" else (x, y)
        step = {"h": [*numbers, 0.0], "v": [0.0, *numbers]}.get(letter, numbers)
        x, y = before[0] + step[-2], before[1] + step[-1]
        found.append(Point(x, y))
    return found


def moved(group: Element) -> Point:
    """Where what is in a group begins."""
    found = re.fullmatch(r"translate\((\S+) (\S+)\)", group.attrib.get("transform", "translate(0 0)"))
    assert found
    return Point(float(found[1]), float(found[2]))


def bounds(shape: Element) -> Place:
    if shape.tag == f"{SVG}rect":
        return Place(*(float(shape.attrib.get(side, 0)) for side in ("x", "y", "width", "height")))
    points = corners(shape.attrib["d"])
    left, top = min(point.x for point in points), min(point.y for point in points)
    return Place(left, top, max(point.x for point in points) - left, max(point.y for point in points) - top)


def is_on(point: Point, place: Place) -> bool:
    """Whether a point is on the border of a box, to a pixel."""
    across = place.x - 1 <= point.x <= place.x + place.width + 1
    along = place.y - 1 <= point.y <= place.y + place.height + 1
    near_x = min(abs(point.x - place.x), abs(point.x - place.x - place.width)) <= 1
    near_y = min(abs(point.y - place.y), abs(point.y - place.y - place.height)) <= 1
    return across and along and (near_x or near_y)


def meet(one: Place, other: Place) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@every_formula
def test_every_box_is_drawn_with_its_numbers(name: str) -> None:
    drawing = Drawing(text_of(name))
    for box in drawn_of(name).boxes:
        shown, told = words(drawing.groups[box.key]), tooltip(drawing.groups[box.key])
        assert box.value in shown or box.title in shown
        assert box.adjoint in shown or not box.adjoint or box.kind is Kind.constant
        assert told.startswith(box.title)
        assert box.operation in told
        assert len(box.title) > 20 or any(line.startswith(box.title) for line in shown)


@every_formula
def test_every_arrow_is_drawn_with_its_local_derivative(name: str) -> None:
    drawing = Drawing(text_of(name))
    arrows = drawn_of(name).arrows
    assert sum(1 for key in drawing.groups if re.fullmatch(r"a\d+", key)) == len(arrows)
    for index, arrow in enumerate(arrows):
        told = tooltip(drawing.groups[f"a{index}"])
        assert arrow.local in told
        assert arrow.contribution in told
        if arrow.local:
            *sign, number = words(drawing.groups[f"f{index}"])
            assert sign == [glyph(arrow)]
            assert float(number) == pytest.approx(float(arrow.local), rel=1e-3, nan_ok=True)


@pytest.mark.parametrize("digits", [6, 17])
@every_formula
def test_every_text_is_inside_its_box(name: str, digits: int) -> None:
    found = drawn_of(name, digits)
    drawing = Drawing("".join(svg(found, Look(name))))
    keys = [box.key for box in found.boxes] + [*drawing.notes("l"), *drawing.notes("e")]
    for key in keys:
        place, origin = drawing.box(key), moved(drawing.groups[key])
        place = Place(place.x - origin.x, place.y - origin.y, place.width, place.height)
        for text in drawing.groups[key].iter(f"{SVG}text"):
            x, y, long = (float(text.attrib[name]) for name in ("x", "y", "textLength"))
            assert place.x < x < x + long < place.x + place.width, (key, text.text)
            assert place.y < y - 9 < y + 2 < place.y + place.height, (key, text.text)


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "leaf"])
def test_labels_and_numbers_of_a_box_do_not_meet(name: str) -> None:
    drawing = Drawing(text_of(name))
    for group in drawing.groups.values():
        for one, other in combinations(group.findall(f"{SVG}text"), 2):
            if one.attrib["y"] == other.attrib["y"]:
                left, right = sorted((one, other), key=lambda text: float(text.attrib["x"]))
                assert float(left.attrib["x"]) + float(left.attrib["textLength"]) < float(right.attrib["x"])


@pytest.mark.parametrize("direction", Direction)
@every_formula
def test_no_two_boxes_meet(name: str, direction: Direction) -> None:
    drawing = Drawing(text_of(name, Look(name, direction=direction)))
    keys = [box.key for box in drawn_of(name).boxes] + [*drawing.notes("l"), *drawing.notes("e")]
    places = [drawing.box(key) for key in keys]
    wide, tall = float(drawing.root.attrib["width"]), float(drawing.root.attrib["height"])
    assert not any(meet(one, other) for one, other in combinations(places, 2))
    assert all(-0.5 < at.x < at.x + at.width < wide - 2 * MARGIN + 1 for at in places)
    assert all(-0.5 < at.y < at.y + at.height < tall - 2 * MARGIN + 1 for at in places)


@pytest.mark.parametrize("direction", Direction)
@every_formula
def test_arrows_run_from_operand_to_result(name: str, direction: Direction) -> None:
    drawing, found = Drawing(text_of(name, Look(name, direction=direction))), drawn_of(name)
    boxes = {box.key: box for box in found.boxes}
    for index, arrow in enumerate(found.arrows):
        line, head = (path.attrib["d"] for path in drawing.groups[f"a{index}"].findall(f"{SVG}path"))
        again = [key for key, title in drawing.notes("l").items() if title == boxes[arrow.source].title]
        assert any(is_on(corners(line)[0], drawing.box(key)) for key in (arrow.source, *again))
        assert is_on(corners(head)[0], drawing.box(arrow.target))


@pytest.mark.parametrize("direction", Direction)
def test_the_output_is_where_arrows_run_to(direction: Direction) -> None:
    drawing = Drawing(text_of("tutorial", Look("tutorial", direction=direction)))
    start, end = drawing.box("n0"), drawing.box("n7")
    assert (start.x < end.x) == (direction is Direction.LR) or direction in (Direction.TB, Direction.BT)
    assert (start.y < end.y) == (direction is Direction.TB) or direction in (Direction.LR, Direction.RL)


def test_the_two_arrows_of_a_square_are_in_operand_order() -> None:
    drawing = Drawing(text_of("square"))
    first, second = (corners(drawing.groups[key].findall(f"{SVG}path")[0].attrib["d"])[0] for key in ("a0", "a1"))
    assert first.y < second.y


@pytest.mark.parametrize("direction", Direction)
@every_formula
def test_operands_arrive_in_their_order_where_it_counts(name: str, direction: Direction) -> None:
    look = Look(name, direction=direction)
    found = layout(drawn_of(name), look)
    ends: dict[str, list[float]] = {}
    arrows = drawn_of(name).arrows
    twins = {pair for pair, count in Counter((arrow.source, arrow.target) for arrow in arrows).items() if count > 1}
    for arrow, route in zip(arrows, found.routes, strict=True):
        if arrow.free and (arrow.source, arrow.target) not in twins:
            continue
        ends.setdefault(arrow.target, []).append(route.points[-1].x if look.upright else route.points[-1].y)
    assert all(one < other for places in ends.values() for one, other in pairwise(places))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tutorial", "branch", "chain", pytest.param("network", marks=pytest.mark.thorough)])
def test_places_are_the_same_whatever_the_numbers_are(name: str) -> None:
    numbers = (None, 0.0, -1.23456e-300, 1.23456e300, 7.0)
    assert len({repr(layout(drawn_of(name, every=number), Look(name))) for number in numbers}) == 1


def test_a_number_on_an_arrow_stands_on_its_line_and_on_no_box() -> None:
    for name in ("tutorial", "softmax", "chain", "network"):
        found = layout(drawn_of(name), Look(name))
        for route in found.routes:
            at = route.number
            assert any(
                min(one.x, other.x) - 1 <= at.x <= max(one.x, other.x) + 1
                and min(one.y, other.y) - 1 <= at.y <= max(one.y, other.y) + 1
                for one, other in pairwise(route.points)
            )
            assert not any(meet(Place(at.x, at.y, 0.1, 0.1), place) for place in found.places.values())


@every_formula
def test_numbers_on_arrows_cover_no_box_and_no_other(name: str) -> None:
    drawing = Drawing(text_of(name))
    found = [group for key, group in drawing.groups.items() if re.fullmatch(r"f\d+", key)]
    chips = [drawing.box(group.attrib["id"].partition("-")[2]) for group in found]
    boxes = [drawing.box(key) for key in (*(box.key for box in drawn_of(name).boxes), *drawing.notes("l"))]
    assert not any(meet(chip, place) for chip in chips for place in boxes)
    assert not any(meet(one, other) for one, other in combinations(chips, 2))


def test_a_long_chain_is_set_in_rows() -> None:
    for direction, longest in ((Direction.LR, 2.5), (Direction.TB, 1.5)):
        drawing = Drawing(text_of("chain", Look("chain", direction=direction)))
        wide, tall = float(drawing.root.attrib["width"]), float(drawing.root.attrib["height"])
        assert 0.5 < wide / tall < longest
        assert set(drawing.notes("l").values()) > {"w"}
        way = "row" if direction is Direction.LR else "column"
        assert {f"to {way} 2", f"to {way} 3"} <= set(drawing.notes("e").values())
        assert "stands elsewhere" in drawing.legend


def test_a_constant_stands_in_the_row_that_uses_it() -> None:
    text = "; ".join(f"h{layer} = tanh(2*{f'h{layer - 1}' if layer > 1 else 'x'})" for layer in range(1, 21))
    drawing = Drawing("".join(svg(picture(gradcli.trace(text, x=1), Fold.none, 6, {}), Look(text))))
    assert len(drawing.notes("e")) >= 2
    assert "2" not in drawing.notes("l").values()


def styles(name: str) -> dict[str, tuple[str, str, float]]:
    """Of each arrow, `source target`: its colour, its dashes, its width."""
    drawing, found = Drawing(text_of(name)), {}
    for index, arrow in enumerate(drawn_of(name).arrows):
        line = drawing.groups[f"a{index}"].findall(f"{SVG}path")[0].attrib
        found[f"{arrow.source} {arrow.target}"] = (
            line["stroke"],
            line.get("stroke-dasharray", ""),
            float(line["stroke-width"]),
        )
    return found


def test_signs_differ_by_colour_and_by_dashes_and_widths_by_weight() -> None:
    branch, tutorial = styles("branch"), styles("tutorial")
    assert branch["n0 n7"][:2] == (LIGHT["minus"].fill, "9 5")
    assert branch["n7 n8"][:2] == (LIGHT["plus"].fill, "")
    assert branch["n3 n5"][:2] == (LIGHT["zero"].fill, "0 5")
    assert branch["n0 n2"][:2] == (LIGHT["bare"].fill, "")
    assert tutorial["n0 n2"][2] > tutorial["n1 n2"][2] > tutorial["n5 n7"][2] > tutorial["n3_1 n4"][2]


def test_a_legend_explains_what_is_drawn_and_nothing_else() -> None:
    said = {name: Drawing(text_of(name)).legend for name in ("leaf", "tutorial", "branch")}
    assert said["leaf"].startswith("variable | ∂/∂ | gradient of x | the formula is a variable alone")
    for word in ("takes from", "not taken", "condition", "remark", "not computed", "elsewhere"):
        assert word not in said["tutorial"]
    for word in ("variable", "constant", "operation", "output", "adds to", "no derivative", "local", "wider"):
        assert word in said["tutorial"]
    for word in ("takes from", "not taken", "condition"):
        assert word in said["branch"]


def test_a_gradient_that_is_not_computed_is_a_dash() -> None:
    found = picture(gradcli.trace("x*w", x=0, w=3, wrt="w"), Fold.none, 6, {})
    drawing = Drawing("".join(svg(found, Look("x*w"))))
    assert words(drawing.groups["n0"])[-1] == "–"
    assert words(drawing.groups["n1"])[-1] == "0"
    assert "not computed" in drawing.legend
    assert "not computed" in tooltip(drawing.groups["n0"])


def test_a_number_in_the_text_is_told_once_and_a_named_one_with_its_value() -> None:
    found = picture(gradcli.trace("k = 3; L = 2*k*x", x=1), Fold.none, 6, {})
    drawing = Drawing("".join(svg(found, Look("L"))))
    shown = {words(drawing.groups[box.key])[0]: words(drawing.groups[box.key])[1:] for box in found.boxes}
    assert shown["2"] == []
    assert shown["k"] == ["value", "3"]


def test_what_is_folded_is_said() -> None:
    found = picture(gradcli.trace(FORMULAS["network"][0], FORMULAS["network"][1]), Fold.names, 6, {})
    assert f"{found.folded} operations are drawn with others" in Drawing("".join(svg(found, Look("L")))).legend


def test_only_the_numbers_that_are_asked_for_are_drawn() -> None:
    forward, none = (Drawing(text_of("tutorial", Look("t", values=Values(one)))) for one in ("forward", "none"))
    assert words(forward.groups["n2"]) == ["y = x*w", "value", "6"]
    assert words(none.groups["n2"]) == ["y = x*w"]
    assert not any(re.fullmatch(r"f\d+", key) for key in (*forward.groups, *none.groups))
    assert "gradient" not in forward.legend + none.legend


def test_a_remark_stands_at_its_box_and_moves_nothing() -> None:
    found = drawn_of("tutorial")
    marked = found._replace(boxes=tuple(box._replace(badges=("kink", "jump")) for box in found.boxes))
    one, other = (Drawing("".join(svg(each, Look("t")))) for each in (found, marked))
    assert one.box("n2") == other.box("n2")
    assert "! kink, jump" in words(other.groups["n2"])
    assert "kink: the slopes on its two sides differ" in other.legend
    assert "kink" not in one.legend


def test_texts_are_data_and_never_markup() -> None:
    box = Box("n0", 0, "a\x1b[31m\u202eb\n\ufffe\ud800", "</title><script>x</script>]]>&\"'", "1", "", Kind.output)
    found = Picture((box,), ())
    look = Look('"><script>alert(1)</script>&\u202e\x00')
    for text in (text_of("hostile"), "".join(svg(found, look))):
        root = fromstring(text)
        assert not {one.tag for one in root.iter()} - {
            SVG + tag for tag in ("svg", "title", "desc", "style", "g", "path", "text", "rect", "circle")
        }
        assert re.findall(r"href|url\((?!data:font/ttf;base64,[\w+/]+=*\))|@import|onload|javascript:", text) == []
        assert all(character.isprintable() or character == "\n" for character in text)
    shown = words(Drawing(text_of("hostile")).groups["n1"])
    assert "`\"q'&amp;`" in shown
    assert "<script>" in (fromstring(text).findtext(f"{SVG}title") or "")


def test_a_long_name_is_cut_in_its_middle_and_told_as_a_whole() -> None:
    drawing = Drawing(text_of("long names"))
    shown = words(drawing.groups["n0"])[0]
    assert len(shown) <= 22
    assert shown.startswith("the_learn")
    assert "…" in shown
    assert shown.endswith("layer_x")
    assert f"{LONG}_x" in tooltip(drawing.groups["n0"])


def test_a_wide_letter_has_the_room_of_two() -> None:
    texts = {one.text: one.attrib for one in fromstring(text_of("wide names")).iter(f"{SVG}text")}
    assert float(texts["`权重`" if "`权重`" in texts else "权重"]["textLength"]) >= 4 * 0.602 * 12


def test_a_screen_reader_is_told_what_is_drawn() -> None:
    root = fromstring(text_of("tutorial"))
    told = {one.attrib.get("id", ""): one.text or "" for one in root}
    assert root.attrib["role"] == "img"
    assert told[root.attrib["aria-labelledby"]] == "The graph of y = x*w; L = (y-2)^2 + 2*x"
    assert "y = x*w: 6, gradient 8" in told[root.attrib["aria-describedby"]]


def test_two_drawings_share_a_page() -> None:
    def ids(name: str) -> list[str]:
        return re.findall(r' id="([^"]*)"', text_of(name))

    assert len(set(ids("chain"))) == len(ids("chain"))
    assert not set(ids("tutorial")) & set(ids("chain"))
    assert max(map(len, ids("chain"))) <= 14


def test_themes() -> None:
    auto, light, dark = (text_of("branch", Look("b", theme=theme)) for theme in Theme)
    assert "prefers-color-scheme:dark" in auto
    assert "<style>" not in re.sub(r"<style>@font-face\{[^}]*\}</style>", "", light + dark)
    assert LIGHT["plus"].fill in light
    assert DARK["plus"].fill not in light
    assert LIGHT["plus"].fill not in dark
    scope = fromstring(auto).attrib["id"]
    inside = re.findall(r"<style>@media \(prefers-color-scheme:dark\)\{(.*?)\}</style>", auto)[0]
    assert all(rule.startswith(f"#{scope} .g-") for rule in inside.rstrip("}").split("}"))
    named, parts = set(re.findall(r"g-[a-z-]+", inside)), {"g-arrows", "g-boxes", "g-chips"}
    assert {kind for kinds in re.findall(r'class="([^"]*)"', auto) for kind in kinds.split()} - parts <= named


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [Theme.light, Theme.dark])
def test_every_text_has_contrast(theme: Theme) -> None:
    inks = LIGHT if theme is Theme.light else DARK
    grounds = [inks[kind].fill for kind in Kind] + [inks["paper"].fill, PAPER[theme]]
    pairs = [(inks[text].fill, ground) for text in ("text", "quiet", "plus", "minus") for ground in grounds]
    pairs += [(inks["paper"].fill, inks[sign].fill) for sign in ("plus", "minus", "zero", "unknown")]
    pairs.append((inks["remark"].fill, inks["badge"].fill))
    for one, other in pairs:
        lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (one, other)


def test_a_background_is_a_colour() -> None:
    assert '<rect width="100%" height="100%" fill="#fff8e1"/>' in text_of("square", Look("s", background="#fff8e1"))
    assert '"100%"' not in text_of("square") + text_of("square", Look("s", background="transparent"))


@pytest.mark.slow
def test_the_bytes_are_the_same_under_any_seed() -> None:
    program = (
        "import gradcli, hashlib; from gradcli.drawing.picture import *; from gradcli.drawing.pictured import picture; from gradcli.drawing.look import Look;"
        "from gradcli.drawing.svg import MARGIN, svg; from gradcli.drawing.png import png;"
        f"text = {NETWORK!r}; found = picture(gradcli.trace(text, {FORMULAS['network'][1]!r}), Fold.none, 6, {{}});"
        "print(hashlib.sha256(''.join(svg(found, Look(text))).encode() + b''.join(png(found, Look(text)))).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, check=False, capture_output=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout) == 65, runs[0].stderr


def layered(width: int, depth: int) -> Picture:
    """Layers of boxes, each of which has two operands in the layer before."""
    names = [[f"n{layer}_{row}" for row in range(width)] for layer in range(depth)]
    boxes = [Box(name, 0, name, "a + b", "1", "1", Kind.operation) for layer in names for name in layer]
    arrows = [
        Arrow(before[(row + shift * layer) % width], name, shift, "1", "1", 1, 1.0)
        for layer, (before, after) in enumerate(pairwise(names))
        for row, name in enumerate(after)
        for shift in (0, 1)
    ]
    return Picture(tuple(boxes), tuple(arrows))


@pytest.mark.slow
@pytest.mark.parametrize(("width", "depth", "longest"), [(6, 10, 0.2), (15, 20, 1.5)])
def test_a_drawing_takes_little_time(width: int, depth: int, longest: float) -> None:
    found, times = layered(width, depth), []
    for _ in range(3):
        start = time.process_time()
        "".join(svg(found, Look("layers")))
        times.append(time.process_time() - start)
    assert min(times) < longest


def star(width: int) -> Picture:
    """Boxes that all use one and are all used by another."""
    middle = [f"n{number}" for number in range(1, width + 1)]
    boxes = [Box(key, 0, key, "", "1", "1", Kind.operation) for key in ("n0", *middle, "end")]
    ways = [*(("n0", key, 0) for key in middle), *((key, "end", at) for at, key in enumerate(middle))]
    return Picture(tuple(boxes), tuple(Arrow(*way, "1", "1", 1, 1.0) for way in ways))


@pytest.mark.slow
@pytest.mark.parametrize("found", [star(150), layered(2, 150)])
def test_a_crowded_or_long_picture_takes_little_time_too(found: Picture) -> None:
    start = time.process_time()
    "".join(svg(found, Look("much")))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("form", [svg, png])
def test_what_would_take_too_long_is_refused_with_a_mend(form: Callable[[Picture, Look], Iterator[object]]) -> None:
    start = time.process_time()
    with pytest.raises(LimitError, match="1,002 boxes and 2,000 arrows") as refused:
        list(form(star(1000), Look("x")))
    assert "--collapse names" in refused.value.hint
    assert time.process_time() - start < 1


def test_a_png_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(LimitError, match="pixels") as refused:
        list(png(layered(6, 120), Look("x")))
    assert "--format svg" in refused.value.hint


@pytest.mark.parametrize("library", ["graphlay", "resvg_py"])
def test_a_missing_library_is_told_with_its_mend(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match="missing") as refused:
        list(png(drawn_of("square"), Look("x*x")))
    assert refused.value.hint == 'pip install "gradcli[draw]"'


def pixels(content: bytes) -> tuple[int, int]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = struct.unpack(">II", content[16:24])
    return int(wide), int(tall)


@pytest.mark.parametrize("name", ["tutorial", "wide names"])
def test_a_png_is_the_drawing_in_twice_its_pixels(name: str) -> None:
    root, content = fromstring(text_of(name)), b"".join(png(drawn_of(name), Look(name)))
    size = [2 * float(root.attrib[side]) for side in ("width", "height")]
    assert pixels(content) == pytest.approx(size, abs=2)


@pytest.mark.slow
def test_a_png_of_a_large_drawing_has_fewer_pixels_than_twice_its_size() -> None:
    found = layered(20, 10)
    root = fromstring("".join(svg(found, Look("layers"))))
    wide, tall = (float(root.attrib[side]) for side in ("width", "height"))
    assert wide * tall > 1_500_000
    assert pixels(b"".join(png(found, Look("layers"))))[0] == pytest.approx(
        max(0.7 * wide, (6e6 * wide / tall) ** 0.5), abs=2
    )


def test_a_png_has_its_letters_without_fonts_of_the_machine() -> None:
    box = Box("n0", 0, "x", "", "1", "1", Kind.variable)
    one, other = (b"".join(png(Picture((box._replace(title=title),), ()), Look("x"))) for title in ("x", "∂"))
    missing = b"".join(png(Picture((box._replace(title="\U0001f3f4"[:1]),), ()), Look("x")))
    assert len({one, other, missing}) == 3


def test_names_from_right_to_left_stand_apart_from_what_is_around_them() -> None:
    at = {"אבג": 1.0, "דה": 2.0, "x": 3.0}
    text = "".join(svg(picture(gradcli.trace("אבג - דה*x", at), Fold.none, 6, {}), Look("f")))
    assert ">f = \u2068אבג\u2069 - v1<" in text
    assert ">v1 = \u2068דה\u2069*x<" in text
