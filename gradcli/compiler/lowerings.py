"""What operators are at ordinary arguments, as short formulas: right to 4 ulp of the scalar kernels.

Depends on the definitions of rows; all of this is text in gradcli's language. Equal parts of a formula are computed
once, so that the exponential of sigmoid(x) is that of its slope, too.
"""

from collections.abc import Mapping

from gradcli.rewriting.lowering import definitions

EXPANSIONS: Mapping[str | tuple[str, float], str] = {
    **definitions("clip", "elu", "gelu", "hard_tanh", "leaky_relu", "selu", "softsign"),
    "erfc": "1 - erf(x)",
    "gauss": "exp(-(a*(x*x)))",
    "normal_cdf": "0.5 + 0.5*erf(x*0.7071067811865476)",
    "relu": "where(x <= 0, 0, x)",
    "sigmoid": "1/(1 + exp(-x))",
    "silu": "x*sigmoid(x)",
    "softplus": "where(x > 0, x + log1p(exp(-x)), log1p(exp(x)))",
    "step": "where(x >= 0, 1, where(x < 0, 0, x))",
    "xlogy": "where(x == 0 and y == y, 0, x*log(y))",
}
"""Operator → formula."""

RARE: Mapping[str, str] = {
    "erfc": "x > 0.5",
    "gauss": "not abs(a*(x*x)) < 1",
    "gelu": "x < -36",
    "normal_cdf": "x < -0.5",
    "sigmoid": "x < -700",
    "silu": "x < -700",
    "softsign": "abs(x) == inf",
}
"""Operator → where its formula is not right: there the kernel has the word."""

E = "exp(-x)"
"""What sigmoid(x) has, too; far to the left, where its square would overflow, the slope is exp(x)."""
REFLECTED: Mapping[str, str] = {"sigmoid": f"where(x > -350, {E}/((1 + {E})*(1 + {E})), exp(x))"}
"""Operator f → f(x)*f(-x), the slope of the logistic curve."""
