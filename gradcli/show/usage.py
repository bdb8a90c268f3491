"""What a command takes, on a narrow screen: a line or two for each option.

Depends on Rich.
"""

from collections.abc import Iterable, Iterator, Mapping

from rich.console import RenderableType

from gradcli.show.blocks import Blocks, Field
from gradcli.show.console import console, drawn
from gradcli.show.wrapping import Paragraph

Sections = Mapping[str, Mapping[str, str]]


def usage_page(usage: str, about: Iterable[str], sections: Sections, epilog: Iterable[str]) -> str:
    """How a command is called, what it is for, what it takes by section, and what else is to be said."""
    return drawn(console(), _parts(usage, about, sections, epilog)).rstrip("\n")


def _parts(usage: str, about: Iterable[str], sections: Sections, epilog: Iterable[str]) -> Iterator[RenderableType]:
    for paragraph in (usage, *about):
        yield Paragraph(paragraph)
        yield ""
    for title, entries in sections.items():
        yield Paragraph(title, "bold")
        yield Blocks([[Field(name, text, label_style="cyan") for name, text in entries.items()]], indent=2)
        yield ""
    for paragraph in epilog:
        yield Paragraph(paragraph, "dim")
