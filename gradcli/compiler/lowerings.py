"""What operators are in terms of others: a row an operator, a column an engine.

Depends on the definitions of rows, and on `numerics` for what is more than a line. All of this is text in gradcli's
language; equal parts of a formula are computed once, so that the exponential of sigmoid(x) is that of its slope, too.
Each engine is right to 4 ulp of the scalar kernels. What is not here is native to an engine, or its row's definition.
"""

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from gradcli.compiler.numerics import activation_slopes, digamma, exponentials, gaussian, normal_tail, reciprocals
from gradcli.compiler.numerics.exponentials import NUMERATOR, SMALL, X_EXP
from gradcli.kernels import KERNELS
from gradcli.kernels.elementary import ROOT, ROOT_REST
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.lowering import Lowerings


class Form(NamedTuple):
    """A formula over the operands of a row, and where it is not right: there the scalar kernel has the word.

    With no formula, the condition is of the engine's own function.
    """

    formula: str = ""
    fallback_where: str = ""


NONE = Form()


class Row(NamedTuple):
    """The form of an operator on each engine; Python's is the one for floats alone."""

    python: Form = NONE
    numpy: Form = NONE
    llvm: Form = NONE


def everywhere(formula: str) -> Row:
    """One form on all engines."""
    return Row(Form(formula), Form(formula), Form(formula))


def definition(operator: str) -> str:
    """The definition in the operator table, although the scalar interpreter has a kernel."""
    return OPERATORS[operator].definition


GELU = Form(definition("gelu"), "x < -36")
SOFTSIGN = Form(definition("softsign"), "abs(x) == inf")
ENTR = definition("entr")
ENTR_SLOPE = f"where(x > 0.15 and x < 1, -log1p(e*(x - {ROOT} - {ROOT_REST})), -1 - log(x))"
LOGIT = "where(abs(x - 0.5) < 0.25, 2*atanh(2*x - 1), log(x/(1 - x)))"
MISH = "x*(exp(min(x, 20))*(exp(min(x, 20)) + 2)/(exp(min(x, 20))*(exp(min(x, 20)) + 2) + 2))"

LOG_NDTR = """
where(x < -1, log(0.5*erfcx(-0.7071067811865476*x)) - 0.5*x*x, where(x > 0, log1p(-normal_cdf(-x)), log(normal_cdf(x))))
""".strip()

ROWS: Mapping[str | tuple[str, float], Row] = {
    **{name: everywhere(definition(name)) for name in ("clip", "elu", "hard_tanh", "leaky_relu", "selu")},
    **{name: Row(numpy=Form(formula), llvm=Form(formula)) for name, formula in reciprocals.FORMULAS.items()},
    "digamma": Row(numpy=Form(fallback_where="x <= 0"), llvm=Form(digamma.DIGAMMA, "x < 0")),
    "digamma1p": Row(
        numpy=Form(definition("digamma1p"), "x > -1 and x < 1"), llvm=Form(definition("digamma1p"), "x > -1 and x < 1")
    ),
    ("div", 2.0): Row(numpy=Form("x*0.5")),
    "erfc": Row(Form("1 - erf(x)", "x > 0.5"), Form(normal_tail.ERFC)),
    "entr": Row(numpy=Form(ENTR, "x > 1e300"), llvm=Form(ENTR, "x > 1e300")),
    "entr_slope": Row(numpy=Form(ENTR_SLOPE), llvm=Form(ENTR_SLOPE)),
    "factorial": Row(numpy=Form(definition("factorial"))),
    "gamma": Row(numpy=Form(fallback_where="x < 0 or x > 1.7 and x < 2 or x > 9 and x < 60")),
    "gauss": Row(Form("exp(-(a*(x*x)))", "not abs(a*(x*x)) < 1"), llvm=Form(exponentials.GAUSS)),
    ("gauss", 0.5): Row(numpy=Form(normal_tail.gauss(0.5, 2)), llvm=Form(gaussian.gauss(0.5))),
    ("gauss", 1.0): Row(numpy=Form(normal_tail.gauss(1.0, 3)), llvm=Form(gaussian.gauss(1.0))),
    "gelu": Row(GELU, GELU, Form(gaussian.GELU)),
    "gelu_slope": Row(llvm=Form(gaussian.GELU_SLOPE)),
    "lgamma": Row(numpy=Form(fallback_where="x < 1e-300 or x > 0.4 and x < 3")),
    "log_ndtr": Row(numpy=Form(LOG_NDTR)),
    "logaddexp": Row(
        numpy=Form(
            definition("logaddexp"),
            "x == y or abs(x - y) == inf or max(x, y) < 0 and max(x, y) + log1p(exp(-abs(x - y))) > -0.3",
        ),
        llvm=Form(fallback_where=exponentials.LOGADDEXP_CANCELS),
    ),
    "logb": Row(
        numpy=Form(definition("logb"), "b == 2 or b == 10"),
        llvm=Form("where(b == 2, log2(x), where(b == 10, log10(x), log(x)/log(b)))"),
    ),
    ("logb", 2.0): Row(numpy=Form("log2(x)")),
    ("logb", 10.0): Row(numpy=Form("log10(x)")),
    "logit": Row(numpy=Form(LOGIT), llvm=Form(LOGIT)),
    "mish": Row(numpy=Form(MISH, "x < -700"), llvm=Form(activation_slopes.MISH)),
    "mish_factor": Row(llvm=Form(activation_slopes.MISH_FACTOR)),
    "normal_cdf": Row(
        Form("0.5 + 0.5*erf(x*0.7071067811865476)", "x < -0.5"),
        Form(normal_tail.NORMAL_CDF),
        Form(gaussian.NORMAL_CDF),
    ),
    "relu": Row(Form("where(x <= 0, 0, x)"), Form(definition("relu")), Form(definition("relu"))),
    "sigmoid": Row(
        Form("1/(1 + exp(-x))", "x < -700"),
        Form(f"{NUMERATOR}/(1 + {SMALL})"),
        Form(f"where(x >= 0, 1, {SMALL})/(1 + {SMALL})"),
    ),
    "silu": Row(
        Form("x*sigmoid(x)", "x < -700"),
        Form(f"x*{NUMERATOR}/(1 + {SMALL})", "x < -700"),
        Form(f"where(x <= -700, {X_EXP}, x*sigmoid(x))"),
    ),
    "silu_factor": Row(llvm=Form(activation_slopes.SILU_FACTOR)),
    "sinc": Row(
        numpy=Form("sin(x)/x", "x == 0 or abs(x) == inf"),
        llvm=Form("where(x == 0, 1, where(abs(x) == inf, 0, sin(x)/x))"),
    ),
    "softmax2": Row(numpy=Form(exponentials.SOFTMAX2), llvm=Form(exponentials.SOFTMAX2)),
    "softplus": Row(
        Form("where(x > 0, x + log1p(exp(-x)), log1p(exp(x)))"),
        Form(definition("softplus")),
        Form(definition("softplus")),
    ),
    "softsign": Row(SOFTSIGN, SOFTSIGN, Form("where(abs(x) == inf, sign(x), x/(1 + abs(x)))")),
    # Unlike the definitions of these, NaN stays NaN.
    "step": everywhere("where(x >= 0, 1, where(x < 0, 0, x))"),
    "xlogy": everywhere("where(x == 0 and y == y, 0, x*log(y))"),
}
"""Operator, or operator with a literal last operand → its forms."""

SLOPES: Mapping[str, Row] = {
    "sigmoid": Row(
        # Far to the left, where the square would overflow, the slope is exp(x).
        Form("where(x > -350, exp(-x)/((1 + exp(-x))*(1 + exp(-x))), exp(x))"),
        Form(f"{SMALL}/((1 + {SMALL})*(1 + {SMALL}))"),
    )
}
"""Operator f → f(x)*f(-x), the slope of the logistic curve."""


def is_composite(operator: str) -> bool:
    """Whether the scalar interpreter, too, has no more of an operator than its definition."""
    return operator not in KERNELS and not hasattr(math, operator)


def lowerings(engine: Literal["python", "numpy", "llvm"]) -> Lowerings:
    """The column of an engine."""
    forms: dict[str | tuple[str, float], Form] = {key: getattr(row, engine) for key, row in ROWS.items()}
    slopes: dict[str, Form] = {key: getattr(row, engine) for key, row in SLOPES.items()}
    return Lowerings(
        {key: form.formula for key, form in forms.items() if form.formula},
        {str(key): form.fallback_where for key, form in forms.items() if form.fallback_where},
        {key: form.formula for key, form in slopes.items() if form.formula},
    )


PYTHON, NUMPY, LLVM = lowerings("python"), lowerings("numpy"), lowerings("llvm")
