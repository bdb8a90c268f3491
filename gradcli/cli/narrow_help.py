"""What `--help` shows where Typer would cut it: options and commands one below the other, each with all of its text.

Depends on Typer for what there is to say; Rich draws it.
"""

from collections.abc import Iterator, Mapping
from inspect import cleandoc
from shutil import get_terminal_size
from typing import Any

from typer.core import TyperCommand, TyperGroup

ENOUGH = 80
"""On screens of fewer columns Typer cuts what an option is called, and what it does."""


class CommandOnAnyScreen(TyperCommand):
    """A command whose help is whole on a narrow screen too."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Typer's tables, or what has room."""
        if get_terminal_size().columns < ENOUGH:
            formatter.write(_drawn(self, ctx))
        else:
            super().format_help(ctx, formatter)


class GroupOnAnyScreen(TyperGroup):
    """All commands, each with its whole line: Typer cuts it on any screen."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The overview."""
        formatter.write(_drawn(self, ctx))


def _drawn(command: TyperCommand | TyperGroup, ctx: Any) -> str:
    from gradcli.show.usage import usage_page

    return usage_page(command.get_usage(ctx), _about(command.help), _sections(command, ctx), _about(command.epilog))


def _about(text: str | None) -> Iterator[str]:
    """The paragraphs, each a line but for those marked as they are: these are moved in."""
    for paragraph in cleandoc(text or "").replace("\b\n", "\b").split("\n\n"):
        if paragraph.startswith("\b"):
            yield "\n".join(f"  {line}" for line in paragraph[1:].split("\n"))
        elif paragraph:
            yield " ".join(paragraph.split())


def _sections(command: TyperCommand | TyperGroup, ctx: Any) -> Mapping[str, Mapping[str, str]]:
    """Section → argument, option or command → what it is."""
    found: dict[str, dict[str, str]] = {}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record:
            usual = "Arguments" if parameter.param_type_name == "argument" else "Options"
            section = getattr(parameter, "rich_help_panel", None) or usual
            found.setdefault(section, {})[record[0]] = record[1]
    if isinstance(command, TyperGroup):
        found["Commands"] = {name: _first_line(one.help) for name, one in command.commands.items()}
    return found


def _first_line(text: str | None) -> str:
    return cleandoc(text or "").partition("\n")[0]
