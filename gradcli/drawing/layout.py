"""Where the boxes of a picture stand and which way its arrows run: in layers, and in rows where it is long.

Depends on `rows`, which cuts it, on `effort` and on `layers`, which sets each part. Nothing of it depends on a number.
"""

from typing import NamedTuple

from gradcli.drawing.cards import cards
from gradcli.drawing.effort import effort, least_effort
from gradcli.drawing.folding import NoRoomError
from gradcli.drawing.geometry import Move, Place, Route
from gradcli.drawing.layers import Layers, drafts, layers
from gradcli.drawing.look import Direction, Look
from gradcli.drawing.picture import Picture
from gradcli.drawing.rows import length, parts

ROW_GAP = 36.0
MOST_SECONDS = 0.6
"""As `effort` has them, for all rows."""
MOST_AT_ONCE = 10_000
"""Pixels of boxes in one row: a longer one is a sliver, and takes the longer to set."""


class Shape(NamedTuple):
    """What is long: more pixels than `longest`, and so many times the breadth; in rows so many times or less."""

    longest: float
    in_one: float
    in_rows: float


SIDEWAYS, UPRIGHT = Shape(1800, 3.6, 2.4), Shape(1200, 2.0, 1.3)


class Exit(NamedTuple):
    """What tells that a box is used in a later row: where that stands, the arrow to it, the number of the row."""

    source: str
    place: Place
    route: Route
    row: int


class Link(NamedTuple):
    """A box of an earlier row, named again where a row uses it."""

    source: str
    place: Place


class Layout(NamedTuple):
    """Places of boxes by key, routes in the order of the picture's arrows, what joins rows, and the size of all."""

    places: dict[str, Place]
    routes: tuple[Route, ...]
    links: tuple[Link, ...]
    exits: tuple[Exit, ...]
    width: float
    height: float


def layout(picture: Picture, look: Look) -> Layout:
    """Places and routes of a picture. Raises UsageError without graphlay, NoRoomError for what takes too long."""
    rows = _fitting(picture, look)
    along, breadth = _size([(row.width, row.height) for row in rows], look.upright)
    width, height = (breadth, along) if look.upright else (along, breadth)
    return _joined(rows, _moves(rows, look, width, height), width, height, len(picture.arrows))


def _fitting(picture: Picture, look: Look) -> list[Layers]:
    """The picture in one row, or in as many as make it a page that is soon set."""
    if least_effort(picture) > MOST_SECONDS:
        raise _too_much(picture)
    shape, room = UPRIGHT if look.upright else SIDEWAYS, cards(picture, look)
    count = 1 + int(length(picture, room, look) / MOST_AT_ONCE)
    most = shape.in_one if count == 1 else shape.in_rows
    while True:
        rows = parts(picture, room, look, count)
        if sum(map(effort, rows)) <= MOST_SECONDS:
            drafted = drafts(rows, look.upright)
            along, breadth = _size([each.size for each in drafted], look.upright)
            if along <= max(shape.longest, most * breadth) or len(rows) < count:
                return [layers(each, look.upright) for each in drafted]
        elif len(rows) < count:
            raise _too_much(picture)
        count, most = count + 1 + count // 3, shape.in_rows


def _too_much(picture: Picture) -> NoRoomError:
    folded, whole = "take --format dot, or the tree that a terminal shows", "fold it: --collapse names"
    said = f"a drawing of {len(picture.boxes):,} boxes and {len(picture.arrows):,} arrows takes too long to set"
    return NoRoomError(said, hint=folded if picture.folded else whole)


def _size(rows: list[tuple[float, float]], upright: bool) -> tuple[float, float]:
    """Length and breadth of rows beside each other, by their widths and heights."""
    wide, tall = zip(*rows, strict=True)
    lengths, breadths = (tall, wide) if upright else (wide, tall)
    return max(lengths), sum(breadths) + ROW_GAP * (len(rows) - 1)


def _moves(rows: list[Layers], look: Look, width: float, height: float) -> list[Move]:
    """Where each row goes: below the last, or beside it where arrows run down; mirrored where they run back."""
    moves, at = [], 0.0
    for row in rows:
        x, y = (at, 0.0) if look.upright else (0.0, at)
        across, along = (-1 if look.direction is way else 1 for way in (Direction.RL, Direction.BT))
        moves.append(Move(width - x if across < 0 else x, height - y if along < 0 else y, across, along))
        at += (row.width if look.upright else row.height) + ROW_GAP
    return moves


def _joined(rows: list[Layers], moves: list[Move], width: float, height: float, arrows: int) -> Layout:
    places, routes = dict[str, Place](), dict[int, Route]()
    links, exits = list[Link](), list[Exit]()
    for row, move in zip(rows, moves, strict=True):
        part, moved = row.part, {key: move.place(place) for key, place in row.places.items()}
        for edge, route in zip(part.edges, map(move.route, row.routes), strict=True):
            if edge.arrow is None:
                exits.append(Exit(edge.source, moved[edge.target], route, part.exits[edge.target][1]))
            else:
                routes[edge.arrow] = route
        links += [Link(source, moved[key]) for key, source in part.links.items()]
        places |= {key: place for key, place in moved.items() if key not in part.links and key not in part.exits}
    return Layout(places, tuple(routes[index] for index in range(arrows)), tuple(links), tuple(exits), width, height)
