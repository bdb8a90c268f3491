"""Both passes as they lead to the answer: an evaluation's trace, settled, beside a kink, its zeros explained.

Depends on `gradcli.evaluate.trace` for the model, on `gradcli.precision` for digits and on `gradcli.diagnose` for
kinks. Tables, records and `explain` are printed from what this makes.
"""

from collections.abc import Mapping
from functools import partial
from math import isclose, isinf

from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.trace import Trace, in_doubles, trace
from gradcli.language.program import Program
from gradcli.precision.beyond import Beyond
from gradcli.precision.settled_nodes import settled_nodes
from gradcli.proof import algebra

NOISE = 1e-9
"""Up to here a sum of contributions may differ from the answer by rounding alone."""


def led_to(
    program: Program,
    ruled: Point,
    answer: Point,
    wrt: Mapping[str, int],
    precision: str,
    gradient: Gradient | None = None,
) -> Trace:
    """Every number on the way to an answer; `ruled` is what the rules give, which at a kink may be another.

    The values and adjoints are as precise as `precision` promises; the output and the nodes `wrt` have the numbers of
    the answer. Where no side of a kink gives all of these, `ruled` tells which the rules give. `gradient` is the
    derivative with its edges, if it is known.
    """
    numbers = in_doubles if precision == "double" else partial(settled_nodes, algebra=algebra)
    found = trace(program, answer.bindings, wrt, numbers, gradient)
    corrected = {name for name, slope in answer.gradient.items() if not same(slope, ruled.gradient[name])}
    if corrected:
        from gradcli.passes.sides import at_infinity, beside  # only where a kink is met

        levels = answer.finite and any(map(isinf, answer.bindings.values()))
        found = beside(found, answer, wrt) or (at_infinity(found) if levels else found)
    found = _ended(found, answer, wrt)
    if all(found.adjoints.values()) and all(entry.contribution for entry in found.contributions):
        return found
    from gradcli.passes.zeros import with_zeros  # only where there is one

    return with_zeros(found)


def _ended(found: Trace, answer: Point, wrt: Mapping[str, int]) -> Trace:
    """The trace with the numbers of the answer, and beside them those of the rules where these are others."""
    told = [*answer.entries.values()] or [answer.value]
    ends = {node: _kept(found.values[node], value) for node, value in zip(found.program.outputs, told, strict=True)}
    values = {**found.values, **ends}
    ruled = {node: found.adjoints.get(node, 0.0) for node in wrt.values()}
    ends = {node: _kept(ruled[node], answer.gradient[name]) for name, node in wrt.items()}
    others = {node: rule for node, rule in ruled.items() if not same(ends[node], rule)}
    return found._replace(point=answer, values=values, adjoints={**found.adjoints, **ends}, ruled=others)


def _kept(found: float, answer: float) -> float:
    """The number of the answer; what is found where that tells the digits of one beyond the doubles."""
    return found if isinstance(found, Beyond) and found == answer else answer


def same(first: float, second: float) -> bool:
    """Whether two numbers are the same but for rounding; NaN is where both are."""
    return isclose(first, second, rel_tol=NOISE) or (first != first and second != second)
