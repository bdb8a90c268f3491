"""The geometry of what is drawn, as SVG writes it: ways of arrows, and boxes with round corners or cut ones.

Depends on `geometry`. A form is the name of an element with the attributes of its geometry.
"""

from collections.abc import Sequence
from math import hypot

from gradcli.drawing.geometry import Place, Point

CORNER = 7.0


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:g}"


def at(point: Point) -> str:
    """A place in a path."""
    return f"{number(point.x)} {number(point.y)}"


def direction(points: Sequence[Point]) -> tuple[float, float]:
    """Where a way is going at its end."""
    before, end = points[-2:]
    size = hypot(end.x - before.x, end.y - before.y) or 1.0
    return (end.x - before.x) / size, (end.y - before.y) / size


def shortened(points: Sequence[Point], by: float) -> list[Point]:
    """A way that ends a little before its end, where the head begins."""
    end, (x, y) = points[-1], direction(points)
    return [*points[:-1], Point(end.x - by * x, end.y - by * y)]


def way(points: Sequence[Point]) -> str:
    """A path of straight stretches with round corners; each step is told from the last, as that was rounded."""
    steps, last = [f"M{at(points[0])}"], points[0]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _apart(before, corner) / 2, _apart(corner, after) / 2)
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        steps.append(f"{_straight(last, start)}q{step(start, corner)} {step(start, end)}")
        last = end
    return f'path d="{close("".join([*steps, _straight(last, points[-1])]))}"'


def head(points: Sequence[Point], long: float, broad: float) -> str:
    """The head of an arrow, a path whose tip is the end of a way."""
    tip, (x, y) = points[-1], direction(points)
    back = Point(tip.x - long * x, tip.y - long * y)
    one, other = Point(back.x - broad * y, back.y + broad * x), Point(back.x + broad * y, back.y - broad * x)
    return f'path d="{close(f"M{at(tip)}l{step(tip, one)}{_straight(one, other)}z")}"'


def _straight(start: Point, end: Point) -> str:
    """A stretch, by the shortest name of its kind."""
    across, down = step(start, end).split()
    return f"h{across}" if down == "0" else f"v{down}" if across == "0" else f"l{across} {down}"


def step(start: Point, end: Point) -> str:
    """How far it is from one place to another, both to a tenth of a pixel."""
    return " ".join(number(round(to, 1) - round(by, 1)) for by, to in zip(start, end, strict=True))


def close(path: str) -> str:
    """A path without the spaces that a sign makes needless."""
    return path.replace(" -", "-")


def _apart(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def _towards(start: Point, end: Point, by: float) -> Point:
    share = by / (_apart(start, end) or 1.0)
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))


def rounded(place: Place, radius: float) -> str:
    """A box with round corners."""
    x, y, wide, tall = place
    corner = f'x="{number(x)}" ' * bool(x) + f'y="{number(y)}" ' * bool(y)
    return f'rect {corner}width="{number(wide)}" height="{number(tall)}" rx="{number(radius)}"'


def cut(place: Place, corner: float) -> str:
    """A box whose corners are cut off."""
    x, y, wide, tall = place
    turn = f"l{number(corner)} {number(corner)}"
    back = turn.replace(" ", " -")
    return (
        f'path d="M{number(x + corner)} {number(y)}h{number(wide - 2 * corner)}{turn}v{number(tall - 2 * corner)}'
        f"l-{number(corner)} {number(corner)}h-{number(wide - 2 * corner)}l-{number(corner)} -{number(corner)}"
        f'v-{number(tall - 2 * corner)}{back}Z"'
    )
