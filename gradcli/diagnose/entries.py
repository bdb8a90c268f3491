"""Notices of a program with arrays: which numbers the loops had at the place, and one for many entries that are alike.

Depends on errors and on the program alone.
"""

import re
from collections.abc import Sequence

from gradcli.errors import Notice
from gradcli.language.program import Program

_INDEX = re.compile(r"\[\d+(?:,\d+)*\]")
_NUMBER = re.compile(r"-?\b(?:\d[\d.,]*(?:e[-+]?\d+)?|inf|nan)\b")
_REPEATED = re.compile(r"\b(\S.{0,60}?)(?:(?:, | and )\1)+(?!\w)")
_QUOTED = re.compile(r"`[^`]*`")


def told_once(program: Program, notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """The notices, those that differ in indices and numbers alone as one. Without arrays all are kept."""
    if not program.arrays:
        return tuple(notices)
    alike: dict[object, list[Notice]] = {}
    for notice in notices:
        alike.setdefault((notice.kind, notice.span, _sentence(notice.message)), []).append(notice)
    return tuple(_merged(them) for them in alike.values())


def _sentence(message: str) -> str:
    """A message without its formulas, numbers and indices: what two of one place have in common."""
    return _REPEATED.sub(r"\1", _NUMBER.sub("#", _INDEX.sub("[]", _QUOTED.sub("``", message))))


def _merged(them: Sequence[Notice]) -> Notice:
    first, others = them[0], len(them) - 1
    more = f"; {others:,} more {'entry' if others == 1 else 'entries'} likewise" if others else ""
    return first._replace(message=first.message + more)


def in_loops(program: Program, notice: Notice) -> Notice:
    """A notice with the numbers of the loops that made its node, behind the first formula in it."""
    counted = program.counted.get(-1 if notice.node is None else notice.node)
    place = _QUOTED.search(notice.message) if counted else None
    if not place:
        return notice
    start, rest = notice.message[: place.end()], notice.message[place.end() :]
    return notice._replace(message=f"{start} ({counted}){rest}")
