"""log and log1p in a few fused operations, right to 0.9 units in the last place.

Depends on `exp` for its constants. They serve where the C library has no vector variants: glibc's are as
fast, but to call for each lane takes two to eight times as long.
"""

from gradcli.compiler.llvm.functions.exp import LN2, LN2_REST, WHOLE
from gradcli.compiler.llvm.values import Vector, polynomial, where_any

SAFE = 1022.0
"""The first power of 2 that tells that a number is not to be taken apart, as it is subnormal, infinite or negative."""
SERIES = (
    0.666666666666667, 0.39999999999899444, 0.2857142862600327, 0.22222211130259875, 0.18182889455675105,
    0.1533171061820642, 0.14616585424934123,
)  # fmt: skip
"""(log((1 + s)/(1 - s)) - 2s)/s^3 over s^2, from the lowest power up, for 1 + s <= sqrt(2)*(1 - s): interpolated at the
Chebyshev points by mpmath 1.3 with 60 digits."""


def log(x: Vector) -> Vector:
    """The natural logarithm."""
    return x.c("log") if x.code.library.vector_variant("log", 1) else own_log(x)


def log1p(x: Vector) -> Vector:
    """log(1 + x)."""
    return x.c("log1p") if x.code.library.vector_variant("log1p", 1) else own_log1p(x)


def own_log(x: Vector) -> Vector:
    """The logarithm of x = m*2^k."""
    fraction, k = x.fraction_and_exponent()
    total, rest = logarithm(fraction - 1.0, k)
    return where_any(abs(k) >= SAFE, lambda: x.c("log"), total + rest, varies=x.value.varies)


def own_log1p(x: Vector) -> Vector:
    """The logarithm of 1 + x, where what is left out by rounding the sum is added to its fraction."""
    near_1 = 1.0 + x
    fraction, k = near_1.fraction_and_exponent()
    exact, left_out = fraction - 1.0, (x - (near_1 - 1.0)) * (WHOLE - k).power_of_2()
    f = exact + left_out
    f_rest = left_out - (f - exact)
    total, rest = logarithm(f, k)
    near = (total + (rest + f_rest.fma(-f, f_rest))).intrinsic("copysign", x)
    return where_any(abs(k) >= SAFE, lambda: x.c("log1p"), near, varies=x.value.varies)


def logarithm(f: Vector, k: Vector) -> tuple[Vector, Vector]:
    """log(1 + f) + k log 2 as a sum of two, for sqrt(1/2) <= 1 + f < sqrt(2).

    With s = f/(2 + f), log(1 + f) is f - f^2/2 + s*(f^2/2 + 2 s^2/3 + 2 s^4/5 …): a small error of s does not count.
    """
    s, half_square = f / (2.0 + f), 0.5 * f * f
    square = s * s
    curve = s.fma(square.fma(polynomial(SERIES, square), half_square), -half_square)
    powers = k * LN2
    total = powers + f
    return total, f - (total - powers) + k.fma(LN2_REST, curve)
