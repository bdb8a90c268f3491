"""logaddexp, with its digits where its terms cancel.

Depends on `exp`, `log` and `values`. Where no more is left than a five hundredth of the greater operand, its
digits run out, and `fallback` has the word.
"""

from math import factorial, inf, log

from gradcli.compiler.llvm.functions.exp import exp, reduced
from gradcli.compiler.llvm.functions.log import log1p
from gradcli.compiler.llvm.values import Vector, choose, polynomial, where_any
from gradcli.compiler.numerics.exponentials import FAR

CANCELLING = 0.8
"""Of the logarithm: where less is left, its error counts too much."""
SIXTH, SIXTH_REST = 1 / 6, 9.25185853854297e-18
SERIES = tuple(1 / factorial(n) for n in range(4, 17))
"""(exp(r) - 1 - r - r^2/2 - r^3/6)/r^4, from the lowest power up."""

Pair = tuple[Vector, Vector]
"""A number as a sum of two."""


def logaddexp(x: Vector, y: Vector) -> Vector:
    """log(exp(x) + exp(y)): the greater, and log(1 + exp(-distance))."""
    is_less, distance = x < y, abs(x - y)
    high, low = choose(is_less, y, x), choose(is_less, x, y)
    is_far = distance >= FAR
    small = exp(choose(is_far, 0.0, -distance))
    _, rest = two_sum(low, -high)
    rise = log1p(choose(is_far, 0.0, small.fma(rest, small)))
    plain = choose(x.equals(y), high + log(2.0), choose(distance.equals(inf), high, high + rise))
    cancels = (high < 0.0) & (abs(plain) < CANCELLING * rise)
    varies = x.value.varies or y.value.varies
    return where_any(cancels, lambda: log1p(sum_less_1(high, low)), plain, varies=varies)


def sum_less_1(x: Vector, y: Vector) -> Vector:
    """exp(x) + exp(y) - 1, with about ten more digits of each term than a double has."""
    (one, one_rest), (other, other_rest) = less_1(x, 1.0), less_1(y, 0.0)
    total, rest = two_sum(one, other)
    return total + (rest + (one_rest + other_rest))


def less_1(x: Vector, less: float) -> Pair:
    """exp(x) - less: 2^k - less, and 2^k times what exp(r) is more than 1, where r = x - k log 2."""
    shifted, r, r_rest = reduced(x)
    power = shifted.power_of_2()
    rise, rise_rest = exp_less_1(r, r_rest)
    total, rest = two_sum(power - less, power * rise)
    return total, rest + power * rise_rest


def exp_less_1(r: Vector, r_rest: Vector) -> Pair:
    """exp(r + r_rest) - 1 for a small r: the first three terms of its series are not rounded."""
    square = r * r
    cube = square * r
    third = cube * SIXTH
    first, first_rest = quick_two_sum(r, 0.5 * square)
    total, total_rest = quick_two_sum(first, third)
    square_rest = r.fma(r, -square)
    cube_rest = square.fma(r, -cube) + square_rest * r
    third_rest = cube.fma(SIXTH, -third) + (cube * SIXTH_REST + cube_rest * SIXTH)
    small = (cube * r).fma(polynomial(SERIES, r), r_rest.fma(total, r_rest) + (0.5 * square_rest + third_rest))
    return total, total_rest + (first_rest + small)


def two_sum(x: Vector, y: Vector) -> Pair:
    """x + y and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = x + y
    back = total - x
    return total, (x - (total - back)) + (y - back)


def quick_two_sum(x: Vector, y: Vector) -> Pair:
    """The same, where |x| >= |y|."""
    total = x + y
    return total, y - (total - x)
