"""`gradcli rules`: the operator table, one row of it in full, or those whose words hold a text.

Depends on the operator table, and on the functions that are written out.
"""

from typing import Annotated

import typer

from gradcli.cli import options
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.streams import emit
from gradcli.errors import UsageError
from gradcli.language.functions import FUNCTIONS, all_rows, found, rows_of


def _of_learning(name: str) -> dict[str, str] | None:
    """What is to be told of an optimiser, of a schedule or of clipping; None for any other name."""
    if name in FUNCTIONS or not name.isalpha():
        return None
    from gradcli.learn.telling import facts

    return facts(name)


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
    """The operators there are, and their derivatives; optimisers, schedules and clipping by name.

    gradcli rules tanh

    gradcli rules adam
    """
    from gradcli.show import rules

    if search is not None and name is not None:
        raise UsageError("--search and an operator exclude each other", hint="leave one of them out")
    written = chosen_of_few(form, json, "rules")
    if name is not None and (topic := _of_learning(name)):
        emit(rules.facts(topic, written, color), drawn=written is options.Format.table)
        return
    rows = rows_of(name) if name is not None else all_rows() if search is None else found(search)
    drawn = written is options.Format.table
    emit(rules.written(rows, written, color, whole=name is not None), drawn=drawn)
    if name == "clip" and written is not options.Format.json:  # the operator, and what is done to a gradient
        from gradcli.learn.telling import CLIPPING

        emit(rules.facts(CLIPPING, written, color), drawn=drawn)
