"""A thousand generated tables: every row and number that `map` gives, and every count, against Python's `csv` and `json`."""

import csv
import io
import json
import math
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from contract import WORKERS, Ran, check_map, told
from generated import Case, Row, case, judged, taken

TABLES, RECORDS, AT_ONCE = 1000, 200, 50
FAR = 1e300
"""Beyond this a sum may leave the doubles on its way."""
PIECES = (1, 3, 7, 19, 40, 200)
"""Bytes that standard input gives at once: every table out of it is cut everywhere."""
HOW = (*WORKERS, ("--threads", "2"))


class Expected(NamedTuple):
    """The rows that come out, how many are passed over and left empty, and where it stops, if it does."""

    rows: list[Row]
    lost: int
    empty: int
    stopped: str


def expected(rows: list[tuple[str, Row]], on_error: str) -> Expected:
    """What comes of rows, each with the name of its file."""
    kept, lost, empty = list[Row](), 0, 0
    for name, row in rows:
        if row.numbers is None and on_error == "fail":
            return Expected(kept, 0, 0, f"{name}, {row.place}")
        if row.numbers is not None or (row.cells is not None and on_error == "null"):
            kept.append(row)
        lost += row.numbers is None and (row.cells is None or on_error == "skip")
        empty += row.numbers is None and row.cells is not None and on_error == "null"
    return Expected(kept, lost, empty, "")


def new_names(asked: Case) -> list[str]:
    return ["q", *(f"d_{name}" for name in asked.formula.wrt)]


def lines(asked: Case, out: bytes) -> Iterator[dict[str, object]]:
    """The rows of an output, read by Python. In no text is a name twice, or a row of another width."""
    text = out.decode()
    if asked.wanted == "ndjson":
        yield from map(json.loads, text.split("\n")[:-1])
        return
    if asked.wanted == "csv":
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    else:
        header, *rows = (line.split("\t") for line in text.split("\n")[:-1])
    assert header == [*(() if asked.only else asked.names), *new_names(asked)]
    for row in rows:
        yield dict(zip(header, row, strict=True))


def bits(cell: object) -> bytes:
    """A number as it is in memory; empty where there is none. No NaN is told from another."""
    if cell in (None, ""):
        return b""
    value = float(str(cell))
    return b"NaN" if math.isnan(value) else struct.pack("<d", value)


def converted(asked: Case) -> list[str]:
    """The columns that are numbers in the output, whatever they were in the input."""
    return taken(asked) if asked.form != asked.wanted else []


def check_row(asked: Case, row: Row, found: Mapping[str, object]) -> None:
    """A row of the output has the cells of the input, and its numbers."""
    names = new_names(asked)
    values = [None] * len(names) if row.numbers is None else asked.formula.values(row.numbers)
    assert [bits(found[name]) for name in names] == [bits(value) for value in values]
    if asked.only:
        assert list(found) == names
        return
    kept = dict(row.cells or {})
    if asked.form != asked.wanted:
        kept = {name: kept.get(name, "") for name in asked.names}
        for name in converted(asked):
            assert bits(found[name]) == bits((row.numbers or {}).get(name))
            del kept[name]
    assert kept == {name: cell for name, cell in found.items() if name not in (*names, *converted(asked))}


def check(asked: Case, ran: Ran, outcome: Expected) -> None:
    """All that came of a table."""
    found = list(lines(asked, ran.out))
    assert len(found) == len(outcome.rows), ran  # the code and the error tell why
    for row, line in zip(outcome.rows, found, strict=True):
        check_row(asked, row, line)
    finite = all(
        math.isfinite(value)
        for row in outcome.rows
        if row.numbers is not None
        for value in asked.formula.values(row.numbers)
    )
    assert ran.code == (4 if outcome.stopped else 0 if finite else 3)
    assert outcome.stopped in ran.err
    if not outcome.stopped:
        assert (told(ran, "passed over"), told(ran, "left without")) == (outcome.lost, outcome.empty)


def paths(asked: Case, folder: Path, source: Random) -> tuple[list[str], bytes]:
    """The files written, of which mostly one is standard input instead: their names, and what that gives."""
    names: list[str] = []
    stdin = b""
    piped = source.randrange(2 * len(asked.files) + 1) // 2
    for at, file in enumerate(asked.files):
        if at == piped:
            names, stdin = [*names, "-"], file.content
            continue
        path = folder / f"{source.choice(['t', 'a[1]', 't*', '{x}', '~', 'a b'])}{at}.{asked.form}"
        path.write_bytes(file.content)
        names.append(str(path))
    return names, stdin


def opened(asked: Case, folder: Path, source: Random) -> tuple[list[str], bytes, list[tuple[str, Row]]]:
    """The names of the files, what standard input gives, and the rows of all with what their files are called."""
    names, stdin = paths(asked, folder, source)
    titles = ["standard input" if name == "-" else name for name in names]
    rows = [(title, row) for title, file in zip(titles, asked.files, strict=True) for row in judged(asked, file)]
    return names, stdin, rows


def check_case(seed: int, folder: Path) -> None:
    """One table, at once and in small pieces."""
    source = Random(seed)
    asked = case(source)
    names, stdin, rows = opened(asked, folder, source)
    arguments = [*asked.options, *names]
    ran = check_map(arguments, stdin)
    check(asked, ran, expected(rows, asked.on_error))
    assert check_map([*arguments, *HOW[seed % len(HOW)]], stdin, block=source.choice(PIECES)) == ran


def check_record(seed: int, folder: Path) -> None:
    """One record of a table: the sum, or the largest, of the numbers of every row that has some."""
    source = Random(seed)
    asked = case(source)._replace(only=True)
    names, stdin, rows = opened(asked, folder, source)
    hows: Sequence[Callable[[Iterable[float]], float]] = (math.fsum, max)
    how = source.choice(hows)
    arguments = [*asked.options, "--reduce", "max" if how is max else "sum", *names]
    ran = check_map(arguments, stdin, block=source.choice(PIECES))
    outcome = expected(rows, asked.on_error)
    assert outcome.stopped in ran.err
    if outcome.stopped:
        assert (ran.code, ran.out) == (4, b"")
        return
    lost = outcome.lost + outcome.empty
    assert told(ran, "passed over") + told(ran, "left without") == lost
    found = [row.numbers for row in outcome.rows if row.numbers is not None]
    columns = list(zip(*map(asked.formula.values, found), strict=True))
    if not columns or not all(math.isfinite(value) and abs(value) < FAR for column in columns for value in column):
        return
    (record,) = lines(asked, ran.out)
    for name, column in zip(new_names(asked), columns, strict=True):
        assert float(str(record[name])) == pytest.approx(how(column), rel=1e-15, abs=0)


@pytest.mark.sample(5)
@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, TABLES, AT_ONCE))
def test_generated_tables_have_the_rows_that_python_reads(first: int, tmp_path: Path) -> None:
    each(check_case, first, tmp_path)


@pytest.mark.sample(2)
@pytest.mark.slow
@pytest.mark.parametrize("first", range(TABLES, TABLES + RECORDS, AT_ONCE))
def test_records_of_generated_tables(first: int, tmp_path: Path) -> None:
    each(check_record, first, tmp_path)


def each(check_one: Callable[[int, Path], None], first: int, folder: Path) -> None:
    """Some tables one by one; where one is wrong, it is told."""
    for seed in range(first, first + AT_ONCE):
        try:
            check_one(seed, folder)
        except AssertionError as problem:
            problem.add_note(f"seed {seed}: {case(Random(seed))}")
            raise
