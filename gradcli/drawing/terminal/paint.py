"""A plan, painted: frames, letters, lines, heads of arrows, and factors where there is room.

Depends on the modules beside it.
"""

from collections.abc import Iterator

from gradcli.drawing.look import Direction
from gradcli.drawing.terminal.canvas import Canvas, Place
from gradcli.drawing.terminal.cells import Line, Piece, cells
from gradcli.drawing.terminal.labels import ArrowText
from gradcli.drawing.terminal.layers import Link
from gradcli.drawing.terminal.plan import Plan

LEAVING = {Direction.LR: "├", Direction.RL: "┤", Direction.TB: "┬", Direction.BT: "┴"}
"""A frame where an arrow leaves it."""


def painted(plan: Plan) -> Canvas:
    """A canvas with all of it."""
    canvas = Canvas(ascii=plan.how.look.ascii)
    for number, layer in enumerate(plan.found.layers):
        for it in layer:
            if not plan.is_bend(it):
                _box(canvas, plan, number, it)
    heads = [(number, link) for number, links in enumerate(plan.found.links) for link in links]
    for number, link in heads:
        _line(canvas, plan, number, link)
    arriving = [(number, link) for number, link in heads if not plan.is_bend(link.target)]
    for number, link in arriving:
        canvas.mark(_head(plan, number, link), plan.signs[link.arrows[0]].head, plan.signs[link.arrows[0]].style)
    for number, link in arriving:
        _factor(canvas, plan, number, link)
    return canvas


def unwritten(plan: Plan, canvas: Canvas) -> Iterator[Line]:
    """The factors that have no room in a drawing, with their arrows."""
    titles = {box.key: plan.how.named(box.title) for box in plan.picture.boxes}
    to = "->" if plan.how.look.ascii else "→"
    for it in canvas.left_out:
        arrow, sign = plan.picture.arrows[it], plan.signs[it]
        yield (Piece(sign.factor, sign.style), Piece(f" {titles[arrow.source]} {to} {titles[arrow.target]}"))


def _turned(plan: Plan, along: int, across: int) -> Place:
    """Column and row."""
    direction = plan.how.look.direction
    if direction in (Direction.RL, Direction.BT):
        along = plan.along - 1 - along
    return (across, along) if plan.upright else (along, across)


def _box(canvas: Canvas, plan: Plan, number: int, it: int) -> None:
    room, start, across = plan.rooms[it], plan.start(number, it), plan.places[it]
    corners = _turned(plan, start, across), _turned(plan, start + plan.sizes[it].along - 1, across)
    column, row = map(min, zip(*corners, strict=True))
    if not room.framed:
        blank = 1 if plan.how.look.direction is Direction.RL else 0
        canvas.write(column + blank, row, room.lines[0])
        return
    canvas.box(column, row, room.width, room.height, dead=plan.picture.boxes[it].dead)
    for at, line in enumerate(room.lines, 1):
        canvas.write(column + 2, row + at, line)


def _line(canvas: Canvas, plan: Plan, number: int, link: Link) -> None:
    """The line of a link, from its source to where it arrives, or through the layer where it is a bend."""
    points = [_turned(plan, *point) for point in _way(plan, number, link)]
    for it in link.arrows:
        sign = plan.signs[it]
        canvas.draw(_source(plan, it), points, dead=sign.dead, style=sign.style)
    if not plan.is_bend(link.source) and plan.rooms[link.source].framed:
        canvas.leave(points[0], LEAVING[plan.how.look.direction])


def _way(plan: Plan, number: int, link: Link) -> Iterator[Place]:
    """The turns of a link, along and across."""
    behind = plan.starts[number] + plan.deep[number]
    across = plan.leave(link.source)
    yield _begin(plan, number, link.source), across
    for track, to in plan.gaps[number].turns[link]:
        yield behind + 1 + track, across
        yield behind + 1 + track, to
        across = to
    through = plan.deep[number + 1] if plan.is_bend(link.target) else 0
    yield plan.starts[number + 1] - 1 + through, plan.enter(link.target, link.port)


def _begin(plan: Plan, number: int, it: int) -> int:
    """Where a line begins: in the frame of a box, right behind a bare number, at the end of a bend."""
    if plan.is_bend(it):
        return plan.starts[number] + plan.deep[number] - 1
    end = plan.start(number, it) + plan.sizes[it].along
    return end - 1 if plan.rooms[it].framed else end


def _source(plan: Plan, arrow: int) -> str:
    return plan.picture.arrows[arrow].source


def _head(plan: Plan, number: int, link: Link) -> Place:
    return _turned(plan, plan.starts[number + 1] - 1, plan.enter(link.target, link.port))


def _factor(canvas: Canvas, plan: Plan, number: int, link: Link) -> None:
    """The factor of an arrow: in its line, or beside its head where nothing else is."""
    sign = plan.signs[link.arrows[0]]
    size = cells(sign.factor)
    if not size:
        return
    column, row = _head(plan, number, link)
    if plan.upright:
        if column + 1 + size <= plan.how.look.width and canvas.free(column + 1, row, size):
            _write(canvas, column + 1, row, sign)
        elif column > size and canvas.free(column - size - 1, row, size):
            _write(canvas, column - size, row, sign)
        else:
            canvas.left_out.append(link.arrows[0])
    else:
        left = plan.how.look.direction is Direction.LR
        _write(canvas, column - 1 - size if left else column + 2, row, sign)


def _write(canvas: Canvas, column: int, row: int, sign: ArrowText) -> None:
    canvas.write(column, row, [Piece(sign.factor, sign.style)])
