"""`gradcli help`: the reference, a page a topic; or what a command takes.

Depends on the pages alone, which are files beside the package's modules; Rich draws them for a terminal.
"""

import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

import typer

from gradcli.cli import COMMANDS, options
from gradcli.cli.streams import emit
from gradcli.errors import UsageError
from gradcli.language.guess import did_you_mean

TOPIC = "A topic, or a command; without one the topics are listed."


def command(
    topic: Annotated[str | None, typer.Argument(help=TOPIC, show_default=False)] = None,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The reference, a page a topic: precision, kinks, bindings, formats, tables …

    gradcli help precision

    Exit codes: 0 done, 2 no such page.
    """
    found = pages()
    if topic is None:
        _list({name: title(page) for name, page in found.items()}, color)
    elif topic in found:
        _show(found[topic].read_text(encoding="utf-8"), color)
    else:  # a command's own help is told before this is loaded
        hint = did_you_mean(topic, (*found, *COMMANDS)) or f"the topics are {', '.join(found)}"
        raise UsageError(f"there is no page about `{topic}`", hint=hint)


def pages() -> dict[str, Traversable]:
    """Topic → its page, in the order of the alphabet."""
    found = {page.name.removesuffix(".md"): page for page in (files("gradcli") / "manual").iterdir()}
    return dict(sorted(found.items()))


def title(page: Traversable) -> str:
    """The heading of a page."""
    return page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def _list(titles: dict[str, str], color: options.Color) -> None:
    if not _is_for_eyes(color):
        emit(f"{name:12} {title}\n" for name, title in titles.items())
        return
    from gradcli.show.manual import drawn_topics

    emit([drawn_topics(titles, color)], drawn=True)


def _show(text: str, color: options.Color) -> None:
    if not _is_for_eyes(color):
        emit([text])
        return
    from gradcli.show.manual import drawn_page

    emit([drawn_page(text, color)], drawn=True)


def _is_for_eyes(color: options.Color) -> bool:
    return sys.stdout.isatty() or color is options.Color.always
