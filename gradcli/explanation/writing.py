"""Sections as text and as Markdown, in which a formula stands as code.

Depends on the lines of `gradcli.explanation.document`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gradcli.explanation.document import Line, Section

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def text(sections: Sequence[Section]) -> Iterator[str]:
    """Lines of text, of any length, moved in under their titles."""
    for section in sections:
        yield f"\n{section.title}\n" if section.title else ""
        yield from (f"{'  ' if section.title else ''}{line.text}\n" for line in section.lines)


def marked(sections: Sequence[Section]) -> Iterator[str]:
    """Headings, sentences, and equations as lists of code."""
    for section in sections:
        yield f"## {escaped(section.title)}\n\n" if section.title else ""
        for listed, lines in groupby(section.lines, key=lambda line: line.equation):
            yield ("\n" if listed else "\n\n").join(map(_marked, lines)) + "\n\n"


def _marked(line: Line) -> str:
    if line.equation:
        return f"- {code(line.text)}"
    return "".join(escaped(part) if isinstance(part, str) else code(part.text.strip("`")) for part in line.parts)


def code(text: str) -> str:
    """A text as code, whatever back-ticks are in it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def escaped(text: str) -> str:
    """A text without what Markdown takes for a mark."""
    return _MARKS.sub(r"\\\1", text)
