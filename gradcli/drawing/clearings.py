"""Where the numbers of arrows stand: on their own line, beside boxes, other numbers and other lines.

Depends on `geometry`. How long a number is makes no difference: each has the same room.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gradcli.drawing.geometry import Place, Point, Route

CELL = 80.0
SHARES = (0.5, 0.4, 0.3, 0.6, 0.7, 0.2, 0.8, 0.1, 0.9)
"""Where on a stretch of a way a number may stand."""
COVERED, HEAD, CROSSED = 1000.0, 60.0, 40.0
"""What it costs to cover a box or a number, the head of an arrow, another line; as many pixels further cost as much."""
HEAD_ROOM = 13.0


class Obstacle(NamedTuple):
    """What a number should not cover: its cost, and the arrow that it is of, if it is no hindrance to that."""

    place: Place
    cost: float
    arrow: int = -1


class Clearings:
    """Obstacles by the square that they are in, so that few are looked at."""

    def __init__(self) -> None:
        self.squares: dict[tuple[int, int], list[Obstacle]] = {}

    def add(self, obstacle: Obstacle) -> None:
        """One more that is in the way."""
        for square in _squares(obstacle.place):
            self.squares.setdefault(square, []).append(obstacle)

    def discard(self, obstacle: Obstacle) -> None:
        """One that is in the way no more."""
        for square in _squares(obstacle.place):
            self.squares[square].remove(obstacle)

    def cost(self, place: Place, arrow: int) -> float:
        """What it costs that the number of an arrow stands there."""
        found = {one for square in _squares(place) for one in self.squares.get(square, ()) if one.arrow != arrow}
        return sum(one.cost * _nearness(one.place, place) for one in found)


def numbers(
    routes: Sequence[Route], told: Sequence[bool], boxes: Sequence[Place], room: tuple[float, float], rounds: int
) -> list[Route]:
    """The routes, with the numbers of those that are told where they cover least.

    Each is placed again so many times once all are.
    """
    clear = Clearings()
    for place in boxes:
        clear.add(Obstacle(place, COVERED))
    for index, route in enumerate(routes):
        for obstacle in _in_the_way(index, route):
            clear.add(obstacle)
    found = [_placed(route, index, clear, room) if told[index] else route for index, route in enumerate(routes)]
    for _ in range(rounds):
        found = [_again(route, index, clear, room) if told[index] else route for index, route in enumerate(found)]
    return found


def _placed(route: Route, index: int, clear: Clearings, room: tuple[float, float]) -> Route:
    best = min(_candidates(route.points), key=lambda at: clear.cost(_around(at, room), index) + _far(at, route.number))
    clear.add(Obstacle(_around(best, room), COVERED))
    return route._replace(number=best)


def _again(route: Route, index: int, clear: Clearings, room: tuple[float, float]) -> Route:
    """A number once more, now that the others have their places."""
    clear.discard(Obstacle(_around(route.number, room), COVERED))
    return _placed(route, index, clear, room)


def _in_the_way(index: int, route: Route) -> Iterator[Obstacle]:
    """The line of an arrow, which its own number may stand on, and its head, which it may not."""
    for one, other in pairwise(route.points):
        yield Obstacle(_between(one, other), CROSSED, index)
    yield Obstacle(_around(route.points[-1], (2 * HEAD_ROOM, 2 * HEAD_ROOM)), HEAD)


def _candidates(points: Sequence[Point]) -> Iterator[Point]:
    for one, other in pairwise(points):
        for share in SHARES:
            yield Point(one.x + share * (other.x - one.x), one.y + share * (other.y - one.y))


def _around(at: Point, room: tuple[float, float]) -> Place:
    return Place(at.x - room[0] / 2, at.y - room[1] / 2, *room)


def _between(one: Point, other: Point) -> Place:
    return Place(min(one.x, other.x), min(one.y, other.y), abs(one.x - other.x), abs(one.y - other.y))


def _far(one: Point, other: Point) -> float:
    return (abs(one.x - other.x) + abs(one.y - other.y)) / 10


def _nearness(one: Place, other: Place) -> float:
    """1 where the middles of two places meet, a half where they touch, else 0."""
    across = _overlap(one.x, one.width, other.x, other.width)
    if across <= 0:  # most are apart, and this is asked often
        return 0.0
    along = _overlap(one.y, one.height, other.y, other.height)
    return 0.5 + 0.5 * min(across, along) if along > 0 else 0.0


def _overlap(one: float, long: float, other: float, wide: float) -> float:
    """The same of two stretches; below 0 where they are apart."""
    return 1 - abs(2 * one + long - 2 * other - wide) / (long + wide)


def _squares(place: Place) -> Iterator[tuple[int, int]]:
    for x in range(int(place.x // CELL), int((place.x + place.width) // CELL) + 1):
        for y in range(int(place.y // CELL), int((place.y + place.height) // CELL) + 1):
            yield x, y
