"""A part of a picture in layers, by graphlay: where its boxes stand, which way its arrows run.

Depends on graphlay, `rows`, `effort` and `geometry`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.drawing.cards import LONGEST_FACTOR, SMALL
from gradcli.drawing.clearings import numbers
from gradcli.drawing.effort import effort
from gradcli.drawing.geometry import Move, Place, Point, Route, middle
from gradcli.drawing.lettering import width
from gradcli.drawing.rows import Edge, Part
from gradcli.errors import DRAW_EXTRA, UsageError

if TYPE_CHECKING:
    import graphlay

ROOM = (round(width("0" * LONGEST_FACTOR, SMALL)) + 22.0, 16.0)
"""Of the number on an arrow."""
SPACING = {"layer_gap": 48.0, "node_gap": 20.0, "dummy_gap": 16.0, "port_gap": 14.0, "edge_label_margin": 28.0}
MOST_CAREFUL = 0.04
"""Seconds that all parts may take to be set with care and in two ways; if they take longer they are set swiftly."""
SWIFT = {
    "effort": "fast",
    "tuning": {"routing": {"port_relax_rounds": 0}, "coords": {"simplex_max_nodes": 0}},
}
"""A tenth of the time where many arrows end in one box, or run past many; their lines have a few more corners."""
ROUNDS = 2
"""With care each number is placed again so often."""
STEP = 0.001
"""Pixels between hints, so few that only their order counts."""
PORTS = 0.6
"""The first and the last operand arrive so far from the middle of a side, as a part of its half."""


Hints = Mapping[str, Mapping[str, Any]]
NO_HINTS: Hints = MappingProxyType({})


class Draft(NamedTuple):
    """A part as graphlay sets it if the order of operands is free, and whether in the swift way."""

    part: Part
    found: "graphlay.Layout"
    swift: bool

    @property
    def size(self) -> tuple[float, float]:
        """How wide and how tall it is, about as much as with its operands in order."""
        low, high = self.found.bounds["min"], self.found.bounds["max"]
        return high["x"] - low["x"], high["y"] - low["y"]


class Layers(NamedTuple):
    """A part as it is set: places by key, routes in the order of its edges, its size."""

    part: Part
    places: dict[str, Place]
    routes: list[Route]
    width: float
    height: float


def drafts(parts: Sequence[Part], upright: bool) -> list[Draft]:
    """Parts set once. Raises UsageError without graphlay."""
    swift = sum(map(effort, parts)) > MOST_CAREFUL
    return [Draft(part, _drawn(part, upright, SWIFT if swift else {}, ordered=False), swift) for part in parts]


def layers(draft: Draft, upright: bool) -> Layers:
    """A part with its operands in their order, from the top or from the left, unless it is set swiftly."""
    part, free, swift = draft
    if swift:
        return _read(part, free.raw, upright, 0)
    ways = [_drawn(part, upright, {}, ordered=True, hints=hints) for hints in ({}, _hints(part, upright))]
    return _read(part, min(ways, key=lambda way: int(way.metrics()["crossings"])).raw, upright, ROUNDS)


def _drawn(
    part: Part, upright: bool, manner: Mapping[str, Any], ordered: bool, hints: Hints = NO_HINTS
) -> "graphlay.Layout":
    """What graphlay says of a part."""
    try:
        import graphlay  # 4 MB, which no other form of a picture needs
    except ModuleNotFoundError:
        raise UsageError("a drawing needs graphlay, which is missing", hint=DRAW_EXTRA) from None
    keys = {key: index for index, key in enumerate(part.sizes)}
    nodes = [
        {"size": {"width": wide, "height": tall}, **hints.get(key, {})} for key, (wide, tall) in part.sizes.items()
    ]
    edges = [_request(edge, keys, upright, ordered) for edge in part.edges]
    way = "topbottom" if upright else "leftright"
    options = {"direction": way, "spacing": SPACING, "routing": {"port_sides": "facing_only"}, **manner}
    return graphlay.layout({"nodes": nodes, "edges": edges}, options=options)


def _hints(part: Part, upright: bool) -> Hints:
    """Where boxes stand beside each other if nothing crosses: in the order of a walk from results to their operands."""
    operands: dict[str, list[Edge]] = {}
    for edge in part.edges:
        operands.setdefault(edge.target, []).append(edge)
    used, seen = {edge.source for edge in part.edges}, dict[str, int]()
    pending = [key for key in part.sizes if key not in used]
    while pending:
        key = pending.pop()
        if key not in seen:
            seen[key] = len(seen)
            pending += [edge.source for edge in sorted(operands.get(key, []), key=lambda edge: -edge.position)]
    axis, other = ("x", "y") if upright else ("y", "x")
    return {key: {"position": {axis: STEP * at, other: 0.0}} for key, at in seen.items()}


def _request(edge: Edge, keys: Mapping[str, int], upright: bool, ordered: bool) -> dict[str, Any]:
    """An arrow as graphlay has it."""
    asked: dict[str, Any] = {"source": keys[edge.source], "target": keys[edge.target]}
    if edge.factor:
        asked["label_size"] = {"width": ROOM[0], "height": ROOM[1]}
    if edge.operands > 1 and (edge.twin or (ordered and not edge.free)):
        along = PORTS * (2 * edge.position / (edge.operands - 1) - 1)
        asked["target_port"] = {"offset": {"side": "top" if upright else "left", "t": along}}
    return asked


def _read(part: Part, raw: Mapping[str, Any], upright: bool, rounds: int) -> Layers:
    """What graphlay says, from the left and the top; mirrored where more operands are in their order then."""
    low, high = _point(raw["bounds"]["min"]), _point(raw["bounds"]["max"])
    routes = [_route(edge) for edge in raw["edges"]]
    turned = _disorder(part, routes, upright) > 0
    across, along = (-1 if turned and upright else 1), (-1 if turned and not upright else 1)
    move = Move(-low.x if across > 0 else high.x, -low.y if along > 0 else high.y, across, along)
    places = {}
    for (key, (wide, tall)), node in zip(part.sizes.items(), raw["nodes"], strict=True):
        center = _point(node["center"])
        places[key] = move.place(Place(center.x - wide / 2, center.y - tall / 2, wide, tall))
    moved = _in_order(part, tuple(map(move.route, routes)))
    told = [edge.factor for edge in part.edges]
    routes = numbers(moved, told, [*places.values()], ROOM, rounds)
    return Layers(part, places, routes, high.x - low.x, high.y - low.y)


def _disorder(part: Part, routes: Sequence[Route], upright: bool) -> int:
    """How many more pairs of neighbouring operands arrive against their order than in it."""
    ends: dict[tuple[str, int], float] = {}
    for edge, route in zip(part.edges, routes, strict=True):
        if edge.free:
            continue
        ends[edge.target, edge.position] = route.points[-1].x if upright else route.points[-1].y
    pairs = [
        (at, ends[target, position + 1]) for (target, position), at in ends.items() if (target, position + 1) in ends
    ]
    return sum((one > other) - (one < other) for one, other in pairs)


def _route(edge: Mapping[str, Any]) -> Route:
    points = tuple(map(_point, edge["points"]))
    anchor = edge.get("label_anchor")
    return Route(points, _point(anchor) if anchor else middle(points))


def _point(raw: Mapping[str, float]) -> Point:
    return Point(raw["x"], raw["y"])


def _in_order(part: Part, routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """The routes; those between the same two boxes, as of x*x, run beside each other in operand order."""
    beside: dict[tuple[str, str], list[int]] = {}
    for index, edge in enumerate(part.edges):
        beside.setdefault((edge.source, edge.target), []).append(index)
    found = dict[int, Route]()
    for indices in beside.values():
        found |= zip(
            indices, sorted((routes[index] for index in indices), key=lambda route: route.points[-1][::-1]), strict=True
        )
    return tuple(found[index] for index in range(len(routes)))
