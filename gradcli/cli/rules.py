"""`gradcli rules`: the operator table, and one row of it in full.

Depends on the operator table alone.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.streams import emit
from gradcli.errors import UsageError
from gradcli.language.guess import did_you_mean
from gradcli.operators.row import Operator
from gradcli.operators.table import CALLABLE, CONSTANT, OPERATORS


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

    rows = tuple(OPERATORS.values()) if name is None else _found(name)
    written = chosen_of_few(form, json, "rules")
    drawn = written is options.Format.table
    emit(rules.written(rows, written, color, whole=name is not None), drawn=drawn)


def _found(name: str) -> tuple[Operator, ...]:
    """The rows that a name or a symbol means. Raises UsageError."""
    spoken = OPERATORS.get(CALLABLE.get(name, CONSTANT.get(name, name)))
    symbols = [
        row for row in OPERATORS.values() if row.notation and name in (row.notation.symbol, *row.notation.spellings)
    ]
    rows = (spoken,) if spoken else tuple(symbols)
    if not rows:
        hint = did_you_mean(name, [*OPERATORS, *CALLABLE]) or "`gradcli rules` lists all"
        raise UsageError(f"there is no operator `{name}`", hint=hint)
    return (*rows, *(row for row in OPERATORS.values() if row.overloads in {row.name for row in rows}))
