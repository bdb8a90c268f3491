"""A text as its statements, on one line and without comments.

Depends on nothing but the text.
"""

import re
from collections.abc import Iterator

from gradcli.language.parsed import Program

_PART = re.compile(r"`[^`\n]*`|#[^\n]*|[()\[\]{};\n]|[^`#()\[\]{};\n]+|`")


def statements(text: str, start: int = 0) -> Iterator[str]:
    """The statements from a place on. A line that ends within parentheses goes on.

    >>> [*statements("a = [1,\\n 2]; b = a@a  # their product\\nb + 1")]
    ['a = [1, 2]', 'b = a@a', 'b + 1']
    """
    found, depth = "", 0
    for match in _PART.finditer(text, start):
        part = match[0]
        depth += (part in "([{") - (part in ")]}")
        if part in ";\n" and depth <= 0:
            yield from [one] if (one := _on_one_line(found)) else []
            found, depth = "", 0
        elif not part.startswith("#"):
            found += part
    yield from [one] if (one := _on_one_line(found)) else []


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def typed_text(program: Program) -> str:
    """All statements, with a semicolon between them."""
    return "; ".join(statements(program.source.text))
