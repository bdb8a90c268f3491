"""exp in a few fused operations, right to 0.6 units in the last place.

Depends on `values`. glibc's vector variant may be off by 3 units, which is all that the operators made of
exponentials may be; and a call costs the registers around it.
"""

from gradcli.compiler.llvm.values import Vector, choose, polynomial, where_any

SAFE = 708.0
"""Up to here a power of 2 is neither subnormal nor infinite."""
LEAST, GREATEST = -746.0, 710.0
"""Beyond these exp is 0, and infinite."""
INVERSE_LN2 = 1.4426950408889634
LN2, LN2_REST = 0.6931471805598903, 5.497923018708371e-14
"""log 2 as two doubles, the first of 42 digits: its multiples by whole numbers of 11 digits are exact."""
WHOLE = 1.5 * 2.0**52
"""A number added to this leaves the nearest whole one in the last digits."""
SERIES = (
    0.5000000000000001, 0.16666666666666669, 0.04166666666662399, 0.008333333333330051, 0.0013888888917281794,
    0.00019841269863105968, 2.480152119021773e-05, 2.7557268378684192e-06, 2.7620138719733994e-07,
    2.5100424157005067e-08,
)  # fmt: skip
"""(exp(r) - 1 - r)/r^2 for |r| <= log(2)/2, from the lowest power up: interpolated at the Chebyshev points by mpmath
1.3 with 60 digits."""


def exp(x: Vector) -> Vector:
    """e to the power x; in vectors with an x so far from 0 that the power of 2 is no normal number, in two steps."""
    near, shifted = taken_apart(x)
    unsafe = ~(abs(x) <= SAFE)
    return where_any(unsafe, lambda: far(x), near * shifted.power_of_2(), varies=x.value.varies)


def taken_apart(x: Vector) -> tuple[Vector, Vector]:
    """exp(r) and WHOLE + k, where x = r + k log 2 and r is small: exp(x) is exp(r) times 2^k."""
    shifted, r, rest = reduced(x)
    total = 1.0 + r
    return total + ((1.0 - total + r) + (r * r).fma(series(r), rest)), shifted


def reduced(x: Vector) -> tuple[Vector, Vector, Vector]:
    """WHOLE + k, and r as a sum of two, where x = r + k log 2 and r is small."""
    shifted = x.fma(INVERSE_LN2, WHOLE)
    k = shifted - WHOLE
    exact = k.fma(-LN2, x)
    r = k.fma(-LN2_REST, exact)
    return shifted, r, k.fma(-LN2_REST, exact - r)


def far(x: Vector) -> Vector:
    """e to the power x, where that may be subnormal or infinite: 2^k as a product, so that it is rounded only once."""
    held = choose(x < LEAST, LEAST, choose(x > GREATEST, GREATEST, x))
    near, shifted = taken_apart(held)
    k = shifted - WHOLE
    half = 0.5 * k + WHOLE
    return near * half.power_of_2() * (k - (half - WHOLE) + WHOLE).power_of_2()


def series(r: Vector) -> Vector:
    """The series, as its even and its odd terms, which the processor can compute side by side."""
    even, odd = polynomial(SERIES[::2], r * r), polynomial(SERIES[1::2], r * r)
    return r.fma(odd, even)
