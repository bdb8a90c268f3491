"""Functions that other tools have and gradcli has under another name or not at all: what to write for them.

Depends on nothing. A name in here is usual for something else than what is spelled nearly so.
"""

import re
from types import MappingProxyType

_FORMULAS = {
    "x^2": "square sqr",
    "exp(x)/(exp(x) + exp(y))": "softmax",
    "exp(-x)/(exp(-x) + exp(-y))": "softmin",
    "x^3": "cube",
    "1/x": "reciprocal recip inv",
    "-x": "negative neg",
    "abs(x)": "absolute",
    "sign(x)": "signum",
    "ceil(x)": "ceiling",
    "x - floor(x)": "frac fract",
    "exp(x)": "exponential",
    "log(x)": "logarithm nlog",
    "log(-expm1(x))": "log1mexp",
    "softplus(x)": "log1pexp",
    "xlogy(x, x)": "xlogx",
    "polygamma(1, x)": "trigamma",
    "cos(x)": "cosine",
    "tan(x)": "tangent tg",
    "cot(x)": "ctg cotan",
    "csc(x)": "cosec",
    "atan(x)": "arctg",
    "sinh(x)": "sh",
    "cosh(x)": "ch",
    "tanh(x)": "th",
    "asinh(x)": "arsinh",
    "acosh(x)": "arcosh",
    "atanh(x)": "artanh",
    "sin(radians(x))": "sind",
    "cos(radians(x))": "cosd",
    "tan(radians(x))": "tand",
    "degrees(asin(x))": "asind",
    "degrees(acos(x))": "acosd",
    "degrees(atan(x))": "atand",
    "trunc(x)": "fix int",
    "round(x)": "rint nearbyint",
    "sin(pi*x)": "sinpi",
    "cos(pi*x)": "cospi",
    "1 - cos(x)": "versin vers",
    "sin(x/2)^2": "haversin hav",
    "x - tanh(x)": "tanhshrink",
    "x + y": "add",
    "x - y": "subtract sub",
    "mean(x, y)": "avg average",
    "prod(x, y)": "product",
    "sum(x, y)": "total",
    "nthroot(x, y)": "root",
    "radians(x)": "degToRad deg_to_rad",
    "degrees(x)": "rad2deg radToDeg rad_to_deg",
    "x*y": "multiply mul times dot inner vdot matmul",
    "x/y": "divide div true_divide",
    "factorial(x)/(factorial(y)*factorial(x - y))": "binomial binom comb nCr choose",
    "factorial(x)/factorial(x - y)": "perm nPr",
}
INSTEAD = MappingProxyType({name: formula for formula, names in _FORMULAS.items() for name in names.split()})
"""The function of x, or of x and y → the formula that means it."""
_SAID = {
    "write the formula alone: gradcli differentiates it, by --wrt x": "diff deriv derivative Derivative grad gradient",
    "write the formula alone, without it": "print disp fprintf display echo",
    "write std(x, y), which divides by n": "stdev stddev",
    "write var(x, y), which divides by n": "variance",
    "write a condition: IF(y == 0, 0, x/y)": "IFERROR",
}
_SENTENCES = MappingProxyType({name: sentence for sentence, names in _SAID.items() for name in names.split()})
"""Functions that do what no formula does, and what to do."""
NOT_HERE = frozenset(
    (
        "erfi",
        "zeta",
        "Ei",
        "Si",
        "Ci",
        *("bessel_y", "bessel_k", "bessely", "besselk", "besselY", "besselK", "BesselY", "BesselK", "betainc"),
        "li",
        "ei",
        "si",
        "ci",
        "expi",
        "sn",
        "cn",
        "dn",
        "cis",
        "airy",
        "rand",
        "det",
        "int",
        "diff",
        "roundf",
        "len",
        "mode",
        "mad",
        "range",
        "input",
    )
)
"""Functions for which there is no formula: nothing that is spelled nearly so means the same."""


def instead(name: str) -> str:
    """What to write for a function that goes by another name here; or nothing."""
    if name in _SENTENCES:
        return _SENTENCES[name]
    if base := re.fullmatch(r"log_?(\d+)", name):
        return f"write log(x, {base[1]}) for {name}(x)"
    formula = INSTEAD.get(name, "")
    return f"write {formula} for {name}({'x, y' if 'y' in formula.replace('xlogy', '') else 'x'})" if formula else ""
