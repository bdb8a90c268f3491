"""Every equation that is shown holds as it stands: in tables and in explanations, for any number of digits."""

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from random import Random

import pytest
from conftest import Gradcli

from gradcli.passes.arithmetic import product, rounded, terms_text, total
from gradcli.precision.beyond import Beyond

NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
TERM = rf"{NUMBER}(?: × {NUMBER})*"
ARITHMETIC = re.compile(rf"{TERM}(?: [+-] {TERM})*")
GIVEN = re.compile(rf"({NUMBER})(?: |$)")
EXACT = Context(prec=2000)
FORMULAS = [
    ("x*x*x + x*w", "x=0.3333", "w=1.7"),
    ("a = x*w; b = sin(a)*x; c = exp(b)*a; c*b + a", "x=0.71", "w=1.3"),
    ("1/(1 + exp(-(w*x + b)))", "x=2.2", "w=-0.3", "b=0.4"),
    ("(x*w - 2)^2", "x=2", "w=3.1"),
    ("log(1 + exp(x))*w", "x=1000", "w=2"),
    ("x*x*w*w", "x=1e-200", "w=1e200"),
]


def computed(text: str) -> Decimal:
    """A sum of products of numbers, exactly."""
    found = Decimal(0)
    for sign, term in re.findall(rf"(?:^|([+-]) )({TERM})", text):
        value = Decimal(-1 if sign == "-" else 1)
        for factor in term.split(" × "):
            value = EXACT.multiply(value, Decimal(factor))
        found = EXACT.add(found, value)
    return found


def holds(arithmetic: str, result: str, most: int) -> bool:
    """Whether exact arithmetic on shown numbers gives the shown result in so many digits, or in one more."""
    value = computed(arithmetic)
    return any(Decimal(f"{value:.{digits}g}") == Decimal(result) for digits in (most, most + 1))


def equations(page: str) -> Iterator[tuple[str, str, str]]:
    """Arithmetic on numbers, the sign behind it, and the number that it is said to give."""
    for cell in re.split(r"\n|   +", page):
        sides = re.split(r" (=|≈) ", cell.partition(": ")[2] or cell)
        for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
            given = GIVEN.match(right)
            if ARITHMETIC.fullmatch(left.strip()) and given and not re.fullmatch(NUMBER, left.strip()):
                yield left.strip(), sign, given[1]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("digits", [2, 3, 6, 9, 17])
@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula[0])
@pytest.mark.parametrize("command", ["grad", "explain"])
def test_what_is_written_holds(gradcli: Gradcli, command: str, formula: tuple[str, ...], digits: int) -> None:
    page = gradcli(command, *formula, "--format", "table", "--digits", str(digits), "--lr", "0.1", columns=400).out
    seen = [(left, given) for left, sign, given in equations(page) if sign == "="]
    assert seen
    assert [told for told in seen if not holds(*told, digits)] == []


@pytest.mark.parametrize("digits", range(1, 18))
def test_products_and_sums_of_any_doubles_hold(digits: int) -> None:
    source = Random(digits)
    for _ in range(300):
        first, second = (source.uniform(-2, 2) * 10.0 ** source.randint(-30, 30) for _ in range(2))
        for told in (product((first, second), first * second, digits), total((first, second), first + second, digits)):
            ((left, sign, given),) = equations(told)
            assert sign == "≈" or holds(left, given, digits)


def test_an_equation_that_rounding_breaks_is_shown_with_one_more_digit_or_as_near() -> None:
    assert total((4.594974, 4.594974), 9.189948, 6) == "4.594974 + 4.594974 = 9.189948"
    assert total((1.0, 0.82436, 0.82436), 2.64872, 6) == "1 + 0.82436 + 0.82436 = 2.64872"
    third = 1 / 3
    assert product((third, third), third * third, 6) == "0.333333 × 0.333333 = 0.111111"
    assert product((2.5, third), 2.5 * third, 3) == "2.5 × 0.333 ≈ 0.833"


def test_many_terms_are_shown_by_the_first() -> None:
    assert terms_text(list("12345678")) == "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8"
    assert terms_text(["1", "-2", *"345678", "9"]) == "1 - 2 + 3 + 4 + 5 + 6 + 7 + 8 + … (1 more)"


def test_nothing_is_claimed_of_numbers_too_far_from_one(gradcli: Gradcli) -> None:
    told = gradcli("explain", "exp(-x^2/2)", "x=1e10").out
    assert "df/du1 × du1/dx = -10^(-2.1714724e19) × 2e10 ≈ -10^(-2.1714724e19)" in told
    assert "The gradient is below the smallest double" in told


def test_numbers_beyond_the_doubles_are_rounded_like_others() -> None:
    assert rounded(Beyond(0.0, Decimal("5.0759588975494567e-435")), 3) == "5.08e-435"
    assert rounded(Beyond(float("inf"), Decimal("7.9294000001e95507")), 6) == "7.9294e95507"
    assert rounded(-0.0, 6) == "0"
