"""The font of a drawing as the drawing carries it: the letters that occur, and no others.

Depends on the font beside it. What is read and written are tables of the OpenType specification 1.9: `cmap` in its
format 4, `loca` in its short form, `glyf` with its composite glyphs. Glyphs keep their numbers; those that no letter
needs are empty, and `name` has but the names and the copyright.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from struct import pack, unpack_from

NAMES = (0, 1, 2, 4, 6)
"""Copyright, family, style, full name, PostScript name."""
WINDOWS, ENGLISH = 3, 0x409
IS_WORDS, HAS_SCALE, MORE, HAS_TWO_SCALES, HAS_MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
"""What the flags of a component of a glyph say of its length, and whether another follows."""
CHECK = 0xB1B0AFBA

Tables = Mapping[str, bytes]


def face(family: str, letters: Iterable[str]) -> str:
    """A rule for the font with the glyphs of these letters; one that it has not is left to other fonts.

    A family of its own leaves those of other drawings alone.
    """
    data = b64encode(subset(_tables(), letters)).decode()
    return f"@font-face{{font-family:{family};src:url(data:font/ttf;base64,{data})}}"


def subset(tables: Tables, letters: Iterable[str]) -> bytes:
    """The file of a font with the glyphs of these letters alone."""
    numbers, starts = _glyph_numbers(tables["cmap"]), _starts(tables["loca"])
    kept = _with_parts(tables["glyf"], starts, {0, *(numbers.get(ord(letter), 0) for letter in letters)})
    glyphs = [tables["glyf"][start:end] if at in kept else b"" for at, (start, end) in enumerate(starts)]
    ends = [0, *accumulate(map(len, glyphs))]
    loca = pack(f">{len(ends)}H", *(end // 2 for end in ends))
    return _file({**tables, "glyf": b"".join(glyphs), "loca": loca, "name": _names(tables["name"])})


@cache
def _tables() -> Tables:
    data = (files("gradcli.drawing") / "fonts" / "DejaVuSansMono.ttf").read_bytes()
    (count,) = unpack_from(">H", data, 4)
    entries = (unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count))
    return {tag.decode(): data[start : start + length] for tag, _, start, length in entries}


def _glyph_numbers(cmap: bytes) -> dict[int, int]:
    """Code of a letter → number of its glyph."""
    (start,) = (offset for at in range(unpack_from(">H", cmap, 2)[0]) for offset in _segmented(cmap, at))
    (doubled,) = unpack_from(">H", cmap, start + 6)
    rows = (start + 14, start + 16 + doubled, start + 16 + 2 * doubled, start + 16 + 3 * doubled)
    found: dict[int, int] = {}
    for at in range(0, doubled, 2):
        last, first, delta, far = (unpack_from(">H", cmap, row + at)[0] for row in rows)
        for code in range(first, min(last, 0xFFFE) + 1):
            there = rows[3] + at + far + 2 * (code - first)
            found[code] = ((unpack_from(">H", cmap, there)[0] if far else code) + delta) & 0xFFFF
    return found


def _segmented(cmap: bytes, at: int) -> Iterator[int]:
    """Where a subtable begins, if it is that of Windows, in segments."""
    platform, encoding, offset = unpack_from(">HHI", cmap, 4 + 8 * at)
    if (platform, encoding, *unpack_from(">H", cmap, offset)) == (WINDOWS, 1, 4):
        yield offset


def _starts(loca: bytes) -> list[tuple[int, int]]:
    """Where each glyph begins and ends."""
    ends = [2 * half for half in unpack_from(f">{len(loca) // 2}H", loca)]
    return list(pairwise(ends))


def _with_parts(glyf: bytes, starts: list[tuple[int, int]], wanted: set[int]) -> set[int]:
    """The glyphs, and those that they are made of."""
    pending, found = [*wanted], set(wanted)
    while pending:
        fresh = {*_parts(glyf[slice(*starts[pending.pop()])])} - found
        found |= fresh
        pending += fresh
    return found


def _parts(glyph: bytes) -> Iterator[int]:
    """The glyphs that one is composed of."""
    at, flags = 10, MORE if glyph and unpack_from(">h", glyph)[0] < 0 else 0
    while flags & MORE:
        flags, part = unpack_from(">HH", glyph, at)
        yield part
        at += 8 if flags & IS_WORDS else 6
        at += 2 if flags & HAS_SCALE else 4 if flags & HAS_TWO_SCALES else 8 if flags & HAS_MATRIX else 0


def _names(name: bytes) -> bytes:
    """The table of names with those of NAMES, in English."""
    count, texts = unpack_from(">HH", name, 2)
    entries = (unpack_from(">6H", name, 6 + 12 * at) for at in range(count))
    kept = [entry for entry in entries if entry[3] in NAMES and (entry[0], entry[2]) == (WINDOWS, ENGLISH)]
    rows, told = b"", b""
    for *key, length, start in kept:
        rows += pack(">6H", *key, length, len(told))
        told += name[texts + start : texts + start + length]
    return pack(">3H", 0, len(kept), 6 + len(rows)) + rows + told


def _file(tables: Tables) -> bytes:
    """The tables as a file, with its sums."""
    head = tables["head"]
    tables = {**tables, "head": head[:8] + bytes(4) + head[12:]}
    whole = _joined(tables)
    adjusted = pack(">I", (CHECK - _sum(whole)) & 0xFFFFFFFF)
    start = 12 + 16 * len(tables) + sum(len(_padded(tables[tag])) for tag in sorted(tables) if tag < "head")
    return whole[: start + 8] + adjusted + whole[start + 12 :]


def _joined(tables: Tables) -> bytes:
    """The directory and the tables behind it, in the order of their tags."""
    count, power = len(tables), len(tables).bit_length() - 1
    directory = pack(">I4H", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    start, body = 12 + 16 * count, b""
    for tag in sorted(tables):
        directory += pack(">4sIII", tag.encode(), _sum(tables[tag]), start + len(body), len(tables[tag]))
        body += _padded(tables[tag])
    return directory + body


def _padded(table: bytes) -> bytes:
    return table + bytes(-len(table) % 4)


def _sum(table: bytes) -> int:
    """The sum of a table's words."""
    words: tuple[int, ...] = unpack_from(f">{(len(table) + 3) // 4}I", _padded(table))
    return sum(words) & 0xFFFFFFFF
