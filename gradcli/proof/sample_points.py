"""Points of a formula's natural domain, simple numbers first.

Depends on the scalar run. A point is in the domain where every number that is asked for is finite.
"""

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import NamedTuple

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable

SIMPLE = (2.0, 3.0, 0.5, -1.0, 1.5, 4.0, -2.0, 0.25, 5.0, -0.5, 0.75, 7.0)
"""What a person would try."""
WINDOW = 24
TRIES = 4000
"""How many points are tried before a domain counts as empty."""
SCALES = (
    *((-3.0, 3.0), (0.0, 1.0), (-1.0, 1.0), (0.0, 5.0), (-10.0, 10.0), (1.0, 3.0), (0.0, 100.0), (-0.1, 0.1)),
    (-1e3, 1e3),
)
"""The last is for what is right near 0 only; farther out `1 - tanh(x)^2` takes too many digits."""
FEW = 8
WHOLE = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0)
SEED = 20
BESIDE = 1e-7
"""How far a neighbour is, as a part of the number."""


class SamplePoint(NamedTuple):
    """A point. Whether it is generic: chosen at random, so that nothing holds there by accident."""

    bindings: dict[str, float]
    generic: bool


def sample_points(
    graph: Graph, nodes: Sequence[int], free: Sequence[str], fixed: Mapping[str, float], count: int, seconds: float
) -> list[SamplePoint]:
    """Up to `count` points where all nodes are finite: a few simple ones, then as many generic ones as are found.

    Where those are few, there may be more at whole numbers: a negative base has no other exponents.
    `free` are the variables that may move. One point is all there is where none may.
    """
    if not free:
        return [SamplePoint(dict(fixed), generic=False)]
    needed = reachable(graph, nodes)
    deadline = time.monotonic() + seconds
    found: list[SamplePoint] = []

    def take(tried: Iterator[dict[str, float]], upto: int, *, generic: bool = False) -> None:
        fitting = _fitting(graph, nodes, needed, tried, deadline)
        found.extend(SamplePoint(it, generic) for it in islice(fitting, max(0, upto - len(found))))

    take(_simple(free, fixed), count // 3)
    take(_generic(free, fixed), count, generic=True)
    take(_whole(free, fixed), min(FEW, count))
    return found


def _simple(free: Sequence[str], fixed: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Small numbers, a different one for each variable."""
    for shift in range(WINDOW):
        step = 1 + shift // len(SIMPLE)
        chosen = {name: SIMPLE[(shift + at * step) % len(SIMPLE)] for at, name in enumerate(free)}
        yield {**fixed, **chosen}
    for value in (*SIMPLE, 10.0, 0.1, 100.0):
        yield {**fixed, **dict.fromkeys(free, value)}


def _generic(free: Sequence[str], fixed: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Random numbers, seeded, on scales that differ from point to point and at last from variable to variable."""
    source = random.Random(SEED)  # noqa: S311 - sampling, no secret
    for number in range(TRIES):
        scale = SCALES[number % len(SCALES)]
        mixed = number % 3 == 2 or number > TRIES // 2
        scales = [source.choice(SCALES) if mixed else scale for _ in free]
        chosen = {name: round(source.uniform(*ends), 6) for name, ends in zip(free, scales, strict=True)}
        yield {**fixed, **chosen}


def _whole(free: Sequence[str], fixed: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Small whole numbers, seeded; and others for one variable in turn, which need not be whole."""
    source = random.Random(SEED)  # noqa: S311 - sampling, no secret
    for number in range(TRIES // len(WHOLE)):
        chosen = {name: source.choice(WHOLE) for name in free}
        if number % 2:
            chosen[free[number // 2 % len(free)]] = round(source.uniform(-3.0, 3.0), 6)
        yield {**fixed, **chosen}


def _fitting(
    graph: Graph, nodes: Sequence[int], needed: bytearray, tried: Iterator[dict[str, float]], deadline: float
) -> Iterator[dict[str, float]]:
    """Those points where all nodes are finite; at least a few are tried even when time is up."""
    for number, bindings in enumerate(tried):
        if number > 2 and time.monotonic() > deadline:
            return
        values = evaluate_all(graph, needed, bindings)
        if all(isfinite(values[node]) for node in nodes):
            yield bindings


def nearby(bindings: Mapping[str, float], names: Iterable[str]) -> Iterator[dict[str, float]]:
    """The points next to a point, on both sides along each name."""
    for name in names:
        step = BESIDE * (abs(bindings[name]) or 1.0)
        for move in (step, -step):
            yield {**bindings, name: bindings[name] + move}
