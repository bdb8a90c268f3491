"""The entry point: finds the command, loads only that one, and turns what can happen into an exit code.

Depends on Typer. A command's module is imported when it is called, so that no command pays for another.
"""

import os
import re
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

import typer

import gradcli
from gradcli.cli import CLOSED_PIPE, COMMANDS, FAULT, FILE, INTERRUPTED, USAGE
from gradcli.cli.arguments import rewritten
from gradcli.cli.memory import NO_MEMORY, is_lack
from gradcli.cli.narrow_help import CommandOnAnyScreen, GroupOnAnyScreen
from gradcli.cli.streams import abandon_output, decoded, prepare
from gradcli.errors import Fault, FileProblem, GradcliError, UsageError
from gradcli.interrupts import ring_again

if TYPE_CHECKING:
    from collections.abc import Sequence

Command = typer.core.TyperCommand | typer.core.TyperGroup

CODES = {"file": FILE, "memory": FILE, "fault": FAULT}
"""The kinds of errors that are no mistake in what was typed."""
LONGEST_FAULT = 200
ANSWERED = ("--help", "-h")
VERSION = ("--version", "-V")
MEANT = {
    "grad": ("diff", "derivative", "derivatives", "derive", "differentiate", "gradient", "backward"),
    "eval": ("evaluate", "value", "calc", "calculate", "compute", "forward"),
    "explain": ("why", "story", "tell", "teach", "steps", "walk"),
    "graph": ("draw", "drawing", "plot", "tree", "diagram", "picture", "show"),
    "check": ("verify", "prove", "proof", "test", "claim"),
    "rules": ("rule", "functions", "function", "operators", "operator", "list"),
    "map": ("table", "batch", "rows", "apply", "columns"),
    "flow": ("layers", "vanishing", "exploding"),
    "train": ("learn", "descend", "optimise", "optimize", "minimise", "minimize", "fit"),
    "help": ("man", "manual", "doc", "docs", "topics"),
}
"""Command → what other programs call it."""
ABOUT = """Differentiate formulas at the command line, and see every number on the way.

\b
gradcli grad "(x*w-2)**2" --x 2 --w 3            value and gradient
gradcli grad "(x*w-2)**2" --x 2 --w 3 --lr 0.1   and a weight update
gradcli eval "sqrt(a^2 + b^2)" --a 3 --b 4       the value alone
gradcli explain "(x*w-2)**2" --x 2 --w 3         the chain rule, step by step
gradcli graph "(x*w-2)**2" --x 2 --w 3           the same as a drawing
gradcli check "x^2" --claim "df/dx = 2*x"        is a derivative right?
gradcli map "(x*w-y)^2" --w 3 data.csv           for every row of a table
gradcli train "(x*w-2)^2" --x 2 --w 3 --wrt w     a smaller loss, step by step
gradcli rules tanh                               a derivative rule

`gradcli COMMAND --help` tells all of a command, `gradcli help` lists the pages of the reference.
"""
LIMITS = (
    "Limits: 20,000,000 operations, 1,000,000 of them out of functions of the formula; numbers of 1,000 characters;"
    " files of 256 MB, but for tables; 10,000 digits, and 10 s for them. Beyond 200,000 operations --precision auto is"
    " double."
)
"""What is said where a formula is taken; the numbers are those of the modules that keep them, as a test holds."""
WITHOUT_FORMULA = frozenset({"rules", "help", "completion"})


def main() -> None:
    """Run gradcli on the arguments of this process, and exit."""
    prepare()
    if sys.argv[1:2] == ["map"] and hasattr(signal, "pthread_kill"):
        ring_again()  # it waits for input, and a signal may come right before
    code = run([decoded(word) for word in sys.argv[1:]])
    sys.stderr.flush()
    os._exit(code)  # all is written; to take NumPy and polars down in order costs as long as to load one of them


def run(arguments: "Sequence[str]") -> int:
    """Run gradcli on arguments; gives the exit code."""
    outcome = _outcome(list(arguments))
    return outcome if isinstance(outcome, int) else _reported(outcome, arguments)


def _outcome(arguments: list[str]) -> int | GradcliError:
    """An exit code, or what went wrong; that is told later, when the memory of the work is free again."""
    outcome: int | GradcliError
    try:
        outcome = _dispatch(arguments)
        sys.stdout.flush()
    except GradcliError as error:
        outcome = error
    except KeyboardInterrupt:
        outcome = INTERRUPTED
    except (ConnectionError, SystemExit):  # a pipe or a connection is closed; Rich, which draws help, exits then
        abandon_output()
        outcome = CLOSED_PIPE
    except OSError as problem:
        abandon_output()
        reason = f"cannot write the answer: {problem.strerror}"
        no_room = FileProblem(reason, hint="make room, or write to another place")
        outcome = NO_MEMORY if is_lack(problem) else no_room
    except BaseException as problem:  # a panic of polars is no Exception
        outcome = NO_MEMORY if is_lack(problem) else _fault(problem)
    return outcome


def _fault(problem: BaseException) -> GradcliError:
    """What to say of a mistake in gradcli itself, and the traceback to those who want it."""
    if os.environ.get("GRADCLI_TRACEBACK"):
        from traceback import print_exception

        print_exception(problem)
    what = " ".join(f"{type(problem).__name__}: {problem}".split())[:LONGEST_FAULT]
    hint = "report the command line and this line; GRADCLI_TRACEBACK=1 shows where it happened"
    return Fault(f"this is a fault of gradcli, {what}", hint=hint)


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else "--help"
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if first in VERSION or (first in COMMANDS and any(word in VERSION for word in options)):
        sys.stdout.write(f"gradcli {gradcli.__version__}\n")
        return 0
    if first == "help" and arguments[1:2] and arguments[1] in COMMANDS:
        return _call(arguments[1], ["--help"])
    if first in COMMANDS:
        return _call(first, arguments[1:])
    if first in ANSWERED:
        return _exit_code(_everything(), ["--help"], "gradcli")
    raise _unknown(first)


def _call(name: str, arguments: list[str]) -> int:
    """Run one command, on arguments out of which its bindings were sorted."""
    command = typer_command(name)
    return _exit_code(command, rewritten(command.params, arguments), f"gradcli {name}")


def typer_command(name: str) -> Command:
    """One command as Typer knows it, with its options."""
    app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["--help", "-h"]})
    function = import_module(COMMANDS[name]).command
    paragraphs = [" ".join(paragraph.split()) for paragraph in (function.__doc__ or "").split("\n\n")]
    epilog = "" if name in WITHOUT_FORMULA else LIMITS
    app.command(name, cls=CommandOnAnyScreen, help="\n\n".join(paragraphs), epilog=epilog)(function)
    return cast("Command", typer.main.get_command(app))


def _everything() -> Command:
    """All commands, for the overview."""
    app = typer.Typer(cls=GroupOnAnyScreen, add_completion=False, no_args_is_help=True, rich_markup_mode=None)
    for name, module in COMMANDS.items():
        app.command(name)(import_module(module).command)
    app.callback(help=ABOUT, epilog=LIMITS)(_options)
    return cast("Command", typer.main.get_command(app))


def _options(version: Annotated[bool, typer.Option(*VERSION, help="Show the version and exit.")] = False) -> None:
    """What gradcli takes without a command; `_dispatch` does it."""


def _exit_code(command: Command, arguments: list[str], name: str) -> int:
    """Run a command of Typer's. Raises UsageError for what Typer refuses."""
    try:
        with command.make_context(name, arguments) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as problem:
        text = " ".join(problem.format_message().split()).rstrip(".")
        raise UsageError(text[:1].lower() + text[1:], hint=f"{name} --help tells what it takes") from None
    return 0


def _unknown(first: str) -> UsageError:
    from gradcli.cli.manual import pages
    from gradcli.language.guess import did_you_mean

    meant = next((name for name, others in MEANT.items() if first.casefold() in others), "")
    meant = f"help {first}" if first in pages() else meant
    hint = f"write gradcli {meant}" if meant else did_you_mean(first, COMMANDS)
    hint = hint or f"the commands are {', '.join(COMMANDS)}; gradcli --help tells more"
    if first.strip() and not meant and not first.isidentifier() and not first.startswith("-"):
        hint = f'for its gradient write: gradcli grad "{first}"'
    return UsageError(f"`{first}` is not a command of gradcli", hint=hint)


def _reported(error: GradcliError, arguments: "Sequence[str]") -> int:
    """Draw an error on standard error; gives the exit code."""
    try:
        _draw(error, arguments)
    except Exception as problem:
        if not is_lack(problem):
            raise
        sys.stderr.write(f"error: {error.message}\nmend: {error.hint}\n")
    return CODES.get(error.kind, USAGE)


def _draw(error: GradcliError, arguments: "Sequence[str]") -> None:
    from gradcli.show.console import console
    from gradcli.show.diagnostics import write_error

    colors = re.findall(r"--color[= ](\w+)", " ".join(arguments))
    write_error(console(colors[-1] if colors else "auto", sys.stderr), error)
