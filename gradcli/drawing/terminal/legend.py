"""What the signs of a drawing mean, of those that occur in it.

Depends on the modules beside it.
"""

from collections.abc import Iterable, Iterator

from gradcli.drawing.look import Values
from gradcli.drawing.picture import Picture
from gradcli.drawing.terminal.canvas import ASCII, DEAD
from gradcli.drawing.terminal.cells import Line, Piece, Style, cells, safe, width
from gradcli.drawing.terminal.labels import Wording, factor, sign

BADGES = {
    "kink": "the slopes on its two sides differ",
    "jump": "the values on its two sides differ",
    "precision": "double precision loses digits here",
    "not finite": "inf or nan arises here",
}
"""What a badge means."""
PASSED_ON = "upstream 0"
HEADS = ("gradient above 0", "gradient below 0", "gradient 0 or none", "gradient NaN")


def legend(picture: Picture, how: Wording) -> Iterator[Line]:
    """An entry a sign: the sign, and what it means."""
    both = how.look.values is Values.both
    if both and any(box.adjoint for box in picture.boxes):
        partial, of = how.partial, how.named(how.output)
        yield _entry(partial if how.short else f"{partial}{of}/{partial}{how.mark}", f"gradient of {of}")
    if any(factor(arrow, how.look) for arrow in picture.arrows):
        yield _entry(("*" if how.look.ascii else "×") + how.mark, "local derivative")
    yield from _heads(picture, how) if both else ()
    if any(sign(arrow, how.look).dead for arrow in picture.arrows):
        dotted = DEAD["─"] * 3
        yield _entry("".join(ASCII[it] for it in dotted) if how.look.ascii else dotted, _dead(picture))
    for badge in dict.fromkeys(badge for box in picture.boxes for badge in box.badges):
        yield (Piece(f"! {safe(badge)}", Style.badge), Piece(f": {BADGES[badge]}" if badge in BADGES else ""))


def _heads(picture: Picture, how: Wording) -> Iterator[Line]:
    """The heads of arrows that occur, where there is more than one."""
    there = {sign(arrow, how.look).head: sign(arrow, how.look) for arrow in picture.arrows}
    for head, meaning in zip(how.heads, HEADS, strict=True):
        if head in there:
            yield (Piece(head, there[head].style), Piece(f" {meaning}"))


def _dead(picture: Picture) -> str:
    whys = dict.fromkeys(arrow.why for arrow in picture.arrows if arrow.dead and arrow.why not in ("", PASSED_ON))
    return "nothing comes back" + (f": {', '.join(whys)}" if whys else "")


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
    """A line in lines, broken at its words."""
    found: Line = ()
    for piece in line:
        for word in piece.text.split():
            if found and width(found) + 1 + cells(word) > room:
                yield found
                found = ()
            found = (*found, Piece(f" {word}" if found else word, piece.style))
    yield found
