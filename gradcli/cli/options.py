"""The options that commands share, each defined once.

Depends on Typer alone.
"""

from enum import StrEnum
from math import isfinite
from typing import Annotated, Any

import typer

BINDINGS, OUTPUT = "Bindings", "Output"


class Format(StrEnum):
    """The forms of an answer."""

    table = "table"
    plain = "plain"
    json = "json"
    ndjson = "ndjson"
    csv = "csv"
    tsv = "tsv"
    markdown = "markdown"
    latex = "latex"


class Color(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


def flags(context: typer.Context) -> set[str]:
    """The options of the command at hand: names that no variable can take."""
    return {name for parameter in context.command.params for name in parameter.opts if name.startswith("-")}


def number(value: float | None) -> float | None:
    """A value that is a number: NaN is within any bounds. Raises BadParameter for NaN."""
    if value != value:
        raise typer.BadParameter("nan is not a number")
    return value


def finite(text: str | float) -> float:
    """A number as it was typed. Raises BadParameter for what is none, or has no finite double but zero."""
    try:
        value = float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a number") from None
    if value == 0 and any(digit in "123456789" for digit in str(text).lower().partition("e")[0]):
        raise typer.BadParameter(f"{text} is below the smallest double, 5e-324")
    if not isfinite(value):
        raise typer.BadParameter(f"{text} is no finite number")
    return value


def many(name: str, metavar: str, told: str, panel: str) -> Any:
    """An option that can be given again and again."""
    return typer.Option(name, metavar=metavar, help=told, rich_help_panel=panel)


Expression = Annotated[
    str, typer.Argument(help="The formula; @FILE reads it from a file, - from standard input.", show_default=False)
]
Let = Annotated[
    list[str] | None,
    many(
        "--let",
        "NAME=VALUE",
        "Bind a variable; --NAME VALUE and NAME=VALUE do the same. A value may be pi/4.",
        BINDINGS,
    ),
]
Bind = Annotated[
    list[str] | None,
    many(
        "--bind", "FILE", "Bind from a JSON object, or what gradcli printed with --json; - is standard input.", BINDINGS
    ),
]
Precision = Annotated[
    str,
    typer.Option(
        "--precision",
        metavar="auto|double|exact|N",
        help="auto: right to 16 ulp; double: plain IEEE; exact: correctly rounded; N: so many digits.",
    ),
]
Seconds = Annotated[
    float | None,
    typer.Option(
        "--seconds",
        min=0.0,
        max=3600.0,
        callback=number,
        help="How long all of it may take.",
        show_default=False,
    ),
]
Wrt = Annotated[
    str | None,
    typer.Option("--wrt", metavar="NAMES", help="Differentiate by these variables or definitions, in this order: x,w."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", help="Default: table on a terminal, plain in a pipe.", show_default=False, rich_help_panel=OUTPUT
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.", rich_help_panel=OUTPUT)]
Raw = Annotated[
    str | None,
    typer.Option(
        "--raw",
        metavar="NAME",
        help="Print one number: the derivative by NAME, or the output's value.",
        rich_help_panel=OUTPUT,
    ),
]
RawValue = Annotated[bool, typer.Option("--raw", help="Print the number alone.", rich_help_panel=OUTPUT)]
Digits = Annotated[
    int, typer.Option("--digits", min=1, max=17, help="Significant digits in tables.", rich_help_panel=OUTPUT)
]
Rows = Annotated[
    int | None,
    typer.Option(
        "--rows",
        min=0,
        help="Rows a table shows at most, nodes in JSON; 0 for all.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
ColorOption = Annotated[Color, typer.Option("--color", help="Colour the tables and messages.", rich_help_panel=OUTPUT)]
