"""A picture with numbers of a usual length, or with none longer: what way a drawing takes must not follow from values.

Depends on `gradcli.drawing`. A number that stands in the formula is part of the graph, and stays.
"""

from gradcli.drawing.lettering import fitting
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.terminal.labels import is_bare

DIGIT = "0"


def nominal(picture: Picture, letters: int) -> Picture:
    """Each number so many letters long; what only values tell, as badges, is left out."""

    def usual(number: str) -> str:
        return DIGIT * letters if number else ""

    def box(one: Box) -> Box:
        bare = one._replace(badges=(), dead=False)
        return bare if is_bare(one) else bare._replace(value=usual(one.value), adjoint=usual(one.adjoint))

    def arrow(one: Arrow) -> Arrow:
        return one._replace(local=usual(one.local), dead=False)

    return picture._replace(boxes=tuple(map(box, picture.boxes)), arrows=tuple(map(arrow, picture.arrows)))


def within(picture: Picture, letters: int) -> Picture:
    """No number longer than so many letters: digits give way."""

    def box(one: Box) -> Box:
        value, adjoint = _shorter(one.value, letters), _shorter(one.adjoint, letters)
        return one if is_bare(one) else one._replace(value=value, adjoint=adjoint)

    def arrow(one: Arrow) -> Arrow:
        return one._replace(local=_shorter(one.local, letters))

    return picture._replace(boxes=tuple(map(box, picture.boxes)), arrows=tuple(map(arrow, picture.arrows)))


def _shorter(number: str, letters: int) -> str:
    return number if number in ("", "true", "false") else fitting(number, letters)
