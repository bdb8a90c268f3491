"""Formulas that lose their number or its digits in double precision, and how to write them so that they keep both.

Depends on nothing: `gradcli.rewriting.stabilize` finds and replaces them, and `gradcli.diagnose.nonfinite.suggestions`
names them to a person. The better formula is never the worse: it is the same function on the whole line, with at
least as many digits.
"""

from typing import NamedTuple


class StableForm(NamedTuple):
    """A formula over a and b, and what to write for it."""

    formula: str
    better: str


OVERFLOWING = (
    StableForm("(exp(a) - exp(-a))/(exp(a) + exp(-a))", "tanh(a)"),
    StableForm("exp(a)/(exp(a) + exp(b))", "softmax2(a, b)"),
    StableForm("log(exp(a) + exp(b))", "logaddexp(a, b)"),
    StableForm("log(1 + exp(a))", "softplus(a)"),
    StableForm("log1p(exp(a))", "softplus(a)"),
    StableForm("log(1 - sigmoid(a))", "-softplus(a)"),
    StableForm("log(sigmoid(a))", "-softplus(-a)"),
    StableForm("log(1/(1 + exp(-a)))", "-softplus(-a)"),
    StableForm("log(exp(a))", "a"),
    StableForm("1/(1 + exp(-a))", "sigmoid(a)"),
    StableForm("1/(1 + exp(a))", "sigmoid(-a)"),
    StableForm("exp(a)/(1 + exp(a))", "sigmoid(a)"),
    StableForm("1/exp(-a)", "exp(a)"),
    StableForm("1/exp(a)", "exp(-a)"),
    StableForm("sinh(a)/cosh(a)", "tanh(a)"),
)
"""Formulas that lose the number itself, as something in them leaves the range of doubles."""

CANCELLING = (
    StableForm("log(1 + a)", "log1p(a)"),
    StableForm("exp(a) - 1", "expm1(a)"),
    StableForm("1 - sigmoid(a)", "sigmoid(-a)"),
    StableForm("1 - normal_cdf(a)", "normal_cdf(-a)"),
    StableForm("1 - erf(a)", "erfc(a)"),
    StableForm("1 - erfc(a)", "erf(a)"),
    StableForm("1 - cos(a)", "2*sin(a/2)^2"),
    StableForm("1 - tanh(a)^2", "1/cosh(a)^2"),
)
"""Formulas that lose only digits of it."""

STABLE = (*OVERFLOWING, *CANCELLING)
