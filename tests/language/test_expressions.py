"""What an expression means: every text on the left is read as the plain one on the right, and has that value."""

import math
import re

import pytest
from structure import same_graph

from gradcli.errors import LanguageError
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.language.notation import expression_text, program_text

POINT = {"x": 3.0, "y": 5.0, "z": 7.0, "w": 2.0, "a": 2.0, "b": -4.0, "c": 0.0, "n": 4.0}

READINGS = """
-x^2                      | -(x^2)
2^-3                      | 2^(-3)
2^-x^2                    | 2^(-(x^2))
2^3^2                     | 2^(3^2)
2^-x*y                    | (2^(-x))*y
(-x)^2                    | (-x)^2
--x                       | -(-x)
+x                        | x
-+x                       | -x
x-+y                      | x - y
x ++ y                    | x + y
2^+3*y                    | (2^3)*y
x%-y                      | x%(-y)
20 % -y                   | 20%(-y)
n!                        | factorial(n)
-n!                       | -factorial(n)
2^n!                      | 2^factorial(n)
n!^2                      | factorial(n)^2
n!(n - a)!                | factorial(n)*factorial(n - a)
n!=y                      | n != y
30°                       | radians(30)
2x°                       | 2*radians(x)
(+x)                      | x
x if y else +z            | where(y, x, z)
2*-x                      | 2*(-x)
x - -y                    | x - (-y)
x--y                      | x - (-y)
-x*y                      | (-x)*y
-x%y                      | (-x)%y
x - y - z                 | (x - y) - z
x - y + z                 | (x - y) + z
x / y / z                 | (x/y)/z
x / y * z                 | (x/y)*z
x*y%z                     | (x*y)%z
x + y*z                   | x + (y*z)
x*y + z                   | (x*y) + z
x**y**2                   | x^(y^2)
2x                        | 2*x
2x^2                      | 2*(x^2)
-2x                       | -(2*x)
2x*y                      | (2*x)*y
y*2x                      | y*(2*x)
y%2x + 1                  | ERROR
3(x+y)                    | 3*(x + y)
(x)(y)                    | x*y
(x)(y)(z)                 | (x*y)*z
2sin(x)                   | 2*sin(x)
2exp(x)                   | 2*exp(x)
2e                        | ERROR
2e-x                      | ERROR
2e^x                      | 2*(e^x)
2e²                       | 2*(e^2)
2 e                       | 2*e
2e3x                      | 2000*x
2√x                       | 2*sqrt(x)
2`x`                      | 2*x
2(x)(y)                   | (2*x)*y
x < y + 1                 | x < (y + 1)
x < y and y < z           | (x < y) and (y < z)
x and y or z and w        | (x and y) or (z and w)
not x and y               | (not x) and y
not x == y                | not (x == y)
not not x                 | not (not x)
x <= y                    | x <= y
x ≤ y                     | x <= y
x ≥ y                     | x >= y
x ≠ y                     | x != y
x × y                     | x*y
x·y⋅z∗w                   | ((x*y)*z)*w
x ÷ y                     | x/y
x − y – z                 | (x - y) - z
−x                        | -x
–x                        | -x
x²                        | x^2
-x²                       | -(x^2)
x⁻¹                       | x^(-1)
x¹²                       | x^12
x⁺²                       | x^2
2x²                       | 2*(x^2)
x^y²                      | x^(y^2)
x²^2                      | (x^2)^2
(x + y)²                  | (x + y)^2
|x|²                      | abs(x)^2
sin(x)²                   | sin(x)^2
xyz²                      | xyz^2
xy×z                      | xy*z
√x                        | sqrt(x)
√(x + y)                  | sqrt(x + y)
√x + y                    | sqrt(x) + y
√x*y                      | sqrt(x)*y
√√x                       | sqrt(sqrt(x))
√|x|                      | sqrt(abs(x))
√sin(x)                   | sqrt(sin(x))
-√x                       | -sqrt(x)
|x|                       | abs(x)
‖x‖²                      | abs(x)^2
∣x∣                       | abs(x)
⌊x⌋ + ⌈y⌉                 | floor(x) + ceil(y)
2⌊x/2⌋                    | 2*floor(x/2)
∛x                        | cbrt(x)
x⨯y∕z‑w                   | ((x*y)/z) - w
x∙y•z                     | (x*y)*z
|x - |y||                 | abs(x - abs(y))
||x| - y|                 | abs(abs(x) - y)
||x||                     | abs(abs(x))
|x| + |y|                 | abs(x) + abs(y)
|x||y|                    | ERROR
-|x|^2                    | -(abs(x)^2)
if x > 0 then x else y    | where(x > 0, x, y)
x if x > 0 else y         | where(x > 0, x, y)
if x then y else if z then w else 1     | where(x, y, where(z, w, 1))
if x then if y then z else w else 1     | where(x, where(y, z, w), 1)
x if y else z if w else 1 | where(y, x, where(w, z, 1))
x if (y if z else w) else 1             | where(where(z, y, w), x, 1)
if x then y if z else w else 1          | where(x, where(z, y, w), 1)
if x then y else z if w else 1          | where(x, y, where(w, z, 1))
x + 1 if y > 0 else z*2   | where(y > 0, x + 1, z*2)
x if y or z else w        | where(y or z, x, w)
(if x then y else z) + 1  | where(x, y, z) + 1
max(if x then y else z, w)              | max(where(x, y, z), w)
[x if y else z for]       | ERROR
log(x, 2)                 | logb(x, 2)
ln(x)                     | log(x)
log(x)                    | log(x)
leaky_relu(x)             | leaky_relu(x, 0.01)
leaky_relu(x, 0.2)        | leaky_relu(x, 0.2)
elu(x)                    | elu(x, 1)
max(x, y, z)              | max(x, y, z)
max(x)                    | max(x)
hypot(x, y, z)            | hypot(x, y, z)
mod(x, y)                 | x % y
pow(x, y)                 | x^y
np.maximum(x, y)          | max(x, y)
np.sin(x)                 | sin(x)
math.exp(x)               | exp(x)
torch.sigmoid(x)          | sigmoid(x)
numpy.arctan2(y, x)       | atan2(y, x)
np . sin(x)               | sin(x)
np.pi*x                   | pi*x
2np.pi                    | 2*pi
math.e                    | e
np.inf                    | inf
arcsin(x)                 | asin(x)
expit(x)                  | sigmoid(x)
fabs(x)                   | abs(x)
clamp(x, 0, 1)            | clip(x, 0, 1)
swish(x)                  | silu(x)
π*τ                       | pi*tau
ｘ + ｙ                   | x + y
（２ｘ＋１）／ｙ          | (2*x + 1)/y
∆x*2                      | Δx*2
x̄ - μ                     | x̄ - μ
कि*2                      | कि*2
_x + __y                  | _x + __y
x₁ + x1                   | x1 + x1
µ + μ                     | μ + μ
α_1 + β                   | α_1 + β
größe*2                   | größe*2
`x` + x                   | x + x
`sin`*sin(x)              | `sin`*sin(x)
x # a note                | x
(x # a note + (           \\n + y) | x + y
x +\\n y                  | x + y
(x\\n+ y\\n)              | x + y
max(x,\\n y\\n)           | max(x, y)
\\n\\n x \\n ; ; \\n      | x
x\\r\\n                   | x
  x  \\t                  | x
x == y                    | x == y
x!=y                      | x != y
"""

NUMBERS = {
    "1e-3": 1e-3,
    "1E3": 1e3,
    "1e+3": 1e3,
    ".5": 0.5,
    "5.": 5.0,
    "5.e2": 500.0,
    "1_000": 1000.0,
    "1_0.0_1e1_0": 10.01e10,
    "0.1": 0.1,
    "007": 7.0,
    "5e-324": 5e-324,
    "1.7976931348623157e308": 1.7976931348623157e308,
    "0.0": 0.0,
    "0e999": 0.0,
    "3.14159265358979323846264338327950288": math.pi,
    "9007199254740993": 9007199254740992.0,
}

TUTORIAL = {
    "z = (x + y) × w": ("z", {"x": 1.0, "y": 2.0, "w": 3.0}, 9.0),
    "y = x * w": ("y", {"x": 2.0, "w": 3.0}, 6.0),
    "(y-target)²": ("f", {"y": 6.0, "target": 2.0}, 16.0),
    "y = x × w; L = (y - target)²": ("L", {"x": 2.0, "w": 3.0, "target": 2.0}, 16.0),
    "2×(y-target)": ("f", {"y": 6.0, "target": 2.0}, 8.0),
    "w_new = w_old - learning_rate × gradient": (
        "w_new",
        {"w_old": 3.0, "learning_rate": 0.1, "gradient": 16.0},
        3 - 0.1 * 16,
    ),
    "w_new = 3 - 0.1 × 16": ("w_new", {}, 3 - 0.1 * 16),
    "f(x) = max(0, x)": ("f", {"x": 2.0}, 2.0),
    "f(x) = 1/(1 + e^(-x))": ("f", {"x": 0.0}, 0.5),
    "f(x) = tanh(x)": ("f", {"x": 0.0}, 0.0),
    "f(x) = 1/(1 + e^(-x)); f(x) × (1 - f(x))": ("f", {"x": 0.0}, 0.25),
    "f(x) = tanh(x); 1 - f(x)²": ("f", {"x": 0.0}, 1.0),
    "loss = (y - 4)**2": ("loss", {"y": 6.0}, 4.0),
}


def readings() -> list[tuple[str, str]]:
    """The table above, without the lines that are no expressions."""
    rows = [re.split(r"\s+\| ", line) for line in READINGS.strip().splitlines()]
    return [(left.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"), right) for left, right in rows]


@pytest.mark.parametrize(("text", "plain"), [row for row in readings() if row[1] != "ERROR"])
def test_text_reads_as(text: str, plain: str) -> None:
    program, expected = parse(text), parse(plain)
    assert same_graph(program.graph, program.output, expected.graph, expected.output), program_text(program)


@pytest.mark.parametrize("text", [text for text, plain in readings() if plain == "ERROR"])
def test_text_is_refused(text: str) -> None:
    with pytest.raises(LanguageError):
        parse(text)


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_number_is_the_nearest_double(text: str, value: float) -> None:
    program = parse(text)
    assert program.graph.value_of(program.output) == value


@pytest.mark.parametrize("text", TUTORIAL)
def test_formula_of_the_tutorial_can_be_pasted(text: str) -> None:
    name, bindings, value = TUTORIAL[text]
    program = parse(text)
    assert program.name == name
    assert set(program.variables) == set(bindings)
    assert evaluate(program.graph, [program.output], bindings) == [value]


def test_prefix_is_dropped_with_one_notice() -> None:
    program = parse("np.sin(x) + np.cos(x) + math.pi")
    assert [notice.message.split()[0] for notice in program.notices] == ["`np.`", "`math.`"]
    first = program.notices[0].span
    assert first is not None
    assert program.source.text[slice(*first)] == "np."


def test_constants_are_constants_unless_a_name_is_given_to_them() -> None:
    assert not parse("pi + π + tau + e + inf + nan").variables
    assert list(parse("e*x", variables={"e"}).variables) == ["e", "x"]
    assert list(parse("gamma*x + gamma(x)", variables={"gamma"}).variables) == ["gamma", "x"]
    redefined = parse("e = 2; e^3")
    assert evaluate(redefined.graph, [redefined.output], {}) == [8.0]


def test_every_node_knows_its_place_in_the_text() -> None:
    program = parse("y = (x + 1)*sin(2x); -y^2")
    pieces = {
        program.source.text[slice(*span)] for node in range(len(program.graph)) if (span := program.graph.span(node))
    }
    assert {"x", "1", "x + 1", "2", "2x", "sin(2x)", "(x + 1)*sin(2x)", "y^2", "-y^2"} <= pieces


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1e22*x", "1e22*x"),
        ("0.10*x", "0.1*x"),
        ("(x*w-2)**2", "(x*w - 2)^2"),
        ("a<b and not c", "a < b and not c"),
        ("|x|", "abs(x)"),
        ("`a b`/2", "`a b`/2"),
        ("2x", "2*x"),
        ("π", "pi"),
    ],
)
def test_canonical_text(text: str, printed: str) -> None:
    assert program_text(parse(text)) == printed


def test_a_text_that_sharing_would_blow_up_is_cut() -> None:
    program = parse("f(x) = x*x; " + "f(" * 60 + "x" + ")" * 60)
    assert expression_text(program.graph, program.output, 50).endswith("…")
    assert len(expression_text(program.graph, program.output, 50)) == 50
    assert len(program_text(program)) <= 100_010


def test_variables_come_in_the_order_in_which_they_appear() -> None:
    assert list(parse("b*a + c*b").variables) == ["b", "a", "c"]
    assert list(parse("unused = q; y = d*a; y + b").variables) == ["d", "a", "b"]


def test_the_same_operation_on_the_same_operands_is_one_node() -> None:
    program = parse("(x + y)*(x + y)")
    left, right = program.graph.operands[program.output]
    assert left == right


def test_readings_have_the_value_of_their_plain_form() -> None:
    bindings = POINT | {
        "x1": 1.0,
        "μ": 1.0,
        "α_1": 1.0,
        "β": 1.0,
        "größe": 1.0,
        "Δx": 2.0,
        "x̄": 2.0,
        "कि": 3.0,
        "_x": 1.0,
        "__y": 2.0,
        "xyz": 2.0,
        "xy": 3.0,
        "sin": 1.0,
    }
    for text, plain in readings():
        if plain != "ERROR":
            values = [evaluate(p.graph, [p.output], bindings)[0] for p in (parse(text), parse(plain))]
            assert repr(values[0]) == repr(values[1])
