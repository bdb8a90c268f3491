"""Entries and parts of an array: x[2], W[1, :], h[2..].

Depends on `unfolding` for the values.
"""

from collections.abc import Sequence

from gradcli.errors import LanguageError
from gradcli.graph.graph import VARIABLE
from gradcli.language.arrays.state import Value
from gradcli.language.arrays.unfolding import Unfolding
from gradcli.shapes import Array, Shape

ORDINALS = ("first", "second", "third")
Selector = int | range
"""One index, or the indices of a part."""


def index(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """An entry of an array, or a part of it."""
    base, *selectors = operands
    recurrence = unfolding.recurrence(base)
    if recurrence and all(unfolding.static.is_static[each] for each in selectors):
        given = tuple(unfolding.whole(each, "an index", at) for each in selectors)
        if recurrence.dimensions in (0, len(given)):
            return recurrence.entry(given, unfolding.span(at))
    return _part(unfolding, at, base, selectors)


def _part(unfolding: Unfolding, at: int, base: int, selectors: Sequence[int]) -> Value:
    value = unfolding.value(base)
    if not isinstance(value, Array):
        raise no_entries(unfolding, at, base)
    shape = value.shape
    if len(selectors) != len(shape):
        raise _wrong_count(unfolding, at, base, selectors, shape)
    chosen = [_selector(unfolding, at, node, shape[place]) for place, node in enumerate(selectors)]
    for place, (selector, size) in enumerate(zip(chosen, shape, strict=True)):
        for number in (selector,) if isinstance(selector, int) else (selector[0], selector[-1]):
            if not 1 <= number <= size:
                raise _out_of_range(unfolding, at, base, shape, place, number)
    return selected(value, chosen)


def no_entries(unfolding: Unfolding, at: int, base: int) -> LanguageError:
    """The error for an index of a number."""
    text = unfolding.text(base)
    if unfolding.written.operators[base] != VARIABLE:
        return unfolding.error(f"`{text}` is a number, and has no entries", "take the index away", at)
    hint = f"declare its shape: {text}: [3], or bind an array: {text}=[1,2,3]"
    what = "has no shape, and so no entries" if unfolding.is_unknown(base) else "is a number, and has no entries"
    return unfolding.error(f"`{text}` {what}", hint, at)


def selected(array: Array[int], chosen: Sequence[Selector]) -> Value:
    """The entries that are chosen, one list of places for each index.

    >>> selected(Array((2, 3), (1, 2, 3, 4, 5, 6)), [2, range(1, 3)])
    Array(shape=(2,), entries=[4, 5])
    """
    places = [0]
    for size, selector in zip(array.shape, chosen, strict=True):
        numbers = (selector,) if isinstance(selector, int) else selector
        places = [place * size + number - 1 for place in places for number in numbers]
    shape = tuple(len(selector) for selector in chosen if not isinstance(selector, int))
    entries = [array.entries[place] for place in places]
    return Array(shape, entries) if shape else entries[0]


def _selector(unfolding: Unfolding, at: int, node: int, size: int) -> Selector:
    """What an index chooses of so many entries."""
    operator = unfolding.written.operators[node]
    if operator == "all":
        return range(1, size + 1)
    if operator != "range":
        return unfolding.whole(node, "an index", at)
    first, last = (_end(unfolding, at, each, size) for each in unfolding.written.operands[node])
    if last < first:
        hint = "write the lower end first" if last > 0 else f"write {first}.. for all to the end"
        raise unfolding.error(f"the range {first}..{last} is empty", hint, at)
    return range(first, last + 1)


def _end(unfolding: Unfolding, at: int, node: int, size: int) -> int:
    """An end of a range, where none is written that of the array."""
    operator = unfolding.written.operators[node]
    return 1 if operator == "begin" else size if operator == "end" else unfolding.whole(node, "the end of a range", at)


def _out_of_range(unfolding: Unfolding, at: int, base: int, shape: Shape, place: int, number: int) -> LanguageError:
    """The error for an index that is too small or too large."""
    text, size = unfolding.text(base), shape[place]
    which = "" if len(shape) == 1 else f"{ORDINALS[place]} " if place < len(ORDINALS) else f"{place + 1}th "
    message = f"the {which}index of `{text}` goes from 1 to {size}, and {number} is given"
    given = [unfolding.text(each) for each in unfolding.written.operands[at][1:]]
    given[place] = str(1 if number == 0 else size)
    what = "the first" if number == 0 else "the last"
    return unfolding.error(message, f"{what} is {text}[{', '.join(given)}]; indices begin at 1", at)


def _wrong_count(unfolding: Unfolding, at: int, base: int, selectors: Sequence[int], shape: Shape) -> LanguageError:
    text, count = unfolding.text(base), len(selectors)
    given = [unfolding.text(each) for each in selectors][: len(shape)]
    filled = ", ".join([*given, *[":"] * (len(shape) - len(given))])
    noun, verb = "index" if len(shape) == 1 else "indices", "is" if count == 1 else "are"
    message = f"`{text}` has {len(shape)} {noun}, and {count} {verb} given"
    return unfolding.error(message, f"write {text}[{filled}]", at)
