"""What the error of a text with two readings offers, as a test reads it."""

import pytest

from gradcli.errors import LanguageError
from gradcli.language import parse


def readings(text: str) -> list[str]:
    """The text as each of the readings of its error writes it."""
    with pytest.raises(LanguageError) as caught:
        parse(text)
    start, end = caught.value.span or (0, 0)
    shown = caught.value.hint.removeprefix("write ").replace(" or ", ", ")
    return [f"{text[:start]}{reading}{text[end:]}" for reading in split(shown)]


def split(shown: str) -> list[str]:
    """The parts of a list, between whose commas no bracket is open."""
    parts = [""]
    for piece in shown.split(", "):
        whole = parts[-1].count("(") == parts[-1].count(")")
        parts = [*parts, piece] if whole else [*parts[:-1], f"{parts[-1]}, {piece}"]
    return parts[1:]
