"""A column is the one of that very name, where polars would take `*` and `^x.*$` for patterns of many names."""

import io
import json
from collections.abc import Callable, Mapping
from functools import partial

import polars as pl
import pytest
from contract import check_map

WRITERS: Mapping[str, Callable[[pl.DataFrame, io.BytesIO], object]] = {
    "csv": pl.DataFrame.write_csv,
    "tsv": partial(pl.DataFrame.write_csv, separator="\t"),
    "ndjson": pl.DataFrame.write_ndjson,
    "parquet": pl.DataFrame.write_parquet,
    "arrow": pl.DataFrame.write_ipc,
    "arrows": pl.DataFrame.write_ipc_stream,
}
NAMES = ["*", "^x.*$", "^.*$", "^nothing$", "^($"]
PLAIN = pl.DataFrame({"x": [1.0, 2.0, -3.0], "xy": [4.0, 5.0, 6.0], "a": [7.0, 8.5, 9.0], "b": ["p", "q,", 'é"']})
FORMULAS = ["`a`*x", "sin(`a`)*x", "abs(-`a`) + sqrt(`a`)*x + sign(`a`)"]


def table(frame: pl.DataFrame, form: str) -> bytes:
    WRITERS[form](frame, content := io.BytesIO())
    return content.getvalue()


def renamed(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """A table whose numbers and texts have names like patterns."""
    return pl.DataFrame(
        [column.alias({"a": name, "b": f"{name[:-1]}b$"}.get(column.name, column.name)) for column in frame]
    )


def rows(frame: pl.DataFrame, form: str, more: list[str]) -> tuple[int, list[list[object]]]:
    """The exit code, and the cells of what `map` makes of a table."""
    ran = check_map(["--from", form, "--to", "ndjson", *more], table(frame, form))
    return ran.code, [list(json.loads(line).values()) for line in ran.out.splitlines()]


@pytest.mark.sample(4)
@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", WRITERS)
def test_a_column_named_like_a_pattern_is_that_one(form: str, name: str) -> None:
    text = PLAIN if form != "tsv" else PLAIN.with_columns(b=pl.Series(["p", "q", "é"]))
    for formula in FORMULAS:
        for more in ([], ["--only"], ["--reduce", "mean"]):
            plain = rows(text, form, [formula, *more])
            assert plain[0] == 0
            assert rows(renamed(text, name), form, [formula.replace("a`", f"{name}`"), *more]) == plain


@pytest.mark.parametrize("on_error", ["skip", "null"])
@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_cell_of_such_a_column(form: str, on_error: str) -> None:
    holed = pl.concat([PLAIN, pl.DataFrame({"x": [1.0], "xy": [1.0], "a": [None], "b": ["r"]})], how="vertical_relaxed")
    holed = holed.drop("b") if form == "tsv" else holed
    for name in NAMES:
        plain = rows(holed, form, ["`a`*x", "--on-error", on_error])
        assert plain[1]
        assert rows(renamed(holed, name), form, [f"`{name}`*x", "--on-error", on_error]) == plain


@pytest.mark.parametrize("wanted", WRITERS)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_such_names_go_through(form: str, wanted: str) -> None:
    given = table(renamed(PLAIN.drop("b"), "^x.*$"), form)
    ran = check_map(["`^x.*$`/x", "--from", form, "--to", wanted], given, text=False)
    back = check_map(["`d_^x.*$`*x", "--from", wanted, "--to", "csv", "--only"], ran.out)
    assert (ran.code, back.code) == (0, 0)
    assert back.out.startswith(b"f,d_d_^x.*$,d_x\n1.0,1.0,1.0\n1.0,2.0,0.5\n1.0,-3.0,-0.333")


def test_a_text_of_such_a_column_that_tsv_cannot_hold_is_told_of() -> None:
    frame = pl.DataFrame({"x": [1.0, 2.0], "xs": ["fine", "fine"], "^x.*$": ["fine", "a\tb"]})
    for form in ("csv", "parquet", "ndjson"):
        ran = check_map(["x", "--from", form, "--to", "tsv"], table(frame, form))
        assert (ran.code, ran.out.count(b"\n")) == (4, 2)
        assert "TSV cannot hold the text of `^x.*$`" in ran.err
