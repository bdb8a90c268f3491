"""How large boxes are, and where each stands along the arrows and across them, for either way of drawing.

Depends on the modules beside it.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from gradcli.drawing.look import Direction
from gradcli.drawing.picture import Picture
from gradcli.drawing.terminal.cells import Line, cells, width
from gradcli.drawing.terminal.labels import Wording, arrow_text, is_bare, lines
from gradcli.drawing.terminal.layers import Layered, layered
from gradcli.drawing.terminal.tracks import BEND, Size, gap, placed

UPRIGHT = (Direction.TB, Direction.BT)


class Room(NamedTuple):
    """A box's lines, the cells of it with its frame, and whether it has one: a bare number has none."""

    lines: Sequence[Line]
    width: int
    height: int
    framed: bool


def ordered(picture: Picture) -> Layered:
    """The boxes of a picture in layers."""
    at = {box.key: index for index, box in enumerate(picture.boxes)}
    return layered(len(at), [(at[arrow.source], at[arrow.target]) for arrow in picture.arrows])


class Plan:
    """A picture laid out. `Direction` turns it: along the arrows is to the right, or down, or against these."""

    def __init__(self, picture: Picture, found: Layered, how: Wording) -> None:
        self.picture, self.found, self.how = picture, found, how
        self.upright = how.look.direction in UPRIGHT
        self.signs = [arrow_text(arrow, how.look) for arrow in picture.arrows]
        self.arriving = _arriving(picture)
        self.rooms = [self._room(index) for index in range(len(picture.boxes))]
        bends = sum(map(len, found.layers)) - len(self.rooms)
        self.sizes = [*(self._size(index) for index in range(len(self.rooms))), *[BEND] * bends]
        self.places = placed(found, self.sizes, self._apart)
        self.gaps = [gap(links, self.places, self.sizes) for links in found.links]
        self.deep = [max(self.sizes[it].along for it in layer) for layer in found.layers]

    @property
    def width(self) -> int:
        """The columns that it takes."""
        return self.across if self.upright else self.along

    @cached_property
    def starts(self) -> list[int]:
        """Where each layer starts along the arrows."""
        found = [0]
        for deep, number in zip(self.deep, range(len(self.gaps)), strict=False):
            found.append(found[-1] + deep + self._gap(number))
        return found

    @property
    def height(self) -> int:
        """The lines that it takes."""
        return self.along if self.upright else self.across

    @property
    def along(self) -> int:
        """The cells along the arrows."""
        return self.starts[-1] + self.deep[-1]

    @property
    def across(self) -> int:
        """The cells across them."""
        boxes = (place + size.across for place, size in zip(self.places, self.sizes, strict=True))
        turns = (place + 1 for one in self.gaps for turns in one.turns.values() for _, place in turns)
        return max((*boxes, *turns))

    def start(self, number: int, it: int) -> int:
        """Where a box of a layer starts along the arrows: what no arrow comes to stands at the end of the layer."""
        late = it < len(self.rooms) and not self.arriving[it] and number < len(self.gaps)
        return self.starts[number] + (self.deep[number] - self.sizes[it].along if late else 0)

    def leave(self, it: int) -> int:
        """Where arrows leave a box or bend, across."""
        return self.places[it] + self.sizes[it].leave

    def enter(self, it: int, port: int) -> int:
        """Where an arrow comes to it."""
        return self.places[it] + self.sizes[it].enter[port]

    def is_bend(self, it: int) -> bool:
        """Whether it is no box."""
        return it >= len(self.rooms)

    def _room(self, index: int) -> Room:
        box, arrows = self.picture.boxes[index], self.arriving[index]
        told = lines(box, self.how)
        if is_bare(box) and len(told) == 1:
            return Room(told, max(1, width(told[0])), 1, framed=False)
        high = max(len(told), 0 if self.upright else arrows)
        wide = max(*map(width, told), 2 * arrows - 1 if self.upright else 0)
        return Room(told, wide + 4, high + 2, framed=True)

    def _size(self, index: int) -> Size:
        room, arrows = self.rooms[index], self.arriving[index]
        along, across = (room.height, room.width) if self.upright else (room.width, room.height)
        frame = 1 if room.framed else 0
        if not self.upright and not room.framed:
            along += 1  # a blank before the line
        inner = across - 2 * frame
        return Size(along, across, frame + (inner - 1) // 2, tuple(frame + at for at in _spread(inner, arrows)))

    def _apart(self, one: int, other: int) -> int:
        thin = self.is_bend(one) and self.is_bend(other)
        return (1 if thin else 2) if self.upright else (0 if thin else 1)

    def _gap(self, number: int) -> int:
        """The length of the gap behind a layer: tracks, factors, heads, and a cell before and between."""
        factors = self._factors(number)
        return 1 + self.gaps[number].tracks + (factors + 1 if factors else 0) + (1 if self.upright else 2)

    def _factors(self, number: int) -> int:
        """The cells of the longest factor that stands in a gap; with arrows that run down it stands beside them."""
        ends = [link.arrows[0] for link in self.found.links[number] if not self.is_bend(link.target)]
        return 0 if self.upright else max((cells(self.signs[it].factor) for it in ends), default=0)


def _arriving(picture: Picture) -> list[int]:
    """How many arrows come to each box."""
    counts = dict.fromkeys((box.key for box in picture.boxes), 0)
    for arrow in picture.arrows:
        counts[arrow.target] += 1
    return list(counts.values())


def _spread(room: int, count: int) -> list[int]:
    """So many places in a room, evenly; a single one where an arrow leaves.

    >>> _spread(4, 1), _spread(3, 2), _spread(11, 2), _spread(4, 3)
    ([1], [0, 2], [2, 8], [0, 2, 3])
    """
    return [(room - 1) // 2] if count == 1 else [int((at + 0.5) * room / count) for at in range(count)]
