"""Entries and parts of an array: x[2], W[1, :], h[2..].

Depends on `unfolding` for the values.
"""

from collections.abc import Sequence

from gradcli.errors import LanguageError
from gradcli.language.arrays.unfolding import Unfolding, Value
from gradcli.shapes import Array, Shape

Selector = int | range
"""One index, or the indices of a part."""


def index(unfolding: Unfolding, at: int, operands: tuple[int, ...]) -> Value:
    """An entry of an array, or a part of it."""
    base, *selectors = operands
    recurrence = unfolding.recurrence(base)
    if recurrence and all(unfolding.static.is_static[each] for each in selectors):
        given = tuple(unfolding.whole(each, "an index") for each in selectors)
        if recurrence.dimensions in (0, len(given)):
            return recurrence.entry(given, unfolding.span(at))
    return _part(unfolding, at, base, selectors)


def _part(unfolding: Unfolding, at: int, base: int, selectors: Sequence[int]) -> Value:
    value = unfolding.value(base)
    if not isinstance(value, Array):
        text = unfolding.text(base)
        hint = f"declare its shape: {text}: [3], or bind an array: {text}=[1,2,3]"
        raise unfolding.error(f"`{text}` is a number, and has no entries", hint, at)
    shape = value.shape
    if len(selectors) != len(shape):
        raise _wrong_count(unfolding, at, base, selectors, shape)
    chosen = [_selector(unfolding, at, node, base, shape[place]) for place, node in enumerate(selectors)]
    return selected(value, chosen)


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


def _selector(unfolding: Unfolding, at: int, node: int, base: int, size: int) -> Selector:
    """What an index chooses of so many entries."""
    operator = unfolding.written.operators[node]
    if operator == "all":
        return range(1, size + 1)
    if operator != "range":
        return _checked(unfolding, at, unfolding.whole(node, "an index"), base, size)
    first, last = (_end(unfolding, each, size) for each in unfolding.written.operands[node])
    for number in (first, last):
        _checked(unfolding, at, number, base, size)
    if last < first:
        raise unfolding.error(f"the range {first}..{last} is empty", "write the lower end first", at)
    return range(first, last + 1)


def _end(unfolding: Unfolding, node: int, size: int) -> int:
    """An end of a range, where none is written that of the array."""
    operator = unfolding.written.operators[node]
    return 1 if operator == "begin" else size if operator == "end" else unfolding.whole(node, "the end of a range")


def _checked(unfolding: Unfolding, at: int, number: int, base: int, size: int) -> int:
    """An index that is there. Raises LanguageError for another."""
    if 1 <= number <= size:
        return number
    text = unfolding.text(base)
    if number == 0:
        message, hint = f"indices begin at 1: there is no entry 0 of `{text}`", f"the first is {text}[1]"
    elif number < 0:
        message, hint = f"there is no entry {number} of `{text}`", f"the last is {text}[{size}]"
    else:
        message = f"there is no entry {number} of `{text}`, which has {size}"
        hint = f"the last is {text}[{size}]; indices begin at 1 and both ends of a range count"
    raise unfolding.error(message, hint, at)


def _wrong_count(unfolding: Unfolding, at: int, base: int, selectors: Sequence[int], shape: Shape) -> LanguageError:
    text, count = unfolding.text(base), len(selectors)
    given = [unfolding.text(each) for each in selectors][: len(shape)]
    filled = ", ".join([*given, *[":"] * (len(shape) - len(given))])
    noun, verb = "index" if len(shape) == 1 else "indices", "is" if count == 1 else "are"
    message = f"`{text}` has {len(shape)} {noun}, and {count} {verb} given"
    return unfolding.error(message, f"write {text}[{filled}]", at)
