"""Every view on a narrow screen: nothing that a wide one shows is lost, no word broken, no line too wide."""

import io
import re
from collections import Counter

import pytest
from approved import NETWORK, SNAPSHOTS, WEIGHTS, drawn
from conftest import Gradcli
from rich.cells import cell_len
from rich.console import Console

from gradcli.errors import LanguageError, Notice, Source
from gradcli.show.diagnostics import write_error, write_notice
from gradcli.show.wrapping import wrapped

POINT = ("x=2", "w=3")
VIEWS = {
    "passes": ("grad", "(sigmoid(x*w) - 2)^2", *POINT),
    "value": ("eval", "sqrt(learning_rate^2 + b^2)", "learning_rate=3", "b=4"),
    "digits": ("grad", "(x*w - 2)^2/3", "x=1.1", "w=0.7", "--digits", "17"),
    "precision": ("grad", "(x*w - 2)^2/3", *POINT, "--precision", "24"),
    "update": ("grad", "(sigmoid(x*w) - 2)^2", *POINT, "--lr", "0.1"),
    "descent": ("grad", "(x*w - 2)^2", *POINT, "--lr", "0.01", "--steps", "5"),
    "hidden rows": ("grad", "(x*w - 2)^2", *POINT, "--lr", "0.01", "--steps", "50", "--rows", "4"),
    "verified": ("grad", "(x*w - 2)^2*exp(x)", *POINT, "--verify"),
    "network": ("grad", NETWORK, *WEIGHTS),
    "checked": ("check", "cbrt(x)*sin(y)", "x=2", "y=3"),
    "claims": ("check", "L = (x*w - 2)^2", *POINT, "--claim", "dL/dx = 2*(x*w-2)", "--claim", "dL/dw = 2*x*(x*w-2)"),
    "chain": ("check", "L = (y - target)^2", "y=6", "target=2", "--claim", "dL/dy = 2*(y-target) = 2*(6-2) = 9"),
    "update claimed": ("check", "(x*w - 2)^2", *POINT, "--lr", "0.1", "--claim", "w_new = 3 - 0.1*16 = 1.5"),
    "kink": ("check", "abs(x)*w", "x=0", "w=3"),
    "explained": ("explain", "y = sigmoid(x*w); L = (y - 2)^2 + x/3", *POINT, "--lr", "0.1"),
    "explained in full": ("explain", NETWORK, *WEIGHTS, "--level", "full"),
    "explained kink": ("explain", "where(x > 1, abs(x - 2), -x)*w", *POINT),
    "rules": ("rules",),
    "one rule": ("rules", "max"),
    "another rule": ("rules", "mish"),
    "long names": ("grad", "learning_rate*cosine_similarity^2", "learning_rate=0.1", "cosine_similarity=0.5"),
}  # fmt: skip
WIDTHS = (30, 45, 60, 76, 80, 120)
WIDEST = 400
"""A screen on which every table has all of its width."""
KEPT = ("passes", "explained", "checked", "verified", "hidden rows", "claims", "another rule")
"""The views whose picture on the narrowest screen is kept as a file."""
PATIENT = ("--format", "table", "--seconds", "60")
"""With time enough on a busy machine: what is proved is proved."""
PARTS = re.compile(r"(?:\d[\d.]*(?:e-?\d+)?|\w+)…?|[^\w\s─…]+")
"""Numbers, names and the signs between them: what no line may break."""

FIRST = 16


def asked(name: str) -> tuple[str, ...]:
    """The words of a view's command."""
    return (*VIEWS[name], *(PATIENT if VIEWS[name][0] == "check" else PATIENT[:2]))


def parts(page: str) -> Counter[str]:
    return Counter(PARTS.findall(page))


def is_whole(part: str, page: Counter[str]) -> bool:
    """Whether a page has it; of a number that is cut here or there, the first digits."""
    return part in page or any("…" in part + other and part[:FIRST] == other[:FIRST] for other in page)


@pytest.mark.one_in(5)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shows_on_every_screen_all_that_it_shows_on_a_wide_one(gradcli: Gradcli, name: str, width: int) -> None:
    arguments = asked(name)
    wide, out = gradcli(*arguments, columns=WIDEST).out, gradcli(*arguments, columns=width).out
    assert max(map(cell_len, map(str.rstrip, out.splitlines()))) <= width
    shown, whole = parts(out), parts(wide)
    assert [part for part in whole if not is_whole(part, shown)] == []
    assert [part for part in shown if not is_whole(part, whole)] == []
    assert [part for part in whole if part[0].isdigit() and "…" not in part and shown[part] < whole[part]] == []


@pytest.mark.parametrize("name", KEPT)
def test_the_narrowest_page_looks_as_it_was_approved(gradcli: Gradcli, name: str, update_snapshots: bool) -> None:
    page = drawn(gradcli(*asked(name), columns=WIDTHS[0]).out)
    path = SNAPSHOTS / f"narrow {name}.txt".replace(" ", "_")
    if update_snapshots:
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


MESSAGE = "`relu(x)` has a kink exactly here: the slope by x is -3.25 from the left and 1e-300 from the right"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("screen", [Terminal, io.StringIO])
def test_an_error_and_a_note_break_no_word_on_a_terminal_and_are_a_line_elsewhere(
    screen: type[io.StringIO], width: int
) -> None:
    console = Console(file=(file := screen()), width=width, color_system=None)
    source = Source("1 + relu(x)*a_long_name_in_the_formula")
    write_error(console, LanguageError(MESSAGE, hint=MESSAGE, span=(4, 11), source=source))
    write_notice(console, Notice("kink", MESSAGE, 1, (4, 11)), source)
    lines = file.getvalue().splitlines()
    assert parts(file.getvalue()) & parts(3 * f"{MESSAGE} ") == parts(3 * f"{MESSAGE} ")
    if screen is Terminal:
        assert max(map(cell_len, lines)) <= width
    else:
        assert {f"error: {MESSAGE}", f"note: {MESSAGE}", f"mend: {MESSAGE}"} <= set(lines)


def test_colours_do_not_change_where_lines_break(gradcli: Gradcli) -> None:
    arguments = (*VIEWS["verified"], "--format", "table")
    plain, coloured = (gradcli(*arguments, "--color", when, columns=30).out for when in ("never", "always"))
    assert "\x1b[" in coloured
    assert drawn(re.sub(r"\x1b\[[\d;]*m", "", coloured)) == drawn(plain)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the sine of x", 9, ["the sine", "of x"]),
        ("  w_new = 3 - 0.1 × 16 = 1.4", 20, ["  w_new = 3 - 0.1 ×", "    16 = 1.4"]),
        ("  df = 0.123456789012", 16, ["  df =", "  0.123456789012"]),
        ("2*sigmoid(-x)*cos(y)", 14, ["2*sigmoid(-x)*", "cos(y)"]),
        ("1e-300*x-2.5e-7", 8, ["1e-300*x", "-2.5e-7"]),
        ("learning_rate", 5, ["learn", "ing_r", "ate"]),
        ("価格 × 数量", 7, ["価格 ×", "数量"]),
        ("x\ny", 30, ["x", "y"]),
        ("", 30, [""]),
    ],
)
def test_a_text_is_broken_at_its_words(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize("width", range(1, 30))
def test_a_page_can_be_drawn_on_any_screen(gradcli: Gradcli, width: int) -> None:
    for name in ("verified", "claims", "one rule"):
        out = gradcli(*asked(name), columns=width).out
        assert max(map(cell_len, map(str.rstrip, out.splitlines()))) <= width
