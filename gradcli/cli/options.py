"""The options that commands share, each defined once.

Depends on Typer alone.
"""

from collections.abc import Callable
from enum import StrEnum
from math import floor, inf, isfinite
from typing import Annotated, Any

import typer

BINDINGS, LEARNING, OUTPUT = "Bindings", "Learning", "Output"


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


class Nodes(StrEnum):
    """Which nodes are shown."""

    named = "named"
    all = "all"


class Color(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


def flags(context: typer.Context) -> set[str]:
    """The options of the command at hand: names that no variable can take."""
    own = {name for parameter in context.command.params for name in parameter.opts if name.startswith("-")}
    return own | {"--help", "--version"}


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


def whole(least: int, most: float = inf) -> Callable[[str | int], int]:
    """The parser of an option that takes a whole number, as people write them: 1000, 1_000, 1e3."""
    bounds = f"from {least:,} to {most:,}" if isfinite(most) else f"{least} or more"

    def parsed(text: str | int) -> int:
        value = finite(text)
        if value != floor(value) or not least <= value <= most:
            raise typer.BadParameter(f"{text} is no whole number {bounds}")
        return int(value)

    return parsed


def option(names: str, text: str, panel: str | None = None, **more: Any) -> Any:
    """An option of Typer's, of one name or several, with its help, in a panel of the help page."""
    return typer.Option(*names.split(), help=text, rich_help_panel=panel, **more)


LET = "Bind a variable; --NAME VALUE and NAME=VALUE do the same. A value may be pi/4."
BIND = "Bind from a JSON object, or what gradcli printed with --json; - is standard input."
PRECISION = "auto: right to 16 ulp; double: plain IEEE; exact: correctly rounded; N: so many digits."
WRT = "Differentiate by these variables or definitions, in this order: x,w."
FORMAT = "Default: table on a terminal, plain in a pipe."
RAW = "Print one number: the derivative by NAME (w, or df/dw), or the value: f, or no name."
ROWS = "Rows a table shows at most, nodes in JSON; 0 for all."
NODES = "named: a row a name, an array is one; all: every scalar. Default: named where there are arrays."
COUNT = {"metavar": "NUMBER"}
LR = "Update the weights: w_new = w - lr*gradient."

Expression = Annotated[str, typer.Argument(help="The formula; @FILE reads it from a file, - from standard input.")]
Let = Annotated[list[str] | None, option("--let", LET, BINDINGS, metavar="NAME=VALUE")]
Bind = Annotated[list[str] | None, option("--bind", BIND, BINDINGS, metavar="FILE")]
Precision = Annotated[str, option("--precision", PRECISION, metavar="auto|double|exact|N")]
TIME = {"min": 0.0, "max": 3600.0, "callback": number}
Seconds = Annotated[float | None, option("--seconds", "How long all of it may take.", **TIME)]
Wrt = Annotated[str | None, option("--wrt", WRT, metavar="NAMES")]
LearningRate = Annotated[float | None, option("--lr", LR, LEARNING, parser=finite, metavar="FLOAT")]
FormatOption = Annotated[Format | None, option("--format", FORMAT, OUTPUT)]
Json = Annotated[bool, option("--json", "Short for --format json.", OUTPUT)]
Raw = Annotated[str | None, option("--raw", RAW, OUTPUT, metavar="[NAME]")]
RawValue = Annotated[str | None, option("--raw", "Print the number alone.", OUTPUT, metavar="[NAME]")]
Digits = Annotated[
    int, option("--digits", "Significant digits in tables, 1 to 17.", OUTPUT, parser=whole(1, 17), **COUNT)
]
Rows = Annotated[int | None, option("--rows", ROWS, OUTPUT, parser=whole(0), **COUNT)]
NodesOption = Annotated[Nodes | None, option("--nodes", NODES, OUTPUT)]
ColorOption = Annotated[Color, option("--color", "Colour the tables and messages.", OUTPUT)]
