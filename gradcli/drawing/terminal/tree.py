"""The picture as a tree, for any width: the output at the top, below each box what it is made of.

Depends on the modules beside it. What is used more than once is shown in full where it comes first. Where there is no
room to go further in, it goes on below, with a box at the margin again.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gradcli.drawing.look import Direction
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.terminal.canvas import ASCII, DEAD
from gradcli.drawing.terminal.cells import Line, Piece, Style, cells, shortened, width
from gradcli.drawing.terminal.labels import Wording, arrow_text, gradient_piece, head_pieces

MOST_LISTED, MOST_USES = 200, 600
"""Boxes that a tree shows, and how often it names one."""
INDENT, READABLE, GAP = 3, 20, 3
"""Cells of a step inwards, those that are left for a text, those between the parts of a text."""
LONGEST_FACTOR = 6
"""A longer one stands behind the name where there is no room before it."""
ABOVE, BELOW = "↑↓"
ASCII_MARKS = {ABOVE: "^", BELOW: "v"}


class Branch(NamedTuple):
    """A box that comes next: the arrow from it, and whether each branch it hangs on is the last of its own."""

    box: Box
    arrow: Arrow | None
    lasts: tuple[bool, ...]


class Tree:
    """The lines of a tree; `hidden` and `unnamed` say afterwards how many boxes and arrows were left out."""

    def __init__(self, picture: Picture, how: Wording) -> None:
        look = how.look._replace(direction=Direction.RL)
        self.how, self.width = how._replace(look=look), look.width
        self.boxes = {box.key: box for box in picture.boxes}
        self.operands: dict[str, list[Arrow]] = {}
        for arrow in picture.arrows:
            self.operands.setdefault(arrow.target, []).append(arrow)
        used = {arrow.source for arrow in picture.arrows}
        self.roots = deque(box for box in reversed(picture.boxes) if box.key not in used)
        self.shown: set[str] = set()
        self.later: set[str] = set()
        self.named = self.again = self.hidden = self.unnamed = 0

    def lines(self) -> Iterator[Line]:
        """All of it, up to so many boxes."""
        ends = len(self.roots)
        while self.roots and self._goes_on():
            root = self.roots.popleft()
            self.later.discard(root.key)
            yield from self._below(root)
        self.hidden = len(self.boxes) - len(self.shown)
        self.unnamed = sum(map(len, self.operands.values())) + ends + self.again - self.named

    def _goes_on(self) -> bool:
        return len(self.shown) < MOST_LISTED and self.named < MOST_USES

    def _below(self, root: Box) -> Iterator[Line]:
        pending = [Branch(root, None, ())]
        while pending and self._goes_on():
            branch = pending.pop()
            self.named += 1
            key = branch.box.key
            arrows = self.operands.get(key, [])
            mark = ABOVE if key in self.shown else BELOW if key in self.later else ""
            if not mark and arrows and not self._has_room(len(branch.lasts)):
                self.roots.append(branch.box)
                self.again += 1
                self.later.add(key)
                mark = BELOW
            yield from self._told(branch, mark, opened=bool(arrows) and not mark)
            if not mark:
                self.shown.add(key)
                pending += [
                    Branch(self.boxes[arrow.source], arrow, (*branch.lasts, arrow is arrows[-1]))
                    for arrow in reversed(arrows)
                ]

    def _has_room(self, depth: int) -> bool:
        """Whether something can stand further in."""
        return INDENT * (depth + 1) <= max(self.width - READABLE, INDENT)

    def _told(self, branch: Branch, mark: str, *, opened: bool) -> Iterator[Line]:
        """The lines of one box."""
        parts, factor = (
            self._parts(branch.box, mark),
            arrow_text(branch.arrow, self.how.look).factor if branch.arrow else "",
        )
        lead = self._lead(branch, factor)
        if width(lead) + width(parts[0]) > self.width and cells(factor) > LONGEST_FACTOR:
            lead = self._lead(branch, "")
            parts.insert(1, (Piece(factor, Style.faint),))
        yield from _wrapped(lead, self._hang(branch, opened=opened, mark=mark), parts, self.width)

    def _parts(self, box: Box, mark: str) -> list[Line]:
        first = head_pieces(box, self.how._replace(short=False))
        if mark:
            return [(first[0], Piece(f" {self._letter(mark)}", Style.faint))]
        slope = gradient_piece(box, self.how)
        badges = [(Piece(f"! {badge}", Style.badge),) for badge in box.badges]
        return [first, *([(slope,)] if slope.text else []), *badges]

    def _lead(self, branch: Branch, factor: str) -> Line:
        """The way in: a line for every branch that goes on, and the arrow with its local derivative."""
        if branch.arrow is None:
            return ()
        shown = arrow_text(branch.arrow, self.how.look)
        side = DEAD["─"] if shown.dead else "─"
        corner = "└" if branch.lasts[-1] else "├"
        arrow = f"{shown.head}{factor}{self._letter(side)} "
        return (Piece(self._bars(branch.lasts[:-1])), Piece(self._letter(corner)), Piece(arrow, shown.style))

    def _hang(self, branch: Branch, *, opened: bool, mark: str) -> str:
        """What stands before the further lines of a box."""
        return self._bars(branch.lasts) + (self._letter("│") + "  " if opened and not mark else "   ")

    def _bars(self, lasts: Sequence[bool]) -> str:
        return "".join(" " * INDENT if last else f"{self._letter('│')}  " for last in lasts)

    def _letter(self, letter: str) -> str:
        return ASCII_MARKS.get(letter, ASCII.get(letter, letter)) if self.how.look.ascii else letter


def _wrapped(lead: Line, hang: str, parts: Sequence[Line], room: int) -> Iterator[Line]:
    """The parts of a text, as many in a line as have room."""
    line, start = lead, width(lead)
    for part in _fitting(parts, start, cells(hang), room):
        if width(line) > start and width(line) + GAP + width(part) > room:
            yield line
            line, start = (Piece(hang),), cells(hang)
        line = (*line, *((Piece(" " * GAP),) if width(line) > start else ()), *part)
    yield line


def _fitting(parts: Sequence[Line], lead: int, hang: int, room: int) -> Iterator[Line]:
    """The parts; the pieces of one that is too wide one by one, each cut if need be."""
    for at, part in enumerate(parts):
        if width(part) <= room - (hang if at else lead):
            yield part
            continue
        for number, piece in enumerate(part):
            most = room - (hang if at or number else lead)
            yield (Piece(_cut(piece.text.strip(" "), most), piece.style),)


def _cut(text: str, most: int) -> str:
    """A text of so many cells at most; of an equation the number stays whole as long as it has room."""
    name, equals, number = text.rpartition(" = ")
    left = most - cells(equals + number)
    return f"{shortened(name, left)}{equals}{number}" if equals and left > 0 else shortened(text, most)
