"""Where texts come from: an argument, @file or standard input.

Depends on nothing but the file system.
"""

import sys
from pathlib import Path
from typing import BinaryIO

from gradcli.errors import FileProblem, LanguageError, Source

STDIN = "standard input"
MAX_BYTES = 1 << 28
"""What is read of a file at most, so that one without an end has one."""


def read_expression(argument: str, most: int = MAX_BYTES) -> Source:
    """The expression that an argument names, of at most so many bytes.

    Raises FileProblem for a file that cannot be read, LanguageError for bytes that are not UTF-8.
    """
    if argument == "-":
        return Source(_decoded(sys.stdin.buffer, STDIN, most, LanguageError), STDIN)
    if names_file(argument):
        return Source(read_text(argument[1:], "@", most), argument[1:])
    return checked(Source(argument), "expression")


def names_file(argument: str) -> bool:
    """Whether an argument is @file, and no function as MATLAB writes them: @(x) x.^2."""
    return argument.startswith("@") and (argument[1:2] != "(" or Path(argument[1:]).exists())


def title_of(path: str) -> str:
    """What to call a file, or standard input for `-`."""
    return STDIN if path == "-" else path


def read_text(path: str, option: str, most: int = MAX_BYTES) -> str:
    """The text of a file of at most so many bytes, or of standard input for `-`. Raises FileProblem."""
    if path == "-":
        return _decoded(sys.stdin.buffer, STDIN, most, FileProblem)
    try:
        with Path(path).open("rb") as file:
            return _decoded(file, path, most, FileProblem)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        message = f"cannot read {path or 'a file without a name'}: {reason}"
        raise FileProblem(message, hint=f"give {option} the path of a readable file") from None


def _decoded(stream: BinaryIO, name: str, most: int, error: type[FileProblem] | type[LanguageError]) -> str:
    content = stream.read(most + 1)
    if len(content) > most:
        raise error(f"{name} has more than {most >> 20} MB", hint="split it into several")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = f"{name} is not UTF-8: byte {problem.start + 1} is 0x{content[problem.start]:02x}"
        raise error(message, hint="save it as UTF-8") from None


def checked(source: Source, what: str) -> Source:
    """The same text. Raises LanguageError for bytes of an argument that are not UTF-8: they come as lone surrogates."""
    for at, character in enumerate(source.text if not source.text.isascii() else ""):
        if "\ud800" <= character <= "\udfff":
            message, span = f"the {what} has a byte that is not UTF-8", (at, at + 1)
            raise LanguageError(message, hint="type or paste it as UTF-8", span=span, source=source)
    return source
