"""A picture in which the entries of an array are one box: its shape, its least and its greatest number.

Depends on `picture`. What one place in the text makes is one box too. Boxes between which others lie stay as they are,
as an arrow would lead back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from gradcli.drawing.picture import BETWEEN, LONGEST, OF_RANGES, Arrow, Box, Kind, Picture
from gradcli.language.notation import cut, quoted
from gradcli.language.program import Program
from gradcli.passes.arithmetic import rounded
from gradcli.shapes import entry_name, entry_names, parted, shape_text


def together(picture: Picture, program: Program) -> Picture:
    """The picture with a box for each array; the same picture where there is none."""
    groups = _groups(picture.boxes, program)
    while groups:
        found = _Joined(picture, groups, program)
        if (order := found.order()) is not None:
            return found.picture(order)
        groups = {key: place for key, place in groups.items() if place not in found.tangled}
    return picture


def _groups(boxes: Iterable[Box], program: Program) -> dict[str, str]:
    """Key of a box -> the array of which it is an entry, or the place in the text that made several of them."""
    entries = {_title(each): name for name, shape in program.arrays.items() for each in entry_names(name, shape)}
    groups = {box.key: entries.get(box.title) or _made(box, program) for box in boxes}
    counts = Counter(groups.values())
    return {key: place for key, place in groups.items() if place in program.arrays or (place and counts[place] > 1)}


def _made(box: Box, program: Program) -> str:
    """The place in the text that made an operation without a name; empty for any other box."""
    span = program.graph.span(box.node)
    unnamed = box.operation and box.kind is not Kind.output and box.node not in program.graph.names
    return f"{span[0]}:{span[1]}" if unnamed and span else ""


def _title(name: str) -> str:
    """What the box of an entry is called."""
    entry = parted(name)
    return entry_name(quoted(entry[0]), entry[1]) if entry else name


class _Joined:
    """One try to draw some arrays as one box each."""

    def __init__(self, picture: Picture, groups: Mapping[str, str], program: Program) -> None:
        self.whole, self.groups, self.program = picture, groups, program
        self.tangled: list[str] = []
        self.members: dict[str, list[Box]] = {}
        for box in picture.boxes:
            self.members.setdefault(self._place(box.key), []).append(box)
        self.ways: dict[tuple[str, str], list[Arrow]] = {}
        for arrow in picture.arrows:
            ends = self._place(arrow.source), self._place(arrow.target)
            if ends[0] != ends[1]:
                self.ways.setdefault(ends, []).append(arrow)

    def _place(self, key: str) -> str:
        return self.groups.get(key, "") or f"\0{key}"

    def order(self) -> list[str] | None:
        """The places, operands first; None where arrows lead back."""
        users: dict[str, list[str]] = {place: [] for place in self.members}
        waiting = dict.fromkeys(self.members, 0)
        for source, target in self.ways:
            users[source].append(target)
            waiting[target] += 1
        ready = [place for place, count in waiting.items() if not count]
        for place in ready:
            for user in users[place]:
                waiting[user] -= 1
                if not waiting[user]:
                    ready.append(user)
        self.tangled = [place for place, count in waiting.items() if count]
        return ready if len(ready) == len(self.members) else None

    def picture(self, order: Sequence[str]) -> Picture:
        """The picture."""
        boxes = tuple(self._box(place) for place in order)
        place_of = {place: at for at, place in enumerate(order)}
        ends = sorted(self.ways, key=lambda pair: (place_of[pair[1]], self.ways[pair][0].position))
        arrows = tuple(self._arrow(source, target, self.ways[source, target]) for source, target in ends)
        hidden = sum(len(them) - 1 for them in self.members.values() if them[0].kind is not Kind.variable)
        return self.whole._replace(boxes=boxes, arrows=arrows, folded=self.whole.folded + hidden, whole=False)

    def _key(self, place: str) -> str:
        return self.members[place][0].key

    def _box(self, place: str) -> Box:
        them = self.members[place]
        first = them[0]
        written = self._written(first) if first.operation else ""
        if place.startswith("\0"):
            return first._replace(operation=written or first.operation)
        badges = tuple(dict.fromkeys(badge for box in them for badge in box.badges))
        kind = Kind.output if any(box.kind is Kind.output for box in them) else first.kind
        return Box(
            first.key,
            first.node,
            self._called(place),
            written,
            self._range([box.numbers[0] for box in them]),
            self._range([box.numbers[1] for box in them]),
            kind,
            badges,
            dead=all(box.dead for box in them),
            whole=written,
        )

    def _called(self, place: str) -> str:
        """The name of an array with its shape; of others the first and the last."""
        if place in self.program.arrays:
            return f"{quoted(place)} {shape_text(self.program.arrays[place])}"
        return f"{self.members[place][0].title} … {self.members[place][-1].title}"

    def _written(self, box: Box) -> str:
        """What a person wrote for a box."""
        start, end = self.program.graph.span(box.node) or (0, 0)
        return cut(" ".join(self.program.source.text[start:end].split()), LONGEST)

    def _arrow(self, source: str, target: str, them: Sequence[Arrow]) -> Arrow:
        most = max(them, key=lambda arrow: arrow.weight)
        bare = most._replace(source=self._key(source), target=self._key(target), position=them[0].position)
        if len(them) == 1:
            return bare
        local = self._range([arrow.numbers[0] for arrow in them])
        local = "" if BETWEEN in local else local
        contribution = self._range([arrow.numbers[1] for arrow in them])
        dead = all(arrow.dead for arrow in them)
        return bare._replace(local=local, contribution=contribution, dead=dead, why="", free=True, numbers=(None, None))

    def _range(self, numbers: Sequence[float | None]) -> str:
        """The least and the greatest of some numbers; NaN where one is; empty where there is none."""
        known = [number for number in numbers if number is not None]
        if any(map(isnan, known)):
            return "nan"
        ends = dict.fromkeys((min(known), max(known)) if known else ())
        digits = min(self.whole.digits, OF_RANGES) if len(ends) > 1 else self.whole.digits
        return BETWEEN.join(rounded(number, digits) for number in ends)
