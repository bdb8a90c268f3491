"""A diagnostic points at the right letters, however wide they are, and cannot command a terminal."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from gradcli.errors import LanguageError, Notice, Source
from gradcli.excerpts import visible
from gradcli.show.diagnostics import write_error, write_notice


def lines(text: str, span: tuple[int, int], width: int = 80, name: str = "expression") -> list[str]:
    """The lines that are drawn for an error at a place."""
    console = Console(file=(file := io.StringIO()), width=width, color_system=None)
    write_error(console, LanguageError("wrong", hint="mend it", span=span, source=Source(text, name)))
    return file.getvalue().splitlines()


def test_a_diagnostic_has_five_lines() -> None:
    assert lines("x + )", (4, 5)) == ["error: wrong", "   in expression:", "   x + )", "       ^", "mend: mend it"]


@pytest.mark.parametrize(
    ("text", "marked", "caret"),
    [
        ("x + yy", "yy", "    ^^"),
        ("変数 + b", "b", "       ^"),
        ("a + 変数", "変数", "    ^^^^"),
        ("e\u0301 + b", "b", "    ^"),
        ("θ + b", "b", "    ^"),
        ("a + b", "a + b", "^^^^^"),
        ("x²+ b", "b", "    ^"),
    ],
)
def test_the_caret_stands_under_what_is_meant(text: str, marked: str, caret: str) -> None:
    start = text.index(marked)
    assert lines(text, (start, start + len(marked)))[3] == "   " + caret


@pytest.mark.parametrize("text", ["x\t+ b", "x\x1b[31m + b", "x\u202e + b", "x\ud800 + b", "x\x00\x07 + b"])
def test_what_is_invisible_takes_one_cell_and_commands_nothing(text: str) -> None:
    start = text.index("b")
    shown, caret = lines(text, (start, start + 1))[2:4]
    assert shown.isprintable()
    assert cell_len(shown[: shown.index("b")]) == caret.index("^")


def test_a_text_of_several_lines_shows_the_one_that_is_meant() -> None:
    text = "y = x*w\nL = (y - )^2\nL"
    start = text.index(")")
    assert lines(text, (start, start + 1))[1:4] == ["   in expression, line 2:", "   L = (y - )^2", "            ^"]


def test_a_span_over_several_lines_is_marked_on_its_first() -> None:
    text = "a + (b\n+ c)"
    assert lines(text, (4, len(text)))[2:4] == ["   a + (b", "       ^^"]


def test_a_mistake_at_the_end_has_its_caret_there() -> None:
    assert lines("x +", (3, 3))[2:4] == ["   x +", "      ^"]
    assert lines("", (0, 0))[2:4] == ["   ", "   ^"]


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("at", [0, 1, 500, 5_000, 9_998])
@pytest.mark.parametrize("letter", ["x", "変"])
def test_of_a_long_line_the_part_around_the_mistake_is_shown(width: int, at: int, letter: str) -> None:
    text = letter * at + "?" + letter * (9_999 - at)
    shown, caret = lines(text, (at, at + 1), width)[2:4]
    assert cell_len(shown) <= width
    before = shown[: shown.index("?")]
    assert caret == " " * cell_len(before) + "^"


def test_a_long_span_in_a_long_line_ends_with_the_window() -> None:
    shown, caret = lines("(" + "x" * 9_999, (0, 10_000))[2:4]
    assert len(caret) <= len(shown) <= 80


def test_a_notice_has_a_place_too() -> None:
    console = Console(file=(file := io.StringIO()), width=80, color_system=None)
    write_notice(console, Notice("kink", "a corner", 1, (4, 5)), Source("2 + x"))
    drawn = file.getvalue()
    assert drawn == "note: a corner\n   in expression:\n   2 + x\n       ^\n"


def test_messages_are_no_markup() -> None:
    console = Console(file=(file := io.StringIO()), width=80, color_system=None)
    write_error(console, LanguageError("`[bold]x[/]` :smile:", hint="[red]"))
    assert file.getvalue() == "error: `[bold]x[/]` :smile:\nmend: [red]\n"


def test_visible_leaves_what_can_be_seen() -> None:
    assert visible("aθ変\n") == "aθ変\n"
    assert visible("\x1b[2J\x9b\u202e\ud800\t") == "\ufffd[2J\ufffd\ufffd\ufffd\ufffd"
