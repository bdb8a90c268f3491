"""The drawing that fits: along the arrows as asked, else turned, else a tree; with its legend.

Depends on the modules beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from gradcli.drawing.look import Direction, Look
from gradcli.drawing.meanings import Word, meanings
from gradcli.drawing.picture import MOST_BOXES, Picture
from gradcli.drawing.shown import shown
from gradcli.drawing.terminal.cells import Line, Piece, Style, safe
from gradcli.drawing.terminal.labels import REFERENCE, Wording, wordings
from gradcli.drawing.terminal.layers import Layered
from gradcli.drawing.terminal.legend import legend, wrapped
from gradcli.drawing.terminal.nominal import nominal, within
from gradcli.drawing.terminal.paint import painted, unwritten
from gradcli.drawing.terminal.plan import Plan, ordered
from gradcli.drawing.terminal.rows import rows, sources_above
from gradcli.drawing.terminal.tree import ABOVE, BELOW, Tree

TURNED = {Direction.LR: Direction.TB, Direction.RL: Direction.BT}
"""Where a drawing goes that is too wide."""
NARROWEST, TALL = 20, 40
"""Columns at least, and lines that are not yet a sliver."""

SHORT, LONG, LONGEST = 2, 7, 12
"""Letters of a usual number where a drawing may go on in a row below, where it may not, and of what is cut first."""
MOST_NAMES = 60
MOST_ARROWS = 200
"""More would cross too often to be followed."""


def page(picture: Picture, look: Look) -> Iterator[Line]:
    """The lines of a drawing, none wider than `look.width`."""
    picture, look = shown(picture, look.values), look._replace(width=max(look.width, NARROWEST))
    plans = fitting(picture, look)
    lines, how, entries = _drawn(plans) if plans else _tree(picture, look)
    yield from lines
    entries = [*legend(picture, how), *entries, *_cut(plans, picture), *_said(picture, look), *_whole(picture, how)]
    if entries:
        yield ()
        yield from wrapped(entries, look.width)


def fitting(picture: Picture, look: Look) -> list[Plan]:
    """The way of drawing that the graph has, along the arrows or turned, of several rows perhaps.

    None if none fits, or if boxes are too many to be looked at. The way is chosen for numbers of a usual length, so
    that it is the same whatever they are. Where they are longer it goes on in a row below, and where that is no help
    digits give way.
    """
    if len(picture.boxes) > MOST_BOXES or len(picture.arrows) > MOST_ARROWS:
        return []
    found, turned = ordered(picture), TURNED.get(look.direction)
    if _in_one(nominal(picture, SHORT), found, look):
        return _first(picture, found, look, SHORT, _in_one, _in_rows)
    if turned is None:
        return []
    down, usual = look._replace(direction=turned), nominal(picture, LONG)
    plans = _in_one(usual, found, down)
    if not plans:
        return []
    if _is_sliver(plans[0]) and _in_rows(usual, found, look):
        return _first(picture, found, look, LONG, _in_rows)
    return _first(picture, found, down, LONG, _in_one)


Way = Callable[[Picture, Layered, Look], list[Plan]]


def _first(picture: Picture, found: Layered, look: Look, least: int, *ways: Way) -> list[Plan]:
    """The first way that has room: for all digits, else for so many letters of a number."""
    shorter = (within(picture, letters) for letters in range(LONGEST, least - 1, -1))
    drawn = (way(each, found, look) for each in chain([picture], shorter) for way in ways)
    return next(filter(None, drawn), [])


def _in_one(picture: Picture, found: Layered, look: Look) -> list[Plan]:
    plans = (Plan(picture, found, how) for how in wordings(picture, look))
    return next(([plan] for plan in plans if plan.width <= look.width), [])


def _is_sliver(plan: Plan) -> bool:
    return plan.height > max(TALL, 2 * plan.width)


def _in_rows(picture: Picture, found: Layered, look: Look) -> list[Plan]:
    return next(filter(None, (rows(picture, found, how) for how in wordings(picture, look))), [])


def _drawn(plans: Sequence[Plan]) -> tuple[list[Line], Wording, list[Line]]:
    how, lines, entries = plans[0].how, list[Line](), list[Line]()
    canvases = [painted(plan) for plan in plans]
    for canvas in canvases:
        lines += [(), *canvas.lines()] if lines else canvas.lines()
    if any(canvas.crossed for canvas in canvases):
        entries.append(_faint(f"{'-|-' if how.look.ascii else '─│─'} lines that cross do not meet"))
    for plan, canvas in zip(plans, canvases, strict=True):
        entries += unwritten(plan, canvas)
    name = next(sources_above(plans), "")
    if name:
        entries.append(_faint(f"{how.named(name)} without a frame: drawn above"))
    return lines, how, entries


def _tree(picture: Picture, look: Look) -> tuple[list[Line], Wording, list[Line]]:
    how = wordings(picture, look)[0]
    tree = Tree(picture, how)
    lines = list(tree.lines())
    return lines, tree.how, [*_marks(lines, look), *_hidden(tree)]


def _marks(lines: list[Line], look: Look) -> Iterator[Line]:
    """What stands for boxes that are shown elsewhere."""
    texts = {piece.text for line in lines for piece in line if piece.style is Style.faint}
    for mark, sign, meaning in ((ABOVE, "^", "shown above"), (BELOW, "v", "goes on below")):
        letter = sign if look.ascii else mark
        if f" {letter}" in texts:
            yield _faint(f"{letter} {meaning}")


def _hidden(tree: Tree) -> Iterator[Line]:
    left_out = [f"{tree.hidden:,} more boxes"] if tree.hidden else []
    left_out += [f"{tree.unnamed:,} more arrows"] if tree.unnamed else []
    if left_out:
        yield _faint(f"{' and '.join(left_out)} are left out; --collapse names draws the definitions alone")


def _said(picture: Picture, look: Look) -> Iterator[Line]:
    """What is to be known of the picture as a whole."""
    for about, meaning, _ in meanings(picture, look.values):
        if about is Word.folded:
            yield _faint(f"{meaning}; --collapse none draws each")
        elif about is Word.alone:
            yield _faint(meaning)


def _cut(plans: Sequence[Plan], picture: Picture) -> Iterator[Line]:
    """That digits gave way."""
    numbers = {box.key: (box.value, box.adjoint) for box in picture.boxes}
    drawn = [box for plan in plans for box in plan.picture.boxes if box.node != REFERENCE]
    if any(numbers[box.key] != (box.value, box.adjoint) for box in drawn):
        yield _faint("digits are left out: where there are more columns all of them stand")


def _whole(picture: Picture, how: Wording) -> Iterator[Line]:
    """The names that are cut, in full."""
    names = {box.title: how.named(box.title) for box in picture.boxes}
    cut = [(short, whole) for title, short in names.items() if short != (whole := safe(title))]
    yield from (_faint(f"{short} is {whole}") for short, whole in cut[:MOST_NAMES])
    if len(cut) > MOST_NAMES:
        yield _faint(f"{len(cut) - MOST_NAMES:,} more names are cut")


def _faint(text: str) -> Line:
    return (Piece(text, Style.faint),)
