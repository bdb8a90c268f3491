"""README.md and the samples say what gradcli does: every command in them is run."""

import re
from pathlib import Path

import pytest
from pictures import BACKGROUND, FOLDER, GRAPHS, HARD, PICTURES, drawn, files, samples
from prose import FILES, ROOT, written_anew

LEAST_CONTRAST = 4.5
"""Between a text and what is behind it: level AA of the Web Content Accessibility Guidelines."""
BY_SIZE = sorted(FILES, key=lambda path: path.stat().st_size)


@pytest.mark.one_in(6)
@pytest.mark.parametrize("path", BY_SIZE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_prose_shows_what_is_printed(path: Path, update_prose: bool) -> None:
    text = path.read_text(encoding="utf-8")
    fresh = written_anew(text) if text else ""
    if update_prose:
        path.write_text(fresh, encoding="utf-8")
    else:
        assert fresh == text, "review and accept it with: pytest tests/test_readme.py --update-prose"


def test_the_index_of_the_samples_names_each_of_them() -> None:
    index = (ROOT / "samples" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "samples").iterdir():
        assert path.name in index or path.name == "README.md"


def test_prose_that_differs_is_found() -> None:
    assert written_anew("```console\n$ echo a b\nwrong\n```\n") == "```console\n$ echo a b\na b\n```\n"
    assert (
        written_anew("```python\n1 + 1  # 3\nprint('a')  # b\n```\n") == "```python\n1 + 1  # 2\nprint('a')  # a\n```\n"
    )


def test_prose_runs_nothing_but_gradcli() -> None:
    with pytest.raises(ValueError, match="begins with none of"):
        written_anew("```console\n$ rm nothing\n```\n")


@pytest.mark.parametrize("file", files())
def test_a_picture_shows_what_is_drawn_now(file: str, update_prose: bool) -> None:
    path, fresh = FOLDER / file, drawn(file)
    if update_prose:
        path.write_text(fresh, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == fresh, "look at it: pytest tests/test_readme.py --update-prose"


def test_the_pictures_are_those_of_the_readme_which_says_what_they_show() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"!\[[^\]]{40,}\]\(samples/pictures/(\w+)\.svg\)", readme)) == {*PICTURES, *GRAPHS}
    assert {path.name for path in FOLDER.iterdir()} == {*files()}
    hard = HARD.read_text(encoding="utf-8")
    assert {*samples()} == {*re.findall(r"\]\(pictures/([\w.]+)\)", hard)}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_loads_nothing_and_can_be_read(name: str) -> None:
    picture = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"https?:|@font-face|@import|href|src", picture)
    colours = re.findall(r"fill: #(\w\w)(\w\w)(\w\w)", picture)
    assert colours
    for colour in colours:
        assert contrast(tuple(int(part, 16) for part in colour), BACKGROUND) >= LEAST_CONTRAST


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The ratio of the brighter colour's luminance to the darker one's, as the guidelines define it."""
    darker, brighter = sorted(map(luminance, (one, other)))
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
