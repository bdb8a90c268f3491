"""What a person may have meant by a name: near spellings, and letters that only look alike.

Depends on nothing. Used wherever a name is not found.
"""

from collections.abc import Iterable
from itertools import islice
from unicodedata import name as unicode_name

_CYRILLIC = "асеорхуікѕјԁһԛԝАВЕКМНОРСТХУІЅЈ"
_GREEK = "αονικρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN_LOOKS = dict(zip(_CYRILLIC + _GREEK, "aceopxyiksjdhqwABEKMHOPCTXYISJ" + "aovikpuxABEZHIKMNOPTYX", strict=True))
_SKELETON = str.maketrans(_LATIN_LOOKS)

MOST_COMPARED, LONGEST_COMPARED = 2_000, 60
"""Names, and letters of the one in question: a suggestion is not worth more time."""


def did_you_mean(name: str, names: Iterable[str], mark: str = "", cutoff: float = 0.6) -> str:
    """A hint that names up to three near spellings, each after a mark; empty where nothing is near."""
    from difflib import get_close_matches  # only a mistake needs it

    known = sorted(set(islice(names, MOST_COMPARED)))
    near = [other for other in known if other.casefold() == name.casefold()][:3]
    if not near and len(name) <= LONGEST_COMPARED:
        swapped = [other for other in known if len(name) > 2 and sorted(other) == sorted(name)]
        near = [*dict.fromkeys([*swapped, *get_close_matches(name, known, n=3, cutoff=cutoff)])][:3]
    return f"did you mean {' or '.join(mark + other for other in near)}?" if near else ""


def look_alike(name: str, names: Iterable[str]) -> str:
    """A sentence about a name whose letters look like those of another, with the one that differs; or nothing."""
    for other in names:
        if other != name and other.translate(_SKELETON) == name.translate(_SKELETON):
            strange = next(letter for letter in name + other if letter in _LATIN_LOOKS)
            return f"`{name}` is not `{other}`: {_described(strange)} only looks like {_LATIN_LOOKS[strange]}"
    return ""


def _described(letter: str) -> str:
    return f"{unicode_name(letter).title()} (U+{ord(letter):04X})"
