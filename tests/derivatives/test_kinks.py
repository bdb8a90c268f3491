"""Kinks: the slopes on both sides against difference quotients, and the gradient and the words that come of them."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import inf, isnan, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli.diagnose import corrected
from gradcli.diagnose.kinks.one_sided import Sides, one_sided
from gradcli.diagnose.kinks.wording import MOST_NOTICES
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language import parse
from gradcli.language.program import Program
from gradcli.operators.row import Operator
from gradcli.operators.table import ROWS


def meet(text: str, bindings: Mapping[str, float]) -> tuple[dict[str, float], tuple[Notice, ...]]:
    """The gradient at a point, corrected, and what is said of it."""
    program, point = at(text, bindings)
    better, notices = corrected(program, point, program.variables)
    return better.gradient, notices


def at(text: str, bindings: Mapping[str, float]) -> tuple[Program, Point]:
    program = parse(text, variables=bindings)
    return program, Gradient(program).at(bindings)


def sides(text: str, x: float = 0.0) -> Sides:
    program, point = at(text, {"x": x})
    return one_sided(program, point, program.variables).sides["x"]


def slopes(found: Sides) -> tuple[float, float]:
    return found.left.derivative, found.right.derivative


def defined(found: Sides) -> tuple[bool, bool]:
    return found.left.defined, found.right.defined


AGREEING = [
    ("relu(x) - relu(-x)", {"x": 0.0}, {"x": 1.0}),
    ("max(x, 0) - max(-x, 0)", {"x": 0.0}, {"x": 1.0}),
    ("max(x, y) + min(x, y)", {"x": 2.0, "y": 2.0}, {"x": 1.0, "y": 1.0}),
    ("max(x, y) - abs(x - y)/2", {"x": 2.0, "y": 2.0}, {"x": 0.5, "y": 0.5}),
    ("hypot(x, y)^2", {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}),
    ("abs(x)^2", {"x": 0.0}, {"x": 0.0}),
    ("abs(x)*x", {"x": 0.0}, {"x": 0.0}),
    ("abs(x)*y", {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}),
    ("where(x >= 1, x^2, 2*x - 1)", {"x": 1.0}, {"x": 2.0}),
    ("where(x >= 0, sin(x), x) + relu(x) - relu(-x)", {"x": 0.0}, {"x": 2.0}),
    ("floor(x) + x % 1", {"x": 2.0}, {"x": 1.0}),
    ("ceil(x) + x - ceil(x)", {"x": 2.0}, {"x": 1.0}),
    ("clip(x, -1, 1) + relu(x - 1)", {"x": 1.0}, {"x": 1.0}),
    ("leaky_relu(x, 0.25) - 0.75*relu(x)", {"x": 0.0}, {"x": 0.25}),
    ("y = relu(x); z = relu(-x); y - z + exp(y*z)", {"x": 0.0}, {"x": 1.0}),
    ("sqrt(relu(x)) - sqrt(relu(x)) + x", {"x": 1.0}, {"x": 1.0}),
    ("atan2(y, x)^2", {"x": -1.0, "y": 1.0}, {"y": -1.5 * pi / 2, "x": -1.5 * pi / 2}),
]


@pytest.mark.parametrize(("text", "point", "expected"), AGREEING)
def test_where_left_and_right_agree_that_is_the_gradient(
    text: str, point: dict[str, float], expected: dict[str, float]
) -> None:
    gradient, notices = meet(text, point)
    assert gradient == pytest.approx(expected, rel=1e-15)
    assert all("rule by rule" in notice.message for notice in notices)


@given(x=st.sampled_from([0.0, -0.0, 1.0, -2.5]), y=st.sampled_from([0.0, 1.0, -2.5]))
def test_the_identities_hold_everywhere(x: float, y: float) -> None:
    assert meet("max(x, y) + min(x, y)", {"x": x, "y": y})[0] == {"x": 1.0, "y": 1.0}
    assert meet("relu(x) - relu(-x)", {"x": x})[0] == {"x": 1.0}
    assert meet("hypot(x, y)^2", {"x": x, "y": y})[0] == pytest.approx({"x": 2 * x, "y": 2 * y}, rel=1e-15)


TOLD = [
    # a formula, a point, what is said, and of which part of the text
    ("relu(x)", {"x": 0.0}, "`relu(x)` has a kink exactly here: the slope by x is 0 from the left and 1 from the right; 0 is", (0, 7)),
    ("2*x + 3*abs(x)", {"x": 0.0}, "the slope by x is -1 from the left and 5 from the right; 2 is taken", (8, 14)),
    ("max(x, y)", {"x": 1.0, "y": 1.0}, "1 from the right, by y is 0 from the left and 1 from the right; 0.5 is taken by convention", (0, 9)),
    ("relu(x) - relu(-x)", {"x": 0.0}, "yet the slope by x is 1 from both sides; rule by rule it would be 0", (0, 7)),
    ("norm(x)", {"x": 0.0}, "`hypot(x)` has a kink exactly here: the slope by x is -1 from the left and 1 from", (0, 7)),
    ("hypot(x - 1) + x", {"x": 1.0}, "`hypot(x - 1)` has a kink exactly here: the slope by x is 0 from the left and 2", (0, 12)),
    ("step(x)", {"x": 0.0}, "`step(x)` jumps exactly here from 0 to 1 as x grows; 0 is taken by convention", (0, 7)),
    ("x + 3*step(x)", {"x": 0.0}, "`step(x)` switches exactly here, and f jumps from 0 to 3 as x grows; 1 is", (6, 13)),
    ("L = x*floor(x)", {"x": 2.0}, "switches exactly here, and L jumps from 2 to 4 as x grows; 2 is", (6, 14)),
    ("sign(x)", {"x": 0.0}, "jumps exactly here from -1 to 1 as x grows (0 at the point itself)", (0, 7)),
    ("where(x>0,1,0)*x + floor(x)", {"x": 0.0}, "`floor(x)` switches exactly here, and f jumps from -1 to 0", (19, 27)),
    ("abs(x) + floor(x)", {"x": 0.0}, "`floor(x)` switches exactly here, and f jumps from -1 to 0", (9, 17)),
    ("x*abs(x) + relu(x)", {"x": 0.0}, "`relu(x)` has a kink exactly here: the slope by x is 0", (11, 18)),
    ("x == 0", {"x": 0.0}, "`x == 0` jumps exactly here from 0 on both sides of this x to 1", (0, 6)),
    ("atan2(y, -1)", {"y": 0.0}, "jumps exactly here from -3.141592653589793 to 3.141592653589793 as y grows; -1 is", (0, 12)),
    ("where(x > 0, sqrt(x), 0)", {"x": 0.0}, "`x > 0` switches exactly here: the slope by x is 0 from the left and inf", (6, 11)),
    ("abs(x)^0.5", {"x": 0.0}, "-inf from the left and inf from the right; rule by rule there is no slope by x", (0, 6)),
    ("relu(x) + x^1.5", {"x": 0.0}, "the slope by x is undefined from the left and 1 from the right", (0, 7)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "message", "span"), TOLD)
def test_a_kink_is_told_with_both_sides_and_its_place(
    text: str, point: dict[str, float], message: str, span: tuple[int, int]
) -> None:
    notices = meet(text, point)[1]
    assert len(notices) == 1
    assert message in notices[0].message
    assert notices[0].span == span
    assert notices[0].kind == ("jump" if "jumps" in message else "kink")


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("where(x > 5, abs(x), x)", 0.0),
        ("if x < 5 then x else relu(x)*floor(x)", 0.0),
        ("max(1, abs(x))", 0.0),
        ("min(-1, relu(x)) + x", 0.0),
        ("relu(abs(x) - 1)", 0.0),
        ("clip(abs(x) + 2, -1, 1)", 0.0),
        ("0*abs(x)", 0.0),
        ("where(x == 5, relu(x), x)", 0.0),
        ("abs(x)", 1.0),
        ("abs(x^2)", 0.0),
    ],
)
def test_a_kink_that_does_not_matter_is_not_told(text: str, x: float) -> None:
    program, point = at(text, {"x": x})
    assert corrected(program, point, program.variables) == (point, ())


def test_slopes_beyond_a_domain_are_undefined() -> None:
    found = sides("relu(x) + sqrt(x)")
    assert isnan(found.left.derivative)
    assert (found.right.derivative, defined(found)) == (inf, (False, True))
    assert slopes(sides("sqrt(relu(x))")) == (0.0, inf)
    assert slopes(sides("asin(1 - relu(x))")) == (0.0, -inf)
    assert slopes(sides("cbrt(abs(x))")) == (-inf, inf)
    assert "undefined from the left and 0 from the right" in meet("sqrt(step(x) - 0.5)", {"x": 0.0})[1][0].message


def test_what_moves_at_no_rate_may_yet_enter_a_domain() -> None:
    assert defined(sides("where(x^2 > 0, (1 - cos(x))/x^2, 0.5)")) == (True, True)
    assert defined(sides("relu(x) + (x^3)^1.5")) == (False, True)


def test_what_moves_at_no_rate_decides_a_jump() -> None:
    assert sides("atan2(x^3, x)").left.value == -pi
    assert sides("atan2(x^3, x)").right.value == 0.0
    assert sides("atan2(0, x)").left.value == pi
    assert sides("atan2(0, x)").right.value == 0.0


def test_what_is_not_known_is_not_undefined() -> None:
    assert defined(sides("where(x > x, x, 2*x)^3", 1.0)) == (True, True)
    assert defined(sides("sqrt(sqrt(hypot(0, x))^2)")) == (True, True)


def test_a_comparison_makes_a_truth_of_what_is_undefined() -> None:
    assert defined(sides("where(sqrt(x) >= 0, 1, 2*abs(x))")) == (True, True)
    assert defined(sides("x + max(sqrt(x), -abs(x))")) == (False, True)


def test_a_zero_with_a_sign_has_the_slopes_of_zero() -> None:
    assert slopes(sides("sqrt(-1*(abs(-x)*-1))")) == (-inf, inf)


def test_a_pole_beyond_a_jump_is_no_end_of_a_domain() -> None:
    assert sides("1/step(x)").left.value == inf
    assert defined(sides("x/step(x)")) == (True, True)


def test_a_variable_that_meets_no_kink_is_not_looked_at() -> None:
    program, point = at("abs(x)*y + z", {"x": 0.0, "y": 2.0, "z": 1.0})
    kinks = one_sided(program, point, program.variables)
    assert [*kinks.sides] == ["x"]
    assert slopes(kinks.sides["x"]) == (-2.0, 2.0)
    assert one_sided(program, point, {}).sides == {}


def test_a_defined_node_is_moved_on_its_own() -> None:
    program, point = at("y = x*w; abs(y)*3", {"x": 0.0, "w": 2.0})
    assert slopes(one_sided(program, point, {"y": program.node("y")}).sides["y"]) == (-3.0, 3.0)


def test_a_value_that_is_not_finite_has_no_sides() -> None:
    program, point = at("abs(x) + 1/x", {"x": 0.0})
    assert corrected(program, point, program.variables) == (point, ())


def test_many_variables_at_kinks_take_a_bounded_time() -> None:
    count, most = 200, 20_000
    text = " + ".join(f"abs(x{i})" for i in range(count))
    program, point = at(text, {f"x{i}": 0.0 for i in range(count)})
    kinks = one_sided(program, point, program.variables, most_visits=most)
    assert len(kinks.sides) + len(kinks.skipped) == count
    assert 0 < len(kinks.sides) * count < most
    notices = corrected(program, point, program.variables)[1]
    assert len(notices) == MOST_NOTICES + 1


@pytest.mark.slow
def test_a_deep_graph_is_no_deeper_for_a_sweep() -> None:
    assert slopes(sides("relu(" * 50_000 + "x" + ")" * 50_000)) == (0.0, 1.0)


# -- every kinked row, against difference quotients

STEP = 2.0**-24
GRID = {1: (-3.0, -1.5, -1.0, 0.0, 1.0, 2.0, 2.5, 6.0), 2: (-2.0, -1.0, 0.0, 1.0, 2.0, 4.0), 3: (0.0, 1.0, 2.0)}
RATES = (-1.0, 0.0, 0.5, 2.0)
KINKED = [row for row in ROWS if row.kink]


def call(row: Operator, operands: tuple[str, ...]) -> str:
    return f" {row.notation.symbol} ".join(operands) if row.notation else f"{row.name}({', '.join(operands)})"


def crossings(row: Operator) -> Iterator[tuple[str, Sides]]:
    """Straight ways through points of a kink, as formulas in t, and what is found at t = 0."""
    arity = 3 if row.variadic else len(row.operands)
    for centre in product(GRID[arity], repeat=arity):
        for rates in product(RATES, repeat=arity):
            moves = [f"({at} + {rate}*t)" if rate else f"({at})" for at, rate in zip(centre, rates, strict=True)]
            program = parse(call(row, tuple(moves)), variables=["t"])
            if "t" in program.variables:
                found = one_sided(program, Gradient(program, {}).at({"t": 0.0}), {"t": program.variables["t"]})
                yield from ((program.source.text, sides) for sides in found.sides.values())


@pytest.mark.one_in(4)
@pytest.mark.parametrize("row", KINKED, ids=lambda row: row.name)
def test_both_sides_of_every_kinked_row_are_those_of_difference_quotients(row: Operator) -> None:
    met = decided = 0
    for text, (left, right, _) in crossings(row):
        met += 1
        for sign, side in ((-1, left), (1, right)):
            decided += not isnan(side.value)
            agree(lambda t: Gradient(parse(text), {}).at({"t": t}).value, sign, side.value, side.derivative, text)  # noqa: B023
    assert met > 0
    assert decided > met


def agree(f: Callable[[float], float], sign: int, limit: float, slope: float, text: str) -> None:
    """Compare a limit and a slope with the values at one and two steps."""
    near, far = f(sign * STEP), f(2 * sign * STEP)
    if not isnan(limit):
        assert 2 * near - far == pytest.approx(limit, abs=1e-6), text
    if not isnan(slope):
        assert (far - near) / (sign * STEP) == pytest.approx(slope, abs=1e-5), text


# -- random formulas made of straight pieces

numbers = st.integers(-3, 3).map(str)
leaves = st.one_of(st.just("x"), numbers)


def grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} + {})".format, parts, parts),
        st.builds("({} - {})".format, parts, parts),
        st.builds("(({})*({}))".format, numbers, parts),
        st.builds("abs({})".format, parts),
        st.builds("relu({})".format, parts),
        st.builds("leaky_relu({}, 0.5)".format, parts),
        st.builds("max({}, {}, {})".format, parts, parts, parts),
        st.builds("min({}, {})".format, parts, parts),
        st.builds("clip({}, -1, 1)".format, parts),
        st.builds("hard_tanh({})".format, parts),
        st.builds("hypot({}, 0)".format, parts),
        st.builds("step({})".format, parts),
        st.builds("sign({})".format, parts),
        st.builds("floor({})".format, parts),
        st.builds("where({} <= {}, {}, {})".format, parts, parts, parts, parts),
        st.builds("where({} > {} and {}, {}, {})".format, parts, parts, parts, parts, parts),
    )


@given(text=st.recursive(leaves, grown, max_leaves=7), x=st.integers(-2, 2).map(float))
def test_straight_pieces_have_the_slopes_and_the_jumps_of_exact_quotients(text: str, x: float) -> None:
    program = parse(text, variables=["x"])
    if "x" not in program.variables:
        return
    found = one_sided(program, Gradient(program, {}).at({"x": x}), program.variables).sides.get("x")
    if found is None:
        return
    for sign, (limit, slope, *_) in ((-1, found.left), (1, found.right)):
        near, far = (Gradient(program, {}).at({"x": x + steps * sign * STEP}).value for steps in (1, 2))
        assert isnan(limit) or limit == 2 * near - far
        assert isnan(slope) or slope == (far - near) / (sign * STEP)
