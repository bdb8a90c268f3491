"""JSON lines that are all written alike: what is taken as such, and what is left to the parser of JSON."""

import struct
from math import isfinite
from random import Random

import pytest

from gradcli.data import ndjson, ndjson_template
from gradcli.data.batch import LINE, Reading
from gradcli.data.blocks import Block
from gradcli.data.options import OnError
from gradcli.data.plain_text import lines_of

NAMES = ("x", "y")


def reading(*names: str) -> Reading:
    """How a table is read whose formula takes these columns."""
    return Reading(names, names, verbatim=True, only=False, on_error=OnError.fail, new_columns=("f", "d_x"))


def numbers(text: str, *names: str) -> dict[str, list[float]] | None:
    """The columns, or None."""
    content = text.encode()
    lines = lines_of(content, b"\x01")[LINE]
    found = ndjson_template.numbers(content, lines, reading(*names or NAMES))
    return None if found is None else found.to_dict(as_series=False)


@pytest.mark.parametrize(
    "text",
    [
        '{"x":1.5,"y":-2e3}\n{"x":0,"y":7}\n',
        '{"x": 1.5, "y": -2e3}\n{"x": 0, "y": 7}\n',
        '{ "x" : 1.5, "y" : -2E+3 }\n{ "x" : -0, "y" : 7 }\n',
        '{"name":"a b","y":-2000,"x":1.5}\n{"name":null,"y":7,"x":0}\n',
        '{"x":1.5,"größe":true,"y":-2e3,"z":"ü;:"}\n{"x":0.0,"größe":3,"y":7,"z":""}\n',
        '{"x":1.5,"y":-2e3}\r\n{"x":0,"y":7}\r\n',
        '{"y":-2000.0,"x":1.50}\n{"y":7e0,"x":0e9}\n',
        '{"x":1.5,"y":-2e3}\n{"x":0,"y":7}',
    ],
)
def test_lines_written_alike_are_taken(text: str) -> None:
    assert numbers(text) == {"x": [1.5, 0.0], "y": [-2000.0, 7.0]}


GOOD = '{"x":1,"y":2}\n'


@pytest.mark.parametrize(
    "text",
    [
        GOOD + '{"x":1, "y":2}\n',
        GOOD + '{"y":2,"x":1}\n',
        GOOD * (ndjson_template.FIRST + 1) + '{"y":2,"x":1}\n',
        GOOD + '{"x":1,"y":2,"z":3}\n',
        GOOD + '{"x":1}\n',
        GOOD + "\n" + GOOD,
        *(GOOD + f'{{"x":{cell},"y":2}}\n' for cell in ("+1", ".5", "1.", "01", "-", "1e", "1_0", "inf", "NaN", " 1")),
        *(GOOD + f'{{"x":{cell},"y":2}}\n' for cell in ('"1"', "null", "true", "[1]", '{"x":1}', "0x1", "1 ", "１")),
        '{"x":1,"y":2,"x":3}\n',
        '{"x":1}\n',
        '{"x":1,"y":2,"f":3}\n',
        '{"x":1,"y":2,"d_x":3}\n',
        '{"x":1,"y":2,"\\u0078":3}\n',
        '{"x":1,"y":2,"s":"a,b"}\n',
        '{"x":1,"y":2,"s":"a\\"b"}\n',
        '{"x":1,"y":2,"s":[1,2]}\n',
        '{"x":1,"y":2,"a,b":2}\n',
        '{"x":1,"y":2,}\n',
        '{,"x":1,"y":2}\n',
        '{{"x":1,"y":2}\n',
        '{"x":1{"y":2}\n',
        ',"x":1,"y":2}\n',
        '{"x":1,"y":2}}\n',
        '{"x":1,"y":2} {"x":1,"y":2}\n',
        '[{"x":1,"y":2}]\n',
        "{" + ",".join(f'"k{n}":{n}' for n in range(300)) + ',"x":1,"y":2}\n',
    ],
)
def test_what_is_not_written_alike_is_left(text: str) -> None:
    assert numbers(text) is None


def test_no_lines_are_left() -> None:
    assert ndjson_template.numbers(b"", lines_of(GOOD.encode(), b"\x01")[LINE].head(0), reading(*NAMES)) is None


def test_numbers_are_rounded_as_python_rounds_them() -> None:
    source = Random(3)
    cells = [
        "-0",
        "0.1",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "9007199254740993",
        "1e-400",
        "1" + "0" * 300,
    ]
    while len(cells) < 3000:
        (number,) = struct.unpack("d", source.randbytes(8))
        if isfinite(number):
            cells += [repr(number), f"{number:.{source.randrange(15, 30)}e}"]
    found = numbers("".join(f'{{"x":{cell}}}\n' for cell in cells), "x")
    assert found is not None
    assert [number.hex() for number in found["x"]] == [float(cell).hex() for cell in cells]


@pytest.mark.parametrize("cell", ["1e400", "-1e400", "1e99999999999999999999"])
def test_a_number_beyond_the_doubles_is_an_error_all_the_same(cell: str) -> None:
    text = f'{{"x":1}}\n{{"x":{cell}}}\n'.encode()
    batch = ndjson.decode(Block(text, "t.ndjson", 1, 2), reading("x"))
    assert (batch.length, len(batch.faults), batch.faults[0].place) == (1, 1, "line 2")
