"""A program made ready to be evaluated again and again: its value, and its gradient by chosen nodes.

Depends on `gradcli.derivatives` for the gradient's graph and on `gradcli.evaluate.scalar` for the numbers.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple

from gradcli.derivatives import Derivative, differentiate
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import dependent, reachable
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS


class Point(NamedTuple):
    """Value and gradient at one set of bindings; the gradient has the names and the order that were asked for."""

    bindings: Mapping[str, float]
    value: float
    gradient: dict[str, float]

    @property
    def finite(self) -> bool:
        """Whether every number of it is."""
        return isfinite(self.value) and all(map(isfinite, self.gradient.values()))


class Gradient:
    """The derivative of a program's output by named nodes (variables by default), ready for any bindings.

    With `defined` it is NaN where it leads through a node that is NaN, whatever number a rule gives there.

    outputs  the node of the value, then those of the derivatives; the value alone where there are none
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
        self.outputs = [program.output, *self.derivative.gradient]
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
        value, *slopes = [values[node] for node in self.outputs]
        return Point(bindings, value, dict(zip(self.wrt, slopes, strict=True)))


class Outputs(Gradient):
    """The entries of an output that is an array, ready for any bindings: the first stands for the value."""

    def __init__(self, program: Program) -> None:
        first, *others = program.entries
        self.program, self.defined = program, False
        self.wrt = {f"[{place}]": node for place, node in enumerate(others, 2)}
        self.derivative = Derivative(program.graph, first, tuple(others), {}, ())
        self.outputs = [first, *others]
        self.needed = reachable(program.graph, self.outputs)
        self.operations = sum(self.needed)
        self.ready = {}
