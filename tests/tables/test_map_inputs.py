"""Pipes as the tables of `map`: each is opened once, when its turn comes, and gives all its rows."""

import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
from shells import in_shell

COLUMNAR: Mapping[str, Callable[[pl.DataFrame, io.BytesIO], object]] = {
    "parquet": pl.DataFrame.write_parquet,
    "arrow": pl.DataFrame.write_ipc,
    "arrows": pl.DataFrame.write_ipc_stream,
}
ROWS = {"csv": ("x\\n1\\n", "x\\n2\\n", "3\\n"), "tsv": ("x\\ts\\n1\\ta\\n", "x\\ts\\n2\\tb\\n", "3\\tc\\n"),
        "ndjson": ('{"x":1}\\n', '{"x":2}\\n', '{"x":3}\\n')}  # fmt: skip
OUT = "f,d_x\n2.0,2.0\n4.0,2.0\n6.0,2.0\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", ROWS)
def test_every_pipe_is_opened_once(form: str, tmp_path: Path) -> None:
    first, second, third = ROWS[form]
    map_them = f"timeout 20 gradcli map 'x*2' --from {form} --only --to csv"
    slow = f"<(printf '{first}') <(printf '{second}'; sleep 0.3; printf '{third}')"
    assert in_shell(f"{map_them} {slow}").stdout == OUT
    os.mkfifo(tmp_path / "a")
    os.mkfifo(tmp_path / "b")
    # One writer, who opens the second pipe when the first is read: neither may be waited for before its turn.
    writer = f"(printf '{first}' > {tmp_path}/a; (printf '{second}'; sleep 0.3; printf '{third}') > {tmp_path}/b) &"
    assert in_shell(f"{writer} {map_them} {tmp_path}/a {tmp_path}/b; wait").stdout == OUT
    standard = f"(printf '{second}'; sleep 0.3; printf '{third}') | {map_them} <(printf '{first}') -"
    assert in_shell(standard).stdout == OUT


@pytest.mark.slow
@pytest.mark.parametrize("form", COLUMNAR)
def test_columns_through_pipes(form: str, tmp_path: Path) -> None:
    for name, numbers in (("a", [1.0]), ("b", [2.0, 3.0])):
        COLUMNAR[form](pl.DataFrame({"x": numbers}), content := io.BytesIO())
        (tmp_path / name).write_bytes(content.getvalue())
    command = f"timeout 20 gradcli map 'x*2' --from {form} --only --to csv"
    for inputs in ("<(cat a) <(cat b)", "a <(cat b)", "<(cat a) b", "<(cat a) - < b", "a - < b"):
        assert in_shell(f"cd {tmp_path}; {command} {inputs}").stdout == OUT, inputs


@pytest.mark.slow
def test_one_pipe_is_not_two_tables(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    for command in (
        f"timeout 20 gradcli map x {tmp_path}/a {tmp_path}/./a",
        "echo x | timeout 20 gradcli map x - /dev/stdin",
        f"timeout 20 gradcli map x --bind {tmp_path}/a {tmp_path}/a",
    ):
        done = in_shell(f"{command}; echo $?")
        assert done.stdout == "2\n"
        assert "can be read once only" in done.stderr


def test_standard_input_that_is_a_file_may_be_named_too(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x\n1\n")
    assert in_shell(f"gradcli map x --only - /dev/stdin < {tmp_path}/t.csv").stdout == "f,d_x\n1.0,1.0\n1.0,1.0\n"
