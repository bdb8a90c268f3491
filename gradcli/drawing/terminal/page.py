"""The drawing that fits: along the arrows as asked, else turned, else a tree; with its legend.

Depends on the modules beside it.
"""

from collections.abc import Iterator

from gradcli.drawing.look import Direction, Look
from gradcli.drawing.picture import MOST_BOXES, Kind, Picture
from gradcli.drawing.terminal.cells import Line, Piece, Style
from gradcli.drawing.terminal.labels import Wording, output_of, wordings
from gradcli.drawing.terminal.legend import legend, wrapped
from gradcli.drawing.terminal.paint import painted
from gradcli.drawing.terminal.plan import Plan, ordered
from gradcli.drawing.terminal.tree import ABOVE, BELOW, Tree

TURNED = {Direction.LR: Direction.TB, Direction.RL: Direction.BT}
"""Where a drawing goes that is too wide."""
NARROWEST = 20


def page(picture: Picture, look: Look) -> Iterator[Line]:
    """The lines of a drawing, none wider than `look.width`."""
    look = look._replace(width=max(look.width, NARROWEST))
    plan = fitting(picture, look)
    lines, how, entries = _drawn(plan) if plan else _tree(picture, look)
    yield from lines
    entries = [*legend(picture, how), *entries, *_said(picture)]
    if entries:
        yield ()
        yield from wrapped(entries, look.width)


def fitting(picture: Picture, look: Look) -> Plan | None:
    """The first way of drawing that fits the width, if one does and boxes are not too many to be looked at."""
    if len(picture.boxes) > MOST_BOXES:
        return None
    found = ordered(picture)
    for direction in filter(None, (look.direction, TURNED.get(look.direction))):
        for how in wordings(picture, look._replace(direction=direction)):
            plan = Plan(picture, found, how)
            if plan.width <= look.width:
                return plan
    return None


def _drawn(plan: Plan) -> tuple[list[Line], Wording, list[Line]]:
    canvas = painted(plan)
    crossed = [
        _faint("-|- lines that cross do not meet" if plan.how.look.ascii else "─│─ lines that cross do not meet")
    ]
    return list(canvas.lines()), plan.how, crossed if canvas.crossed else []


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
    if tree.hidden:
        yield _faint(f"{tree.hidden:,} more boxes are left out; --collapse names draws the definitions alone")


def _said(picture: Picture) -> Iterator[Line]:
    """What is to be known of the picture as a whole."""
    if picture.folded:
        operations = "operation is" if picture.folded == 1 else "operations are"
        yield _faint(f"{picture.folded:,} {operations} drawn with others; --collapse none draws each")
    if not picture.arrows:
        what = "a number" if output_of(picture).kind is Kind.constant else "a variable"
        yield _faint(f"the formula is {what} alone: there is nothing to compute, and no arrow")


def _faint(text: str) -> Line:
    return (Piece(text, Style.faint),)
