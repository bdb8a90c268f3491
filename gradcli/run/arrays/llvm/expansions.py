"""Operators in the language itself, where a row's definition would lose digits in machine code.

Depends on the scalar kernels for their constants. An arm of a `where` that few rows take costs them little, and what
occurs twice in a text is computed once. The forms are those of the scalar kernels, with a fused multiplication and
addition where those count in whole numbers. The normal distribution's tail is that of the blocks.
"""

from collections.abc import Sequence
from functools import reduce

from gradcli.run.arrays.blocks.expansions import TAIL
from gradcli.run.arrays.lowering import Expansions, definitions
from gradcli.run.kernels import slopes
from gradcli.run.kernels.normal import ROOT_HALF, ROOT_HALF_REST

HEIGHT, HEIGHT_REST = 0.3989422804014327, -2.49232720227773e-17
"""1/sqrt(2 pi) to twice the digits of a double."""
ROOT_2_OVER_PI = 0.7978845608028654


def polynomial(coefficients: Sequence[float], x: str) -> str:
    """A polynomial by Horner's rule, from the lowest coefficient up."""
    return reduce(
        lambda text, coefficient: f"fma({text}, {x}, {coefficient!r})", coefficients[-2::-1], repr(coefficients[-1])
    )


def two_sum(x: str, y: str) -> tuple[str, str]:
    """x + y, and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = f"({x} + {y})"
    back = f"({total} - {x})"
    return total, f"(({x} - ({total} - {back})) + ({y} - {back}))"


def asymptotic(odds: Sequence[int]) -> str:
    """1 - 1/x^2 + 3/x^4 - 15/x^6 …, which the normal distribution's tail is made of (A&S 26.2.12)."""
    return reduce(lambda text, odd: f"(1 - {odd}*{text}/(x*x))", odds[::-1], "1")


SMALL = "exp(-abs(x))"
SIGMOID = f"where(x >= 0, 1, {SMALL})/(1 + {SMALL})"
# x + 32 is exact, and the product is rounded to a subnormal number only once.
X_EXP = "where(x < -800, -0, exp(x + 32)*x*exp(-32))"

SQUARE_REST = "fma(a, x*x, -(a*(x*x))) + a*fma(x, x, -(x*x))"
GAUSS_NEAR = f"exp(-(a*(x*x))) - exp(-(a*(x*x)))*({SQUARE_REST})"
GAUSS_SAFE = "abs(a*(x*x)) < 800 and exp(-(a*(x*x))) < inf"
GAUSS_FAR = "exp(-((a*2^520*2^520)*((x*2^-520)*(x*2^-520))))"
GAUSS = f"where(abs(x) > 1e150, {GAUSS_FAR}, where({GAUSS_SAFE}, {GAUSS_NEAR}, exp(-(a*(x*x)))))"

CDF_REST = f"(fma(-x, {ROOT_HALF}, x*{ROOT_HALF}) - x*{ROOT_HALF_REST})"
CDF_MENDED = f"0.5*(erfc(-x*{ROOT_HALF}) - 2/sqrt(pi)*exp(-(0.5*(x*x)))*{CDF_REST})"
NORMAL_CDF = f"where(x < 0 and x > -40, {CDF_MENDED}, 0.5*erfc(-x*{ROOT_HALF}))"

GELU_TAIL = f"-gauss(x, 0.5)/{slopes.ROOT_TAU}*{asymptotic((1, 3, 5, 7, 9, 11, 13, 15))}"

MISH_W = "(exp(x)*(exp(x) + 2))"
MISH = f"where(x <= -700, {X_EXP}, where(x >= 20, x, x*({MISH_W}/({MISH_W} + 2))))"

DIFFERENCE, DIFFERENCE_REST = two_sum("x", "(-y)")
SHARE = f"exp(-abs{DIFFERENCE})*(1 - where({DIFFERENCE} < 0, -1, 1)*where(abs{DIFFERENCE} < inf, {DIFFERENCE_REST}, 0))"

SILU_D, SILU_D_REST = two_sum("x", repr(-slopes.SILU_ZERO))
SILU_RISE = f"({slopes.SILU_EXP}*expm1{SILU_D})"
SILU_MOVED = f"({SILU_D} + {SILU_RISE})"
SILU_REST = f"(({SILU_D_REST} - {slopes.SILU_ZERO_REST})*(1 + exp(x)) + ({SILU_RISE} - ({SILU_MOVED} - {SILU_D})))"
SILU_NEAR = f"({SILU_MOVED} + {SILU_REST})/(1 + exp(x))"
SILU_FACTOR = f"where(x < -0.6, where(x < -50, 1 + x, {SILU_NEAR}), where(x == inf, 1, 1 + x*sigmoid(-x)))"

MISH_D, MISH_D_REST = two_sum("x", repr(-slopes.MISH_ZERO))
MISH_BEND = f"({slopes.MISH_CONSTANT / 4} + exp(x)*({slopes.MISH_LINEAR / 4} + exp(x)/4))"
MISH_REST = f"({MISH_D_REST} - {slopes.MISH_ZERO_REST})*(1 + exp(x)*(1 + {MISH_BEND}))"
MISH_NEAR = f"{MISH_D} + ({MISH_D}*exp(x) + ({slopes.MISH_EXP}*expm1{MISH_D}*{MISH_BEND} + {MISH_REST}))"
# The cube of exp(x) would have three times its error.
MISH_RIGHT = "exp(2*x)*(exp(x)/4 + 1) + (exp(x)*(x + 1.5) + (x + 1))"
MISH_FACTOR = f"where(x < 0, where(x < -50, x + 1, {MISH_NEAR}), {MISH_RIGHT})"

GELU_D = f"(x - {slopes.GELU_ZERO} - {slopes.GELU_ZERO_REST})"
GELU_NEAR = f"{GELU_D}*{polynomial(slopes.GELU_SERIES, GELU_D)}"
# normal_cdf over the bell, whose height is kept as a sum of two doubles: what is left of the two terms is small.
GELU_CDF = f"{polynomial(TAIL, '((x + 6)/(x - 6))')}/({ROOT_2_OVER_PI} - x)"
GELU_LEFT = f"gauss(x, 0.5)*fma(x, {HEIGHT}, fma(x, {HEIGHT_REST}, {GELU_CDF}))"
GELU_FAR_LEFT = f"(x - {asymptotic((1, 3, 5, 7, 9, 11, 13))}/x)*gauss(x, 0.25)/{slopes.ROOT_TAU}*gauss(x, 0.25)"
GELU_RIGHT = f"where(x == inf, 1, normal_cdf(x) + x*gauss(x, 0.5)/{slopes.ROOT_TAU})"
GELU_OUTSIDE = f"where(x < -0.5, where(x > -37.5, {GELU_LEFT}, where(x < -60, -0, {GELU_FAR_LEFT})), {GELU_RIGHT})"
GELU_SLOPE = f"where(abs{GELU_D} < {slopes.GELU_NEAR}, {GELU_NEAR}, {GELU_OUTSIDE})"

EXPANSIONS: Expansions = {
    **definitions("clip", "elu", "hard_tanh", "leaky_relu", "relu", "selu", "softplus"),
    "sigmoid": SIGMOID,
    "softmax2": f"where({DIFFERENCE} >= 0, 1, {SHARE})/(1 + {SHARE})",
    "silu": f"where(x <= -700, {X_EXP}, x*sigmoid(x))",
    "silu_factor": SILU_FACTOR,
    "gelu": f"where(x < -36, {GELU_TAIL}, x*normal_cdf(x))",
    "gelu_slope": GELU_SLOPE,
    "mish": MISH,
    "mish_factor": MISH_FACTOR,
    "gauss": GAUSS,
    "normal_cdf": NORMAL_CDF,
    "softsign": "where(abs(x) == inf, sign(x), x/(1 + abs(x)))",
    "step": "where(x >= 0, 1, where(x < 0, 0, x))",
    "sinc": "where(x == 0, 1, where(abs(x) == inf, 0, sin(x)/x))",
    "xlogy": "where(x == 0 and y == y, 0, x*log(y))",
    "logb": "where(b == 2, log2(x), where(b == 10, log10(x), log(x)/log(b)))",
}
"""Operator name → its meaning over the operands of its row."""
