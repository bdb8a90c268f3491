"""Whatever can be typed: every command with any of its options, as Typer knows them, formulas of every operator, any number.

Values fit more often than not. What would take long (a million steps, an hour) is drawn where it is refused alone.
"""

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import typer
from doubles import doubles
from hypothesis import strategies as st
from rows import ROWS, names, text

from gradcli.cli import COMMANDS

WRONG = st.sampled_from(["", "-1", "0", "x", "1e999", "nan", "9" * 20, "--", "\x1b[2J", "é", "yaml"])
PRECISIONS = (
    st.sampled_from(["auto", "double", "exact"])
    | st.integers(1, 60).map(str)
    | st.sampled_from(["400", "4300", "10000"])
)
NAMES = st.sampled_from(["x", "y", "x,y", "f", "q", "y,x", "x,x"])
FILES = st.sampled_from(["-", "/nowhere", "/dev/null", "/"])
VALUES: dict[str, st.SearchStrategy[str]] = {
    "--let": st.builds("{}={}".format, st.sampled_from(["x", "y", "q"]), doubles().map(repr)),
    "--bind": FILES,
    "--claims": FILES,
    "--out": FILES.filter(lambda name: name != "/nowhere"),
    "--wrt": NAMES,
    "--adjoints": NAMES,
    "--raw": NAMES,
    "--format": st.sampled_from(["csv", "json"]),
    "--claim": st.builds(
        "df/d{} = {}".format, st.sampled_from("xyq"), st.sampled_from(["2*x", "exp(x)", "0", "y", "1e308*x", "x^"])
    ),
    "--precision": PRECISIONS,
    "--lr": doubles().map(repr),
    "--steps": st.integers(1, 30).map(str),
    "--seconds": st.sampled_from(["0", "0.01", "0.1", "5e-324"]),
    "--threads": st.integers(1, 3).map(str),
    "--engine": st.sampled_from(["auto", "llvm", "blocks", "python"]),
    "--digits": st.integers(1, 17).map(str),
    "--search": st.sampled_from(["loss", "sin", "", "no such word"]),
    "--rows": st.sampled_from(["0", "1", "3", "1000000000"]),
}
"""What may stand behind an option; a choice is read from Typer."""
FUNCTIONS = [row.name for row in ROWS if row.notation is None and len(names(row)) == 1]


class Request(NamedTuple):
    """A command line, and what standard input holds."""

    arguments: list[str]
    stdin: bytes


@cache
def parameters(command: str) -> tuple[Any, ...]:
    """The options of a command, as Typer has them."""
    app = typer.Typer(add_completion=False)
    app.command(command)(import_module(COMMANDS[command]).command)
    found = typer.main.get_command(app).params
    return tuple(parameter for parameter in found if parameter.opts[0].startswith("-"))


def options(command: str) -> st.SearchStrategy[list[str]]:
    """Some options of a command, each with a value that fits or with one that may not."""
    return st.lists(st.one_of(*map(_option, parameters(command))), max_size=4)


def _option(parameter: Any) -> st.SearchStrategy[str]:
    name = parameter.opts[0]
    if getattr(parameter, "is_flag", False):
        return st.just(name)
    choices = getattr(parameter.type, "choices", None)
    fitting = st.sampled_from(list(choices)) if choices else VALUES[name]
    return st.one_of(fitting, fitting, fitting, WRONG if name != "--out" else FILES).map(
        lambda value: f"{name}={value}"
    )


def numbers() -> st.SearchStrategy[str]:
    """A number as one types it: any double, in its shortest form or with more digits than it has; or a constant."""
    more = doubles().map(lambda number: f"{number:.30e}")
    return (
        doubles().map(repr)
        | more
        | st.sampled_from(["pi/4", "-e", "1e400", "1_000", "5e-324/2", "2^-1074", "inf - inf"])
    )


@st.composite
def formulas(draw: st.DrawFn) -> tuple[str, set[str]]:
    """A formula of the operator table and its variables: one operator, or one inside another, over literals too."""
    row = draw(st.sampled_from(ROWS))
    used, formula = set(names(row)), text(row)
    if len(used) == 1 and draw(st.booleans()):
        outer = draw(st.sampled_from(FUNCTIONS))
        formula = f"{outer}({formula})"
    if draw(st.booleans()):
        formula = f"({formula}){draw(st.sampled_from('+-*/^'))}({draw(numbers())})"
    return formula, used


@st.composite
def requests(draw: st.DrawFn, commands: tuple[str, ...] = ("grad", "eval", "check")) -> Request:
    """A command on a formula, with a number for each variable and some options."""
    command = draw(st.sampled_from(commands))
    if command == "rules":
        return Request([command, *draw(options(command)), draw(st.sampled_from([row.name for row in ROWS]))], b"")
    formula, used = draw(formulas())
    bound = [f"--{name}={draw(numbers())}" for name in sorted(used)] if command != "map" else []
    chosen = draw(options(command))
    digits = any(word.startswith("--precision=") for word in chosen)
    quick = ["--seconds=0.1"] if command == "check" else ["--seconds=0.5"] if digits else []
    return Request([command, *quick, *chosen, *bound, "--", formula], draw(contents(used)))


def contents(used: set[str]) -> st.SearchStrategy[bytes]:
    """Standard input: a table of those columns, an object of bindings, a claim, or nothing."""
    row = st.lists(numbers(), min_size=len(used), max_size=len(used)).map(",".join)
    table = st.lists(row, max_size=3).map(lambda rows: "\n".join([",".join(sorted(used)), *rows, ""]).encode())
    return table | st.sampled_from([b"", b'{"x": 1e308, "y": 5e-324}', b"df/dx = 2*x\n", b"\xff"])
