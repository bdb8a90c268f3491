"""A picture as strict JSON, for programs that draw.

    {"title": "x*w", "direction": "LR", "boxes": [{"key": "n0", …}, …], "arrows": [{"source": "n0", …}, …], "folded": 0}

Depends on the standard library. Boxes and arrows have the fields of `gradcli.drawing.picture` under their names.
Numbers are strings, in the digits that are shown, for "nan", "inf" and "true" are among them; null where none is
computed or none was asked for. The sign and the weight of an arrow are numbers, the weight with three decimals; null
where its contribution is.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from gradcli.drawing.look import Look
from gradcli.drawing.picture import Arrow, Box, Picture
from gradcli.drawing.shown import shown


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
    return box._asdict() | {"value": box.value or None, "adjoint": box.adjoint or None}


def _arrow(arrow: Arrow) -> dict[str, Any]:
    numbers = {"local": arrow.local or None, "contribution": arrow.contribution or None}
    beside = {"sign": arrow.sign, "weight": round(arrow.weight, 3)} if arrow.contribution else {}
    return arrow._asdict() | numbers | {"sign": None, "weight": None} | beside


def _text(value: object) -> str:
    """A value as JSON; what cannot be printed is spelled."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if written.isprintable():
        return written
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in written)
