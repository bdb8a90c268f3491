"""Claims of the kinds that people have, each with a small mistake in it: calculus courses, physics, statistics, losses,
normalisation, finance. They stand in known_claims.txt, a line each.
"""

from pathlib import Path
from typing import NamedTuple


class KnownClaim(NamedTuple):
    """A formula, a derivative of it, what that is, and what a small mistake makes of it."""

    text: str
    left: str
    right: str
    wrong: str


def known_claims() -> list[KnownClaim]:
    """All of them."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return [KnownClaim(*map(str.strip, line.split("::"))) for line in lines if line and not line.startswith("#")]
