"""Drawings of graphs in letters, read back: which boxes are there, and what each arrow runs from and to."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NORTH, EAST, SOUTH, WEST = (0, -1), (1, 0), (0, 1), (-1, 0)
LINES = {
    "─": (EAST, WEST), "┄": (EAST, WEST), "│": (NORTH, SOUTH), "┆": (NORTH, SOUTH),
    "└": (NORTH, EAST), "┌": (SOUTH, EAST), "┐": (SOUTH, WEST), "┘": (NORTH, WEST),
    "├": (NORTH, EAST, SOUTH), "┤": (NORTH, WEST, SOUTH), "┬": (EAST, SOUTH, WEST), "┴": (NORTH, EAST, WEST),
    "┼": (NORTH, EAST, SOUTH, WEST),
}  # fmt: skip
HEADS = {
    **dict.fromkeys("▶▷→", EAST),
    **dict.fromkeys("◀◁←", WEST),
    **dict.fromkeys("▼▽↓", SOUTH),
    **dict.fromkeys("▲△↑", NORTH),
}
BRANCH = re.compile(r"((?:│  |   )*)[├└][◀◁←](?:×[^─┄]*)?[─┄] (\S+)")
ELSEWHERE = re.compile(r" [↑↓](?:   |$)")
"""What says that a box is shown in full in another place."""

Place = tuple[int, int]


class Drawn(NamedTuple):
    """What a drawing shows: the lines of each box by its name, and source and target of each arrow, in operand order."""

    boxes: dict[str, list[str]]
    arrows: list[tuple[str, str]]


class Grid:
    """A drawing of boxes, cell by cell; letters are one cell wide."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.cells = {(column, row): it for row, line in enumerate(lines) for column, it in enumerate(line)}
        self.owner: dict[Place, str] = {}
        self.boxes: dict[str, list[str]] = {}
        for place in sorted(self.cells, key=lambda it: (it[1], it[0])):
            self._find_box(place)

    def at(self, place: Place) -> str:
        return self.cells.get(place, " ")

    def _find_box(self, place: Place) -> None:
        """The box whose corner is here, if one is: it is closed on all sides."""
        column, row = place
        if self.at(place) != "┌":
            return
        right, bottom = column + 1, row + 1
        while self.at((right, row)) in "─┄┴┬":
            right += 1
        while self.at((column, bottom)) in "│┆├┤":
            bottom += 1
        corners = self.at((right, row)), self.at((column, bottom)), self.at((right, bottom))
        closed = all(self.at((at, bottom)) in "─┄┴┬" for at in range(column + 1, right)) and all(
            self.at((right, line)) in "│┆├┤" for line in range(row + 1, bottom)
        )
        if corners == ("┐", "└", "┘") and closed:
            inner = [
                "".join(self.at((at, line)) for at in range(column + 2, right - 1)).rstrip()
                for line in range(row + 1, bottom)
            ]
            name = inner[0].split(" = ")[0]
            self.boxes[name] = inner
            self.owner |= {(at, line): name for at in range(column, right + 1) for line in range(row, bottom + 1)}

    def arrows(self) -> Iterator[tuple[str, str]]:
        for place, letter in sorted(self.cells.items(), key=lambda it: it[0]):
            way = HEADS.get(letter)
            if way and place not in self.owner and _moved(place, way) in self.owner:
                (source,) = set(self._sources(place, _opposite(way)))
                yield source, self.owner[_moved(place, way)]

    def _sources(self, place: Place, way: Place) -> Iterator[str]:
        """Where lines come from that lead here, walking against them."""
        pending, seen = [(place, way)], set[tuple[Place, Place]]()
        while pending:
            at, way = step = pending.pop()
            if step in seen:
                continue
            seen.add(step)
            there = _moved(at, way)
            letter = self.at(there)
            if there in self.owner:
                yield self.owner[there]
            elif letter == " " or (way in (NORTH, SOUTH) and letter not in LINES and letter not in HEADS):
                yield self._bare(there, way)
            elif letter in LINES and _opposite(way) in LINES[letter]:
                pending += [(there, on) for on in LINES[letter] if on != _opposite(way)]
            elif letter not in HEADS:  # under a line that crosses, or through a factor
                pending.append((there, way))

    def _bare(self, place: Place, way: Place) -> str:
        """What stands without a frame where a line begins."""
        column, row = _moved(place, way) if way in (EAST, WEST) else place
        start, end = column, column
        while self.at((start - 1, row)) != " ":
            start -= 1
        while self.at((end + 1, row)) != " ":
            end += 1
        return "".join(self.at((it, row)) for it in range(start, end + 1))


def _moved(place: Place, way: Place) -> Place:
    return place[0] + way[0], place[1] + way[1]


def _opposite(way: Place) -> Place:
    return -way[0], -way[1]


def read(page: str) -> Drawn:
    """What boxes and arrows show, in one drawing or in rows of them, before an empty line and the legend."""
    grid = Grid(page.splitlines())
    return Drawn(grid.boxes, list(grid.arrows()))


def read_tree(page: str) -> Drawn:
    """What a tree shows."""
    boxes: dict[str, list[str]] = {}
    arrows: list[tuple[str, str]] = []
    stack: list[str] = []
    for line in page.split("\n\n")[0].splitlines():
        branch = BRANCH.match(line)
        if branch:
            depth, name = len(branch[1]) // 3 + 1, branch[2]
            arrows.append((name, stack[depth - 1]))
        elif line[0] in "│ ":
            boxes.get(stack[-1], []).append(line)
            continue
        else:
            depth, name = 0, line.split(" ")[0]
        stack[depth:] = [name]
        if not ELSEWHERE.search(line):
            assert name not in boxes or not name.isidentifier(), f"{name} is shown in full twice"
            boxes[name] = [line]
    return Drawn(boxes, arrows)
