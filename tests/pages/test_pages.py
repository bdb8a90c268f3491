"""Pages for eyes: the tables fit the width, and the ones that everybody sees look as they were approved.

pytest tests/pages --update-snapshots      accepts the pages as they are drawn now, to be reviewed
"""

import pytest
from approved import NETWORK, SNAPSHOTS, WEIGHTS, drawn
from conftest import Gradcli
from rich.cells import cell_len

LAYER = "h = tanh(W @ x + b); L = mean((h - y)^2)"
LAYER_AT = ("--W", "[[1, 2, 3], [4, 5, 6]]", "--x", "[1, 0, -1]", "--b", "[0, 1]", "--y", "[0, 1]")
PAGES = {
    "gradient": ("grad", "(x*w-2)**2", "--x", "2", "--w", "3"),
    "update": ("grad", "y = x*w; L = (y - 2)^2", "x=2", "w=3", "--wrt", "w", "--lr", "0.1"),
    "descent": ("grad", "y = x*w; L = (y - 2)^2", "x=2", "w=3", "--wrt", "w", "--lr", "0.1", "--steps", "5"),
    "proof": ("grad", "(x*w-2)**2", "--x", "2", "--w", "3", "--verify"),
    "explanation": ("explain", "y = x*w; L = (y - target)^2", "x=2", "w=3", "target=2", "--wrt", "w", "--lr", "0.1"),
    "paths": ("explain", "a = x*x; b = sin(a)*x; f = a + b", "x=2"),
    "value": ("eval", "sqrt(a^2 + b^2)", "a=3", "b=4"),
    "branch": ("grad", "where(x > 0, sqrt(x), x^2)", "x=-3"),
    "network": ("grad", NETWORK, *WEIGHTS),
    "layer": ("grad", LAYER, *LAYER_AT, "--lr", "0.1"),
    "layer_explained": ("explain", LAYER, *LAYER_AT, "--wrt", "W,b"),
    "array": ("eval", "tanh(W @ x)", *LAYER_AT[:4]),
    "chain": ("grad", "h[1] = x; h[t] = tanh(w*h[t-1]) for t in 2..20; h[20]", "x=1", "w=0.5"),
    "rule": ("rules", "max"),
}


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_approved(gradcli: Gradcli, name: str, form: str, update_snapshots: bool) -> None:
    if name == "rule" and form == "markdown":
        pytest.skip("rules has no such form")
    page = drawn(gradcli(*PAGES[name], "--format", form).out)
    path = SNAPSHOTS / f"{name}.{'md' if form == 'markdown' else 'txt'}"
    if update_snapshots:
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


WIDE = {
    **PAGES,
    "long names": ("grad", "a_rather_long_name_of_a_variable * another_rather_long_name_of_a_variable^2",
                   "--a_rather_long_name_of_a_variable", "1.23456789", "--another_rather_long_name_of_a_variable", "2"),
    "one very long name": ("grad", f"{'n' * 200}^2", f"{'n' * 200}=3"),
    "wide letters": ("grad", "価格 × 数量 - 割引²", "価格=120", "数量=3", "割引=5"),
    "long numbers": ("grad", "x^7*y^3 + exp(x*y)/y", "x=-1.2345678901", "y=-9.87654321", "--digits", "17"),
    "long formula": ("grad", "+".join(f"sin(x^{power})" for power in range(60)), "x=0.5"),
    "all rules": ("rules",),
}  # fmt: skip


@pytest.mark.one_in(4)
@pytest.mark.parametrize("width", [30, 40, 80, 160])
@pytest.mark.parametrize("name", WIDE)
def test_no_line_is_wider_than_the_screen(gradcli: Gradcli, name: str, width: int) -> None:
    code, out, _ = gradcli(*WIDE[name], "--format", "table", columns=width)
    assert code == 0
    assert max(map(cell_len, out.splitlines())) <= width


def test_markdown_escapes_what_would_be_markup(gradcli: Gradcli) -> None:
    out = gradcli("grad", "`a|b`*x", "`a|b`=2", "x=3", "--format", "markdown").out
    tables = [line for line in out.splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") in (3, 4, 5) for line in tables)
    assert "\\`a\\|b\\`\\*x" in out


def test_markdown_tables_have_as_many_cells_as_columns(gradcli: Gradcli) -> None:
    width = 0
    for line in gradcli("grad", NETWORK, *WEIGHTS, "--lr", "0.1", "--format", "markdown").out.splitlines():
        cells = line.replace("\\|", "").count("|")
        assert not width or not cells or cells == width
        width = cells
