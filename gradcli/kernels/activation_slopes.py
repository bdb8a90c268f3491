"""What the slopes of gelu, silu and mish are made of, with all digits beside their zeros.

Depends on the modules beside it. Each zero is kept as a sum of two doubles, and the distance from it is a factor of
every term: so it is the last digits of the argument that count, and not those of terms that cancel. The zeros and
the series were computed by mpmath 1.3 with 60 digits: findroot, and taylor around the zero.
"""

import math

from gradcli.kernels.double_double import two_sum
from gradcli.kernels.elementary import exp
from gradcli.kernels.erfc import normal_cdf
from gradcli.kernels.fixed_point import ratio
from gradcli.kernels.gaussian import exp_of_ratio, gauss
from gradcli.kernels.logistic import sigmoid

SILU_ZERO, SILU_ZERO_REST, SILU_EXP = -1.2784645427610737, -1.0946994183093437e-16, 0.2784645427610738
"""Where 1 + x + exp(x) is 0, and exp there."""
SILU_RIGHT = -0.6
"""From here on 1 + x*sigmoid(-x) keeps its digits."""
MISH_ZERO, MISH_ZERO_REST, MISH_EXP = -1.1924312145154952, -4.8484829848031044e-17, 0.3034825352815289
"""Where the slope of mish is 0, and exp there: v."""
MISH_CONSTANT, MISH_LINEAR = 2.536306932285039, 4.303482535281529
"""3 + v - 1/(1 + v), and 4 + v."""
FAR = -50.0
"""Below this exp(x) no longer counts beside x."""
GELU_ZERO, GELU_ZERO_REST = -0.7517915246935645, 1.4956759177009883e-17
GELU_NEAR = 0.75
"""How far the series of the slope of gelu reaches."""
GELU_SERIES = (
    0.4314939923140469, 0.388284982990552, -0.018199676398671087, -0.1140082332972217, -0.014771522148244337,
    0.019421679838189067, 0.004539228379125415, -0.002239538068073497, -0.0007448268386746817, 0.00018633974623233514,
    8.615947861116571e-05, -1.121438018842664e-05, -7.74846130700372e-06, 4.3284506257392273e-07, 5.702764979242107e-07,
    -1.6044265494246427e-09, -3.5459866461783865e-08, -1.396942086426202e-09, 1.90319840501314e-09,
    1.4506418938779426e-10, -8.950037692726255e-11, -9.950340824808053e-12, 3.725967039270119e-12,
    5.482292964742324e-13, -1.3820118240601056e-13, -2.5871508475507507e-14,
)  # fmt: skip
"""Its coefficients, from the first power of the distance up."""
GELU_FAR, GELU_GONE = -37.5, -39.0
"""Below these, the bell is nearly subnormal, and 0."""
LIFT, LOWERED = 58, 2.581250275969994e-26
"""Times exp(LIFT), the bell is not; exp(-LIFT)/sqrt(tau), which is nearly a double, takes it back."""
ROOT_TAU = 2.5066282746310002
BITS = 120
INVERSE_ROOT_TAU = 530285247811860281885121121780411961
"""1/sqrt(tau) in fixed point of that many bits."""


def silu_factor(x: float) -> float:
    """1 + x*sigmoid(-x). With v = exp at the zero and d the distance, 1 + x + exp(x) is d + v*expm1(d)."""
    if not FAR < x < SILU_RIGHT:
        return 1.0 + (x if x <= FAR else 0.0 if x == math.inf else x * sigmoid(-x))
    small = math.exp(x)
    total = 1.0 + small
    distance, rest = two_sum(x, -SILU_ZERO)
    rise = SILU_EXP * math.expm1(distance)
    moved = distance + rise
    rest = (rest - SILU_ZERO_REST) * total + (rise - (moved - distance))
    share = moved / total
    return share + (rest - share * (small - (total - 1.0))) / total


def mish_factor(x: float) -> float:
    """x + 1 + u(x + 1.5) + u^2 + u^3/4 with u = exp(x): for a negative x, its difference from that at the zero."""
    u = exp(x)
    if not x < 0:
        # The cube of u would have three times its error.
        return exp(2.0 * x) * (0.25 * u + 1.0) + (u * (x + 1.5) + (x + 1.0))
    if x < FAR:
        return x + 1.0
    distance, rest = two_sum(x, -MISH_ZERO)
    bend = 0.25 * (MISH_CONSTANT + u * (MISH_LINEAR + u))
    rest = (rest - MISH_ZERO_REST) * (1.0 + u * (1.0 + bend))
    return math.fsum((distance, distance * u, MISH_EXP * math.expm1(distance) * bend, rest))


def gelu_slope(x: float) -> float:
    """normal_cdf(x) + x*gauss(x, 0.5)/sqrt(tau)."""
    distance = x - GELU_ZERO - GELU_ZERO_REST
    if abs(distance) < GELU_NEAR:
        return distance * gelu_series(distance)
    if x < 0:
        return cdf_and_bell(x) if x > GELU_FAR else gelu_slope_tail(x)
    return normal_cdf(x) + x * gauss(x, 0.5) / ROOT_TAU if x < math.inf else 1.0 if x > 0 else x


def cdf_and_bell(x: float) -> float:
    """The same for a negative x, rounded once."""
    (a, b), (c, d) = x.as_integer_ratio(), normal_cdf(x).as_integer_ratio()
    bell, rest = exp_of_ratio(-a * a, 2 * b * b)
    e, f = bell.as_integer_ratio()
    weight = INVERSE_ROOT_TAU + int(INVERSE_ROOT_TAU * rest)
    return ratio((c * b * f << BITS) + a * e * d * weight, b * d * f << BITS)


def gelu_series(distance: float) -> float:
    """The slope over the distance from its zero."""
    total = 0.0
    for coefficient in reversed(GELU_SERIES):
        total = total * distance + coefficient
    return total


def gelu_slope_tail(x: float) -> float:
    """Far to the left, where the bell is subnormal: x - 1/x + 1/x^3 - 3/x^5 … times it (A&S 26.2.12)."""
    if x < GELU_GONE:
        return -0.0
    top, bottom = x.as_integer_ratio()
    bell, rest = exp_of_ratio(2 * LIFT * bottom * bottom - top * top, 2 * bottom * bottom)
    series = 1.0
    for odd in (13, 11, 9, 7, 5, 3, 1):
        series = 1.0 - odd * series / (x * x)
    return (x - series / x) * (bell + bell * rest) * LOWERED
