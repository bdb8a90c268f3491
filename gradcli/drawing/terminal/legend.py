"""What the signs of a drawing mean, of those that occur in it.

Depends on `meanings` and on the modules beside it.
"""

from collections.abc import Iterable, Iterator

from gradcli.drawing.look import Values
from gradcli.drawing.meanings import Meaning, Word, meanings
from gradcli.drawing.picture import Picture
from gradcli.drawing.signs import Sign
from gradcli.drawing.terminal.canvas import ASCII, DEAD
from gradcli.drawing.terminal.cells import Line, Piece, Style, cells, chunks, safe, width
from gradcli.drawing.terminal.labels import HEAD, STYLE, Wording


def legend(picture: Picture, how: Wording) -> Iterator[Line]:
    """An entry a sign: the sign, and what it means."""
    said = list(meanings(picture, how.look.values))
    for about, meaning, example in said:
        if about is Word.gradient:
            of = how.named(example)
            yield _entry(how.partial if how.short else f"{how.partial}{of}/{how.partial}{how.mark}", f"{meaning} {of}")
        elif about is Word.local:
            yield _entry(("*" if how.look.ascii else "×") + how.mark, meaning)
    yield from _heads(said, how) if how.look.values is Values.both else ()
    for about, meaning, example in said:
        if about is Sign.dead:
            dotted = DEAD["─"] * 3
            yield _entry("".join(ASCII[it] for it in dotted) if how.look.ascii else dotted, meaning)
        elif about is Word.badge:
            yield (Piece(f"! {safe(example)}", Style.badge), Piece(f": {meaning}"))


def _heads(said: Iterable[Meaning], how: Wording) -> Iterator[Line]:
    """The heads of arrows; one may stand for two signs."""
    found = dict[str, list[Meaning]]()
    for each in said:
        if isinstance(each.about, Sign) and each.about is not Sign.dead:
            found.setdefault(how.heads[HEAD[each.about]], []).append(each)
    for head, them in found.items():
        yield (Piece(head, STYLE[Sign(them[0].about)]), Piece(f" {' or '.join(each.text for each in them)}"))


def _entry(sign_: str, meaning: str) -> Line:
    return (Piece(sign_), Piece(f" {meaning}"))


def wrapped(entries: Iterable[Line], room: int) -> Iterator[Line]:
    """Entries, as many in a line as have room; one that is wider is broken at its words."""
    line: Line = ()
    for entry in entries:
        if line and width(line) + 3 + width(entry) > room:
            yield line
            line = ()
        line = (*line, Piece("   "), *entry) if line else entry
        if width(line) > room:
            *whole, line = _broken(line, room)
            yield from whole
    if line:
        yield line


def _broken(line: Line, room: int) -> Iterator[Line]:
    """A line in lines, broken at its words, and in words that are wider."""
    found: Line = ()
    for piece in line:
        for word in (part for text in piece.text.split() for part in chunks(text, room)):
            if found and width(found) + 1 + cells(word) > room:
                yield found
                found = ()
            found = (*found, Piece(f" {word}" if found else word, piece.style))
    yield found
