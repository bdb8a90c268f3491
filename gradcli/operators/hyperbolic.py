"""Hyperbolic functions and their inverses.

Depends on `row.py`. The partials stay right where cosh or x^2 overflows.
"""

from math import inf

from gradcli.operators.row import Operator, Trait

HYPERBOLIC = (
    Operator("sinh", "x", ("cosh(x)",), "the hyperbolic sine", latex=r"\sinh #1"),
    Operator("cosh", "x", ("sinh(x)",), "the hyperbolic cosine", latex=r"\cosh #1"),
    Operator("tanh", "x", ("(1/cosh(x))^2",), "the hyperbolic tangent", latex=r"\tanh #1"),
    Operator(
        "asinh", "x", ("1/hypot(1, x)",), "the inverse of sinh",
        aliases=("arcsinh",), latex=r"\operatorname{arsinh} #1", traits=(Trait.GENTLE,),
    ),
    Operator(
        "acosh", "x", ("1/(sqrt(x - 1)*sqrt(x + 1))",), "the inverse of cosh, from 0 up",
        aliases=("arccosh",), domain="x >= 1", sample=((1.01, 10),), latex=r"\operatorname{arcosh} #1",
        traits=(Trait.GENTLE,),
    ),
    Operator(
        "atanh", "x", ("1/((1 - x)*(1 + x))",), "the inverse of tanh",
        aliases=("arctanh",), domain="abs(x) < 1", sample=((-0.99, 0.99),), poles={1.0: inf, -1.0: -inf},
        latex=r"\operatorname{artanh} #1",
    ),
)  # fmt: skip
