"""Texts in a picture: how wide they are in a font whose letters are all as wide, and how they become markup.

Depends on `gradcli.excerpts`. A text is written with its length, so that any font that stands in for this one fits too.
"""

import re
from html import escape

from gradcli.drawing.picture import BETWEEN
from gradcli.excerpts import MARK, amid, cells, visible

FAMILY = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"
ADVANCE = 0.602
"""The width of each letter of DejaVu Sans Mono as a part of its size: 1233 of 2048 units."""
LONGEST_WORD = 11
MOST_DIGITS = 17
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
"""Letters of Hebrew, Arabic and their kin. A first strong isolate and its pop (Unicode's annex 9) stand around them."""


def width(text: str, size: float) -> float:
    """How wide a text is in letters of that size; a wide letter is as wide as two."""
    return cells(text) * ADVANCE * size


def plain(text: str) -> str:
    """A text on one line that commands nothing: what cannot be printed is spelled, as JSON does."""
    return text if text.isprintable() else "".join(map(_spelled, text))


def _spelled(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else f"\\u{ord(letter):04x}"


def markup(text: str) -> str:
    """A text as XML has it, in an element or in quotes; names from right to left leave the order of what is around."""
    written = escape(visible(text))
    return written if written.isascii() else RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", written)


def formula(text: str, most: int) -> str:
    """A formula of so many cells: the middles of long names give way first, so that its operators stay."""
    if cells(text) > most:
        text = re.sub(r"[\w…]+", lambda name: amid(name[0], LONGEST_WORD), text)
    return amid(text, most)


def fitting(number: str, most: int) -> str:
    """A number of so many letters: digits give way, never its exponent.

    >>> fitting("-1.23457e-308", 9)
    '-1.2e-308'
    >>> fitting("10^(-4.3429448e9)", 9)
    '10^(…8e9)'
    """
    if "^" in number or BETWEEN in number:
        return amid(number, most)
    mantissa, mark, exponent = number.partition("e")
    shorter = (
        f"{float(mantissa):.{digits}g}{mark}{exponent}".replace("e+", "e") for digits in range(MOST_DIGITS, 0, -1)
    )
    return number if len(number) <= most else next(filter(lambda text: len(text) <= most, shorter), MARK)
