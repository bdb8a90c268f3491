"""Which numbers of a picture are shown.

Depends on `picture`.
"""

from gradcli.drawing.look import Values
from gradcli.drawing.picture import NO_NUMBERS, Arrow, Box, Picture


def shown(picture: Picture, values: Values) -> Picture:
    """A picture without the numbers that were not asked for, and without what only they tell.

    `none` leaves the formula, `forward` what the forward pass finds out: values, badges, branches that are not taken.
    """
    if values is Values.both:
        return picture
    box, arrow = (_forward_box, _forward_arrow) if values is Values.forward else (_bare_box, _bare_arrow)
    return picture._replace(boxes=tuple(map(box, picture.boxes)), arrows=tuple(map(arrow, picture.arrows)))


def _forward_box(box: Box) -> Box:
    return box._replace(adjoint="", numbers=(box.numbers[0], None))


def _forward_arrow(arrow: Arrow) -> Arrow:
    return _bare_arrow(arrow)._replace(dead=arrow.dead)


def _bare_box(box: Box) -> Box:
    return box._replace(value="", adjoint="", badges=(), dead=False, numbers=NO_NUMBERS)


def _bare_arrow(arrow: Arrow) -> Arrow:
    return Arrow(arrow.source, arrow.target, arrow.position)
