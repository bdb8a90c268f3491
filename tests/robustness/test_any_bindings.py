"""Whatever a file of bindings holds, gradcli binds from it or says what is wrong with it."""

import json

from contract import check
from doubles import doubles
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.sampled_from(
    ["x", "w", "bindings", "update", "after", "", "\x1b[31m", "\u202e", "é", "a b", "__class__"]
) | st.text(max_size=4)
NUMBERS = (
    st.integers()
    | st.integers(min_value=-(10**400), max_value=10**400)
    | doubles()
    | st.sampled_from([1e308, -0.0, 5e-324, 10**309])
)
VALUES = st.recursive(
    NUMBERS
    | st.none()
    | st.booleans()
    | st.text(max_size=5)
    | st.sampled_from(["NaN", "Infinity", "-Infinity", "2", "pi"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.sampled_from(["x", "w", "bindings", "update"]) | NAMES, VALUES, max_size=5)
PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            '"',
            '"x"',
            '"w"',
            "1",
            "-",
            "1e999",
            "1E400",
            "9" * 5000,
            "NaN",
            "Infinity",
            "null",
        ),
        *(
            "true",
            "\\",
            '"\\u',
            '"\\ud800"',
            '"\\u001b[2J"',
            "\x1b[2J",
            "\x00",
            "\ufeff",
            " ",
            "\n",
            "//",
            "'x'",
            "0x1",
            "01",
        ),
        *("[" * 100_000, '{"x":' * 5000, '{"x": 1, "x": 2, "w": 3}', '{"x": 2, "w": 3}'),
    ]
)
CONTENTS = (
    OBJECTS.map(lambda it: json.dumps(it).encode())
    | OBJECTS.map(lambda it: json.dumps(it, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    | st.lists(PIECES, max_size=8).map(lambda pieces: "".join(pieces).encode())
    | st.binary(max_size=40)
    | st.tuples(OBJECTS.map(json.dumps), st.integers(0, 60), st.binary(max_size=3)).map(
        lambda it: it[0].encode()[: it[1]] + it[2] + it[0].encode()[it[1] :]
    )
)
FORMS = st.sampled_from([["--json"], ["--format", "csv"], ["--format", "table"], []])


@examples(400)
@given(content=CONTENTS, form=FORMS)
def test_any_bindings(content: bytes, form: list[str]) -> None:
    code, out, _ = check(["grad", "x*w", "--bind", "-", *form], content)
    assert (out == "") == (code in (2, 4))


@examples(300)
@given(x=doubles(), w=doubles())
def test_numbers_arrive_as_they_are(x: float, w: float) -> None:
    told = {name: "NaN" if it != it else it for name, it in (("x", x), ("w", w))}
    _, out, _ = check(["eval", "x + 0*w", "--bind", "-", "--json"], json.dumps(told).encode())
    bound = json.loads(out)["bindings"]
    for name, number in (("x", x), ("w", w)):
        assert repr(float(bound[name])) == repr(number)


@examples(300)
@given(
    text=st.text(max_size=12)
    | st.lists(st.sampled_from([*"1.e-x()=`^!", "pi", "nan", "inf", "9^9^9", "\x1b[2J"]), max_size=5).map("".join)
)
def test_any_value_typed_by_hand(text: str) -> None:
    check(["grad", "x^2", f"--x={text}"])
    check(["eval", "x^2", "--let", f"x={text}"])


@examples(200)
@given(
    name=st.text(max_size=8)
    | st.sampled_from(["\x1b]0;t\x07", "\x1b[2J", "a\u202eb", "/", ".", "\udcff", "\x00", "x\n"])
)
def test_any_name_of_a_file(name: str) -> None:
    check(["grad", "x", "--bind", f"/nowhere/{name}"])
    check(["grad", f"@/nowhere/{name}"])
    check(["check", "x^2", "--claims", f"/nowhere/{name}"])
