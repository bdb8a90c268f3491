"""Removable singularities: formulas that have no number where they tend to one, and what they tend to.

Depends on `gradcli.diagnose.nonfinite.series`. All that is given here has still to be tried.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import cycle, islice
from math import isfinite, nan
from time import monotonic
from typing import NamedTuple

from gradcli.diagnose.nonfinite.curves import holds_along
from gradcli.diagnose.nonfinite.polynomials import polynomial
from gradcli.diagnose.nonfinite.series import Coefficient, Expansion, NoSeriesError
from gradcli.diagnose.nonfinite.simple_forms import ratio
from gradcli.diagnose.nonfinite.trial import Trial
from gradcli.evaluate.scalar import evaluate, evaluate_all
from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.walk import dependent, reachable

MOST_PLACES = 24
"""No more places are looked for at which a formula has no number."""

ASIDE = (0.375, 0.6875, 0.21875, 0.5625)


class Place(NamedTuple):
    """Where a formula has no number: `by` is `around`; `condition` says so."""

    by: int
    around: int
    condition: int


def removed(graph: Graph, trial: Trial, values: Mapping[int, float]) -> Iterator[int]:
    """Formulas for the node on trial that may have a number where it has none."""
    several = islice(places(graph, trial.old, values), MOST_PLACES)
    found = [place for place in several if trial.is_left(place.condition)]
    for place in found:
        if monotonic() > trial.deadline:
            return
        for given in (values, *_elsewhere(graph, place, trial)):
            yield from _by_series(graph, place, trial, given)
    number = None if trial.limit is None else ratio(graph, trial.limit)
    if number is not None:
        those = (place for place in found if not _moves_too(graph, place))
        yield from (found for place in those for found in _chosen(graph, place, trial, number))


def _by_series(graph: Graph, place: Place, trial: Trial, values: Mapping[int, float]) -> Iterator[int]:
    """What the series there begins with, or is."""
    with suppress(NoSeriesError):
        series = Expansion(graph, values, place.by, place.around).of(trial.old)
        if series.order >= 0 and series.known > 0:
            yield from polynomial(graph, series, place.by, graph.value_of(place.around))
            for value in _limits(graph, place, trial, series.term(0)):
                yield from _chosen(graph, place, trial, value)


def _chosen(graph: Graph, place: Place, trial: Trial, value: int) -> Iterator[int]:
    """What has a value there and is the old formula elsewhere, if that comes to it at all points of the place."""
    if holds_along(trial, place.condition, value):
        yield graph.node("where", (place.condition, value, trial.old))


def _elsewhere(graph: Graph, place: Place, trial: Trial) -> Iterator[dict[int, float]]:
    """The nodes at another point of a place: there 2*x is not 0, which is the limit of (x^2 - y^2)/(x - y) at 0."""
    if graph.operators[place.by] != VARIABLE or place.by == place.around:
        return
    name = str(graph.leaves[place.by])
    aside = {other: value + by for (other, value), by in zip(trial.bindings.items(), cycle(ASIDE))} | {name: nan}
    aside[name] = evaluate(graph, [place.around], aside)[0]
    needed = reachable(graph, [trial.old])
    found = evaluate_all(graph, needed, aside)
    yield {at: found[at] for at, flag in enumerate(needed) if flag}


def places(graph: Graph, root: int, values: Mapping[int, float]) -> Iterator[Place]:
    """Where that may be: a variable or a node is a number, two nodes are the same, a divisor is 0."""
    needed = [at for at, flag in enumerate(reachable(graph, [root])) if flag]
    variables = [at for at in needed if graph.operators[at] == VARIABLE]
    for at in variables:
        yield _is(graph, at, graph.constant(values[at]))
    for at in needed:
        operands = graph.operands[at]
        is_pair = graph.operators[at] == "sub" or (graph.operators[at] == "div" and values[operands[0]])
        if is_pair and values[operands[0]] == values[operands[1]]:
            yield from (_is(graph, *pair) for pair in _pairs(graph, operands))
    for at in sorted(needed, key=lambda at: at not in graph.names):
        number = ratio(graph, values[at]) if graph.operands[at] and at != root and isfinite(values[at]) else None
        if number is not None:
            yield _is(graph, at, number)
    if graph.operators[root] == "div":
        under = graph.operands[root][1]
        yield from (Place(at, at, _is(graph, under, graph.constant(0.0)).condition) for at in variables)


def _pairs(graph: Graph, operands: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Both nodes as the one that moves, a variable first; a number moves nowhere."""
    found = sorted((operands, operands[::-1]), key=lambda pair: graph.operators[pair[0]] != VARIABLE)
    yield from (pair for pair in found if graph.operators[pair[0]] != CONSTANT)


def _is(graph: Graph, by: int, around: int) -> Place:
    """The place where two nodes are the same; where a difference is 0 that is where its operands are."""
    is_difference = graph.operators[by] == "sub" and graph.value_of(around) == 0.0 and by not in graph.names
    sides = graph.operands[by] if is_difference else (by, around)
    return Place(by, around, graph.node("eq", sides))


def _limits(graph: Graph, place: Place, trial: Trial, limit: Coefficient | None) -> Iterator[int]:
    """A limit as a number, if it is a simple one wherever that place is, and as a formula."""
    number = ratio(graph, limit.value if limit else 0.0)
    fixed = (limit is None or limit.fixed) and not _moves_too(graph, place)  # a variable that is 0 was read as that
    if number is not None and (fixed or _is_everywhere(graph, place, trial, number)):
        yield number
    if limit and not (limit.fixed and number is not None):
        yield limit.node


def _moves_too(graph: Graph, place: Place) -> bool:
    """Whether a place is where two nodes are the same that both may be any number."""
    variables = graph.variables().values()
    return all(any(dependent(graph, variables, at)[at:]) for at in graph.operands[place.condition])


def _is_everywhere(graph: Graph, place: Place, trial: Trial, limit: int) -> bool:
    """Whether this number is the limit at all points of a place. Where that is a value of a variable, trials tell."""
    if graph.operators[place.by] != VARIABLE or place.by == place.around:
        return False
    return not _moves_too(graph, place) or trial.is_limit_on(limit, str(graph.leaves[place.by]), place.around)
