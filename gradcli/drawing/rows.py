"""A picture in parts that are set one below the other, so that a long chain is a page and no sliver.

Depends on `cards`. A part has its own boxes, links to boxes of earlier parts that it uses, and exits from boxes that
are used in later parts alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from gradcli.drawing.cards import PADDING, SIZE, Card, has_factor
from gradcli.drawing.lettering import plain, width
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Box, Picture
from gradcli.excerpts import amid

SLACK = 0.25
"""By how much of a row its end may move to where fewer arrows are cut."""
LONGEST_LINK = 14
LINKED = "@"
"""What the key of a link ends with, after that of the box that it names."""
LINK_HEIGHT, ARROW_ROOM = 24.0, 12.0


class Edge(NamedTuple):
    """An arrow of a part.

    arrow     its index in the picture; that of none for the arrow to an exit
    position  which operand it is, of how many
    factor    whether room is kept for a number on it
    twin      whether another arrow joins the same boxes, as in x*x
    free      whether operands may arrive in any order
    """

    source: str
    target: str
    arrow: int | None = None
    position: int = 0
    operands: int = 1
    factor: bool = False
    twin: bool = False
    free: bool = False


class Part(NamedTuple):
    """The boxes of a row with their sizes, and the arrows between them.

    links  key in this part → key of the box that it names
    exits  key in this part → (key of the box that is used later, the number of the row)
    """

    sizes: dict[str, tuple[float, float]]
    edges: tuple[Edge, ...]
    links: dict[str, str]
    exits: dict[str, tuple[str, int]]


def link_text(box: Box) -> str:
    """How a box is called in another row."""
    return amid(plain(box.title), LONGEST_LINK)


def exit_text(row: int, upright: bool) -> str:
    """Where a box is used, in words."""
    return f"to column {row}" if upright else f"to row {row}"


def parts(picture: Picture, cards: Mapping[str, Card], look: Look, count: int) -> list[Part]:
    """The picture in so many parts, or fewer."""
    rows = _rows(picture, cards, look, count)
    return [_part(picture, cards, look, rows, row) for row in range(1 + max(rows.values(), default=0))]


def ranks(picture: Picture) -> dict[str, int]:
    """How many operations come before each box on its longest path; one without any stands before its first use."""
    found = {box.key: 0 for box in picture.boxes}
    first: dict[str, int] = {}
    made = {arrow.target for arrow in picture.arrows}
    for arrow in picture.arrows:
        found[arrow.target] = max(found[arrow.target], found[arrow.source] + 1)
    for arrow in picture.arrows:
        first[arrow.source] = min(first.get(arrow.source, len(found)), found[arrow.target])
    return {key: rank if key in made else first.get(key, 1) - 1 for key, rank in found.items()}


def length(picture: Picture, cards: Mapping[str, Card], look: Look) -> float:
    """How long the boxes of a picture are in one row, without what is between them."""
    return sum(_lengths(ranks(picture), cards, look))


def _rows(picture: Picture, cards: Mapping[str, Card], look: Look, count: int) -> dict[str, int]:
    """The row of each box: as long as the others, cut where few arrows pass."""
    rank = ranks(picture)
    ends = [*accumulate(_lengths(rank, cards, look))]
    passing = _passing(picture, rank, len(ends))
    cuts = [0]
    for number in range(1, count):
        aim, slack = ends[-1] * number / count, ends[-1] / count * SLACK
        near = [at for at in range(cuts[-1] + 1, len(ends)) if abs(ends[at - 1] - aim) <= slack]
        cuts += [min(near, key=lambda at: (passing[at], abs(ends[at - 1] - aim)))] if near else []
    rows = {key: sum(1 for cut in cuts if cut <= at) - 1 for key, at in rank.items()}
    rows |= _rows_of_leaves(picture, rows)
    kept = {row: index for index, row in enumerate(sorted(set(rows.values())))}
    return {key: kept[row] for key, row in rows.items()}


def _rows_of_leaves(picture: Picture, rows: Mapping[str, int]) -> dict[str, int]:
    """A box without operands stands in the row that uses it first."""
    first: dict[str, int] = {}
    made = {arrow.target for arrow in picture.arrows}
    for arrow in picture.arrows:
        if arrow.source not in made:
            first[arrow.source] = min(first.get(arrow.source, rows[arrow.target]), rows[arrow.target])
    return first


def _lengths(rank: Mapping[str, int], cards: Mapping[str, Card], look: Look) -> list[float]:
    """The length of each rank along the arrows."""
    lengths = [0.0] * (1 + max(rank.values(), default=0))
    for key, at in rank.items():
        lengths[at] = max(lengths[at], cards[key].height if look.upright else cards[key].width)
    return lengths


def _passing(picture: Picture, rank: Mapping[str, int], count: int) -> list[int]:
    """How many boxes are used across the end of each rank."""
    last: dict[str, int] = {}
    for arrow in picture.arrows:
        last[arrow.source] = max(last.get(arrow.source, 0), rank[arrow.target])
    change = [0] * (count + 1)
    for key, end in last.items():
        change[rank[key] + 1] += 1
        change[end + 1 if end < count else count] -= 1
    return [*accumulate(change)]


def _part(picture: Picture, cards: Mapping[str, Card], look: Look, rows: Mapping[str, int], row: int) -> Part:
    """The boxes of a row, and what joins it to others."""
    boxes = {box.key: box for box in picture.boxes}
    edges = tuple(_edges(picture, look, rows, row))
    sizes = {key: (card.width, card.height) for key, card in cards.items() if rows[key] == row}
    uses = Counter(edge.source for edge in edges if edge.source not in sizes)
    links = {key: key.removesuffix(LINKED) for key in uses}
    exits = {f"{key}>": (key, later + 1) for key, later in _later(picture, rows, row).items()}
    sizes |= {key: _small(link_text(boxes[links[key]]), count, look.upright) for key, count in uses.items()}
    sizes |= {key: _small(exit_text(there, look.upright), 1, look.upright) for key, (_, there) in exits.items()}
    return Part(sizes, edges + tuple(Edge(key, there) for there, (key, _) in exits.items()), links, exits)


def _edges(picture: Picture, look: Look, rows: Mapping[str, int], row: int) -> Iterator[Edge]:
    """The arrows to the boxes of a row; those from earlier rows begin at a link."""
    boxes = {box.key: box for box in picture.boxes}
    operands = Counter(arrow.target for arrow in picture.arrows)
    joined = Counter((arrow.source, arrow.target) for arrow in picture.arrows)
    for index, arrow in enumerate(picture.arrows):
        if rows[arrow.target] == row:
            key = arrow.source if rows[arrow.source] == row else arrow.source + LINKED
            room, twin = has_factor(arrow, boxes, look), joined[arrow.source, arrow.target] > 1
            yield Edge(key, arrow.target, index, arrow.position, operands[arrow.target], room, twin, arrow.free)


def _later(picture: Picture, rows: Mapping[str, int], row: int) -> dict[str, int]:
    """The boxes of a row that are used in later ones alone, and in which first."""
    first: dict[str, int] = {}
    for arrow in picture.arrows:
        if rows[arrow.source] == row:
            first[arrow.source] = min(first.get(arrow.source, rows[arrow.target]), rows[arrow.target])
    return {key: use for key, use in first.items() if use > row}


def _small(text: str, uses: int, upright: bool) -> tuple[float, float]:
    """The size of a link or an exit, which has room for the arrows at its side."""
    side = ARROW_ROOM * uses + PADDING
    wide = round(width(text, SIZE) + 2 * PADDING, 1)
    return (max(wide, side), LINK_HEIGHT) if upright else (wide, max(LINK_HEIGHT, side))
