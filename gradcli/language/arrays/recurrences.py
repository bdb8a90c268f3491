"""An array whose entries are defined one by one: h[1] = x; h[t] = tanh(w*h[t-1]) for t in 2..20.

Depends on `gradcli.shapes` and on errors.
"""

from itertools import islice
from math import prod

from gradcli.errors import LanguageError, Source, Span
from gradcli.shapes import Array, Index, Shape, entry_name, indices, shape_text

Value = int | Array[int]


class Recurrence:
    """The entries of one array that are defined so far; closed once it is used as a whole."""

    def __init__(self, name: str, source: Source) -> None:
        self.name, self.source = name, source
        self.entries: dict[Index, Value] = {}
        self.array: Array[int] | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it was used as a whole."""
        return self.array is not None

    @property
    def dimensions(self) -> int:
        """How many indices define an entry."""
        return len(next(iter(self.entries), ()))

    @property
    def is_whole(self) -> bool:
        """Whether all of its entries are there."""
        sizes: list[int] = [max(each) for each in zip(*self.entries, strict=True)]
        return len(self.entries) == prod(sizes)

    def define(self, index: Index, value: Value, span: Span) -> None:
        """Take up an entry. Raises LanguageError for one that cannot stand beside the others."""
        shown = entry_name(self.name, index)
        if self.is_closed:
            raise self._error(f"`{shown}` is set after `{self.name}` was used as a whole", "move it up", span)
        if min(index) < 1:
            raise self._error(f"there is no `{shown}`", "indices begin at 1", span)
        if index in self.entries:
            raise self._error(f"`{shown}` is defined twice", "leave one of them out", span)
        if self.entries and len(index) != self.dimensions:
            noun = "index" if len(index) == 1 else "indices"
            message = f"`{shown}` has {len(index)} {noun}, and an entry before it has {self.dimensions}"
            raise self._error(message, "give all entries as many", span)
        self._check_shape(shown, value, span)
        self.entries[index] = value

    def _check_shape(self, shown: str, value: Value, span: Span) -> None:
        first = next(iter(self.entries), None)
        if first is None:
            return
        before = _shape(self.entries[first])
        if _shape(value) != before:
            other = entry_name(self.name, first)
            message = f"`{shown}` is {_told(_shape(value))}, and `{other}` is {_told(before)}"
            raise self._error(message, "give all entries one shape", span)

    def entry(self, index: Index, span: Span) -> Value:
        """An entry that is defined. Raises LanguageError for one that is not, or not yet."""
        if index in self.entries:
            return self.entries[index]
        shown = entry_name(self.name, index)
        if min(index) < 1:
            message, hint = f"there is no `{shown}`: indices begin at 1", f"begin with {self.name}[1] = …"
        elif not self.entries:
            message, hint = f"`{shown}` is not defined yet", f"define the first entry before: {self.name}[1] = …"
        else:
            last = entry_name(self.name, next(reversed(self.entries)))
            message, hint = f"`{shown}` is not defined yet; the last is `{last}`", "an entry uses those before it"
        raise self._error(message, hint, span)

    def whole(self, span: Span) -> Array[int]:
        """All entries as one array, after which none can be set. Raises LanguageError where one is missing."""
        if self.array is None:
            self.array = self._closed(span)
        return self.array

    def _closed(self, span: Span) -> Array[int]:
        shape = tuple(map(max, zip(*self.entries, strict=True)))
        if prod(shape) != len(self.entries):
            gap = next(islice((index for index in indices(shape) if index not in self.entries), 1))
            message = f"`{self.name}` has a gap: `{entry_name(self.name, gap)}` is not defined"
            raise self._error(message, "define all entries from 1 on", span)
        values = [self.entries[index] for index in indices(shape)]
        inner = _shape(values[0])
        flat = [each for value in values for each in (value.entries if isinstance(value, Array) else (value,))]
        return Array((*shape, *inner), flat)

    def _error(self, message: str, hint: str, span: Span) -> LanguageError:
        return LanguageError(message, hint=hint, span=span, source=self.source)


def _shape(value: Value) -> Shape:
    return value.shape if isinstance(value, Array) else ()


def _told(shape: Shape) -> str:
    return shape_text(shape) if shape else "a number"
