"""Graph + bindings → floats, one number a node, with IEEE 754 behaviour: 1/0 is inf, log(-1) is NaN, nothing raises.

Depends on the operator table and `gradcli.kernels`. This is plain double precision.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from gradcli.graph.graph import Graph
from gradcli.graph.template import Template
from gradcli.graph.walk import interpret, leaves, reachable
from gradcli.kernels import KERNELS
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

Kernel = Callable[..., float]


class _Meanings(dict[str, Kernel]):
    """Operator → its meaning in doubles, found when first asked for: a kernel, `math`'s function, or the definition."""

    def __missing__(self, operator: str) -> Kernel:
        row = OPERATORS[operator]
        native = getattr(math, operator, None)
        self[operator] = kernel = KERNELS.get(operator) or _native(row, native) or _composite(row)
        return kernel


MEANINGS = _Meanings()


def evaluate(graph: Graph, outputs: Sequence[int], bindings: Mapping[str, float]) -> list[float]:
    """The values of the nodes `outputs`, given a number for every variable. Raises KeyError for one that is missing."""
    values = evaluate_all(graph, reachable(graph, outputs), bindings)
    return [values[output] for output in outputs]


def evaluate_all(graph: Graph, needed: bytearray, bindings: Mapping[str, float]) -> list[float]:
    """The values of all nodes flagged in `needed`, by index; the other entries must not be used."""
    return interpret(graph, needed, MEANINGS, leaves(graph, bindings, float))


def moved(graph: Graph, values: Sequence[float], node: int, value: float, following: Iterable[int]) -> list[float]:
    """The values once a node has another one, and the nodes that follow it, operands first, have followed."""
    found = [*values]
    found[node] = value
    for at in following:
        found[at] = MEANINGS[graph.operators[at]](*[found[operand] for operand in graph.operands[at]])
    return found


def _native(row: Operator, native: object) -> Kernel | None:
    """A function of `math` that gives infinity or NaN where it would raise."""
    if isinstance(native, float):
        return lambda: native
    if not callable(native):
        return None
    poles = row.poles

    def guarded(*operands: float) -> float:
        try:
            return float(native(*operands))
        except ValueError:
            return poles.get(operands[0], math.nan)
        except OverflowError:
            return math.inf

    return guarded


def _composite(row: Operator) -> Kernel:
    """The row's definition, interpreted."""
    definition = parse_template(row.definition, row.operands)
    return lambda *operands: run_template(definition, operands)


def run_template(template: Template, operands: Sequence[float]) -> float:
    """The value of a template whose holes are filled with numbers."""
    return template.run(operands, MEANINGS, float)
