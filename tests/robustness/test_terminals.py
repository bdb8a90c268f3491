"""What comes from data and goes to a terminal cannot command it; what goes into a pipe is as it was."""

import os
import pty
import re
from pathlib import Path

import pytest
from shells import GRADCLI, in_shell, on_terminal

CONTROLS = "\x01\x07\x08\x0b\x1b\x7f\x80\x9b\x9d\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"
TITLE = "\x1b]0;title\x07"
OURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r(?=\n)")
"""Colours of our own, and what the terminal makes of a newline."""


def harmless(page: str) -> bool:
    return not any(control in OURS.sub("", page) for control in (*CONTROLS, "\r"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(f'x,"head{TITLE}{CONTROLS}",t\n1,cell{TITLE}{CONTROLS},"two\tcells\ré"\n'.encode())
    return path


@pytest.fixture
def tabless(table: Path) -> Path:
    """The same without what TSV cannot hold."""
    table.write_bytes(table.read_bytes().replace(b"two\tcells\r", b""))
    return table


@pytest.mark.one_in(9)
@pytest.mark.parametrize("form", ["csv", "tsv", "ndjson"])
@pytest.mark.parametrize("out", ["", "-", "/dev/stdout"])
def test_rows_cannot_command_a_terminal(tabless: Path, form: str, out: str) -> None:
    page = on_terminal([GRADCLI, "map", "x^2", str(tabless), "--to", form, *(["--out", out] if out else [])])
    assert harmless(page)
    assert r"head\u001b]0;title\u0007\u0001" in page
    assert r"cell\u001b]0;title\u0007\u0001\u0007\u0008\u000b\u001b\u007f\u0080\u009b" in page.replace(r"\b", r"\u0008")
    assert r"\u202e" in page
    assert "é" in page


@pytest.mark.slow
def test_rows_go_into_a_pipe_as_they_came(table: Path) -> None:
    done = in_shell(f"gradcli map x {table} --wrt x | head -1 | tr -d '\\n'; head -1 {table} | tr -d '\\n'")
    header, _, first = done.stdout.partition(",f,d_x")
    assert header == first
    assert TITLE in header


@pytest.mark.slow
def test_a_terminal_given_by_its_name_is_one(table: Path) -> None:
    child, leader = pty.fork()
    if not child:
        os.execv(GRADCLI, [GRADCLI, "map", "x^2", str(table), "--out", "/dev/tty"])
    page = b""
    while True:
        try:
            page += os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
    assert os.waitpid(child, 0)[1] == 0
    os.close(leader)
    assert harmless(page.decode())
    assert r"cell\u001b]0;title" in page.decode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_characters_may_be_cut_anywhere(size: int) -> None:
    from io import BytesIO

    from gradcli.terminal import Terminal

    stream, text = BytesIO(), "é\u202e\u20ac\x9b😀\n\t"
    terminal, content = Terminal(stream), text.encode() + b"\x9bA\xff"
    for at in range(0, len(content), size):
        terminal.write(content[at : at + size])
    terminal.flush()
    assert stream.getvalue().decode() == "é\\u202e€\\u009b😀\n\t\\x9bA\\xff"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("control", [CONTROLS, "\x1b"])
@pytest.mark.parametrize("form", ["json", "table"])
def test_a_comment_cannot_command_a_terminal(control: str, form: str) -> None:
    page = on_terminal([GRADCLI, "grad", f"x^2 # {control}]0;title", "--x", "2", "--format", form])
    assert harmless(page)
    assert ("title" in page) == (form == "json")


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    "arguments",
    [
        ["map", "y", "{table}"],
        ["map", "t", "{table}"],
        ["map", "t", "{table}", "--on-error", "skip"],
        ["map", "x", f"/nowhere/{TITLE}"],
        ["map", "x", "{table}", "--out", f"/nowhere/{TITLE}"],
        ["map", "x", "{table}", "--engine", TITLE],
        ["grad", f"`{TITLE}`", "--x", "1"],
        ["grad", "x", f"--x={TITLE}"],
        ["grad", "x", "--x", "1", "--bind", TITLE],
        ["grad", f"@{TITLE}"],
        ["grad", "x", "--x", "1", "--wrt", TITLE],
        ["grad", "x", "--x", "1", "--format", TITLE],
        ["check", "x", "--claim", f"df/dx = {TITLE}"],
        ["rules", TITLE],
        [TITLE],
    ],
)
def test_messages_cannot_command_a_terminal(table: Path, arguments: list[str]) -> None:
    page = on_terminal([GRADCLI, *(word.format(table=table) for word in arguments)])
    assert page
    assert harmless(page)


def test_a_name_in_brackets_heads_its_column() -> None:
    arguments = [
        "grad",
        "`[red]a[/red]`",
        "--let",
        "`[red]a[/red]`=2",
        "--lr",
        "0.1",
        "--steps",
        "2",
        "--color",
        "never",
    ]
    assert "step   [red]a[/red]" in on_terminal([GRADCLI, *arguments])
