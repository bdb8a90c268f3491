"""Inks of a drawing, light and dark: attributes, which every renderer reads, and a style where the reader chooses.

Depends on `look`. Each text has a contrast of 4.5:1 or more with what it stands on.
"""

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
    "zero": Ink("#656d76"),
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


def inks(theme: Theme) -> dict[str, Ink]:
    """The inks that stand in attributes: light ones, unless dark was asked for."""
    return DARK if theme is Theme.dark else LIGHT


def style(theme: Theme, scope: str) -> str:
    """What changes on a dark screen within the drawing of that id; nothing where the theme is fixed."""
    return f"<style>{_if_dark(_rules(DARK, scope))}</style>" if theme is Theme.auto else ""


def whole_style(theme: Theme, scope: str) -> str:
    """All inks within the drawing of that id, whose shapes have none in attributes."""
    dark = _if_dark(_rules(DARK, scope)) if theme is Theme.auto else ""
    fixed = f"#{scope}{{font-size:12px}}#{scope} .g-bold{{stroke-width:.45}}"
    fixed += f"#{scope} .is-value,#{scope} .is-gradient{{text-anchor:end}}"
    return f"<style>{fixed}{_rules(inks(theme), scope)}{dark}</style>"


def _if_dark(rules: str) -> str:
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def _rules(inks: dict[str, Ink], scope: str) -> str:
    shapes = "".join(f"#{scope} .g-{name}{{fill:{ink.fill};stroke:{ink.border}}}" for name, ink in inks.items())
    return shapes + "".join(f"#{scope} .g-{name}-line{{stroke:{ink.fill}}}" for name, ink in inks.items())
