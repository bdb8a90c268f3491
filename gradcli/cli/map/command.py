"""`gradcli map`: value and gradient for every row of a table.

Depends on `gradcli.cli.map.run` for the work, which needs the extra `data` and is loaded when the command is
called.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.memory import require
from gradcli.cli.options import option
from gradcli.cli.streams import file_name
from gradcli.data.allocator import keep_freed
from gradcli.data.options import OnError, Reduce, TableFormat, of_name
from gradcli.errors import DATA_EXTRA, UsageError

TABLES, WORK = "Tables", "Work"
FROM = f"{', '.join(TableFormat)}; default: by extension or first bytes."
TO = "One of these; default: by --out, or as the input."
DATA = "Files of one form and the same columns; - or none: standard input."
ADJOINTS = "Also by these definitions, behind --wrt: y,z."
OUT = "Write to a file, which comes to its place when it is whole; - is standard output."
THREADS = "Up to 256. Default: all processors."
LEAST_MEMORY = 768 << 20
"""Address space without which polars and NumPy end the process, or half load."""


def command(
    context: typer.Context,
    expression: options.Expression,
    data: Annotated[list[str] | None, typer.Argument(help=DATA)] = None,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: options.Wrt = None,
    adjoints: Annotated[str | None, option("--adjoints", ADJOINTS, metavar="NAMES")] = None,
    reduce: Annotated[Reduce | None, option("--reduce", "One record of all rows, compensated.")] = None,
    only: Annotated[bool, option("--only", "Leave the table's own columns out.", TABLES)] = False,
    given: Annotated[TableFormat | None, option("--from", FROM, TABLES, metavar="FORM")] = None,
    wanted: Annotated[TableFormat | None, option("--to", TO, TABLES, metavar="FORM")] = None,
    out: Annotated[str | None, option("--out -o", OUT, TABLES, metavar="FILE")] = None,
    on_error: Annotated[
        OnError, option("--on-error", "What to do with a row that has no numbers.", TABLES)
    ] = OnError.fail,
    engine: Annotated[str, option("--engine", "What computes.", WORK, metavar="auto|llvm|blocks|python")] = "auto",
    threads: Annotated[
        int | None, option("--threads", THREADS, WORK, parser=options.whole(1, 256), **options.COUNT)
    ] = None,
    color: options.ColorOption = options.Color.auto,
    json: Annotated[bool, option("--json", "Short for --to ndjson.", TABLES)] = False,
    form: Annotated[str | None, option("--format", "", hidden=True)] = None,
) -> None:
    """Value and gradient of a formula, for every row of a table.

    gradcli map "(x*w + b - y)^2" --w 3 --b 0 --wrt w,b samples/points.csv

    Columns bind by name (in back-ticks where that is no plain name), options bind the rest.

    Output: the table's columns, the value under the output's name, and d_w for each w of --wrt, or of all variables.

    Rows keep their order, and a text goes through as it came: CSV, TSV, NDJSON, Parquet, Arrow as a file or a stream.

    In another form than the input's, the columns that the formula takes are numbers, and the others text.

    A cell that is no number (empty, NA, 1_000, 0x10, 1e400) is an error with its place, behind every good row; a file
    of --out then stays as it was, and it is never one that is read.

    So is a line that is no row: with too many or too few cells, cut, not UTF-8, with a NUL.

    TSV has no quotes: a quotation mark is a letter. The columns of JSON are those of its first row.

    --on-error skip leaves such rows out; null keeps them, if they are rows, with empty new cells. Both count them.

    What would lose digits is computed as what keeps them: log(1 - sigmoid(z)) as -softplus(z) (gradcli rules softplus).

    NaN and inf are numbers, in JSON the strings "NaN", "Infinity" and "-Infinity"; an empty line is no row.

    Exit codes: 0 done, 2 a mistake in what was typed, 3 a number is not finite, 4 data or a file, 141 the reader left.
    """
    # NumPy's library for matrices, which are none here, would have threads that wait for work without sleeping: they
    # take a twentieth of the time.
    require(LEAST_MEMORY, "map")
    _check_form(form)
    wanted = _wanted(wanted, json)
    _check_order(expression, data or [])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    keep_freed()
    file = None if out in (None, "-") else file_name(out)
    try:
        from gradcli.cli.map.run import Request, run  # polars takes 0.1 s to load, and may not be there

        request = Request(
            expression,
            data or ["-"],
            let,
            bind or [],
            wrt,
            adjoints,
            only,
            reduce,
            given,
            wanted,
            file,
            on_error,
            engine,
            threads,
            color,
        )
        code = run(request, options.flags(context))  # NumPy is loaded when it is needed
    except ModuleNotFoundError as problem:
        raise UsageError(f"map needs {problem.name}, which is missing", hint=DATA_EXTRA) from None
    raise typer.Exit(code)


def _wanted(wanted: TableFormat | None, json: bool) -> TableFormat | None:
    """The form that is asked for. Raises UsageError for two."""
    if json and wanted not in (None, TableFormat.ndjson):
        raise UsageError(f"--json and --to {wanted} ask for two forms", hint="keep one of them")
    return TableFormat.ndjson if json else wanted


def _check_form(form: str | None) -> None:
    """Raise UsageError for the option that other commands have."""
    if form is not None:
        known = form if form in set(TableFormat) else "ndjson" if form == "json" else "csv"
        raise UsageError("map writes tables, and has no --format", hint=f"write --to {known}")


def _check_order(expression: str, data: list[str]) -> None:
    """Raise UsageError where a file stands in the formula's place, and no file in its own."""
    strangers = [path for path in data if path != "-" and not Path(path).exists()]
    if of_name(expression) and (strangers or Path(expression).is_file()):
        formula = strangers[0] if strangers else "FORMULA"
        raise UsageError(
            f"`{expression}` is a file's name, and the formula comes first",
            hint=f'gradcli map "{formula}" {expression}',
        )
