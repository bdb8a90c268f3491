"""One over a hyperbolic function, and the inverses of one over a function, as `gradcli.kernels.reciprocals` has them.

Depends on nothing.
"""

LEG = "sqrt(abs(x) - 1)*sqrt(abs(x) + 1)"
SIDE = "where(x < 0, -1, 1)"
NEAR_POLE = "log(2) - log"

FORMULAS = {
    "sech": "2*exp(-abs(x))/(1 + exp(-abs(x))*exp(-abs(x)))",
    "csch": "2*exp(-abs(x))/where(x < 0, expm1(2*x), where(x > 0, -expm1(-2*x), x))",
    "asec": f"atan2({LEG}, {SIDE})",
    "acsc": f"atan2({SIDE}, {LEG})",
    "asech": f"where(x < 1e-9, {NEAR_POLE}(x), asinh(sqrt((1 - x)*(1 + x))/x))",
    "acsch": f"where(abs(x) < 1e-9, where(1/x < 0, log(-x) - log(2), {NEAR_POLE}(x)), asinh(1/x))",
    "acoth": "where(x < 0, log1p(2/(-x - 1))/-2, log1p(2/(x - 1))/2)",
}
"""Operator -> its formula."""
