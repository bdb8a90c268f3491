"""What a person may choose about a table: its form, what comes of a bad row, what is made of all rows.

Depends on nothing but the errors. A form is told by name, by the extension of a file, or by its first bytes.
"""

from enum import StrEnum
from pathlib import Path

from gradcli.errors import UsageError


class TableFormat(StrEnum):
    """A form of a table."""

    csv = "csv"
    tsv = "tsv"
    ndjson = "ndjson"
    parquet = "parquet"
    arrow = "arrow"
    arrows = "arrows"


class OnError(StrEnum):
    """What to do with a row that is not what it should be."""

    fail = "fail"
    skip = "skip"
    null = "null"


class Reduce(StrEnum):
    """What to make of all rows."""

    mean = "mean"
    sum = "sum"
    min = "min"
    max = "max"


SEPARATORS = {TableFormat.csv: ",", TableFormat.tsv: "\t"}
TEXT = frozenset({*SEPARATORS, TableFormat.ndjson})

_EXTENSIONS = {f".{form}": form for form in TableFormat} | {
    ".txt": TableFormat.csv,
    ".tab": TableFormat.tsv,
    ".jsonl": TableFormat.ndjson,
    ".json": TableFormat.ndjson,
    ".pq": TableFormat.parquet,
    ".ipc": TableFormat.arrow,
    ".feather": TableFormat.arrow,
}
_MAGIC = {
    b"PAR1": TableFormat.parquet,
    b"ARROW1": TableFormat.arrow,
    b"\xff\xff\xff\xff": TableFormat.arrows,
    b"{": TableFormat.ndjson,
}


def of_name(path: str) -> TableFormat | None:
    """The form that a file's extension tells."""
    return _EXTENSIONS.get(Path(path).suffix.lower())


def of_start(start: bytes) -> TableFormat:
    """The form that the first bytes of a table tell."""
    content = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, form in _MAGIC.items():
        if content.startswith(magic):
            return form
    header = min(content.partition(b"\n")[0], content.partition(b"\r")[0], key=len)
    return TableFormat.tsv if header.count(b"\t") > header.count(b",") else TableFormat.csv


def output_format(asked: TableFormat | None, path: str | None, given: TableFormat, terminal: bool) -> TableFormat:
    """The form of the output: the one asked for, else that of the output's name, else the input's.

    Raises UsageError where bytes that are no text would go to a terminal.
    """
    form = asked or (of_name(path) if path else None) or given
    if terminal and form not in TEXT:
        raise UsageError(f"{form.value} is no text for a terminal", hint=f"add --to csv, or --out FILE.{form.value}")
    return form
