"""Operators in the language itself, where a row's definition would lose digits in machine code.

Depends on `normal.py`, and on the scalar kernels for their constants. An arm of a `where` that few rows take costs
them little, and what occurs twice in a text is computed once. The forms are those of the scalar kernels, with a fused
multiplication and addition where those count in whole numbers.
"""

from gradcli.compiler.llvm.functions import gaussian
from gradcli.compiler.llvm.functions.digamma import DIGAMMA
from gradcli.kernels import activation_slopes
from gradcli.rewriting.lowering import Expansions, definitions


def two_sum(x: str, y: str) -> tuple[str, str]:
    """x + y, and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = f"({x} + {y})"
    back = f"({total} - {x})"
    return total, f"(({x} - ({total} - {back})) + ({y} - {back}))"


SMALL = "exp(-abs(x))"
SIGMOID = f"where(x >= 0, 1, {SMALL})/(1 + {SMALL})"
# x + 32 is exact, and the product is rounded to a subnormal number only once.
X_EXP = "where(x < -800, -0, exp(x + 32)*x*exp(-32))"

SQUARE_REST = "fma(a, x*x, -(a*(x*x))) + a*fma(x, x, -(x*x))"
GAUSS_NEAR = f"exp(-(a*(x*x))) - exp(-(a*(x*x)))*({SQUARE_REST})"
GAUSS_SAFE = "abs(a*(x*x)) < 800 and exp(-(a*(x*x))) < inf"
GAUSS_FAR = "exp(-((a*2^520*2^520)*((x*2^-520)*(x*2^-520))))"
GAUSS = f"where(abs(x) > 1e150, {GAUSS_FAR}, where({GAUSS_SAFE}, {GAUSS_NEAR}, exp(-(a*(x*x)))))"

MISH_W = "(exp(x)*(exp(x) + 2))"
MISH = f"where(x <= -700, {X_EXP}, where(x >= 20, x, x*({MISH_W}/({MISH_W} + 2))))"

DIFFERENCE, DIFFERENCE_REST = two_sum("x", "(-y)")
SHARE = f"exp(-abs{DIFFERENCE})*(1 - where({DIFFERENCE} < 0, -1, 1)*where(abs{DIFFERENCE} < inf, {DIFFERENCE_REST}, 0))"

SILU_D, SILU_D_REST = two_sum("x", repr(-activation_slopes.SILU_ZERO))
SILU_RISE = f"({activation_slopes.SILU_EXP}*expm1{SILU_D})"
SILU_MOVED = f"({SILU_D} + {SILU_RISE})"
SILU_REST = (
    f"(({SILU_D_REST} - {activation_slopes.SILU_ZERO_REST})*(1 + exp(x)) + ({SILU_RISE} - ({SILU_MOVED} - {SILU_D})))"
)
SILU_NEAR = f"({SILU_MOVED} + {SILU_REST})/(1 + exp(x))"
SILU_FACTOR = f"where(x < -0.6, where(x < -50, 1 + x, {SILU_NEAR}), where(x == inf, 1, 1 + x*sigmoid(-x)))"

MISH_D, MISH_D_REST = two_sum("x", repr(-activation_slopes.MISH_ZERO))
MISH_BEND = f"({activation_slopes.MISH_CONSTANT / 4} + exp(x)*({activation_slopes.MISH_LINEAR / 4} + exp(x)/4))"
MISH_REST = f"({MISH_D_REST} - {activation_slopes.MISH_ZERO_REST})*(1 + exp(x)*(1 + {MISH_BEND}))"
MISH_NEAR = f"{MISH_D} + ({MISH_D}*exp(x) + ({activation_slopes.MISH_EXP}*expm1{MISH_D}*{MISH_BEND} + {MISH_REST}))"
# The cube of exp(x) would have three times its error.
MISH_RIGHT = "exp(2*x)*(exp(x)/4 + 1) + (exp(x)*(x + 1.5) + (x + 1))"
MISH_FACTOR = f"where(x < 0, where(x < -50, x + 1, {MISH_NEAR}), {MISH_RIGHT})"

EXPANSIONS: Expansions = {
    **definitions("clip", "elu", "hard_tanh", "leaky_relu", "relu", "selu", "softplus"),
    "sigmoid": SIGMOID,
    "softmax2": f"where({DIFFERENCE} >= 0, 1, {SHARE})/(1 + {SHARE})",
    "silu": f"where(x <= -700, {X_EXP}, x*sigmoid(x))",
    "silu_factor": SILU_FACTOR,
    "gelu": gaussian.GELU,
    "gelu_slope": gaussian.GELU_SLOPE,
    "mish": MISH,
    "mish_factor": MISH_FACTOR,
    "digamma": DIGAMMA,
    "gauss": GAUSS,
    ("gauss", 0.5): gaussian.gauss(0.5),
    ("gauss", 1.0): gaussian.gauss(1.0),
    "normal_cdf": gaussian.NORMAL_CDF,
    "softsign": "where(abs(x) == inf, sign(x), x/(1 + abs(x)))",
    "step": "where(x >= 0, 1, where(x < 0, 0, x))",
    "sinc": "where(x == 0, 1, where(abs(x) == inf, 0, sin(x)/x))",
    "xlogy": "where(x == 0 and y == y, 0, x*log(y))",
    "logb": "where(b == 2, log2(x), where(b == 10, log10(x), log(x)/log(b)))",
}
"""Operator name → its meaning over the operands of its row."""
