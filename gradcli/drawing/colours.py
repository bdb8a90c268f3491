"""Inks of a drawing, light and dark: attributes, which every renderer reads, and a style where the reader chooses.

Depends on `look`. Each text has a contrast of 4.5:1 or more with what it stands on.
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from gradcli.drawing.look import Theme


class Ink(NamedTuple):
    """What fills a shape and what its border is."""

    fill: str
    border: str = "none"


LIGHT = {
    "text": Ink("#1f2328"),
    "quiet": Ink("#57606a"),
    "paper": Ink("#ffffff"),
    "variable": Ink("#e3effb", "#2f6ea8"),
    "constant": Ink("#f1f2f4", "#7d858e"),
    "operation": Ink("#ffffff", "#57606a"),
    "condition": Ink("#f2eafb", "#7d55b3"),
    "output": Ink("#fff3cd", "#8a6100"),
    "plus": Ink("#0a58a6"),
    "minus": Ink("#b23a00"),
    "zero": Ink("#5f6770"),
    "unknown": Ink("#a3129e"),
    "bare": Ink("#818b95"),
    "badge": Ink("#fff8c5", "#7a5200"),
    "remark": Ink("#7a5200"),
}
DARK = {
    "text": Ink("#e6edf3"),
    "quiet": Ink("#9aa4af"),
    "paper": Ink("#161b22"),
    "variable": Ink("#10263f", "#6ba5e0"),
    "constant": Ink("#1b2027", "#7d8793"),
    "operation": Ink("#161b22", "#8b949e"),
    "condition": Ink("#261b38", "#b48ce6"),
    "output": Ink("#33290a", "#dcb24a"),
    "plus": Ink("#6cb6ff"),
    "minus": Ink("#ff9c5b"),
    "zero": Ink("#959da6"),
    "unknown": Ink("#f08be8"),
    "bare": Ink("#6e7781"),
    "badge": Ink("#3a2f00", "#f2cc60"),
    "remark": Ink("#f2cc60"),
}
MIDDLE = LIGHT | {
    "plus": Ink("#3f83cc"),
    "minus": Ink("#d5602a"),
    "zero": Ink("#7c8593"),
    "unknown": Ink("#b357a8"),
    "bare": Ink("#7c8593"),
}
"""Lines that stand out by 3 to 1 or more from white and from black, where nobody knows what they are drawn on."""
PAPER = {Theme.light: "#ffffff", Theme.dark: "#0d1117", Theme.auto: "#ffffff"}
"""What a drawing stands on where its background cannot be that of a page."""


MIDDLE_LUMINANCE = 0.179
FIXED = {
    ".g-chips": "font-size:11px",
    ".g-chips rect": "stroke-width:1;stroke:currentColor",
    "path": "fill:none",
    "[stroke-width]": "stroke:currentColor",
    "path+path": "fill:currentColor;stroke:none",
    ".g-quiet-line": "fill:none",
    "rect.g-quiet-line": "stroke-width:1;stroke-dasharray:3 3",
    ".g-t": "stroke-width:.45",
    ".g-remark": "font-size:11px",
    ".g-v": "text-anchor:end",
    ".g-d": "text-anchor:end;fill:currentColor",
}
"""What is the same in every theme; the head of an arrow is the path behind another."""
USUAL_BOX = "operation"
"""The ink of a box that has no class."""
FILLED = ("text", "variable", "constant", "condition", "output", "badge", "remark", "bare")
"""Inks by which pages fill shapes; those of signs are colours, which what stands in their groups has."""
USUAL = {"text": "quiet", ".g-chips text": "text", ".g-v": "text", ".g-chips rect": "paper"}
"""The inks of what has no class that names one."""


def readable(theme: Theme, background: str) -> Theme:
    """The theme whose words can be read on a background, `#rrggbb`; that which is asked for where it shines through.

    Contrast is that of WCAG 2.2: against this luminance black and white have the same.
    """
    if not re.fullmatch(r"#[0-9a-f]{6}", background):
        return theme
    parts = [int(background[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return Theme.light if 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE_LUMINANCE else Theme.dark


def inks(theme: Theme) -> dict[str, Ink]:
    """The inks that stand in attributes: light ones, unless dark was asked for."""
    return DARK if theme is Theme.dark else LIGHT


def style(theme: Theme, scope: str) -> str:
    """What changes on a dark screen within the drawing of that id; nothing where the theme is fixed."""
    return f"<style>{_if_dark(_rules(DARK, scope, DARK))}</style>" if theme is Theme.auto else ""


def whole_style(theme: Theme, scope: str, borders: Mapping[str, float], signs: Mapping[str, tuple[str, str]]) -> str:
    """All inks within the drawing of that id, whose shapes have none in attributes, and the borders of boxes.

    `signs` are the ink and the dashes of each sign of an arrow.
    """
    dark = _if_dark(_page_rules(DARK, scope, signs)) if theme is Theme.auto else ""
    usual = f"stroke-width:{borders[USUAL_BOX]:g}"
    fixed = {"rect": usual, ".g-condition": usual, ".g-output": f"stroke-width:{borders['output']:g}"} | FIXED
    fixed |= {f".g-{sign} path": _dashed(dashes) for sign, (_, dashes) in signs.items() if dashes}
    told = "".join(f"#{scope} {what}{{{how}}}" for what, how in fixed.items())
    sign = f".{scope}-s circle{{fill:currentColor}}.{scope}-s text{{stroke-width:.45;font-size:12px}}"
    sizes = f"#{scope}{{font-size:12px}}#{scope}-legend{{font-size:11px}}"
    return f"<style>{sizes}{told}{sign}{_page_rules(inks(theme), scope, signs)}{dark}</style>"


def _dashed(dashes: str) -> str:
    """Dashes of a line; those of no length are dots."""
    return f"stroke-dasharray:{dashes}" + (";stroke-linecap:round" if dashes.startswith("0") else "")


def _page_rules(inks: dict[str, Ink], scope: str, signs: Mapping[str, tuple[str, str]]) -> str:
    """The rules that differ between themes."""
    found = {what: f"fill:{inks[name].fill}" for what, name in USUAL.items()}
    found["rect"] = f"fill:{inks[USUAL_BOX].fill};stroke:{inks[USUAL_BOX].border}"
    found |= {f".g-{name}": f"fill:{inks[name].fill}{_border(inks[name])}" for name in FILLED}
    found |= {f".g-{sign}": f"color:{inks[name].fill}" for sign, (name, _) in signs.items()}
    found |= {f".g-{name}-line": f"stroke:{inks[name].fill}" for name in ("quiet", "bare")}
    found |= {".g-t": _letter(inks["text"].fill), ".g-quiet": f"color:{inks['quiet'].fill}"}
    told = "".join(f"#{scope} {what}{{{how}}}" for what, how in found.items())
    return f"{told}.{scope}-s text{{{_letter(inks['paper'].fill)}}}"


def _letter(ink: str) -> str:
    """A letter with a border of its ink."""
    return f"fill:{ink};stroke:{ink}"


def _if_dark(rules: str) -> str:
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def _rules(inks: Mapping[str, Ink], scope: str, lines: Collection[str]) -> str:
    """Each ink with its border, and as that of lines."""
    shapes = (f"#{scope} .g-{name}{{fill:{ink.fill}{_border(ink)}}}" for name, ink in inks.items())
    return "".join([*shapes, *(f"#{scope} .g-{name}-line{{stroke:{inks[name].fill}}}" for name in lines)])


def _border(ink: Ink) -> str:
    return "" if ink.border == "none" else f";stroke:{ink.border}"
