"""What DOT and Mermaid write in a box, beside an arrow and under a picture.

Depends on `meanings`, on `signs` and on how wide `gradcli.excerpts` takes letters to be.
"""

from collections.abc import Iterator

from gradcli.drawing.cards import is_bare
from gradcli.drawing.lettering import plain
from gradcli.drawing.look import Values
from gradcli.drawing.meanings import Word, meanings
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.signs import MARKS, Sign, sign
from gradcli.excerpts import amid, cells

WIDEST = 30
"""Cells of a line in a box."""
SAID = (Word.width, Word.folded, Word.alone)
"""What is said without a sign; that there are boxes, numbers and gradients goes without saying, for words are there."""


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
    return f"{MARKS[sign(arrow)].glyph} {arrow.local}".strip()


def arrow_whole(arrow: Arrow, source: Box, target: Box) -> list[str]:
    """All that is to be said of an arrow."""
    numbers = {"local derivative": arrow.local, "contribution": arrow.contribution}
    told = [f"{what} {number}" for what, number in numbers.items() if number]
    return [f"{plain(source.title)} → {plain(target.title)}", *told, *filter(None, [arrow.why])]


def legend(picture: Picture, values: Values) -> Iterator[str]:
    """What the signs of a picture mean, those that occur; of a picture as it is shown."""
    for about, meaning, example in meanings(picture, values):
        if isinstance(about, Sign):
            yield f"{MARKS[about].glyph or 'grey'} {MARKS[about].line}: {meaning}"
        elif about is Word.badge:
            yield f"⚠ {plain(example)}: {meaning}"
        elif about in SAID:
            yield meaning


def _heading(box: Box, most: int) -> Iterator[str]:
    title, does = plain(box.title), plain(box.operation)
    together = f"{title} = {does}" if does else title
    if not does or cells(together) <= most:
        yield amid(together, most)
    else:
        yield amid(title, most)
        yield f"= {amid(does, most - 2)}"


def _numbers(box: Box) -> Iterator[str]:
    if box.value and not is_bare(box):
        yield f"value {box.value}"
    if box.adjoint:
        yield f"gradient {box.adjoint}"
