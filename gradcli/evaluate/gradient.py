"""A program made ready to be evaluated again and again: its value, and its gradient by chosen nodes.

Depends on `gradcli.derivatives` for the gradient's graph and on `gradcli.evaluate.scalar` for the numbers.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from gradcli.derivatives import Derivative, differentiate
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import dependent, reachable
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

T = TypeVar("T")
NO_ENTRIES: Mapping[str, Any] = MappingProxyType({})


class Point(NamedTuple):
    """Value and gradient at one set of bindings; the gradient has the names and the order that were asked for.

    `entries` are those of an output that is an array, by name; the value is the first of them then.
    """

    bindings: Mapping[str, float]
    value: float
    gradient: dict[str, float]
    entries: Mapping[str, float] = NO_ENTRIES

    @property
    def finite(self) -> bool:
        """Whether every number of it is."""
        return isfinite(self.value) and all(map(isfinite, (*self.gradient.values(), *self.entries.values())))


class Gradient:
    """The derivative of a program's output by named nodes (variables by default), ready for any bindings.

    With `defined` it is NaN where it leads through a node that is NaN, whatever number a rule gives there.

    outputs  the node of the value, or those of its entries, then those of the derivatives if there are any
    needed   flags of the nodes that they depend on, and `operations` their number
    ready    what others have made ready of it, once for all points
    """

    def __init__(
        self, program: Program, wrt: Mapping[str, int] | None = None, *, edges: bool = False, defined: bool = False
    ) -> None:
        self.program, self.defined = program, defined
        self.wrt = dict(program.variables if wrt is None else wrt)
        nodes = tuple(self.wrt.values())
        self.derivative: Derivative = differentiate(program.graph, program.output, nodes, edges=edges, defined=defined)
        self.outputs = [*program.outputs, *self.derivative.gradient]
        self.needed = reachable(program.graph, self.outputs)
        self.operations = sum(self.needed)
        self.ready: dict[str, Any] = {}

    @classmethod
    def of(
        cls, program: Program, wrt: Mapping[str, int] | None = None, *, edges: bool = False, defined: bool = False
    ) -> "Gradient":
        """The same; the one that was made before where a program has `gradients` to keep it in."""
        kept: dict[object, Gradient] = getattr(program, "gradients", {})
        asked = (None if wrt is None else (*wrt.items(),), edges, defined)
        if asked not in kept:
            kept[asked] = cls(program, wrt, edges=edges, defined=defined)
        return kept[asked]

    @cached_property
    def kinked(self) -> list[int]:
        """The nodes between `wrt` and the output that have a kink somewhere."""
        graph, output = self.program.graph, self.program.output
        needed, moving = reachable(graph, [output]), dependent(graph, self.wrt.values(), output)
        operators = enumerate(graph.operators[: output + 1])
        return [
            at for at, name in operators if needed[at] and moving[at] and name in OPERATORS and OPERATORS[name].kink
        ]

    def at(self, bindings: Mapping[str, float]) -> Point:
        """Value and gradient at the bindings. Raises KeyError where a variable has none."""
        return self.point(bindings, evaluate_all(self.program.graph, self.needed, bindings))

    def point(self, bindings: Mapping[str, float], values: Mapping[int, float] | Sequence[float]) -> Point:
        """Value and gradient where the nodes have these values."""
        return Point(bindings, *self.parted([values[node] for node in self.outputs]))

    def parted(self, numbers: Sequence[T]) -> tuple[T, dict[str, T], Mapping[str, T]]:
        """The numbers of `outputs` as value, gradient by name, and entries by name where the output is an array."""
        program = self.program
        count = len(program.outputs)
        slopes = dict(zip(self.wrt, numbers[count:], strict=True))
        entries = dict(zip(program.output_names, numbers, strict=False)) if program.entries else NO_ENTRIES
        return numbers[0], slopes, entries

    @property
    def names(self) -> dict[int, str]:
        """Each node of the answer as the output lines call it; the first name of a node that has several."""
        slopes = [f"d{self.program.name}/d{name}" for name in self.wrt]
        names: dict[int, str] = {}
        for name, node in zip((*self.program.output_names, *slopes), self.outputs, strict=True):
            names.setdefault(node, name)
        return names
