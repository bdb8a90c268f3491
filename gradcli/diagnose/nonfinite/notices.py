"""The birth certificates of an evaluation: a notice for each node at which a number that is not finite arose.

Depends on `gradcli.diagnose.nonfinite.origin` for where and why, on `gradcli.rewriting.stable_forms` for how to mend
the formula.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite

from gradcli.diagnose.nonfinite.origin import Birth, backward, contributions, forward
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.trace import Trace, trace
from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.rewriting.stable_forms import remedy

MOST_BIRTHS, MOST_NAMES = 4, 8
"""How many notices there may be, and how many derivatives are followed back to where they were lost."""


def notices(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """A notice for each node at which a value or a derivative that is not finite arose, and how to mend the formula."""
    story = trace(program, point.bindings, wrt)
    told: dict[tuple[int, str], list[tuple[Birth, str]]] = {}
    for birth, name in _births(story, point, wrt):
        told.setdefault((birth.node, birth.cause), []).append((birth, name))
    return tuple(_notice(program, point, births) for births in islice(told.values(), MOST_BIRTHS))


def _births(story: Trace, point: Point, wrt: Mapping[str, int]) -> Iterator[tuple[Birth, str]]:
    """The birth of the value, with no name, then those of the derivatives, each with the name."""
    if not isfinite(point.value) and not isfinite(story.point.value):
        yield forward(story, story.program.output), ""
    lost = [name for name, slope in point.gradient.items() if not isfinite(slope)]
    into = contributions(story) if lost else {}
    for name in lost[:MOST_NAMES]:
        birth = backward(story, into, wrt[name])
        if birth:
            yield birth, name


def _notice(program: Program, point: Point, births: Sequence[tuple[Birth, str]]) -> Notice:
    """One notice for all that came from one birth."""
    birth, first = births[0]
    names = [name for _, name in births]
    slopes = [number_text(point.gradient[name]) for name in names if name]
    verb = "the derivative by {} is {}: " if len(names) == 1 else "the derivatives by {} are {}: "
    label = verb.format(", ".join(names), ", ".join(dict.fromkeys(slopes))) if first else ""
    advice = remedy(program, birth.node, birth.cause) if birth.cause else ""
    message = f"{label}{birth.text}" + (f"; {advice}" if advice else "")
    return Notice("not finite", message, birth.node, program.graph.span(birth.node))
