"""Arrays as a Python program has them: nested lists, tuples and NumPy's arrays, spread to entries by name; and back.

Depends on `gradcli.shapes`, and on `gradcli.evaluate.constant` for an array that is a text. NumPy is never loaded here:
who passes an array of it has loaded it.
"""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from gradcli.errors import BindingError, Source
from gradcli.evaluate.constant import constants
from gradcli.graph.written import Written
from gradcli.shapes import Array, Shape, entry_names, flattened, grouped, nested, plain_entry

_NUMBERS = frozenset({float, int, str, Written})


class Given(NamedTuple):
    """What a Python program binds.

    values   name → what was given; of an array name of the entry → entry
    shapes   the arrays
    numpy    those of them that are NumPy's, or like them
    misfits  the names of lists that are no arrays, and why
    """

    values: dict[str, Any]
    shapes: dict[str, Shape]
    numpy: frozenset[str] = frozenset()
    misfits: Mapping[str, str] = {}

    def formed(self, name: str, array: Array[float]) -> Any:
        """An array of an answer: lists in lists where lists were given, and else NumPy's."""
        own = name in self.numpy if name in self.shapes else bool(self.numpy)
        numpy = sys.modules.get("numpy") if own else None
        return numpy.array([*map(float, array.entries)]).reshape(array.shape) if numpy else nested(array)

    def check_fit(self, name: str) -> None:
        """Raise BindingError for a list that is no array."""
        if name in self.misfits:
            raise BindingError(
                f"`{name}` is no array: {self.misfits[name]}", hint="pass rows of one length: [[1, 2], [3, 4]]"
            )


def spread_out(given: Mapping[str, Any]) -> Given:
    """What is given, with the entries of arrays by their names."""
    if _NUMBERS.issuperset(map(type, given.values())) and not any(
        isinstance(value, str) and value.lstrip()[:1] == "[" for value in given.values()
    ):
        return Given({plain_entry(name): value for name, value in given.items()}, {})
    values, shapes, misfits, numpy = dict[str, Any](), dict[str, Shape](), dict[str, str](), set[str]()
    for name, value in given.items():
        found = _array(name, value)
        if isinstance(found, Array):
            values |= found.named(name)
            shapes[name] = found.shape
            numpy |= {name} if _is_numpy(value) else set()
        else:
            values[plain_entry(name)] = value
            misfits |= {name: found} if found else {}
    return Given(values, shapes, frozenset(numpy), misfits)


def _array(name: str, value: Any) -> Array[Any] | str:
    """What is an array; else why it is none, where it looks like one, and nothing for a number."""
    if isinstance(value, str) and value.lstrip()[:1] == "[":
        return constants(Source(value, name))
    if _is_numpy(value):
        return _of_numpy(name, value)
    if not isinstance(value, list | tuple):
        return ""
    nest = _listed(value)
    return flattened(nest) or _misfit(nest)


def _is_numpy(value: Any) -> bool:
    """Whether something is an array of NumPy, or of what is like it: of PyTorch, JAX, pandas."""
    return bool(getattr(value, "ndim", 0)) and hasattr(value, "__array__") and hasattr(value, "tolist")


def _of_numpy(name: str, value: Any) -> Array[Any] | str:
    kind = getattr(value.dtype, "kind", "f")
    if kind not in "fiubOU":
        raise BindingError(f"`{name}` is not made of real numbers: its type is {value.dtype}", hint="pass doubles")
    shape = tuple(map(int, value.shape))
    return flattened(value.tolist()) or f"its shape is {shape}, and has no entries"


def _listed(value: Any) -> Any:
    """Lists in lists, whatever else was in them."""
    if _is_numpy(value):
        return value.tolist()
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def _misfit(nest: Any) -> str:
    """Why lists are no array."""
    level = [nest]
    while level:
        sizes = sorted({len(each) if isinstance(each, list) else -1 for each in level})
        if 0 in sizes:
            return "a list is empty"
        if len(sizes) > 1:
            return (
                f"its lists have {sizes[0]} and {sizes[-1]} entries" if sizes[0] > 0 else "a number stands among lists"
            )
        level = [inner for each in level for inner in each] if sizes != [-1] else []
    return "its lists are no rows"


def formed(values: Mapping[str, float], shapes: Mapping[str, Shape], form: Any) -> dict[str, Any]:
    """Numbers by name, the entries of each whole array as what `form` makes of it."""
    found = grouped(values, shapes)
    return {name: form(name, value) if isinstance(value, Array) else value for name, value in found.items()}


def with_shapes(variables: Any, shapes: Mapping[str, Any]) -> Any:
    """Names of variables, with the entries of arrays of these shapes. Raises BindingError for what is no shape."""
    entries = [each for name, shape in shapes.items() for each in entry_names(name, as_shape(name, shape))]
    if hasattr(variables, "keys"):
        return {**variables, **dict.fromkeys(entries)}
    return [*variables, *entries]


def as_shape(name: str, given: Any) -> Shape:
    """A shape as it is given: 3, (3,) or [2, 3]. Raises BindingError."""
    sizes = (given,) if isinstance(given, int) else tuple(given) if isinstance(given, list | tuple) else ()
    if not sizes or not all(isinstance(size, int) and not isinstance(size, bool) and size > 0 for size in sizes):
        raise BindingError(f"`{name}` has no shape: {given!r:.40}", hint=f"pass shapes={{{name!r}: (2, 3)}}")
    return sizes
