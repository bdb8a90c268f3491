"""The font that a drawing carries: a font as other programs read it, with the letters of the drawing and few others."""

import base64
import re
from html import unescape
from struct import unpack_from

import pytest
from drawn_formulas import FORMULAS, drawn

from gradcli.drawing import font
from gradcli.drawing.look import Look
from gradcli.drawing.svg import svg

MOST = 17_000


def tables(data: bytes) -> dict[str, bytes]:
    """The tables of a font, each of which has the sum that the directory says."""
    found = {}
    for at in range(unpack_from(">H", data, 4)[0]):
        tag, told, start, length = unpack_from(">4sIII", data, 12 + 16 * at)
        assert start % 4 == 0
        table = data[start : start + length]
        assert total(table[:8] + bytes(4) + table[12:] if tag == b"head" else table) == told
        found[tag.decode()] = table
    return found


def total(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = unpack_from(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def outlined(data: bytes) -> set[str]:
    """The letters that have a glyph with an outline."""
    parts = tables(data)
    ends = unpack_from(f">{len(parts['loca']) // 2}H", parts["loca"])
    return {chr(code) for code, at in font._glyph_numbers(parts["cmap"]).items() if ends[at] < ends[at + 1]}


def carried(text: str) -> bytes:
    (data,) = re.findall(r"url\(data:font/ttf;base64,([^)]*)\)", text)
    return base64.b64decode(data)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_drawing_carries_its_letters(name: str) -> None:
    text = "".join(svg(drawn(name), Look(FORMULAS[name][0])))
    letters = {letter for words in re.findall("<text[^>]*>([^<]*)<", text) for letter in unescape(words)}
    whole, part = outlined(font.subset(font._tables(), map(chr, range(0x10000)))), carried(text)
    assert letters & whole <= outlined(part)
    assert len(part) < MOST
    assert total(part) == font.CHECK


def test_a_letter_with_an_accent_brings_what_it_is_made_of() -> None:
    assert outlined(font.subset(font._tables(), "é")) >= {"é", "e"}


def test_letters_that_the_font_has_not_are_left_to_others() -> None:
    assert outlined(font.subset(font._tables(), "学")) == outlined(font.subset(font._tables(), ""))


def test_the_copyright_stays() -> None:
    assert "Bitstream".encode("utf-16-be") in font.subset(font._tables(), "x")
