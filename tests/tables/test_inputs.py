"""What is read is what was named: names are no patterns, pipes give their bytes once, late keys bind nothing."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from contract import Ran, check_map, mapped, told

from gradcli.data.sources import STDIN, bytes_of

COLUMNAR: Mapping[str, Callable[[pl.DataFrame, io.BytesIO], object]] = {
    "parquet": pl.DataFrame.write_parquet,
    "arrow": pl.DataFrame.write_ipc,
    "arrows": pl.DataFrame.write_ipc_stream,
}
NAMES = [
    "a[1]", "*", "?", "{a,b}", "[!b]", "a*", "[0-9]", "~", "$HOME", "%41", "year=2020", "hf:", "a#b", "a b", "é", "\udcff",
]  # fmt: skip


def write(frame: pl.DataFrame, path: Path, form: str) -> None:
    """A table in a file, whose name polars does not see."""
    content = io.BytesIO()
    COLUMNAR[form](frame, content)
    path.write_bytes(content.getvalue())


def test_standard_input_is_what_it_was_when_it_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"the first")))
    first = bytes_of(STDIN)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"the second")))
    assert b"".join(first) == b"the first"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("form", COLUMNAR)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_pattern(form: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for other in ("a1", "b", "0", "a", "A"):
        write(pl.DataFrame({"x": [1.0]}), Path(f"{other}.{form}"), form)
    path = Path(f"{name}.{form}")
    write(pl.DataFrame({"x": [999.0]}), path, form)
    assert check_map(["x*2", "--to", "csv", f"./{path}"], b"").out == b"x,f,d_x\n999.0,1998.0,2.0\n"


@pytest.mark.parametrize("address", ["hf://datasets/a/b", "https://localhost:1", "s3://bucket", "file:///a", "~/a"])
@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_an_address_is_a_path(form: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(address).mkdir(parents=True)
    write(pl.DataFrame({"x": [999.0]}), Path(address) / f"x.{form}", form)
    name = f"{address}/x.{form}"
    assert check_map(["x", "--to", "csv", name, name], b"").out == b"x,f,d_x\n" + b"999.0,999.0,1.0\n" * 2


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet", "arrow", "arrows"])
def test_a_folder_or_nothing_is_an_error_before_any_row(form: str, tmp_path: Path) -> None:
    path, folder = tmp_path / f"x.{form}", tmp_path / f"d.{form}"
    frame = pl.DataFrame({"x": [1.0]})
    if form in COLUMNAR:
        write(frame, path, form)
    else:
        path.write_bytes({"csv": b"x\n1\n", "ndjson": b'{"x":1}\n'}[form])
    folder.mkdir()
    (folder / path.name).write_bytes(path.read_bytes())
    for other, reason in ((folder, "Is a directory"), (tmp_path / f"no.{form}", "No such file or directory")):
        ran = check_map(["x", "--to", "csv", str(path), str(other)], b"")
        assert ran.code == 4
        assert f"cannot read {other}: {reason}" in ran.err
        assert ran.out == b"" or form == "arrows"  # its messages are read as they come


# a formula with `k` or a constant, and what is bound: by hand, in a file, or by nobody
LATE = {"k": ("k*y", ("--k", "5")), "x": ("x*y", ("--bind",)), "e": ("e*y", ()), "pi": ("2pi*y", ()), "π": ("2π*y", ()),
        "tau": ("y + tau*y", ()), "inf": ("min(y, inf)", ())}  # fmt: skip


@pytest.mark.one_in(10)
@pytest.mark.parametrize("more", [(), ("--only",), ("--to", "csv"), ("--reduce", "sum")])
@pytest.mark.parametrize("name", LATE)
def test_a_key_first_seen_later_is_bound_to_nothing(name: str, more: tuple[str, ...], tmp_path: Path) -> None:
    formula, bound = LATE[name]
    if bound == ("--bind",):
        (tmp_path / "b.json").write_text(json.dumps({name: 5}))
        bound = ("--bind", str(tmp_path / "b.json"))
    for key in (json.dumps(name), f'"\\u{ord(name[0]):04x}{name[1:]}"'):
        table = f'{{"y":1}}\n{{"y":2,"s":"{name}","t":{{{key}:1}}}}\n{{{key}:2,"y":3}}\n'.encode()
        if more == ("--to", "csv"):
            table = table.replace(b'"s"', b'"y"', 0).replace(f',"s":"{name}","t":{{{key}:1}}'.encode(), b"")
        line = f"line 3: the key `{name}` comes too late"
        ran = check_map([formula, "--wrt", "y", "--from", "ndjson", *bound, *more], table)
        assert ran.code == 4
        assert line in ran.err
        for on_error in ("skip", "null"):
            ran = check_map([formula, "--wrt", "y", "--from", "ndjson", *bound, *more, "--on-error", on_error], table)
            assert (ran.code, told(ran, "passed over")) == (0, 1)
            assert line in ran.err


def test_a_key_that_only_looks_like_a_constant() -> None:
    table = b'{"y":1}\n{"e":2,"y":3}\n'
    assert check_map(["exp(y) + 1e-5*y", "--only"], table).code == 0
    assert check_map(["e = 2; e*y", "--only"], table).out == b'{"f":2.0,"d_y":2.0}\n{"f":6.0,"d_y":2.0}\n'


def test_objects_of_several_files_in_any_order(tmp_path: Path) -> None:
    for name, row in (("a", '{"x":1,"y":2}'), ("b", '{"y":3,"x":4}'), ("c", '{"x":1}'), ("d", '{"x":1,"y":2,"k":3}')):
        (tmp_path / name).write_text(row + "\n")

    def over(first: str, second: str) -> Ran:
        return check_map(
            ["k*x", "--k", "2", "--only", "--from", "ndjson", *(str(tmp_path / n) for n in (first, second))], b""
        )

    assert over("a", "b").out == b'{"f":2.0,"d_k":1.0,"d_x":2.0}\n{"f":8.0,"d_k":4.0,"d_x":2.0}\n'
    for first, second in ("ac", "ad", "ca"):
        ran = over(first, second)
        assert (ran.code, ran.out) == (4, b"")
        assert "has other columns than" in ran.err


def test_a_quotation_mark_is_a_letter_of_tsv() -> None:
    table = b'n\tq\n1\t5"\n2\ta"b"\n3\tI\n4\t"b"\n5\t""\n6\t"b"c\n'
    expected = (
        b'n\tq\tf\td_n\n1\t5"\t2.0\t2.0\n2\ta"b"\t4.0\t2.0\n3\tI\t6.0\t2.0\n'
        b'4\t"b"\t8.0\t2.0\n5\t""\t10.0\t2.0\n6\t"b"c\t12.0\t2.0\n'
    )
    for block in (1, 5, 17):
        assert mapped(table, "tsv", "fail", block, *())  # the same in all pieces and on all engines
    ran = check_map(["n*2"], table)
    assert (ran.code, ran.out) == (0, expected)
    assert check_map(['`"x"`'], b'"x"\ts\n1\ta\n').out == b'"x"\ts\tf\td_"x"\n1\ta\t1.0\t1.0\n'
    assert "3 cells in a table of 2 columns, for TSV has no quotes" in check_map(["n"], b'n\tq\n1\t"a\tb"\n').err


def test_a_quote_that_no_other_ends_is_read_as_it_is_and_never_written_as_tsv() -> None:
    """Most readers of TSV know quotes all the same, and would take the rows behind it for one cell."""
    table = b'n\tq\n1\t"\n2\t"a\n3\tI\n4\t"b""\n'
    assert check_map(["n*2", "--only"], table).out == b"f\td_n\n2.0\t2.0\n4.0\t2.0\n6.0\t2.0\n8.0\t2.0\n"
    written = check_map(["n*2", "--to", "csv"], table).out.decode()
    assert [row[1] for row in csv.reader(io.StringIO(written))] == ["q", '"', '"a', "I", '"b""']
    ran = check_map(["n*2"], table)
    assert (ran.code, ran.out) == (4, b"n\tq\tf\td_n\n")
    assert "line 2: TSV cannot hold the text of `q`" in ran.err
    skipped = check_map(["n*2", "--on-error", "skip"], table)
    assert (skipped.code, skipped.out, told(skipped, "passed over")) == (0, b"n\tq\tf\td_n\n3\tI\t6.0\t2.0\n", 3)
    assert (check_map(["q*2"], b'"n\tq\n1\t3\n').code, check_map(["q*2"], b'"n"\tq\n1\t3\n').code) == (4, 0)


@pytest.mark.parametrize("form", ["csv", "ndjson", *COLUMNAR])
@pytest.mark.parametrize("on_error", ["fail", "skip", "null"])
def test_no_cell_of_tsv_becomes_two(form: str, on_error: str) -> None:
    texts = ['c"d', "a\tb", "e\nf", "g\rh", '"k', "i"]
    frame = pl.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, 4.5, 5.0], "s": texts, "c": pl.Series(texts, dtype=pl.Categorical)})
    content = io.BytesIO()
    writers: dict[str, Callable[[pl.DataFrame, io.BytesIO], object]] = {
        "csv": pl.DataFrame.write_csv,
        "ndjson": pl.DataFrame.write_ndjson,
        **COLUMNAR,
    }
    writers[form](frame, content)
    arguments = ["x", "--from", form, "--to", "tsv", "--on-error", on_error]
    ran = check_map(arguments, content.getvalue())
    rows = [b'1.0\tc"d\tc"d\t1.0\t1.0\n', b"5.0\ti\ti\t5.0\t1.0\n"]
    assert ran.out == b"x\ts\tc\tf\td_x\n" + b"".join(rows[: 1 if on_error == "fail" else 2])
    assert "TSV cannot hold the text of `s`: a tab, the end of a line, or a quote" in ran.err
    assert (ran.code, told(ran, "passed over")) == ((4, 0) if on_error == "fail" else (0, 4))
    assert check_map([*arguments, "--only"], content.getvalue()).code == 0


def test_no_name_of_tsv_becomes_two() -> None:
    ran = check_map(["x", "--to", "tsv"], b'x,"a\tb"\n1,2\n')
    assert (ran.code, ran.out) == (4, b"")
    assert r"TSV cannot hold the name `a\tb`: a tab" in ran.err
    assert check_map(["x", "--to", "tsv", "--only"], b'x,"a\tb"\n1,2\n').out == b"f\td_x\n1.0\t1.0\n"


RAGGED = {
    "a short row before a long one": ([["1", "2"], ["1", "2", "3", "4"]], 2),
    "a long row before a short one": ([["1", "2", "3", "4"], ["1", "2"]], 2),
    "apart": ([["1", "2"], *[["5", "6", "7"]] * 50, ["1", "2", "3", "4"]], 2),
    "one of one cell": ([["1"], ["1", "2", "3", "4", "5"]], 2),
    "empty cells": ([["", ""], ["", "", "", ""], ["1", "2", "3"]], 2),
    "decimal commas": ([["1.5", "2", "7"], ["3", "5", "2", "7"], ["4", "5"]], 2),
}


STYLES = {"csv": (",", ""), "csv with quotes": (",", '"'), "tsv": ("\t", "")}


@pytest.mark.one_in(16)
@pytest.mark.parametrize("formula", ["a*2", "b + c", "2*w"])
@pytest.mark.parametrize(("separator", "quote"), STYLES.values(), ids=STYLES)
@pytest.mark.parametrize(("rows", "lost"), RAGGED.values(), ids=RAGGED)
def test_ragged_rows_that_balance(rows: list[list[str]], lost: int, separator: str, quote: str, formula: str) -> None:
    table = [["a", "b", "c"], ["1", "2", "3"], *rows, ["4", "5", "6"]]
    text = "".join(separator.join(quote + cell + quote for cell in row) + "\n" for row in table).encode()
    first = next(at for at, row in enumerate(table, 1) if len(row) != 3)
    asked = [formula, "--w", "3"] if "w" in formula else [formula]
    for more in ([], ["--only"], ["--to", "ndjson"], ["--reduce", "sum"]):
        ran = check_map([*asked, *more], text)
        assert ran.code == 4
        assert f"line {first}: " in ran.err
    for more in (["skip"], ["null"], ["skip", "--to", "ndjson"], ["skip", "--reduce", "sum"]):
        ran = check_map([*asked, "--on-error", *more], text)
        assert told(ran, "passed over") == lost
        assert "sum" in more or ran.out.count(b"\n") == len(table) - lost - ("ndjson" in more)


def test_nested_json_goes_into_a_cell_as_it_was_written() -> None:
    table = b'{"x":1,"a":{"v":0.12345678901234567890,"b":[1.10,1e400],"t":"\\u00e9"}}\n{"x":2,"a":{"v":1,"v":2}}\n'
    ran = check_map(["x", "--to", "csv"], table)
    assert ran.out.splitlines()[1].decode() == (
        '1.0,"{""v"": 0.12345678901234567890, ""b"": [1.10, 1e400], ""t"": ""é""}",1.0,1.0'
    )
    assert (ran.code, "line 2: the key `v` comes twice within a cell" in ran.err) == (4, True)
    assert check_map(["x"], table).code == 0


def test_bytes_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "b.parquet"
    pl.DataFrame({"x": [1.0], "b": [b"a"]}).write_parquet(path)
    for form in ("csv", "tsv"):
        ran = check_map(["2*x", "--to", form, str(path)], b"")
        assert (ran.code, ran.out) == (4, b"")
        assert f"{form} cannot hold the bytes of `b`" in ran.err


def test_bytes_are_no_json(tmp_path: Path) -> None:
    for at, frame in enumerate(
        ({"x": [1.0], "b": [b"a"]}, {"x": [1.0], "b": [[b"a"]]}, {"x": [1.0], "b": [{"c": b"a"}]})
    ):
        path = tmp_path / f"{at}.parquet"
        pl.DataFrame(frame).write_parquet(path)
        ran = check_map(["2*x", "--to", "ndjson", str(path)], b"")
        assert (ran.code, ran.out) == (4, b"")
        assert "ndjson cannot hold the bytes of `b`" in ran.err
        assert check_map(["2*x", "--to", "ndjson", "--only", str(path)], b"").code == 0


def test_fewer_rows_than_a_file_tells_of_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where polars ends without a word because a thread of its own could not read on."""
    path = tmp_path / "long.arrow"
    pl.DataFrame({"x": [1.0, 2.0, 3.0]}).write_ipc(path, record_batch_size=1)
    whole = check_map(["2*x", "--only", "--to", "csv", str(path)], b"")
    assert (whole.code, whole.out.count(b"\n")) == (0, 4)
    monkeypatch.setattr(pl.LazyFrame, "collect_batches", lambda table, **_: iter([table.head(2).collect()]))
    cut = check_map(["2*x", "--only", "--to", "csv", str(path)], b"")
    assert cut.code == 4
    assert "of 3 rows 2 came" in cut.err
