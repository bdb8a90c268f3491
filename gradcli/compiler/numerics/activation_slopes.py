"""mish, and the slopes of silu and mish beside their zeros, where sums of rounded terms have no right digit.

Depends on the scalar kernels for their constants; the forms are theirs.
"""

from gradcli.compiler.numerics.exponentials import X_EXP
from gradcli.kernels import activation_slopes


def two_sum(x: str, y: str) -> tuple[str, str]:
    """x + y, and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = f"({x} + {y})"
    back = f"({total} - {x})"
    return total, f"(({x} - ({total} - {back})) + ({y} - {back}))"


MISH_W = "(exp(x)*(exp(x) + 2))"
MISH = f"where(x <= -700, {X_EXP}, where(x >= 20, x, x*({MISH_W}/({MISH_W} + 2))))"

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
