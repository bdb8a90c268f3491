"""Enclosures hold the truth: every operator's against mpmath, and formulas whose truth is known by construction."""

import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import inf, isfinite, nan
from typing import Any

import pytest
from doubles import edges
from flint import arb, ctx, fmpq
from measure import beside_zeros, draws, extremes, inside, scales
from mpmath import mp
from rows import ROWS, Point, names, orders
from truth import TRUTHS

from gradcli.answers import answered
from gradcli.evaluate.gradient import Gradient
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.precision.decimals import number_text
from gradcli.precision.enclosures.balls import INF, NAN, NEGATIVE_INF, UNKNOWN, Enclosure, exactly, is_finite
from gradcli.precision.enclosures.conversions import bound, ends, fraction, nearest, number
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.search import Search, is_settled
from gradcli.precision.settle import Answer, settle
from gradcli.proof import algebra

BITS = 160
MORE = 2600
"""Bits for what doubles at the ends of their range need."""
NEAR = 60
"""Digits of the judge."""
FARTHEST = 79_000
"""Exponents of e from which on the judge cuts off."""
ROUNDED = {"selu": 15}
"""The judge's constants are those of the paper, the row's are doubles."""

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def enclosed(row: Operator, point: Point, bits: int = BITS) -> Enclosure:
    with ctx.workprec(bits):
        return MEANINGS[row.name](*map(exactly, point))


def holds(x: Enclosure, truth: Any, digits: int = NEAR) -> bool:
    """Whether an enclosure holds a number of mpmath, of which so many digits are right."""
    if mp.isnan(truth) or mp.isinf(truth):
        return x is (NAN if mp.isnan(truth) else INF if truth > 0 else NEGATIVE_INF)
    if not is_finite(x):
        return False
    with mp.workdps(700), ctx.workprec(MORE):
        low, high = (mp.mpf(number(end, 700)) for end in ((x, x) if isinstance(x, fmpq) else (x.lower(), x.upper())))
        slack = abs(truth) * mp.mpf(10) ** -digits
        return bool(low - slack <= truth <= high + slack)


def truths(row: Operator, points: Iterator[Point]) -> Iterator[tuple[Point, Any]]:
    """Points in the domain with what the judge says there, but where it cuts off or has no number."""
    for point in inside(row, points):
        if not all(map(isfinite, point)):
            continue
        with mp.workdps(90):
            try:
                truth = mp.mpf(TRUTHS[row.name].value(*map(mp.mpf, point)))
            except (ZeroDivisionError, ValueError, OverflowError, TypeError):
                continue
            found = mp.isfinite(truth) and (truth == 0 or abs(mp.log(abs(truth))) < FARTHEST)
        if found:
            yield point, truth


def missed(row: Operator, points: Iterator[Point]) -> list[Any]:
    """Points at which the enclosure does not hold the truth, or is none even with many bits."""
    found = ((point, truth, enclosed(row, point)) for point, truth in truths(row, points))
    tried = ((point, truth, enclosed(row, point, MORE) if x is UNKNOWN else x) for point, truth, x in found)
    digits = ROUNDED.get(row.name, NEAR)
    return [(point, mp.nstr(truth, 20), x) for point, truth, x in tried if not holds(x, truth, digits)]


@every_row
def test_the_enclosure_holds_the_truth(row: Operator) -> None:
    assert missed(row, draws(row, 60)) == []


@pytest.mark.one_in(9)
@every_row
def test_the_enclosure_holds_the_truth_everywhere(row: Operator) -> None:
    assert missed(row, scales(row, 120)) == []
    assert missed(row, iter(edges(row))) == []
    if len(names(row)) - orders(row) == 1:
        assert missed(row, beside_zeros(row)) == []


@pytest.mark.one_in(20)
@every_row
def test_the_enclosure_holds_the_truth_at_extremes(row: Operator) -> None:
    points = list(extremes(row))
    some = random.Random(row.name).sample(points, min(len(points), 150))
    assert missed(row, iter(some)) == []


@pytest.mark.one_in(3)
@every_row
def test_a_wide_ball_holds_the_image_of_all_that_it_holds(row: Operator) -> None:
    source = random.Random(row.name)
    for point in draws(row, 25):
        reach = source.choice((1e-12, 0.01, 1.0, 3.0))
        fixed = orders(row)
        with ctx.workprec(BITS):
            balls = [exactly(x) if at < fixed else arb(x, reach) for at, x in enumerate(point)]
            wide = MEANINGS[row.name](*balls)
        for _ in range(8):
            there = tuple(
                x if at < fixed else x + source.choice((-1, 1, source.uniform(-1, 1), 0)) * reach
                for at, x in enumerate(point)
            )
            if any(abs(Fraction(a) - Fraction(b)) > Fraction(reach) for a, b in zip(there, point, strict=True)):
                continue  # rounded out of the ball
            x = enclosed(row, there)
            assert wide is UNKNOWN or x is UNKNOWN or (is_finite(x) and arb(wide).overlaps(arb(x))), (balls, there)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inf - inf", nan), ("0*inf", nan), ("1/0", inf), ("-1/0", -inf), ("0/0", nan), ("1/inf", 0), ("inf*-2", -inf),
        ("0^0", 1), ("nan^0", 1), ("1^nan", 1), ("0^-1", inf), ("(-2)^3", -8), ("(-8)^(1/3)", nan), ("2^inf", inf),
        ("2^-inf", 0), ("0.5^inf", 0), ("(-1)^inf", 1), ("inf^-1", 0), ("(-inf)^3", -inf), ("4^0.5", 2), ("(1/9)^0.5", 1 / 3),
        ("log(0)", -inf), ("log(-1)", nan), ("sqrt(-1)", nan), ("acos(1)", 0), ("acos(2)", nan), ("atanh(1)", inf),
        ("atanh(-1)", -inf), ("gamma(5)", 24), ("gamma(-2)", nan), ("polygamma(1, -2)", inf), ("exp(0)", 1), ("exp(-inf)", 0),
        ("sin(inf)", nan), ("tanh(-inf)", -1), ("erf(inf)", 1), ("sinc(0)", 1), ("nan < 1", 0), ("nan != 1", 1),
        ("inf > 1e300", 1), ("floor(-0.5)", -1), ("ceil(-0.5)", 0), ("round(2.5)", 2), ("round(3.5)", 4), ("round(-0.5)", 0),
        ("-7 % 3", 2), ("7 % -3", -2), ("5 % 0", nan), ("1 % inf", 1), ("-1 % inf", inf), ("max(1, nan)", nan),
        ("where(nan, 1, 2)", 1), ("where(0, nan, 2)", 2), ("0 and nan", 0), ("1 or nan", 1), ("not nan", 0), ("cbrt(-27)", -3),
        ("hypot(3, 4)", 5), ("hypot(inf, 1)", inf), ("atan2(0, 1)", 0), ("xlogy(0, 0)", 0), ("1/3 + 1/3 + 1/3", 1), ("(1/3)*3 == 1", 1),
        ("lgamma(inf)", inf), ("sigmoid(-inf)", 0), ("softplus(-inf)", 0), ("abs(-inf)", inf), ("sign(-2)", -1),
    ],
)  # fmt: skip
def test_what_is_exact(text: str, expected: float) -> None:
    program = parse(text)
    x = Search(program.graph, [program.output], {}, 25).settle(5)[program.output]
    assert x is UNKNOWN or not is_finite(x) or fraction(x) is not None
    assert nearest(x) == pytest.approx(expected, abs=0, nan_ok=True)


def test_what_is_open_is_unknown_or_holds_both() -> None:
    with ctx.workprec(BITS):
        around = arb(0, 1e-9)
        for operator in ("lt", "le", "gt", "ge", "eq", "ne"):
            assert MEANINGS[operator](around, exactly(0.0)) is UNKNOWN
        assert MEANINGS["eq"](around, around) == 1
        assert MEANINGS["sub"](around, around) == 0
        assert MEANINGS["div"](exactly(1.0), around) is UNKNOWN
        assert MEANINGS["log"](around) is MEANINGS["sqrt"](around) is MEANINGS["acos"](1 + around) is UNKNOWN
        assert MEANINGS["gamma"](around - 3) is MEANINGS["tan"](arb.pi() / 2) is UNKNOWN
        assert MEANINGS["mul"](around, INF) is UNKNOWN
        for operator, low, high in (("floor", -1, 0), ("ceil", 0, 1), ("sign", -1, 1), ("step", 0, 1)):
            both = MEANINGS[operator](around)
            assert both is UNKNOWN or (both.contains(low) and both.contains(high))
        both = MEANINGS["where"](MEANINGS["lt"](around, exactly(0.0)), exactly(2.0), exactly(5.0))
        assert both.contains(2)
        assert both.contains(5)
        halves = MEANINGS["round"](arb(0.5, 1e-9))
        assert halves.contains(0)
        assert halves.contains(1)


# -- truth by construction


def shifted(depth: int, source: random.Random) -> tuple[str, str]:
    """A formula of x that cancels by construction, and the same without cancellation."""
    plain = source.choice(("x", "sin(x)", "exp(-x)", "x*x", "1/(1 + x)", "log(1 + x)", "sqrt(1 + x^2)"))
    text = plain
    for _ in range(depth):
        far = source.choice(("1e16", "exp(40)", "exp(900)", "10^400", "2^-1", "exp(-800)", "10^2000", "exp(x)*10^300"))
        text = source.choice(
            (
                f"(({text}) + {far}) - {far}",
                f"exp(log(2 + ({text})^2) + 0) - 2 - ({text})^2 + ({text})",
                f"(({text})*{far})/{far}",
                f"log(exp({text}))",
                f"(({text}) - {far})*(({text}) + {far})/(({text}) + {far}) + {far}",
                f"({text}) + cosh({far}*0 + ({text}))^2 - sinh({text})^2 - 1",
                f"tan(atan({text}))",
            )
        )
    return text, plain


def close(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= 4 * 2.0**-53 * max(abs(one), abs(other))


def answer(text: str, bindings: Mapping[str, float], precision: str = "auto") -> Answer:
    return settle(Gradient(parse(text, variables=bindings)), bindings, precision, algebra=algebra)


@pytest.mark.parametrize("seed", range(60))
def test_no_digit_of_a_formula_that_cancels_is_wrong(seed: int) -> None:
    source = random.Random(seed)
    text, plain = shifted(source.randint(1, 4), source)
    bindings = {"x": source.choice((0.3, 1.7, 2.5e-3, 4.0))}
    got, truth = answer(text, bindings), answer(plain, bindings, "exact")
    numbers = zip(
        (got.point.value, *got.point.gradient.values()),
        (truth.point.value, *truth.point.gradient.values()),
        strict=True,
    )
    assert all(close(one, other) or not (got.settled or one == one) for one, other in numbers), (
        text,
        plain,
        got,
        truth,
    )
    assert got.settled, text


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("(1-1/(1+exp(-x)))*exp(x)", 1000.0, 1.0, 0.0),
        ("(1-1/(1+exp(-x)))*exp(x)", 5000.0, 1.0, 0.0),
        ("(1-cos(x))/x^2", 1e-300, 0.5, -1e-300 / 12),
        ("log(1-normal_cdf(x))", 50.0, -1254.8313611394199, -50.01998403190564),
        ("log(-log(1-(1-exp(-exp(x)))))", 7.0, 7.0, 1.0),
        ("log(1-tanh(x)^2)", 1000.0, -1998.61370563888, -2.0),
        ("x*sin(pi)", 1.0, 0.0, 0.0),
        ("abs(sqrt(x) - 2^0.5)", 2.0, 0.0, 0.0),
        ("sin(x)^2 + cos(x)^2", 3.0, 1.0, 0.0),
        ("floor(exp(log(x)))", 3.0, 3.0, 0.0),
        ("where(sqrt(x)^2 == x, x, 0)", 3.0, 3.0, 1.0),
        ("(1/(sqrt(7^5000 + 1) - sqrt(7^5000)) - sqrt(7^5000 + 1) - sqrt(7^5000) + x*10^-3000)*10^3000", 3.0, 3.0, 1.0),
    ],
)
def test_what_two_precisions_cannot_tell(text: str, x: float, value: float, slope: float) -> None:
    got = answer(text, {"x": x})
    assert got.settled
    assert close(got.point.value, value)
    assert close(got.point.gradient["x"], slope)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("floor(3 - exp(-10000))", 2.0),
        ("ceil(3 + 10^-400)", 4.0),
        ("round(2.5 + exp(-800))", 3.0),
        ("where(exp(-800)^2, 2, 3)", 2.0),
        ("sign(gauss(30, 1)^2)", 1.0),
        ("cbrt(exp(-800)^2)", 2.3783530236949566622e-232),
        ("cbrt(softmax2(0, 2000))", 2.9535572802661004482e-290),
        ("0^(exp(-800)^2)", 0.0),
        ("(-2)^(3 + exp(-800)^2)", nan),
        ("asin(1 + exp(-800)^2)", nan),
        ("sin(pi)^(-1e-300)", inf),
        ("atan2(1, sinh(log(10^300)))", 2e-300),
        ("polygamma(1, sinh(log(10^300)))", 2e-300),
    ],
)
def test_what_underflows_on_the_way_is_no_zero(text: str, value: float) -> None:
    for precision in ("auto", "exact"):
        got = answered(parse(text), {}, {}, precision).value
        assert close(got, value) or got != got != value != value


def test_what_a_person_wrote_is_decided_by_real_numbers() -> None:
    for text, value, slope in (
        ("where(1e16 + 1 > 1e16, 3*x, nan)", 6.0, 3.0),
        ("abs(x*1e16 + 1 - x*1e16)", 1.0, 0.0),
        ("where(x*5e15 + 1 > 1e16, x^2, 7)", 4.0, 4.0),
    ):
        program = parse(text)
        got = answered(program, {"x": 2.0}, program.variables, "auto")
        assert (got.value, got.gradient) == (value, {"x": slope}), text


def test_a_number_below_the_doubles_is_zero_and_told() -> None:
    got = answer("(1-1/(1+exp(-z)))*exp(z)", {"z": 1000.0})
    assert any("df/dz = 5.0759589e-435 is below the least double" in notice.message for notice in got.notices)


def test_what_nothing_settles_is_said_to_be_open() -> None:
    text = "exp(x) - exp(x)*(1 + 10^-1000000)"
    got = answer(text, {"x": 1.0})
    assert not got.settled
    assert got.point.value == 0.0
    (notice,) = (notice for notice in got.notices if notice.details.get("of") == "f")
    assert notice.kind == "unsettled"
    assert notice.details["settled"] is False
    assert str(notice.details["below"]).startswith("1e-")
    assert "digits were tried" in notice.message


def test_what_is_not_known_at_all_has_no_digits() -> None:
    got = answer("tan(exp(exp(x)))", {"x": 1e9})
    assert got.point.value != got.point.value
    assert not got.settled


def test_what_is_beyond_all_that_is_followed_is_so() -> None:
    for text, expected, settled in (
        ("exp(exp(x))", inf, False), ("-exp(exp(x))*2 + x", -inf, False), ("9^9^9^9 + x*0", inf, False),
        ("1/(1 + exp(exp(x)))", 0.0, False), ("exp(-exp(exp(x)))", 0.0, False), ("1 + 1/exp(exp(x))", 1.0, True),
        ("exp(exp(x)) > 1e300", 1.0, True), ("exp(exp(x)) - exp(exp(x))", nan, False), ("x - exp(exp(x))", -inf, False),
        ("exp(exp(x)) - 2*exp(exp(x))", nan, False), ("where(exp(exp(x)) < x, 1, 2)", 2.0, True), ("max(exp(exp(x)), 1)", inf, False),
    ):  # fmt: skip
        got = settle(Gradient(parse(text), {}), {"x": 1e9}, "auto")
        assert got.point.value == pytest.approx(expected, nan_ok=True), text
        assert got.settled == settled, text


def test_a_bound_in_words() -> None:
    with ctx.workprec(BITS):
        assert bound((-(arb(10) ** 9)).exp()) == "1e-434294481"
        assert bound(arb(2)) == bound(UNKNOWN) == ""


def test_infinities_and_nan_are_settled_and_the_unknown_is_not() -> None:
    assert all(is_settled(x, 25) for x in (INF, NEGATIVE_INF, NAN, exactly(0.1)))
    assert not is_settled(UNKNOWN, 25)
    assert not is_settled(arb(1, 1e-20), 25)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("grad", "(x*w-2)**2", "x=2", "w=3"), 0, "f\t16"),
        (("grad", "tanh(x)*gamma(w)", "x=2", "w=3"), 0, "df/dx"),
        (("grad", "(1-cos(x))/x^2", "x=1e-8"), 3, "without python-flint there is no more"),
        (("grad", "sin(x)", "x=1", "--precision", "30"), 2, "30 digits need python-flint"),
        (("grad", "x^2", "x=3", "--verify", "--json"), 0, "nothing can be told without python-flint"),
        (("check", "x^2", "x=3", "--claim", "df/dx = 2*x"), 3, "unchecked"),
    ],
)
def test_without_flint_what_doubles_do_not_settle_is_open(arguments: tuple[str, ...], code: int, said: str) -> None:
    blocked = "import sys; sys.modules['flint'] = None; from gradcli.__main__ import main; sys.exit(main())"
    ran = subprocess.run([sys.executable, "-c", blocked, *arguments], capture_output=True, text=True, check=False)
    assert (ran.returncode, said in ran.stdout + ran.stderr) == (code, True), ran


@pytest.mark.parametrize("text", ["polygamma(1 + exp(-10000), x)", "sinc_n(1 + exp(-10000), x)"])
def test_what_is_no_whole_order_by_a_hair_has_no_number(text: str) -> None:
    found = answer(text, {"x": 2.0})
    assert found.settled
    assert found.undefined


def test_the_ends_of_a_ball_tell_whether_it_rounds_one_way() -> None:
    wide, narrow = arb("1.25", "0.004"), arb("1.23", "0.004")
    assert [number_text(end, 2) for end in ends(wide, 20)] == ["1.2", "1.3"]
    assert [number_text(end, 2) for end in ends(narrow, 20)] == ["1.2", "1.2"]
