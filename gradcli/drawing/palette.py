"""The colours of a picture, light and dark.

Depends on the standard library. Every colour of letters stands out from what is behind it by 4.5 to 1 or more.
"""

from typing import NamedTuple

from gradcli.drawing.look import Theme


class Palette(NamedTuple):
    """Colours as #rrggbb.

    paper      behind all
    ink        letters and lines
    faint      what nothing comes back along
    up, down   a contribution above and below 0
    undefined  one that is no number
    variable … output   the inside of a box, by what it is
    """

    paper: str
    ink: str
    faint: str
    up: str
    down: str
    undefined: str
    variable: str
    constant: str
    operation: str
    condition: str
    output: str


LIGHT = Palette(
    paper="#ffffff",
    ink="#1b1f24",
    faint="#5b626d",
    up="#1f5fa8",
    down="#b3400a",
    undefined="#8a1c7c",
    variable="#e3f0fc",
    constant="#f3f4f6",
    operation="#ffffff",
    condition="#f6ecfb",
    output="#fff3d6",
)
DARK = Palette(
    paper="#16181d",
    ink="#e8eaed",
    faint="#a7afbb",
    up="#7db7ff",
    down="#ff9c6b",
    undefined="#f0a0e8",
    variable="#1d3650",
    constant="#2a2d34",
    operation="#1f2229",
    condition="#3a2a47",
    output="#45380f",
)
MIDDLE = LIGHT._replace(faint="#7c8593", up="#3f83cc", down="#d5602a", undefined="#b357a8")
"""Lines that stand out by 3 to 1 or more from white and from black, where nobody knows what they are drawn on."""


def palette(theme: Theme) -> Palette:
    """The colours of a theme; a form that cannot follow the reader's screen is light."""
    return DARK if theme is Theme.dark else LIGHT
