"""Value and gradient as precise as asked for: `double`, `auto` (within 16 ulp), `exact` (within 0.5), or N digits.

Depends on `gradcli.precision.error_bounds`, which tells which doubles are right, and on
`gradcli.precision.enclosures` for those that are not. python-flint is loaded only where a number needs it.
"""

import sys
from collections.abc import Mapping, Sequence
from math import copysign, nan
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import LimitError, Notice, UsageError
from gradcli.evaluate.gradient import NO_ENTRIES, Gradient, Point
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures import is_available
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.filter import Filter
from gradcli.precision.notices import beyond_doubles, lost_digits, unsettled
from gradcli.precision.readings import DIGITS, Reading, Readings, readings
from gradcli.time_limit import left

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

WORDS = ("auto", "double", "exact")
MOST_DIGITS = 10_000
MOST_NODES = 200_000
"""No more operations, those of the gradient counted, are followed by `auto`: a bound takes as much memory again as the
graph itself, and an enclosure some microseconds for each."""
HUGE = Notice("precision", "a formula of this size is evaluated in plain double precision, its errors are not followed")
SECONDS = 10.0
"""The time that an answer may take, of which `SHARE` is for enclosures; then a number is not settled, and a notice
says so."""
SHARE = 0.8
NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
LARGEST = sys.float_info.max
SPARE = 15
"""Digits beyond those that are asked for, so that they are rounded rightly."""
UNREAD = Reading(nan, settled=False)


class Precise(NamedTuple):
    """An answer in decimals: the value and the derivatives, each with as many digits as asked for."""

    value: str
    gradient: dict[str, str]

    @property
    def entries(self) -> Mapping[str, str]:
        """Those of an output that is an array, by name; none of a number."""
        return NO_ENTRIES

    @property
    def finite(self) -> bool:
        """Whether every number of it is, beyond the doubles too."""
        return not NO_NUMBERS.intersection((self.value, *self.gradient.values(), *self.entries.values()))


class PreciseArray(Precise):
    """An output that is an array: its first number, no derivative, and all entries."""

    found: Mapping[str, str] = NO_ENTRIES

    @property
    def entries(self) -> Mapping[str, str]:
        """The entries by name."""
        return self.found


class Answer(NamedTuple):
    """A point whose numbers keep the promise, and a notice for each place where double precision did not.

    `known` is the point with the largest double for each number that is beyond it: of these all is said.
    `settled` tells whether the promise is kept by all of them. `decimals` are there where a number of digits was asked
    for, `bounds` are the doubles and their errors where these were followed.
    """

    point: Point
    notices: tuple[Notice, ...]
    known: Point
    settled: bool = True
    decimals: Precise | None = None
    bounds: Bounds | None = None

    @property
    def undefined(self) -> bool:
        """Whether the value is NaN, and not only unknown."""
        return self.known.value != self.known.value


def check(precision: str) -> str:
    """A precision as it was typed. Raises UsageError unless it is auto, double, exact or a number of digits."""
    if precision not in WORDS:
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
    algebra: "Algebra | None" = None,
) -> Answer:
    """Value and gradient at the bindings, to the precision asked for.

    A number of digits gives the correctly rounded doubles, as `exact` does, and the digits themselves.
    Without `tell` no digits are sought for words alone, as for a 0 that is right to a double. No more than `most_nodes`
    operations are followed, and digits sought for no more than so many `seconds`. `algebra` is asked where enclosures
    cannot tell, as they cannot tell a zero from a number however small.
    Raises KeyError where a variable has no binding, UsageError for an unknown precision, and for a number of digits
    where python-flint is not there, and LimitError where these take more time.
    """
    followed = gradient.operations if gradient.wrt else max(gradient.program.outputs)
    if check(precision) == "double" or (precision == "auto" and followed > most_nodes):
        point = gradient.at(bindings)
        return Answer(point, () if precision == "double" else (HUGE,), point, precision == "double")
    graph, filtered = gradient.program.graph, filter_of(gradient).at(bindings)
    bounds = Bounds(graph, gradient.needed, bindings, filtered)
    if precision == "auto" and all(map(filtered.is_right, gradient.outputs)):
        point = gradient.point(bindings, filtered.values)
        return Answer(point, (), point, bounds=bounds)
    kept, given = {node: bounds.settled(node) for node in gradient.outputs}, min(seconds, left())
    lost = [node for node, number in kept.items() if number is None or precision != "auto"]
    away = {*lost}
    small = [node for node in kept if node not in away and bounds.underflows(node)] if tell else []
    nodes, digits = [*lost, *small], 0 if precision in WORDS or not tell else digits_of(precision)
    if nodes and not digits and sum(reachable(bounds.graph, nodes)) > most_nodes:
        return _settled(gradient, bounds, lost, None)
    doubles = {node: bounds.double(node) for node in nodes}
    sought = max(digits + SPARE, DIGITS)
    found = readings(bounds.graph, nodes, bindings, doubles, SHARE * given, algebra, sought)
    answer = _settled(gradient, bounds, lost, found)
    return answer._replace(decimals=_decimals(gradient, found, digits, seconds, given)) if digits else answer


def filter_of(gradient: Gradient) -> Filter:
    """The filter of a gradient, made once."""
    if "filter" not in gradient.ready:
        gradient.ready["filter"] = Filter(gradient.program.graph, gradient.needed)
    found: Filter = gradient.ready["filter"]
    return found


def _settled(gradient: Gradient, bounds: Bounds, lost: Sequence[int], found: Readings | None) -> Answer:
    """The answer where what was read stands for the doubles; those in `lost` are wrong. None for what is too large."""
    kept = {node: bounds.settled(node) for node in gradient.outputs}
    numbers = {node: bounds.double(node) if number is None else number for node, number in kept.items()}
    names, of, wrong = gradient.names, dict(found.of) if found else {}, {*lost}
    if found:
        of = {**dict.fromkeys(lost, UNREAD), **of}
        numbers |= {node: it.double for node, it in of.items() if it.settled or node in wrong}
    doubtful = [node for node in lost if node not in of]
    open_ = {node: names[node] for node in lost if node in of and not of[node].settled}
    beyond = {node: it.beyond for node, it in of.items() if it.beyond is not None}
    told = (
        *lost_digits({node: name for node, name in names.items() if node not in open_}, bounds, numbers, doubtful),
        *(unsettled(open_, bounds, found) if found else ()),
        *beyond_doubles(names, bounds, numbers, beyond),
    )
    known = numbers | {node: copysign(LARGEST, numbers[node]) for node in beyond if numbers[node]}
    known |= dict.fromkeys(open_, 0.0)
    point, known_point = (gradient.point(bounds.bindings, them) for them in (numbers, known))
    return Answer(point, told, known_point, not (doubtful or open_), bounds=bounds)


def _decimals(gradient: Gradient, read: Readings, digits: int, seconds: float, given: float) -> Precise:
    """Value and gradient in decimals; NaN for one that is not settled, 0 where it rounds to it.

    They may take so many `seconds`, of which a limit around this one has `given` some.
    """
    if not is_available():
        raise UsageError(f"{digits:,} digits need python-flint", hint="pip install python-flint")
    from gradcli.precision.decimals import number_text
    from gradcli.precision.enclosures.balls import is_finite
    from gradcli.precision.enclosures.conversions import ends, is_below_doubles, number
    from gradcli.precision.enclosures.search import is_settled
    from gradcli.precision.multiprecision_kernels import MP

    def text(node: int) -> str:
        x = read.found[node]
        if not is_finite(x) and is_settled(x, digits):  # a double may have a pole on the side of a -0
            return number_text(MP.mpf(read.of[node].double), digits)
        if is_settled(x, digits + SPARE):
            return number_text(number(x, digits + SPARE), digits)
        low, *other = {number_text(end, digits) for end in ends(x, digits + SPARE)} if is_settled(x, digits) else (0, 0)
        return str(low) if not other else "0" if is_below_doubles(x) else "NaN"

    if not read.digits:  # no sweep came to its end
        # A limit around this one can be raised.
        time, more = ("there is", ", or --seconds N") if given < SHARE * seconds else (f"{seconds:g} s", "")
        said = f"{digits:,} digits of this formula take more than {time}"
        raise LimitError(said, hint=f"ask for fewer digits{more}")
    value, slopes, entries = gradient.parted([*map(text, gradient.outputs)])
    if not entries:
        return Precise(value, slopes)
    whole = PreciseArray(value, slopes)
    whole.found = entries
    return whole
