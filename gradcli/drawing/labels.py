"""What is written in a box, beside an arrow and under a picture.

Depends on how wide `gradcli.excerpts` takes letters to be.
"""

from collections.abc import Iterator

from gradcli.drawing.lettering import amid
from gradcli.drawing.look import Values
from gradcli.drawing.marks import PLAIN, Mark, mark, marks
from gradcli.drawing.picture import Arrow, Box, Kind, Picture
from gradcli.excerpts import cells

WIDEST = 30
"""Cells of a line in a box."""


def plain(text: str) -> str:
    """A text on one line that commands nothing: what cannot be printed is spelled, as JSON does."""
    return text if text.isprintable() else "".join(map(_spelled, text))


def box_lines(box: Box, most: int = WIDEST) -> Iterator[str]:
    """What stands in a box: its name and what it does, its numbers, its badges."""
    yield from _heading(box, most)
    yield from _numbers(box)
    for badge in box.badges:
        yield amid(f"⚠ {plain(badge)}", most)


def box_whole(box: Box) -> list[str]:
    """All that is to be said of a box, nothing cut."""
    title, whole = plain(box.title), plain(box.whole)
    return [title if title == whole else f"{title} = {whole}", *map(plain, _numbers(box)), *map(plain, box.badges)]


def arrow_text(arrow: Arrow) -> str:
    """What stands beside an arrow: the sign of its contribution, and the local derivative."""
    return f"{mark(arrow).glyph} {arrow.local}".strip()


def arrow_whole(arrow: Arrow, source: Box, target: Box) -> list[str]:
    """All that is to be said of an arrow."""
    numbers = {"local derivative": arrow.local, "contribution": arrow.contribution}
    told = [f"{what} {number}" for what, number in numbers.items() if number]
    return [f"{plain(source.title)} → {plain(target.title)}", *told, *filter(None, [arrow.why])]


def legend(picture: Picture, values: Values) -> Iterator[str]:
    """What the signs of a picture mean, those that occur; of a picture as it is shown."""
    if not picture.arrows:
        yield "no arrows: nothing is computed from anything"
    for each in marks(picture.arrows):
        if each is not PLAIN or values is Values.both:
            yield _explained(each)
    if any(arrow.weight for arrow in picture.arrows):
        yield "width: powers of ten of what flows back"
    if any(box.badges for box in picture.boxes):
        yield "⚠ what a notice says of it"
    if picture.folded:
        yield f"{picture.folded:,} operations are drawn with others"


def _explained(each: Mark) -> str:
    return f"{each.glyph or 'grey'} {each.line}: {each.meaning}"


def _heading(box: Box, most: int) -> Iterator[str]:
    title, does = plain(box.title), plain(box.operation)
    together = f"{title} = {does}" if does else title
    if not does or _cells(together) <= most:
        yield amid(together, most)
    else:
        yield amid(title, most)
        yield f"= {amid(does, most - 2)}"


def _numbers(box: Box) -> Iterator[str]:
    if box.value and not _is_number(box):
        yield f"value {box.value}"
    if box.adjoint:
        yield f"gradient {box.adjoint}"


def _is_number(box: Box) -> bool:
    """Whether the name of a box is its number: of 2 and of 0.1, not of pi."""
    return box.kind is Kind.constant and (box.title == box.value or box.title.lstrip("-")[0].isdecimal())


def _spelled(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else f"\\u{ord(letter):04x}"


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cells(text)
