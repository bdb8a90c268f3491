"""The drawing that fits: along the arrows as asked, else turned, else a tree; with its legend.

Depends on the modules beside it.
"""

from collections.abc import Iterator, Sequence

from gradcli.drawing.look import Direction, Look
from gradcli.drawing.meanings import Word, meanings
from gradcli.drawing.picture import MOST_BOXES, Picture
from gradcli.drawing.shown import shown
from gradcli.drawing.terminal.cells import Line, Piece, Style
from gradcli.drawing.terminal.labels import Wording, wordings
from gradcli.drawing.terminal.layers import Layered
from gradcli.drawing.terminal.legend import legend, wrapped
from gradcli.drawing.terminal.paint import painted, unwritten
from gradcli.drawing.terminal.plan import Plan, ordered
from gradcli.drawing.terminal.rows import rows, sources_above
from gradcli.drawing.terminal.tree import ABOVE, BELOW, Tree

TURNED = {Direction.LR: Direction.TB, Direction.RL: Direction.BT}
"""Where a drawing goes that is too wide."""
NARROWEST, TALL = 20, 40
"""Columns at least, and lines that are not yet a sliver."""

MOST_ARROWS = 200
"""More would cross too often to be followed."""


def page(picture: Picture, look: Look) -> Iterator[Line]:
    """The lines of a drawing, none wider than `look.width`."""
    picture, look = shown(picture, look.values), look._replace(width=max(look.width, NARROWEST))
    plans = fitting(picture, look)
    lines, how, entries = _drawn(plans) if plans else _tree(picture, look)
    yield from lines
    entries = [*legend(picture, how), *entries, *_said(picture, look)]
    if entries:
        yield ()
        yield from wrapped(entries, look.width)


def fitting(picture: Picture, look: Look) -> list[Plan]:
    """The first way of drawing that fits the width, of several rows perhaps.

    None if none fits, or if boxes are too many to be looked at.
    """
    if len(picture.boxes) > MOST_BOXES or len(picture.arrows) > MOST_ARROWS:
        return []
    found = ordered(picture)
    ways = [direction for direction in (look.direction, TURNED.get(look.direction)) if direction]
    plans = (
        Plan(picture, found, how) for direction in ways for how in wordings(picture, look._replace(direction=direction))
    )
    plan = next((plan for plan in plans if plan.width <= look.width), None)
    if plan is None or plan.how.look.direction is look.direction or not _is_sliver(plan):
        return [plan] if plan else []
    return _in_rows(picture, found, look) or [plan]


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


def _faint(text: str) -> Line:
    return (Piece(text, Style.faint),)
