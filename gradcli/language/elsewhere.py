"""Functions that other tools have and gradcli has under another name or not at all: what to write for them.

Depends on nothing. A name in here is usual for something else than what is spelled nearly so.
"""

from types import MappingProxyType

_FORMULAS = {
    "x^2": "square sqr",
    "x^3": "cube",
    "1/x": "reciprocal recip inv",
    "-x": "negative neg",
    "abs(x)": "absolute",
    "sign(x)": "signum",
    "ceil(x)": "ceiling",
    "x - floor(x)": "frac fract",
    "exp(x)": "exponential",
    "log(x)": "logarithm nlog",
    "log10(x)": "lg",
    "log(x/(1 - x))": "logit",
    "log(-expm1(x))": "log1mexp",
    "softplus(x)": "log1pexp",
    "xlogy(x, x)": "xlogx",
    "gamma(x + 1)": "factorial fact",
    "polygamma(1, x)": "trigamma",
    "cos(x)": "cosine",
    "tan(x)": "tangent tg",
    "1/tan(x)": "ctg cotan",
    "1/sin(x)": "cosec",
    "atan(x)": "arctg",
    "sinh(x)": "sh",
    "cosh(x)": "ch",
    "tanh(x)": "th",
    "asinh(x)": "arsinh",
    "acosh(x)": "arcosh",
    "atanh(x)": "artanh",
    "sin(x*pi/180)": "sind",
    "cos(x*pi/180)": "cosd",
    "tan(x*pi/180)": "tand",
    "x*pi/180": "deg2rad",
    "x*180/pi": "rad2deg",
    "sin(pi*x)": "sinpi",
    "cos(pi*x)": "cospi",
    "1 - cos(x)": "versin vers",
    "sin(x/2)^2": "haversin hav",
    "x - tanh(x)": "tanhshrink",
    "x + y": "add",
    "x - y": "subtract sub",
    "x*y": "multiply mul times",
    "x/y": "divide div true_divide",
    "gamma(x + 1)/(gamma(y + 1)*gamma(x - y + 1))": "binomial binom comb nCr choose",
    "gamma(x + 1)/gamma(x - y + 1)": "perm nPr",
}
INSTEAD = MappingProxyType({name: formula for formula, names in _FORMULAS.items() for name in names.split()})
"""The function of x, or of x and y → the formula that means it."""
NOT_HERE = frozenset(
    (
        "erfi",
        "zeta",
        "Ei",
        "Si",
        "Ci",
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
    )
)
"""Functions for which there is no formula: nothing that is spelled nearly so means the same."""


def instead(name: str) -> str:
    """What to write for a function that goes by another name here; or nothing."""
    formula = INSTEAD.get(name, "")
    return f"write {formula} for {name}({'x, y' if 'y' in formula.replace('xlogy', '') else 'x'})" if formula else ""
