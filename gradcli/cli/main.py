"""The entry point: finds the command, loads only that one, and turns what can happen into an exit code.

Depends on Typer. A command's module is imported when it is called, so that no command pays for another.
"""

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import typer

from gradcli.cli.arguments import rewritten
from gradcli.errors import FileProblem, GradcliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {"grad": "gradcli.cli.grad", "eval": "gradcli.cli.evaluate", "rules": "gradcli.cli.rules"}
"""Command → the module whose `command` function it is."""

USAGE, FILE, INTERRUPTED, CLOSED_PIPE = 2, 4, 130, 141
ABOUT = "Differentiate formulas at the command line, and see every number on the way."


# One command, then the process ends: walking its objects for cycles would cost more than it frees.
gc.disable()


def main() -> None:
    """Run gradcli on the arguments of this process, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: "Sequence[str]") -> int:
    """Run gradcli on arguments; gives the exit code."""
    try:
        code = _dispatch(list(arguments))
        sys.stdout.flush()
    except GradcliError as error:
        code = _reported(error, arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output at exit: give it a place where that cannot fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CLOSED_PIPE
    return code


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else "--help"
    if first in COMMANDS:
        return _call(first, arguments[1:])
    if first == "--version":
        return _version()
    if first in ("--help", "-h"):
        return _exit_code(_everything(), ["--help"], "gradcli")
    raise _unknown(first)


def _version() -> int:
    from importlib.metadata import version  # slower to load than the rest of the program

    sys.stdout.write(f"gradcli {version('gradcli')}\n")
    return 0


def _call(name: str, arguments: list[str]) -> int:
    """Run one command, on arguments out of which its bindings were sorted."""
    app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["--help", "-h"]})
    app.command(name)(import_module(COMMANDS[name]).command)
    command = typer.main.get_command(app)
    return _exit_code(command, rewritten(command.params, arguments), f"gradcli {name}")


def _everything() -> "typer.core.TyperGroup | typer.core.TyperCommand":
    """All commands, for the overview."""
    app = typer.Typer(add_completion=False, help=ABOUT, no_args_is_help=True, rich_markup_mode=None)
    for name, module in COMMANDS.items():
        app.command(name)(import_module(module).command)
    app.callback()(lambda: None)
    return typer.main.get_command(app)


def _exit_code(command: "typer.core.TyperGroup | typer.core.TyperCommand", arguments: list[str], name: str) -> int:
    """Run a command of Typer's; its own way to end is SystemExit."""
    try:
        command.main(arguments, prog_name=name)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _unknown(first: str) -> UsageError:
    from gradcli.language.guess import did_you_mean

    hint = did_you_mean(first, COMMANDS) or f"the commands are {', '.join(COMMANDS)}; gradcli --help tells more"
    if not first.isidentifier() and not first.startswith("-"):
        hint = f'for its gradient write: gradcli grad "{first}"'
    return UsageError(f"`{first}` is not a command of gradcli", hint=hint)


def _reported(error: GradcliError, arguments: "Sequence[str]") -> int:
    """Draw an error on standard error; gives the exit code."""
    from gradcli.show.console import console
    from gradcli.show.diagnostics import write_error

    color = next((arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "--color"), "auto")
    write_error(console(color, sys.stderr), error)
    return FILE if isinstance(error, FileProblem) else USAGE
