"""Formulas that lose their number or its digits in double precision, and how to write them so that they keep both.

Depends on nothing: `gradcli.rewriting.stabilize` finds and replaces them, and `gradcli.diagnose.nonfinite.suggestions`
names them to a person. The better formula is never the worse: it is the same function on the whole line, with at
least as many digits.
"""

OVERFLOWING = {
    "(exp(a) - exp(-a))/(exp(a) + exp(-a))": "tanh(a)",
    "exp(a)/(exp(a) + exp(b))": "softmax2(a, b)",
    "log(exp(a) + exp(b))": "logaddexp(a, b)",
    "log(1 + exp(a))": "softplus(a)",
    "log1p(exp(a))": "softplus(a)",
    "log(1 - sigmoid(a))": "-softplus(a)",
    "log(sigmoid(a))": "-softplus(-a)",
    "log(1/(1 + exp(-a)))": "-softplus(-a)",
    "log(exp(a))": "a",
    "1/(1 + exp(-a))": "sigmoid(a)",
    "1/(1 + exp(a))": "sigmoid(-a)",
    "exp(a)/(1 + exp(a))": "sigmoid(a)",
    "1/exp(-a)": "exp(a)",
    "1/exp(a)": "exp(-a)",
    "sinh(a)/cosh(a)": "tanh(a)",
}
"""Formulas over a and b that lose the number itself, as something in them leaves the range of doubles."""

CANCELLING = {
    "log(1 + a)": "log1p(a)",
    "exp(a) - 1": "expm1(a)",
    "1 - sigmoid(a)": "sigmoid(-a)",
    "1 - normal_cdf(a)": "normal_cdf(-a)",
    "1 - erf(a)": "erfc(a)",
    "1 - erfc(a)": "erf(a)",
    "1 - cos(a)": "2*sin(a/2)^2",
    "1 - tanh(a)^2": "1/cosh(a)^2",
}
"""Formulas that lose only digits of it."""

STABLE = OVERFLOWING | CANCELLING
"""Formula → what to write for it."""
