"""A picture as PNG: the drawing of `svg`, in twice its pixels, with the letters of a font that gradcli brings.

Depends on `svg` and on resvg. The fonts of the machine are asked only for letters that the font has not, as Chinese
ones; where they have none either, a box stands for the letter.
"""

import re
from collections.abc import Iterator
from importlib.resources import as_file, files
from math import sqrt

from gradcli.drawing.colours import PAPER
from gradcli.drawing.folding import NoRoomError
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Picture
from gradcli.drawing.svg import svg
from gradcli.errors import DRAW_EXTRA, UsageError

FONT = "DejaVu Sans Mono"
# The font is a part of it: pyftsubset DejaVuSansMono.ttf --unicodes=(these ranges) --no-hinting --notdef-outline
# --drop-tables+=FFTM,GDEF,GPOS,GSUB,DSIG --name-IDs=0,1,2,3,4,5,6,13,14
LETTERS = re.compile(
    "[\\s\x20-\x7e\xa0-\u017f\u0384-\u03ce\u03d1\u03d5\u03f5\u2010-\u2027\u2030-\u2034\u2070-\u209c\u2100-\u214f"
    "\u2190-\u2194\u21a6\u21d2\u2200-\u2265\u22c5\u2298\u25b2\u25bc\u25cb\u26a0\ufffd]*"
)
ZOOM, SMALLEST = 2.0, 0.7
"""Twice the size is sharp on any screen; in less than this its letters could not be read."""
SWIFT, MOST_PIXELS = 6_000_000, 12_000_000
"""Pixels that take about half a second; those that take a second."""


def png(picture: Picture, look: Look) -> Iterator[bytes]:
    """The drawing as the bytes of a file.

    Raises UsageError without resvg, NoRoomError for too many pixels, and what `svg` raises.
    """
    try:
        from resvg_py import svg_to_bytes  # 3 MB, for this form alone
    except ModuleNotFoundError:
        raise UsageError("a PNG needs resvg, which is missing", hint=DRAW_EXTRA) from None
    drawing = "".join(svg(picture, look._replace(background=look.background or PAPER[look.theme]), font=False))
    font = files("gradcli.drawing") / "fonts" / "DejaVuSansMono.ttf"
    with as_file(font) as path:
        yield svg_to_bytes(
            svg_string=drawing,
            zoom=_zoom(drawing),
            font_files=[str(path)],
            font_family=FONT,
            monospace_family=FONT,
            skip_system_fonts=bool(LETTERS.fullmatch(drawing)),
        )


def _zoom(drawing: str) -> float:
    """Twice the size; less where that takes long. Raises NoRoomError where nobody could read what is left."""
    wide, tall = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', drawing[:1000])[:2])
    zoom = min(ZOOM, max(SMALLEST, sqrt(SWIFT / (wide * tall))))
    if wide * tall * zoom**2 > MOST_PIXELS:
        said = f"a PNG of {round(wide):,} × {round(tall):,} pixels takes too long to write"
        raise NoRoomError(said, hint="write it as SVG: --format svg")
    return zoom
