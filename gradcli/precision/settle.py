"""Value and gradient as precise as asked for: `double`, `auto` (within 16 ulp), `exact` (within 0.5), or N digits.

Depends on `gradcli.precision.error_bounds`, which tells which doubles are right, and on
`gradcli.precision.multiprecision` for those that are not. mpmath is loaded only where a number needs it.
"""

import sys
from collections.abc import Mapping, Sequence
from math import copysign, isfinite
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import LimitError, Notice, UsageError
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.graph.walk import reachable
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.notices import beyond_doubles, lost_digits
from gradcli.time_limit import left, within

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

    Exact = tuple[dict[int, float], dict[int, Number]]

DIGITS = 25
"""The digits that must settle before a number is rounded to a double: 8 more than a double tells apart."""
MOST_DIGITS = 10_000
MOST_NODES = 200_000
"""No more operations, those of the gradient counted, are followed by `auto`: a bound takes as much memory again as the
graph itself, and mpmath some 10 µs for each."""
HUGE = Notice("precision", "a formula of this size is evaluated in plain double precision, its errors are not followed")
SECONDS = 10.0
"""The time that mpmath may take; then the doubles stand, and a notice says so."""
NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
LARGEST = sys.float_info.max


class Precise(NamedTuple):
    """An answer in decimals: the value and the derivatives, each with as many digits as asked for."""

    value: str
    gradient: dict[str, str]

    @property
    def finite(self) -> bool:
        """Whether every number of it is, beyond the doubles too."""
        return not NO_NUMBERS.intersection((self.value, *self.gradient.values()))


class Answer(NamedTuple):
    """A point whose numbers keep the promise, and a notice for each place where double precision did not.

    `known` is the point with the largest double for each number that is beyond it: of these all is said.
    `settled` tells whether the promise is kept by all of them.
    """

    point: Point
    notices: tuple[Notice, ...]
    known: Point
    settled: bool = True


def check(precision: str) -> str:
    """A precision as it was typed. Raises UsageError unless it is auto, double, exact or a number of digits."""
    if precision not in ("auto", "double", "exact"):
        digits_of(precision)
    return precision


def digits_of(precision: str) -> int:
    """A number of digits. Raises UsageError for what is none, or too many."""
    wanted = int(precision) if precision.isascii() and precision.isdigit() and len(precision) < 9 else 0
    if not 1 <= wanted <= MOST_DIGITS:
        raise UsageError(
            f"`{precision}` is no precision", hint=f"auto, double, exact, or from 1 to {MOST_DIGITS:,} digits"
        )
    return wanted


def settle(
    gradient: Gradient,
    bindings: Mapping[str, float],
    precision: str,
    *,
    tell: bool = True,
    seconds: float = SECONDS,
    most_nodes: int = MOST_NODES,
) -> Answer:
    """Value and gradient at the bindings, to the precision asked for.

    A number of digits gives the correctly rounded doubles, as `exact` does; `decimals` gives the digits themselves.
    Without `tell` no digits are sought for words alone, as for a 0 that is right to a double. No more than `most_nodes`
    operations are followed, and digits sought for no more than so many `seconds`.
    Raises KeyError where a variable has no binding, and UsageError for an unknown precision.
    """
    followed = sum(gradient.needed) if gradient.wrt else gradient.program.output
    if check(precision) == "double" or (precision == "auto" and followed > most_nodes):
        point = gradient.at(bindings)
        return Answer(point, () if precision == "double" else (HUGE,), point, precision == "double")
    bounds = Bounds(gradient.program.graph, gradient.needed, bindings)
    kept = {node: bounds.settled(node) for node in gradient.outputs}
    lost = [node for node, number in kept.items() if number is None or precision != "auto"]
    small = [node for node in kept if node not in lost and bounds.underflows(node)] if tell else []
    found = _exact(bounds, [*lost, *small], seconds, most_nodes)
    return _settled(gradient, bounds, lost, *found)


def _settled(
    gradient: Gradient,
    bounds: Bounds,
    lost: Sequence[int],
    exact: Mapping[int, float],
    beyond: "Mapping[int, Number]",
) -> Answer:
    """The answer where the numbers in `exact` stand for their doubles; those in `lost` are wrong as doubles."""
    kept = {node: bounds.settled(node) for node in gradient.outputs}
    numbers = {node: exact.get(node, bounds.double(node) if it is None else it) for node, it in kept.items()}
    unsettled, names = [node for node in lost if node not in exact], _names(gradient)
    told = (*lost_digits(names, bounds, numbers, unsettled), *beyond_doubles(names, bounds, numbers, beyond))
    known = numbers | {node: copysign(LARGEST, numbers[node]) for node in beyond if numbers[node]}
    point, known_point = (gradient.point(bounds.bindings, them) for them in (numbers, known))
    return Answer(point, told, known_point, not unsettled)


def decimals(gradient: Gradient, bindings: Mapping[str, float], digits: int, seconds: float = SECONDS) -> Precise:
    """Value and gradient in decimals of 1 to 10,000 digits. Raises LimitError where that takes more than `seconds`."""
    from gradcli.precision.decimals import number_text
    from gradcli.precision.multiprecision import evaluate

    def texts() -> list[str]:
        found = evaluate(gradient.program.graph, gradient.outputs, bindings, digits)
        return [number_text(number, digits) for number in found]

    # A limit around this one can be raised.
    time, more = ("there is", ", or --seconds N") if left() < seconds else (f"{seconds:g} s", "")
    found = within(seconds, texts, None)
    if found is None:
        said = f"{digits:,} digits of this formula take more than {time}"
        raise LimitError(said, hint=f"ask for fewer digits{more}")
    value, *slopes = found
    return Precise(value, dict(zip(gradient.wrt, slopes, strict=True)))


def _exact(bounds: Bounds, nodes: Sequence[int], seconds: float, most_nodes: int) -> "Exact":
    """Nodes in digits enough for any double, rounded; and those that no double holds. None where time runs out.

    High precision has no answer where it says NaN and double precision a number.
    """
    if not nodes or sum(reachable(bounds.graph, nodes)) > most_nodes:
        return {}, {}
    from gradcli.precision.decimals import is_beyond_doubles, rounded
    from gradcli.precision.multiprecision import evaluate  # mpmath takes 30 ms to load: only where doubles do not do

    found = within(seconds, lambda: evaluate(bounds.graph, nodes, bounds.bindings, DIGITS), None)
    pairs = zip(nodes, found or (), strict=False)
    numbers = {node: number for node, number in pairs if number == number or not isfinite(bounds.double(node))}
    exact = {node: rounded(bounds.double(node), number) for node, number in numbers.items()}
    return exact, {node: number for node, number in numbers.items() if is_beyond_doubles(number, exact[node])}


def _names(gradient: Gradient) -> dict[int, str]:
    """Each node of the answer as the output lines call it; the first name of a node that has several."""
    output = gradient.program.name
    names = {gradient.program.output: output}
    for name, node in zip(gradient.wrt, gradient.derivative.gradient, strict=True):
        names.setdefault(node, f"d{output}/d{name}")
    return names
