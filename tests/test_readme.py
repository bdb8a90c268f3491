"""README.md and the samples say what gradcli does: every command in them is run."""

from pathlib import Path

import pytest
from prose import FILES, ROOT, written_anew

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
