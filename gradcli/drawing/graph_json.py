"""A picture as strict JSON, for programs that draw.

    {"title": "x*w", "direction": "LR", "boxes": [{"key": "n0", …}, …], "arrows": [{"source": "n0", …}, …], "folded": 0}

Depends on `gradcli.precision` for what no double holds. Boxes and arrows have the fields of `gradcli.drawing.picture`
under their names. Numbers in these are strings of the digits that are shown, as "nan", "inf" and "true" are among them;
under `numbers` they stand as all machine formats have them. What is not computed or not asked for is null. The sign and
the weight of an arrow are numbers, the weight with three decimals; null where its contribution is.
"""

from collections.abc import Iterable, Iterator
from json import JSONEncoder
from typing import Any

from gradcli.drawing.look import Look
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.shown import shown
from gradcli.precision.json_numbers import strict

ENCODED, SPELLED = JSONEncoder(ensure_ascii=False, allow_nan=False).encode, JSONEncoder().encode


def graph_json(picture: Picture, look: Look) -> Iterator[str]:
    """One object, a box or an arrow a line."""
    drawn = shown(picture, look.values)
    yield f'{{"title": {_text(look.title)}, "direction": {_text(look.direction)},\n "boxes": ['
    yield from _lines(map(_box, drawn.boxes))
    yield '],\n "arrows": ['
    yield from _lines(map(_arrow, drawn.arrows))
    yield f'],\n "folded": {picture.folded}}}\n'


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, record in enumerate(records):
        yield (",\n  " if number else "\n  ") + _text(record)


def _box(box: Box) -> dict[str, Any]:
    value, adjoint = map(strict, box.numbers)
    told = {"value": box.value or None, "adjoint": box.adjoint or None}
    return box._asdict() | told | {"numbers": {"value": value, "adjoint": adjoint}}


def _arrow(arrow: Arrow) -> dict[str, Any]:
    local, contribution = map(strict, arrow.numbers)
    told = {"local": arrow.local or None, "contribution": arrow.contribution or None, "sign": None, "weight": None}
    beside = {"sign": arrow.sign, "weight": round(arrow.weight, 3)} if arrow.contribution else {}
    return arrow._asdict() | told | beside | {"numbers": {"local": local, "contribution": contribution}}


def _text(value: object) -> str:
    """A value as JSON; what cannot be printed is spelled."""
    written = ENCODED(value)
    if written.isprintable():
        return written
    return "".join(letter if letter.isprintable() else SPELLED(letter)[1:-1] for letter in written)
