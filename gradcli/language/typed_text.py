"""A program as it is typed, on one line and without comments.

Depends on nothing but the text.
"""

import re

from gradcli.language.parsed import Program

_COMMENT = re.compile(r"(`[^`]*`)|#.*")
_BLANKS = re.compile(r"\s+")


def typed_text(program: Program) -> str:
    """The statements with a semicolon between them.

    A line that ends within parentheses goes on.
    """
    found, depth = "", 0
    for line in program.source.text.splitlines():
        text = _BLANKS.sub(" ", _COMMENT.sub(r"\1", line)).strip(" ;")
        if text:
            found += (" " if depth > 0 else "; ") + text if found else text
            depth += sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
    return found
