"""Boxes in layers: which layer a box stands in, and in what order, so that few arrows cross.

Depends on the standard library. After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
system structures" (1981): layers by the longest path, an arrow over several layers passes a bend in each, the order
by barycentres. Nothing is random, and no number of the picture matters.
"""

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SWEEPS = 8

Ends = tuple[int, int]
"""Where an arrow begins and ends; boxes are counted from 0, operands first."""


class Link(NamedTuple):
    """A piece of arrows between two neighbouring layers.

    source  a box, or a bend: those are counted on behind the boxes
    target  the same
    port    which of the arrows into the box it is
    arrows  which arrows run here: those of one source run together up to where they part
    """

    source: int
    target: int
    port: int
    arrows: tuple[int, ...]


class Layered(NamedTuple):
    """Layers, each an order of boxes and bends, and the links between each and the next."""

    layers: list[list[int]]
    links: list[list[Link]]


def layered(count: int, arrows: Sequence[Ends]) -> Layered:
    """The layers of so many boxes."""
    ranks = _ranks(count, arrows)
    links, bends = _links(count, arrows, ranks)
    where = [*ranks, *bends]
    first = Layered(_first_order(where, links), links)
    return _fewest_crossings(first)


def _ranks(count: int, arrows: Sequence[Ends]) -> list[int]:
    """The longest path to each; what needs only leaves, and leaves themselves, stand right before their first use."""
    operands, users = _neighbours(count, arrows)
    ranks = [0] * count
    for box in range(count):
        ranks[box] = max((ranks[operand] + 1 for operand in operands[box]), default=0)
    for box in reversed(range(count)):
        if users[box] and not any(operands[operand] for operand in operands[box]):
            ranks[box] = min(ranks[user] for user in users[box]) - 1
    return ranks


def _neighbours(count: int, arrows: Sequence[Ends]) -> tuple[list[list[int]], list[list[int]]]:
    operands: list[list[int]] = [[] for _ in range(count)]
    users: list[list[int]] = [[] for _ in range(count)]
    for source, target in arrows:
        operands[target].append(source)
        users[source].append(target)
    return operands, users


def _links(count: int, arrows: Sequence[Ends], ranks: Sequence[int]) -> tuple[list[list[Link]], list[int]]:
    """The links of each layer to the next, and the layers of the bends."""
    links: list[list[Link]] = [[] for _ in range(max(ranks, default=0))]
    bends: list[int] = []
    for source, going in enumerate(_leaving(count, arrows)):
        at, left = source, going
        for rank in range(ranks[source], max((ranks[arrows[it][1]] for it, _ in going), default=0)):
            near = [(it, port) for it, port in left if ranks[arrows[it][1]] == rank + 1]
            links[rank] += [Link(at, arrows[it][1], port, (it,)) for it, port in near]
            left = [one for one in left if one not in near]
            if left:
                bends.append(rank + 1)
                bend = count + len(bends) - 1
                links[rank].append(Link(at, bend, 0, tuple(it for it, _ in left)))
                at = bend
    return links, bends


def _leaving(count: int, arrows: Sequence[Ends]) -> list[list[tuple[int, int]]]:
    """The arrows that leave each box, and the port that each of them comes to."""
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    into = [0] * count
    for it, (source, target) in enumerate(arrows):
        leaving[source].append((it, into[target]))
        into[target] += 1
    return leaving


def _first_order(ranks: Sequence[int], links: Sequence[Sequence[Link]]) -> list[list[int]]:
    """The order of a walk from the outputs to their operands: for a tree no arrows cross."""
    coming: dict[int, list[Link]] = {}
    for link in (link for layer in links for link in layer):
        coming.setdefault(link.target, []).append(link)
    layers: list[list[int]] = [[] for _ in range(max(ranks, default=0) + 1)]
    leaving = {link.source for layer in links for link in layer}
    pending, seen = [it for it in range(len(ranks)) if it not in leaving], set[int]()
    while pending:
        at = pending.pop()
        if at not in seen:
            seen.add(at)
            layers[ranks[at]].append(at)
            pending += [link.source for link in sorted(coming.get(at, []), key=lambda link: -link.port)]
    return layers


def _fewest_crossings(found: Layered) -> Layered:
    """The best of some sweeps, up and down, by barycentres."""
    best, least = found, _crossings(found)
    for sweep in range(SWEEPS):
        if not least:
            break
        found = found._replace(layers=_swept(found, down=sweep % 2 == 0))
        crossings = _crossings(found)
        if crossings < least:
            best, least = found, crossings
    return best


def _swept(found: Layered, *, down: bool) -> list[list[int]]:
    """The layers, each in the order of its neighbours on one side."""
    layers = [list(layer) for layer in found.layers]
    for at in range(1, len(layers)) if down else reversed(range(len(layers) - 1)):
        links = found.links[at - 1 if down else at]
        places = _places(layers[at - 1 if down else at + 1], links, targets=not down)
        drawn: dict[int, list[float]] = {}
        for link, place in zip(links, places, strict=True):
            drawn.setdefault(link.target if down else link.source, []).append(place)
        now = {it: float(index) for index, it in enumerate(layers[at])}
        centres = {it: sum(drawn[it]) / len(drawn[it]) if it in drawn else now[it] for it in now}
        layers[at].sort(key=centres.__getitem__)
    return layers


def _places(layer: Sequence[int], links: Sequence[Link], *, targets: bool) -> list[float]:
    """Where links come to a layer: targets by their ports too."""
    index = {it: at for at, it in enumerate(layer)}
    ports: dict[int, int] = {}
    for link in links:
        ports[link.target] = max(ports.get(link.target, 1), link.port + 1)
    if targets:
        return [index[link.target] + (link.port + 1) / (ports[link.target] + 1) - 0.5 for link in links]
    return [float(index[link.source]) for link in links]


def _crossings(found: Layered) -> int:
    return sum(map(_crossings_between, found.layers, found.layers[1:], found.links))


def _crossings_between(before: Sequence[int], after: Sequence[int], links: Sequence[Link]) -> int:
    """How many pairs of links cross: pairs that end in another order than they begin."""
    ends = sorted(zip(_places(before, links, targets=False), _places(after, links, targets=True), strict=True))
    return sum(_inversions([end for _, end in ends]))


def _inversions(ends: Sequence[float]) -> Iterator[int]:
    seen: list[float] = []
    for end in ends:
        yield len(seen) - bisect_right(seen, end)
        insort(seen, end)
