"""The loop over a table: rows out in order, faults counted, and what stops where."""

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from contract import Slow

from gradcli.compiler.columns import Compiled
from gradcli.data.batch import Reading
from gradcli.data.options import OnError, Reduce, TableFormat
from gradcli.data.pipeline import Job, Tally, mapped, summed
from gradcli.data.plan import Plan
from gradcli.data.readers import Table, opened
from gradcli.errors import FileProblem
from gradcli.language import parse

FAULTY = "x,s\n1,a\n,b\n0,c\nn/a,d\n4,e\n"


def job(table: Table, on_error: OnError, *, text: str = "1/x", only: bool = False) -> Job:
    """A formula over the column x."""
    program = parse(text, variables=table.columns)
    compiled = Compiled(program, {})
    plan = Plan(compiled, {}, ("x",))
    reading = Reading(table.columns, plan.needed, True, only, on_error, plan.new_columns)
    return Job(table, reading, plan, TableFormat.csv, 2)


def run(path: Path, content: str, on_error: OnError = OnError.fail, how: Reduce | None = None) -> tuple[str, Tally]:
    """What is written, and counted; an error ends it."""
    path.write_text(content)
    out, tally = BytesIO(), Tally()
    with opened([str(path)], None) as table, suppress(FileProblem):
        if how:
            summed(job(table, on_error, only=True), how, out, tally)
        else:
            mapped(job(table, on_error), out, tally)
    return out.getvalue().decode(), tally


@pytest.mark.parametrize(
    ("on_error", "rows", "counted"),
    [
        (OnError.fail, ["1,a,1.0"], (1, 0, 1, 0)),
        (OnError.skip, ["1,a,1.0", "0,c,inf", "4,e,0.25"], (3, 1, 2, 0)),
        (OnError.null, ["1,a,1.0", ",b,", "0,c,inf", "n/a,d,", "4,e,0.25"], (5, 1, 0, 2)),
    ],
)
def test_faulty_rows_are_counted(on_error: OnError, rows: Sequence[str], counted: object, tmp_path: Path) -> None:
    out, tally = run(tmp_path / "t.csv", FAULTY, on_error)
    assert out.splitlines() == ["x,s,f", *rows]
    assert (tally.rows, tally.nonfinite_rows, tally.lost, tally.empty) == counted
    assert str(tally.first) == f"{tmp_path / 't.csv'}, line 3, column `x`: the cell is empty"


def test_a_record_needs_every_row(tmp_path: Path) -> None:
    assert run(tmp_path / "t.csv", FAULTY, OnError.fail, Reduce.max)[0] == ""
    assert run(tmp_path / "t.csv", FAULTY, OnError.skip, Reduce.min)[0] == "f\n0.25\n"


def test_all_blocks_come_in_order_and_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "x\n" + "".join(f"{number}\n" for number in range(1, 1000))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=Slow(content.encode(), 64)))
    out, tally, seen = BytesIO(), Tally(report=lambda now: seen.append(now.rows)), list[int]()
    with opened(["-"], None) as table:
        mapped(job(table, OnError.fail, text="x*2"), out, tally)
    assert [float(row.split(",")[1]) for row in out.getvalue().decode().split()[1:]] == list(range(2, 2000, 2))
    assert seen == sorted(seen)
    assert len(seen) > len(content) // 64
    assert (seen[-1], tally.size) == (999, len(content) - 2)
