"""What is asked of `gradcli map`, as its options say it.

Depends on what a person may choose about a table.
"""

from typing import NamedTuple

from gradcli.cli.options import Color
from gradcli.data.options import OnError, Reduce, TableFormat


class Request(NamedTuple):
    """The options of one call; `out` is None for standard output."""

    expression: str
    data: list[str]
    let: list[str]
    bind: list[str]
    wrt: str | None
    adjoints: str | None
    only: bool
    reduce: Reduce | None
    given: TableFormat | None
    wanted: TableFormat | None
    out: str | None
    on_error: OnError
    engine: str
    threads: int | None
    color: Color
