"""Hyperbolic functions and their inverses.

Depends on `row.py`. The partials stay right where cosh or x^2 overflows.
"""

from math import inf

from gradcli.operators.row import Operator, Trait

HYPERBOLIC = (
    Operator(
        "sinh", "x", ("cosh(x)",), "the hyperbolic sine",
        backward="scales the gradient by at least 1: by the hyperbolic cosine of the operand",
        latex=r"\sinh #1", traits=(Trait.EXPLOSIVE,),
    ),
    Operator(
        "cosh", "x", ("sinh(x)",), "the hyperbolic cosine",
        backward="scales it by the hyperbolic sine of the operand: turns its sign below 0, stops it at 0",
        latex=r"\cosh #1", traits=(Trait.EXPLOSIVE,),
    ),
    Operator(
        "tanh", "x", ("(1/cosh(x))^2",), "the hyperbolic tangent",
        textbook=("1 - result^2",),
        backward="saturates: scales the gradient by at most 1, nearly 0 far from 0",
        latex=r"\tanh #1",
    ),
    Operator(
        "asinh", "x", ("1/hypot(1, x)",), "the inverse of sinh",
        textbook=("1/sqrt(x^2 + 1)",),
        backward="scales the gradient by at most 1, nearly 0 far from 0",
        aliases=("arcsinh",), latex=r"\operatorname{arsinh} #1", traits=(Trait.GENTLE,),
    ),
    Operator(
        "acosh", "x", ("1/(sqrt(x - 1)*sqrt(x + 1))",), "the inverse of cosh, from 0 up",
        textbook=("1/sqrt(x^2 - 1)",),
        backward="scales the gradient beyond all bounds near 1, nearly 0 far from 0",
        aliases=("arccosh",), domain="x >= 1", sample=((1.01, 10),), latex=r"\operatorname{arcosh} #1",
        traits=(Trait.GENTLE,),
    ),
    Operator(
        "atanh", "x", ("1/((1 - x)*(1 + x))",), "the inverse of tanh",
        textbook=("1/(1 - x^2)",),
        backward="scales the gradient by at least 1, beyond all bounds near -1 and 1",
        aliases=("arctanh",), domain="abs(x) < 1", sample=((-0.99, 0.99),), poles={1.0: inf, -1.0: -inf},
        latex=r"\operatorname{artanh} #1",
    ),
)  # fmt: skip
