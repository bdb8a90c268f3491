"""A picture in parts that are set one below the other, so that a long chain is a page and no sliver.

Depends on `cards`. A part has its own boxes, links to boxes of earlier parts that it uses, and exits from boxes that
are used in later parts alone.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
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
    boxes, edges = {box.key: box for box in picture.boxes}, _edges(picture, look, rows)
    sizes: list[dict[str, tuple[float, float]]] = [{} for _ in edges]
    for key, card in cards.items():
        sizes[rows[key]][key] = (card.width, card.height)
    used = zip(sizes, edges, _later(picture, rows), strict=True)
    return [_part(own, inside, later, boxes, look.upright) for own, inside, later in used]


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
        first, last = bisect_left(ends, aim - slack), bisect_right(ends, aim + slack)
        near = range(max(cuts[-1], first) + 1, min(len(ends), last + 1))
        cuts += [min(near, key=lambda at: (passing[at], abs(ends[at - 1] - aim)))] if near else []
    rows = {key: bisect_right(cuts, at) - 1 for key, at in rank.items()}
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


def _part(
    own: dict[str, tuple[float, float]],
    edges: list[Edge],
    later: Mapping[str, int],
    boxes: Mapping[str, Box],
    upright: bool,
) -> Part:
    """The boxes of a row, and what joins it to others."""
    uses = Counter(edge.source for edge in edges if edge.source not in own)
    links = {key: key.removesuffix(LINKED) for key in uses}
    exits = {f"{key}>": (key, row + 1) for key, row in later.items()}
    sizes = own | {key: _small(link_text(boxes[links[key]]), count, upright) for key, count in uses.items()}
    sizes |= {key: _small(exit_text(there, upright), 1, upright) for key, (_, there) in exits.items()}
    return Part(sizes, (*edges, *(Edge(key, there) for there, (key, _) in exits.items())), links, exits)


def _edges(picture: Picture, look: Look, rows: Mapping[str, int]) -> list[list[Edge]]:
    """The arrows to the boxes of each row; those from earlier rows begin at a link."""
    boxes = {box.key: box for box in picture.boxes}
    operands = Counter(arrow.target for arrow in picture.arrows)
    joined = Counter((arrow.source, arrow.target) for arrow in picture.arrows)
    found: list[list[Edge]] = [[] for _ in range(1 + max(rows.values(), default=0))]
    for index, arrow in enumerate(picture.arrows):
        row = rows[arrow.target]
        key = arrow.source if rows[arrow.source] == row else arrow.source + LINKED
        room, twin = has_factor(arrow, boxes, look), joined[arrow.source, arrow.target] > 1
        edge = Edge(key, arrow.target, index, arrow.position, operands[arrow.target], room, twin, arrow.free)
        found[row].append(edge)
    return found


def _later(picture: Picture, rows: Mapping[str, int]) -> list[dict[str, int]]:
    """The boxes of each row that are used in later ones alone, and in which first."""
    first: dict[str, int] = {}
    for arrow in picture.arrows:
        first[arrow.source] = min(first.get(arrow.source, rows[arrow.target]), rows[arrow.target])
    found: list[dict[str, int]] = [{} for _ in range(1 + max(rows.values(), default=0))]
    for key, use in first.items():
        if use > rows[key]:
            found[rows[key]][key] = use
    return found


def _small(text: str, uses: int, upright: bool) -> tuple[float, float]:
    """The size of a link or an exit, which has room for the arrows at its side."""
    side = ARROW_ROOM * uses + PADDING
    wide = round(width(text, SIZE) + 2 * PADDING, 1)
    return (max(wide, side), LINK_HEIGHT) if upright else (wide, max(LINK_HEIGHT, side))
