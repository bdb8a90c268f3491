"""Where pages are drawn: colours as the person wishes, and a word of progress that says how long it takes."""

import io

import pytest

from gradcli.show.console import console
from gradcli.show.progress import text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "stream", "variables", "coloured"),
    [
        ("auto", io.StringIO, {}, False),
        ("auto", Terminal, {}, True),
        ("auto", Terminal, {"NO_COLOR": "1"}, False),
        ("auto", io.StringIO, {"FORCE_COLOR": "1"}, True),
        ("auto", io.StringIO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", io.StringIO, {"NO_COLOR": "1"}, True),
        ("never", Terminal, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_whom_they_are_wanted(
    color: str, stream: type[io.StringIO], variables: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **variables}.items():
        monkeypatch.setenv(name, value)
    console(color, file := stream()).print("[red]word[/]")
    assert ("\x1b[31m" in file.getvalue()) == coloured


@pytest.mark.parametrize(
    ("rows", "size", "whole", "seconds", "line"),
    [
        (1_200_000, 100, 500, 3.0, "1,200,000 rows, 400,000 rows/s, 0:12 left"),  # 4/5 are left, at 100 in 3 s
        (10, 1, 101, 1.0, "10 rows, 10 rows/s, 1:40 left"),
        (10, 5, None, 2.0, "10 rows, 5 rows/s"),
        (10, 0, 50, 2.0, "10 rows, 5 rows/s"),
    ],
)
def test_progress(rows: int, size: int, whole: int | None, seconds: float, line: str) -> None:
    assert text(rows, size, whole, seconds) == line
