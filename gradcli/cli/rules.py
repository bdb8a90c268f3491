"""`gradcli rules`: the operator table, and one row of it in full.

Depends on the operator table alone.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.streams import emit
from gradcli.language.functions import rows_of
from gradcli.operators.table import OPERATORS


def command(
    name: Annotated[
        str | None, typer.Argument(help="An operator, by name or symbol: tanh, max, *.", show_default=False)
    ] = None,
    form: options.FormatOption = None,
    json: options.Json = False,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The operators there are, and their derivatives.

    gradcli rules tanh
    """
    from gradcli.show import rules

    rows = tuple(OPERATORS.values()) if name is None else rows_of(name)
    written = chosen_of_few(form, json, "rules")
    drawn = written is options.Format.table
    emit(rules.written(rows, written, color, whole=name is not None), drawn=drawn)
