"""Points, boxes and ways of a drawing in pixels, from the left and the top, and how they are moved and mirrored.

Depends on the standard library.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


class Place(NamedTuple):
    """A box: its left, its top, its size."""

    x: float
    y: float
    width: float
    height: float


class Route(NamedTuple):
    """An arrow from border to border, and where its number stands."""

    points: tuple[Point, ...]
    number: Point


class Move(NamedTuple):
    """What moves by (x, y), after it was mirrored where `across` or `along` is -1."""

    x: float = 0.0
    y: float = 0.0
    across: int = 1
    along: int = 1

    def point(self, point: Point) -> Point:
        """A point moved."""
        return Point(self.x + self.across * point.x, self.y + self.along * point.y)

    def place(self, place: Place) -> Place:
        """A box moved: where it is mirrored, its far corner becomes its near one."""
        x, y = place.x + (place.width if self.across < 0 else 0.0), place.y + (place.height if self.along < 0 else 0.0)
        return Place(*self.point(Point(x, y)), place.width, place.height)

    def route(self, route: Route) -> Route:
        """An arrow moved."""
        return Route(tuple(map(self.point, route.points)), self.point(route.number))


def around(points: Sequence[Point]) -> Place:
    """The least box that has all of them."""
    left, top = min(point.x for point in points), min(point.y for point in points)
    return Place(left, top, max(point.x for point in points) - left, max(point.y for point in points) - top)


def middle(points: Sequence[Point]) -> Point:
    """The middle of the longest stretch of a way."""
    one, other = max(pairwise(points), key=lambda ends: abs(ends[0].x - ends[1].x) + abs(ends[0].y - ends[1].y))
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2)
