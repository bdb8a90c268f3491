"""What is said where double precision did not do: at which node digits went, or numbers left the doubles.

Depends on `gradcli.precision.error_bounds`, which has followed the errors.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite, isnan, ulp
from typing import TYPE_CHECKING

from gradcli.errors import Notice, listed
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.filter import PROMISED
from gradcli.precision.readings import Readings

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

LONGEST = 60
MOST_TOLD = 8
"""How many numbers that are not settled have a notice each."""
NAMED = 3
"""How many numbers a notice spells out."""
NO_ENCLOSURES = "double precision does not do, and without python-flint there is no more"
TOO_FAR = "its magnitude is beyond 10^(10^1000), and no number is followed so far out"
DERIVED = "in the derivative"
OVERFLOW, UNDERFLOW = "beyond the largest double, 1.8e308", "below the least double, 5e-324"


def lost_digits(
    names: Mapping[int, str], bounds: Bounds, numbers: Mapping[int, float], doubtful: Sequence[int]
) -> Iterator[Notice]:
    """A notice for each place where digits went, with the numbers that they were missed in.

    Those in `doubtful` are doubles still, for the formula is too large.
    """
    mended: dict[int | None, list[str]] = {}
    doubted: dict[int | None, list[str]] = {}
    for node, name in names.items():
        double = bounds.double(node)
        if node in doubtful:
            doubted.setdefault(bounds.culprit(node), []).append(name)
        elif _is_off(double, numbers[node]):
            mended.setdefault(bounds.culprit(node), []).append(f"{name} = {number_text(double)}")
    for place, found in mended.items():
        yield _notice(bounds, place, f"double precision gives {_listed(found)}")
    for place, found in doubted.items():
        text = f"{_listed(found)} may have lost digits, and a formula of this size is not followed"
        yield _notice(bounds, place, text)


def unsettled(names: Mapping[int, str], bounds: Bounds, found: Readings) -> Iterator[Notice]:
    """A notice for each number that nothing settles, with what is known of it and what was tried."""
    graph, place = bounds.graph, found.origin
    tried = f"; {found.digits:,} digits were tried, in {found.seconds:.2g} s" if found.digits else f"; {NO_ENCLOSURES}"
    if not found.in_time:
        tried += ", and twice as many would take too long"
    if place is not None:
        tried += f"; what is open is {_named(graph, place)}"
    span = None if place is None else graph.span(place)
    place = place if span else None
    for node, name in islice(names.items(), MOST_TOLD):
        reading = found.of.get(node)
        below = reading.below if reading else ""
        some = f"{reading.certain:,} digits of it are certain" if reading and reading.certain else ""
        known = f"it is less than {below} in magnitude, and may be 0" if below else some or "no digit of it is certain"
        known = TOO_FAR if reading and reading.far else known + tried
        details = {"of": name, "settled": False, **({"below": below} if below else {})}
        yield Notice("unsettled", f"{name} is not settled: {known}", place, span, details)
    if len(names) > MOST_TOLD:
        more = f"{len(names) - MOST_TOLD:,} more numbers are not settled"
        yield Notice("unsettled", more, place, span, {"settled": False})


def beyond_doubles(
    names: Mapping[int, str], bounds: Bounds, numbers: Mapping[int, float], beyond: "Mapping[int, Number]"
) -> Iterator[Notice]:
    """A notice for each place where numbers left the doubles, with what they are."""
    if not beyond:
        return
    from gradcli.precision.decimals import brief_text  # loaded already, or there were none

    left: dict[tuple[int, str], list[str]] = {}
    for node, number in beyond.items():
        where = UNDERFLOW if numbers[node] == 0 else OVERFLOW
        left.setdefault((bounds.left(node), where), []).append(f"{names[node]} = {brief_text(number)}")
    for (place, where), found in left.items():
        verb = "overflow" if not isfinite(bounds.double(place)) else "underflow"
        yield _notice(
            bounds, place, f"{_listed(found)} {'is' if len(found) == 1 else 'are'} {where}", f"doubles {verb} at"
        )


def _notice(bounds: Bounds, place: int | None, message: str, happened: str = "the digits go at") -> Notice:
    if place is None:
        return Notice("precision", f"{message}; rounding errors add up in a long sum")
    graph, span = bounds.graph, bounds.graph.span(place)
    if span is None:
        return Notice("precision", f"{message}; {happened.removesuffix(' at')} {DERIVED}")
    text = f"{_named(graph, place)} = {number_text(bounds.double(place))}"
    return Notice("precision", f"{message}; {happened} {text}", place, span)


def _named(graph: Graph, place: int) -> str:
    """A node as it stands in the text. What rules make of it stands nowhere, and is not spelled out."""
    return f"`{expression_text(graph, place, LONGEST)}`" if graph.span(place) else DERIVED


def _listed(found: Sequence[str]) -> str:
    return listed(found, "numbers that are off", NAMED, NAMED)


def _is_off(double: float, number: float) -> bool:
    """Whether a double breaks the promise."""
    if isnan(double) or isnan(number) or not (isfinite(double) and isfinite(number)):
        return double != number and not (isnan(double) and isnan(number))
    return abs(double - number) > PROMISED * ulp(number)
