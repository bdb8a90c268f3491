"""Where boxes stand across the way of the arrows, and in which track of the gap between two layers an arrow turns.

Depends on `layers`. Lengths are in cells. "Along" is the way that arrows run, "across" the other: a drawing from left
to right and one from top to bottom are the same but for the sizes of boxes.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from gradcli.drawing.terminal.layers import Layered, Link

PASSES = 12
BEND_WEIGHT, BOX_WEIGHT = 8.0, 1.0
"""A long arrow that is straight is worth more than a box in the middle."""


class Size(NamedTuple):
    """The room of a box or a bend, and where arrows leave it and come to it, counted across from its start."""

    along: int
    across: int
    leave: int
    enter: tuple[int, ...]


BEND = Size(0, 1, 0, (0,))
Apart = Callable[[int, int], int]
"""The cells between two neighbours of a layer."""


def placed(found: Layered, sizes: Sequence[Size], apart: Apart) -> list[int]:
    """Where each box and bend starts, across: near what it is joined with, none over another."""
    places = [0] * len(sizes)
    for layer in found.layers:
        _settle(layer, dict.fromkeys(layer, 0.0), places, sizes, apart)
    for number in range(PASSES):
        down = number % 2 == 0
        order = range(1, len(found.layers)) if down else reversed(range(len(found.layers) - 1))
        for at in order:
            wanted = _wanted(found.links[at - 1 if down else at], places, sizes, down=down)
            _settle(found.layers[at], wanted, places, sizes, apart)
    least = min(places, default=0)
    return [place - least for place in places]


def _wanted(links: Sequence[Link], places: Sequence[int], sizes: Sequence[Size], *, down: bool) -> dict[int, float]:
    """Where each would stand if its arrows to one side were straight; what nothing comes to may stand elsewhere."""
    found: dict[int, list[int]] = {}
    bound = {link.target for link in links if sizes[link.source].enter} if down else set()
    for link in links:
        if link.target in bound and not sizes[link.source].enter:
            continue
        enter, leave = sizes[link.target].enter[link.port], sizes[link.source].leave
        if down:
            found.setdefault(link.target, []).append(places[link.source] + leave - enter)
        else:
            found.setdefault(link.source, []).append(places[link.target] + enter - leave)
    return {it: median(many) for it, many in found.items()}


def _settle(
    layer: Sequence[int], wanted: Mapping[int, float], places: list[int], sizes: Sequence[Size], apart: Apart
) -> None:
    """Put a layer as near as can be to what is wanted, in its order: pools of adjacent violators."""
    offset, pools = 0, list[tuple[float, float, list[tuple[int, int]]]]()
    for before, it in zip([None, *layer], layer, strict=False):
        if before is not None:
            offset += sizes[before].across + apart(before, it)
        weight = BEND_WEIGHT if sizes[it] is BEND else BOX_WEIGHT
        pools.append((wanted.get(it, places[it]) - offset, weight, [(it, offset)]))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (first, one, some), (second, two, more) = pools[-2:]
            pools[-2:] = [((first * one + second * two) / (one + two), one + two, some + more)]
    for start, _, members in pools:
        for it, behind in members:
            places[it] = int(start // 1) + behind


class Net(NamedTuple):
    """What leaves one place of a gap, across, and where all of it arrives; `source` is where it began."""

    start: int
    ends: tuple[int, ...]
    source: int

    @property
    def span(self) -> tuple[int, int]:
        """The cells that its track takes."""
        return min(self.start, *self.ends), max(self.start, *self.ends)

    @property
    def straight(self) -> bool:
        """Whether it needs no track."""
        return set(self.ends) == {self.start}


Turn = tuple[int, int]
"""A track, and the place across that it is left at."""


class Gap(NamedTuple):
    """The tracks between two layers: how many, and the turns of each link."""

    tracks: int
    turns: dict[Link, list[Turn]]


def gap(links: Sequence[Link], places: Sequence[int], sizes: Sequence[Size]) -> Gap:
    """The tracks of the links between two layers; those of one source share theirs."""
    ends = {link: places[link.target] + sizes[link.target].enter[link.port] for link in links}
    found: dict[int, list[int]] = {}
    for link in links:
        found.setdefault(places[link.source] + sizes[link.source].leave, []).append(ends[link])
    nets = [Net(start, tuple(some), start) for start, some in found.items()]
    nets, detours = _without_circles(nets)
    tracks = _tracks(nets)
    turns = {
        link: _turns(places[link.source] + sizes[link.source].leave, ends[link], tracks, detours) for link in links
    }
    return Gap(max(tracks.values(), default=-1) + 1, turns)


def _turns(start: int, end: int, tracks: Mapping[int, int], detours: Mapping[int, int]) -> list[Turn]:
    """The way from one place to another; through a detour, if its net takes one."""
    if start in detours:
        through = detours[start]
        return [(tracks[start], through), (tracks[through], end)]
    return [] if start == end or start not in tracks else [(tracks[start], end)]


def _before(one: Net, other: Net) -> bool:
    """Whether one must turn first: it leaves where the other arrives, or leads to it by a detour."""
    if one.source == other.source:
        return other.start in one.ends and one.start != other.start
    return one.start in other.ends


def _without_circles(nets: list[Net]) -> tuple[list[Net], dict[int, int]]:
    """The nets such that some order of tracks is right; one of a circle goes by a free place: start → that place.

    Nothing else leaves or arrives there, so that neither half is in a circle again.
    """
    detours: dict[int, int] = {}
    free = max((place for net in nets for place in (net.start, *net.ends)), default=0) + 1
    while net := _in_circle(nets):
        halves = Net(net.start, (free,), net.source), Net(free, net.ends, net.source)
        nets = [*(other for other in nets if other is not net), *halves]
        detours[net.start] = free
        free += 1
    return nets, detours


def _in_circle(nets: Sequence[Net]) -> Net | None:
    """One of the nets that wait for each other, if there are any."""
    left = [net for net in nets if not net.straight]
    while ready := [net for net in left if not any(_before(other, net) for other in left)]:
        left = [net for net in left if net not in ready]
    if not left:
        return None
    at, seen = left[0], list[Net]()
    while at not in seen:  # all that are left wait, but not all are waited for
        seen.append(at)
        at = next(other for other in left if _before(other, at))
    return at


def _tracks(nets: Sequence[Net]) -> dict[int, int]:
    """The track of each net, by where it starts."""
    left = [net for net in nets if not net.straight]
    tracks: dict[int, int] = {}
    done: list[Net] = []
    while left:
        ready = [net for net in left if not any(_before(other, net) for other in left)]
        net = min(
            ready, key=lambda one: (sum(_crosses(one, other) - _crosses(other, one) for other in left), one.start)
        )
        behind = [tracks[other.start] for other in done if _meet(net, other) or _before(other, net)]
        tracks[net.start] = max(behind, default=-1) + 1
        done.append(net)
        left.remove(net)
    return tracks


def _meet(one: Net, other: Net) -> bool:
    """Whether two cannot share a track."""
    return one.span[0] <= other.span[1] + 1 and other.span[0] <= one.span[1] + 1


def _crosses(first: Net, second: Net) -> int:
    """How often two cross if the first turns before the second."""
    low, high = first.span
    crossed = low < second.start < high
    low, high = second.span
    return crossed + sum(low < end < high for end in first.ends)
