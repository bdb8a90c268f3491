"""Arrays as names with indices: `W[1,2]` is an entry of W, whose shape is (2, 3). Indices begin at 1.

Depends on nothing. An array is its shape and its entries, the last index running fastest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Shape = tuple[int, ...]
Index = tuple[int, ...]

_ENTRY = r"(.*[^\s\]])\s*\[\s*([0-9]+(?:\s*,\s*[0-9]+)*)\s*\]"
"""The name of an entry; compiled where one is looked for."""
_PART = r"(?:\[[^\]]*\]|`[^`]*`|[^,\[`])+"
"""One of several names with commas between them."""


class Array(NamedTuple, Generic[T_co]):
    """Entries of a shape, the last index running fastest."""

    shape: Shape
    entries: Sequence[T_co]

    def named(self, name: str) -> dict[str, T_co]:
        """Name -> entry: W[1,1], W[1,2], …"""
        return dict(zip(entry_names(name, self.shape), self.entries, strict=True))

    def rows(self) -> "Iterator[Array[T_co]]":
        """The arrays that the first index tells apart."""
        size = prod(self.shape[1:])
        for at in range(self.shape[0]):
            yield Array(self.shape[1:], self.entries[at * size : (at + 1) * size])


def indices(shape: Shape) -> Iterator[Index]:
    """All indices of a shape.

    >>> [*indices((2, 2))]
    [(1, 1), (1, 2), (2, 1), (2, 2)]
    """
    return product(*(range(1, size + 1) for size in shape))


def entry_name(name: str, index: Iterable[int]) -> str:
    """The name of an entry: W[1,2]."""
    return f"{name}[{','.join(map(str, index))}]"


def entry_names(name: str, shape: Shape) -> list[str]:
    """The names of all entries."""
    return [entry_name(name, index) for index in indices(shape)]


def parted(name: str) -> tuple[str, Index] | None:
    """The array and the index of an entry's name; None for a name without an index.

    >>> parted("W[1, 2]"), parted("W")
    (('W', (1, 2)), None)
    """
    if not name.endswith("]") or not (match := re.fullmatch(_ENTRY, name.strip())):
        return None
    return match[1], tuple(map(int, match[2].split(",")))


def plain_entry(name: str) -> str:
    """The name of an entry without blanks, and any other name as it is."""
    found = parted(name)
    return entry_name(*found) if found else name


def names_in(text: str) -> list[str]:
    """The names in a list with commas, of which those of an index are none; back-ticks around a name are no part of it.

    >>> names_in("W[1, 2], b, `a, b`")
    ['W[1,2]', 'b', 'a, b']
    """
    return [plain_entry(part.strip().strip("`")) for part in re.findall(_PART, text) if part.strip()]


def spread(names: Iterable[str], shapes: Mapping[str, Shape]) -> Iterator[str]:
    """Names, with the entries of each that is an array.

    >>> [*spread(["b", "x"], {"x": (2,)})]
    ['b', 'x[1]', 'x[2]']
    """
    for name in names:
        yield from entry_names(name, shapes[name]) if name in shapes else (name,)


def shape_text(shape: Shape) -> str:
    """A shape as it is declared.

    >>> shape_text((2, 3))
    '[2, 3]'
    """
    return f"[{', '.join(map(str, shape))}]"


def nested(array: Array[T]) -> list[Any]:
    """The entries as lists in lists.

    >>> nested(Array((2, 2), (1, 2, 3, 4)))
    [[1, 2], [3, 4]]
    """
    found: list[Any] = list(array.entries)
    for size in array.shape[:0:-1]:
        entries = iter(found)
        found = [[*islice(entries, size)] for _ in range(len(found) // size)]
    return found


def flattened(nest: Sequence[Any]) -> Array[Any] | None:
    """Lists in lists as an array; None where they have not one shape, or one is empty."""
    shape: list[int] = []
    level: list[Any] = [nest]
    while all(isinstance(each, list | tuple) for each in level):
        sizes = {len(each) for each in level}
        if len(sizes) != 1 or 0 in sizes:
            return None
        shape.append(sizes.pop())
        level = [inner for each in level for inner in each]
    return None if any(isinstance(each, list | tuple) for each in level) else Array(tuple(shape), level)


def grouped(values: Mapping[str, T], shapes: Mapping[str, Shape]) -> dict[str, T | Array[T]]:
    """Values by name, in which the entries of each array that is whole are that array.

    >>> grouped({"x[1]": 1, "x[2]": 2, "b": 3}, {"x": (2,)})
    {'x': Array(shape=(2,), entries=[1, 2]), 'b': 3}
    """
    if not shapes:
        return dict(values)
    found: dict[str, T | Array[T]] = {}
    names = {name: entry_names(name, shape) for name, shape in shapes.items()}
    whole = {name: them for name, them in names.items() if all(each in values for each in them)}
    for name, value in values.items():
        entry = parted(name)
        array = entry[0] if entry else ""
        if array not in whole:
            found[name] = value
        elif array not in found:
            found[array] = Array(shapes[array], [values[one] for one in whole[array]])
    return found


def gathered(names: Iterable[str]) -> dict[str, Shape]:
    """The arrays whose entries are all among some names, as columns x[1], x[2] are; and their shapes."""
    found: dict[str, list[Index]] = {}
    for name in names:
        if entry := parted(name):
            found.setdefault(entry[0], []).append(entry[1])
    return {name: shape for name, them in found.items() if (shape := _filled(them))}


def _filled(them: Sequence[Index]) -> Shape | None:
    """The shape of which these are all indices."""
    if len({len(index) for index in them}) != 1:
        return None
    shape = tuple(map(max, zip(*them, strict=True)))
    return shape if prod(shape) == len({*them}) == len(them) and min(map(min, them)) > 0 else None
