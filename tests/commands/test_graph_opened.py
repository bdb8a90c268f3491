"""`graph --open`: in the browser that the reader has; without one its place is told, and nothing is lost."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
LINE = ("graph", "x*w", "--x", "2", "--w", "3", "--open")


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that keeps a note of what it is asked to show."""
    program, asked = tmp_path / "browser", tmp_path / "asked"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {asked}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    monkeypatch.setattr("webbrowser._tryorder", None)
    return asked


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_a_page_is_opened(gradcli: Run, browser: Path) -> None:
    found = gradcli(*LINE)
    assert (found.code, found.out) == (0, "")
    path = re.fullmatch(r"note: opened (\S+\.html)\n", found.err)
    assert path
    assert browser.read_text() == Path(path[1]).as_uri()
    assert Path(path[1]).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_file_of_out_is_opened(gradcli: Run, browser: Path, tmp_path: Path) -> None:
    path = tmp_path / "a drawing.svg"
    found = gradcli(*LINE, "--out", str(path))
    assert found.code == 0
    assert browser.read_text() == path.as_uri()
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_without_a_browser_its_place_is_told(gradcli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    found = gradcli(*LINE)
    path = re.search(r"there is no browser to open it in: it is (\S+\.html)", found.err)
    assert found.code == 0
    assert path
    assert os.path.getsize(path[1]) > 10_000  # noqa: PTH202 - as a shell would


@pytest.mark.parametrize(
    "more", [("--format", "dot"), ("--out", "x.json"), ("--out", "-"), ("--out", "-", "--format", "svg")]
)
def test_what_no_browser_shows_is_refused(gradcli: Run, browser: Path, more: tuple[str, ...], tmp_path: Path) -> None:
    found = gradcli(*LINE, *more)
    assert found.code == 2
    assert "--open" in found.err
    assert not browser.exists()
    assert not [*tmp_path.glob("gradcli-*")]


def test_a_mistake_leaves_no_temporary_file(gradcli: Run, browser: Path, tmp_path: Path) -> None:
    assert gradcli("graph", "x*w", "--x", "2", "--open").code == 2
    assert not [*tmp_path.glob("gradcli-*")]
