"""`gradcli rules`: the operator table, one row of it in full, or those whose words hold a text.

Depends on the operator table, and on the functions that are written out.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.streams import emit
from gradcli.errors import UsageError
from gradcli.language.functions import all_rows, found, rows_of


def command(
    name: Annotated[
        str | None, typer.Argument(help="An operator, by name or symbol: tanh, max, *.", show_default=False)
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="WORDS", help="The rows whose doc or names hold this.", show_default=False),
    ] = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The operators there are, and their derivatives.

    gradcli rules tanh
    """
    from gradcli.show import rules

    if search is not None and name is not None:
        raise UsageError("--search and an operator exclude each other", hint="leave one of them out")
    rows = rows_of(name) if name is not None else all_rows() if search is None else found(search)
    written = chosen_of_few(form, json, "rules")
    drawn = written is options.Format.table
    emit(rules.written(rows, written, color, whole=name is not None), drawn=drawn)
