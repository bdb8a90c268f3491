"""What may go to a terminal: a text of which no character commands it.

Depends on the standard library.
"""

import re
from codecs import getincrementaldecoder
from typing import IO

_COMMANDS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""C0 but for tabs and newlines, the form of a table; DEL; C1; what ends a line, and what turns the way of writing."""


def escaped(text: str) -> str:
    """The text with control characters written out as JSON does, `\\u001b`: in JSON they mean the same."""
    return re.sub(_COMMANDS, lambda found: f"\\u{ord(found[0]):04x}", text)


class Terminal:
    """A stream of bytes to a terminal: control characters are written out, and what is not UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.decoder = getincrementaldecoder("utf-8")("backslashreplace")

    def write(self, content: bytes) -> int:
        """Write some bytes, which may end amid a character."""
        self.stream.write(escaped(self.decoder.decode(content)).encode())
        return len(content)

    def flush(self) -> None:
        """Let them go."""
        self.stream.flush()
