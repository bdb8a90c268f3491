"""Tables that are nearly right: what people, spreadsheets, loggers and broken pipes make of CSV, TSV and JSON lines."""

from hypothesis import strategies as st

BOM = b"\xef\xbb\xbf"
NUMBERS = st.sampled_from([
    "1", "-2.5", " 3", "4 ", "\t5", "+6", ".5", "5.", "1E5", "0.1", "0", "-0", "-0.0", "1e-400", "5e-324", "1e308",
    "1.7976931348623157e308", "12345678901234567890", "9" * 308, "0." + "0" * 330 + "1",
    "inf", "-Infinity", "NaN", "nan", "+INF", "-nan",
])  # fmt: skip
NO_NUMBERS = st.sampled_from([
    "", "  ", "NA", "null", "True", "1_000", "0x10", "1d5", "1f", "1e", "e5", ".", "+", "-.", "--1", "1 2", "1.2.3",
    "1,5", "1e400", "-1e400", "9" * 400, "٣", "１", "∞", "infinit", "nan(1)", "1\xa0", "\u20031", "1\u2028", "\r", "1\r",
])  # fmt: skip
TEXTS = st.sampled_from([
    "a", "", "b c", "é", "\ufeff", "\0", "\t", "\u2028", "\x85", "x" * 3000, "#", "\x01", "\\", '"q"', '""', '"a,b"',
    '"a\nb"', '"a""b"', '"\r\n"', '"\n"', '","', '"""', '"', 'a"b', '"a"b', '"\n', '\\"', '1" ',
])  # fmt: skip
ENDS = st.sampled_from([*["\n"] * 6, *["\r\n"] * 3, "\n\n", "\r", "\r\r\n", "\n\r\n", "\n \n"])
HEADERS = st.sampled_from([
    *["x,s,y"] * 4, "s,x,y", "x,y", "x,y,s", '"x",s,"y"', 'x,"s,t",y', "\ufeffx,s,y", "x,s,y,t",
    "x,s,y,x", "x,y,", "x", "x,s", "x,s,y,q", "x,y,s\0", "x ,s,y", "x,s,y\r", "", '"x,s,y',
])  # fmt: skip
STRAY = st.sampled_from([
    b"", b"\0", b"\xff", b",", b"\n", b'"', b'""', b"\r", b"\t", b" ", b"\xe2\x80", b"1", b"}", b"{", b":", b"\\", BOM,
])  # fmt: skip

JSON_NUMBERS = st.sampled_from([
    "1", "-2.5", "0", "-0", "-0.0", "1e-400", "5e-324", "1E5", "1e308", "12345678901234567890123",
    '"NaN"', '"Infinity"', '"-Infinity"',
])  # fmt: skip
JSON_NO_NUMBERS = st.sampled_from([
    "null", "true", "[1]", "{}", '""', '"1"', '"nan"', "1e400", "9" * 400, '{"x":1}', "NaN", "-Infinity", "1_000", "01",
    "0x10", "1.", ".5", "+1", "-", "1e", "--1", "-01", "'1'", "1 2", "nul", '"\\u004eaN"', "[[[]]]",
])  # fmt: skip
JSON_TEXTS = st.sampled_from([
    '"a"', "null", "true", "1.50", "1e400", "-0", "[", "]", '["x"]', "[1,]", "[NaN]", '[1,{"x":3}]', '{"x":3,"y":4}',
    '"\\"x\\":2"', '"}"', '"{"', '"\\ud800"', '"\\x"', '"\t"', '"\x01"', '"\\u0000"', '"é"', '"a,b"', '"a\\nb"',
    '"\\"q\\""', '"\u2028"', '"\\\\"', '"' + "z" * 3000 + '"', "[" * 1200 + "]" * 1200,
])  # fmt: skip
KEYS = st.sampled_from(
    ['"x"', '"y"', '"s"', '"\\u0078"', '"q"', '"d_x"', '"é"', '""', '"x "', '"\\ud800"', '"a\\"b"', "x"]
)
SPACES = st.sampled_from(["", "", "", " ", "\t", "\r", "\x0c", "\xa0"])
NO_OBJECTS = st.sampled_from([
    "", " ", "\r", "\x0b", "\xa0", "[]", "{}", "{ }", "1", "null", '"x"', "{", "}", '{"x":1,"y":2', '{"x":1,"y":2,}',
    '{"x":1,"y":2}{"x":1,"y":2}', '{"x":1,"y":2} {"x":1,"y":2}', '[{"x":1,"y":2}]', '{"x":1 "y":2}', '{"x":1,"y":2} // c',
    '\ufeff{"x":1,"y":2}', '{"x":1,"y":2}}', '{"x":1,,"y":2}', "// c",
])  # fmt: skip
FIRST_LINES = st.sampled_from(['{"x":1,"y":2}\n', '{"x":1,"s":"a","y":2}\n', '\ufeff{"x":1,"y":2}\r\n', ""])


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """The bytes of a text, some of them others."""
    raw = text.encode()
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at, lost = draw(st.integers(0, len(raw))), draw(st.integers(0, 2))
        raw = raw[:at] + draw(STRAY) + raw[at + lost :]
    return raw


@st.composite
def tables(draw: st.DrawFn, separator: str) -> bytes:
    """A header and some rows, most of them right."""
    header = draw(HEADERS)
    number = NUMBERS | NUMBERS | NUMBERS.map(lambda text: f'"{text}"') | NO_NUMBERS
    cells = [number if name.strip('" \ufeff\r') in ("x", "y") else TEXTS for name in header.split(",")]
    rows = draw(st.lists(st.tuples(st.tuples(*cells), ENDS), max_size=7))
    body = "".join(separator.join(row) + end for row, end in rows)
    end = draw(st.sampled_from(["\n", "\n", "\r\n", ""]))
    return draw(damaged(header.replace(",", separator) + end + body))


@st.composite
def objects(draw: st.DrawFn) -> str:
    """An object of a few keys, most often in one piece."""
    number = JSON_NUMBERS | JSON_NUMBERS | JSON_NO_NUMBERS
    pairs = [('"x"', draw(number)), ('"y"', draw(number))]
    pairs += draw(st.lists(st.tuples(st.just('"s"'), JSON_TEXTS) | st.tuples(KEYS, number | JSON_TEXTS), max_size=2))
    space = draw(st.sampled_from([st.just(""), SPACES]))
    fields = [f"{draw(space)}{key}{draw(space)}:{draw(space)}{value}" for key, value in draw(st.permutations(pairs))]
    return draw(space) + "{" + f"{draw(space)},".join(fields) + draw(space) + "}" + draw(space)


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """Objects, a line each, and a few lines that are none."""
    line = objects() | objects() | objects() | NO_OBJECTS
    rows = draw(st.lists(st.tuples(line, ENDS), max_size=6))
    return draw(damaged(draw(FIRST_LINES) + "".join(row + end for row, end in rows)))
