"""`gradcli rules`: the operator table, and one row of it in full.

Depends on the operator table alone.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen, emit
from gradcli.errors import UsageError
from gradcli.language.lookup import rows_of
from gradcli.operators.table import OPERATORS

FORMS = (options.Format.table, options.Format.plain, options.Format.json)


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
    written = chosen(form, json)
    if written not in FORMS:
        raise UsageError(f"rules has no form {written.value}", hint="take table, plain or json")
    emit(rules.written(rows, written.value, color.value, whole=name is not None), written)
