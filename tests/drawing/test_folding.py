"""A graph that is too large for a form is folded until it fits: the numbers that are left are those of the whole."""

import time
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import Gradcli

import gradcli
from gradcli.answers import answered
from gradcli.drawing import folding
from gradcli.drawing.folding import pictures
from gradcli.drawing.picture import Fold, Kind, Picture
from gradcli.errors import LimitError
from gradcli.passes import last_told


def chain(length: int) -> str:
    return "; ".join(f"h{at} = tanh(h{at - 1}*w + x)" if at else "h0 = x*w" for at in range(length))


CHAIN = chain(100)
SUM = "+".join(f"x*{number}*w" for number in range(1, 1100))


def drawn(text: str, fold: Fold = Fold.auto, most: int = 200) -> list[Picture]:
    return list(pictures(gradcli.answer(text, x=0.3, w=0.7), fold, 12, {}, most))


def adds_up(found: Picture) -> bool:
    """Whether what comes back along the arrows of a box is its gradient."""
    back = defaultdict[str, float](float)
    for arrow in found.arrows:
        back[arrow.source] += float(arrow.contribution)
    gradients = {box.key: float(box.adjoint) for box in found.boxes if box.kind is not Kind.output}
    return bool(gradients) and all(back[key] == pytest.approx(slope, rel=1e-9) for key, slope in gradients.items())


def test_each_picture_has_half_of_the_definitions_and_the_last_has_the_output_alone() -> None:
    found = drawn(CHAIN)
    sizes = [len(each.boxes) for each in found]
    assert sizes[:3] == [102, 53, 27]
    assert [box.title for box in found[-1].boxes] == ["x", "w", "h99"]
    assert [box.title for box in found[1].boxes][2:] == [f"h{at}" for at in range(49, 100)]
    assert all(each.folded + len(each.boxes) == found[0].folded + sizes[0] for each in found)


@pytest.mark.parametrize("text", [CHAIN, SUM])
def test_what_comes_back_along_arrows_is_the_gradient(text: str) -> None:
    assert all(map(adds_up, drawn(text)))


def test_a_long_formula_without_names_is_its_output_and_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    (alone,) = drawn(SUM)
    monkeypatch.setattr(folding, "MOST_UNNAMED", 10**6)
    followed = drawn(SUM, Fold.names)[0]
    assert [arrow[:6] for arrow in alone.arrows] == [arrow[:6] for arrow in followed.arrows]
    assert alone.folded == followed.folded
    for one, other in zip(alone.boxes, followed.boxes, strict=True):
        assert one.operation.replace(" ", "")[:8] == other.operation.replace(" ", "")[:8]
        assert one._replace(operation="", whole="") == other._replace(operation="", whole="")


def test_a_graph_too_large_to_be_followed_is_drawn_by_its_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MOST_FOLLOWED", 200)
    (found,) = drawn(CHAIN)
    assert [box.title for box in found.boxes] == ["x", "w", "h99"]
    assert found.folded == 297


def test_one_too_large_to_be_drawn_operation_by_operation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MOST_ONE_BY_ONE", 200)
    with pytest.raises(LimitError, match="298 operations is more than 200") as refused:
        drawn(CHAIN, Fold.none)
    assert "--collapse auto" in refused.value.hint
    assert len(drawn(CHAIN)) > 1


def test_numbers_in_between_are_doubles_where_they_are_many_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = gradcli.answer("a = x + w; b = a - w; y = a*b", x=1e-9, w=1e9)
    (whole,) = pictures(answer, Fold.none, 12, {}, 200)
    assert not [*folding.remarks(answer, Fold.none)]
    monkeypatch.setattr(folding, "MOST_SETTLED", 2)
    (found,) = pictures(answer, Fold.none, 12, {}, 200)
    assert [*folding.remarks(answer, Fold.none)] == [folding.IN_BETWEEN]
    values = [{box.title: box.value for box in each.boxes} for each in (whole, found)]
    assert [each["b"] for each in values] == ["1e-9", "0"]
    assert [each["y"] for each in values] == ["1", "1"]


def test_by_one_variable_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MOST_FOLLOWED", 200)
    (found,) = pictures(gradcli.answer(CHAIN, {"x": 0.3, "w": 0.7}, wrt="w"), Fold.auto, 6, {}, 200)
    assert [bool(box.adjoint) for box in found.boxes] == [False, True, True]
    assert [bool(arrow.local) for arrow in found.arrows] == [False, True]


def test_where_much_is_between_definitions_the_output_alone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_told, "MOST_STEPS", 100)
    assert len(drawn(CHAIN, most=20)[0].boxes) == 3


@pytest.mark.slow
@pytest.mark.parametrize("text", ["+".join(["x*w"] * 50_000), chain(10_000)])
def test_a_picture_takes_little_longer_than_the_answer(text: str) -> None:
    start, program = time.process_time(), gradcli.parse(text)
    answer = answered(program, {"x": 0.3, "w": 0.7}, program.variables, "auto", follow=True)
    middle = time.process_time()
    next(pictures(answer, Fold.auto, 6, {}, 200))
    assert time.process_time() - middle < 2 * (middle - start) + 0.5


def test_a_page_that_would_compute_too_much_is_refused_at_once(gradcli: Gradcli, tmp_path: Path) -> None:
    start = time.process_time()
    code, out, err = gradcli("graph", "+".join(["x*w"] * 30_001), "x=1", "w=2", "-o", str(tmp_path / "page.html"))
    assert (code, out) == (2, "")
    assert "30,001 operations is more than 30,000" in err
    assert not [*tmp_path.iterdir()]
    assert time.process_time() - start < 3
