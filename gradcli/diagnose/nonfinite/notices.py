"""What is said of an evaluation that is not finite: a notice for each node at which such a number arose.

Depends on `gradcli.diagnose.nonfinite.origin` for where and why, on `gradcli.diagnose.nonfinite.suggestions` for how to
write the formula instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING

from gradcli.diagnose.nonfinite.origin import Contributions, Origin, adjoint_origin, contributions, value_origin
from gradcli.diagnose.nonfinite.suggestions import suggestion
from gradcli.errors import Notice, listed
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.trace import Trace, in_doubles, trace
from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.precision.settled_nodes import settled_nodes
from gradcli.time_limit import left

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

MOST_NOTICES, MOST_NAMES = 4, 8
"""How many notices there may be, and how many derivatives are followed back to where they were lost."""
MOST_ENTRIES = 2000
"""How many entries of arrays are followed, which mostly come from one place."""
SECONDS = 4.0
"""The time that may go into what to write instead."""


def notices(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    *,
    defined: bool,
    settled: bool,
    algebra: "Algebra | None" = None,
) -> tuple[Notice, ...]:
    """A notice for each node at which a value or a derivative that is not finite arose, and what to write instead.

    With `settled` it is looked for in numbers as right as the answer's, where 0.1 + 0.2 - 0.3 is 0.
    """
    gradient = Gradient.of(program, wrt, edges=True, defined=defined)
    numbers = partial(settled_nodes, algebra=algebra, keep_open=True) if settled else in_doubles
    traced = trace(program, point.bindings, wrt, numbers, gradient)
    alike: dict[tuple[object, str | None], list[tuple[Origin, str]]] = {}
    for origin, name in _origins(traced, point, wrt):
        place = program.graph.span(origin.node) if program.arrays else None
        alike.setdefault((place or origin.node, origin.cause), []).append((origin, name))
    deadline = monotonic() + min(SECONDS, left())
    told = [_notice(program, point, origins, deadline) for origins in islice(alike.values(), MOST_NOTICES)]
    return (*told, *_not_followed(point))


def _not_followed(point: Point) -> Iterator[Notice]:
    """How many more entries there are."""
    lost = sum(not isfinite(number) for number in point.entries.values())
    if lost > MOST_ENTRIES:
        yield Notice("not finite", f"{lost - MOST_ENTRIES:,} more entries are not finite")


def _origins(traced: Trace, point: Point, wrt: Mapping[str, int]) -> Iterator[tuple[Origin, str]]:
    """The origin of the value, with no name, then those of the derivatives, each with the name; or those of entries."""
    program = traced.program
    lost = [name for name, number in point.entries.items() if not isfinite(number)]
    ends = dict(zip(program.output_names, program.entries, strict=False))
    yield from ((value_origin(traced, ends[name]), name) for name in lost[:MOST_ENTRIES])
    if point.entries:
        return
    if not isfinite(point.value) and not isfinite(traced.point.value):
        yield value_origin(traced, program.output), ""
    lost = [name for name, slope in point.gradient.items() if not isfinite(slope)]
    into = contributions(traced) if lost else Contributions()
    for name in lost[: MOST_ENTRIES if program.arrays else MOST_NAMES]:
        origin = adjoint_origin(traced, into, wrt[name])
        if origin:
            yield origin, name


def _notice(program: Program, point: Point, origins: Sequence[tuple[Origin, str]], deadline: float) -> Notice:
    """One notice for all that came from one origin."""
    origin, first = origins[0]
    label = _label(point, [name for _, name in origins]) if first else ""
    advice = suggestion(program, point.bindings, origin.node, origin.cause, deadline) if origin.cause else ""
    others = len({other.node for other, _ in origins}) - 1
    more = f"; {others:,} more {'entry' if others == 1 else 'entries'} likewise" if others else ""
    message = f"{label}{origin.text}{more}" + (f"; {advice}" if advice else "")
    return Notice("not finite", message, origin.node, program.graph.span(origin.node))


def _label(point: Point, names: Sequence[str]) -> str:
    """Which numbers they are."""
    numbers = {**point.gradient, **point.entries}
    them = ", ".join(dict.fromkeys(number_text(numbers[name]) for name in names))
    verb = "is" if len(names) == 1 else "are"
    if point.entries:
        return f"{listed(names)} {verb} {them}: "
    return f"the derivative{'s' if len(names) > 1 else ''} by {listed(names)} {verb} {them}: "
