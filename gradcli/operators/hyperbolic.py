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
        "coth", "x", ("-csch(x)^2",), "the hyperbolic cotangent, 1/tanh(x)",
        backward="turns the sign of the gradient, scales it beyond all bounds near 0, nearly 0 far from 0",
        definition="1/tanh(x)", domain="x != 0", sample=((0.1, 5),), poles={0.0: inf}, latex=r"\coth #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "sech", "x", ("-result*tanh(x)",), "the hyperbolic secant, 1/cosh(x)",
        backward="scales the gradient by a factor from -0.5 to 0.5, nearly 0 far from 0; stops it at 0",
        definition="1/cosh(x)", latex=r"\operatorname{sech} #1", traits=(Trait.ZERO_FROM_ZERO, Trait.YIELDS),
    ),
    Operator(
        "csch", "x", ("-result*coth(x)",), "the hyperbolic cosecant, 1/sinh(x)",
        backward="turns the sign of the gradient, scales it beyond all bounds near 0, nearly 0 far from 0",
        definition="1/sinh(x)", domain="x != 0", sample=((0.1, 5),), poles={0.0: inf},
        latex=r"\operatorname{csch} #1", traits=(Trait.ZERO_FROM_ZERO, Trait.YIELDS),
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
    Operator(
        "acoth", "x", ("-1/(abs(x) - 1)/(abs(x) + 1)",), "the inverse of coth",
        textbook=("1/(1 - x^2)",),
        backward="turns the sign of the gradient, scales it beyond all bounds near -1 and 1, nearly 0 far from 0",
        definition="atanh(1/x)", aliases=("arccoth", "arcoth"), domain="abs(x) > 1", sample=((1.01, 10),),
        poles={1.0: inf, -1.0: -inf}, latex=r"\operatorname{arcoth} #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "asech", "x", ("-1/(x*sqrt((1 - x)*(1 + x)))",), "the inverse of sech, from 0 up",
        textbook=("-1/(x*sqrt(1 - x^2))",),
        backward="turns the sign of the gradient, scales it by at least 2, beyond all bounds near 0 and 1",
        definition="acosh(1/x)", aliases=("arcsech", "arsech"), domain="x > 0 and x <= 1", sample=((0.01, 0.99),),
        poles={0.0: inf}, latex=r"\operatorname{arsech} #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "acsch", "x", ("-1/abs(x)/hypot(1, x)",), "the inverse of csch",
        textbook=("-1/(abs(x)*sqrt(1 + x^2))",),
        backward="turns the sign of the gradient, scales it beyond all bounds near 0, nearly 0 far from 0",
        definition="asinh(1/x)", aliases=("arccsch", "arcsch"), domain="x != 0", sample=((0.1, 5),),
        poles={0.0: inf}, latex=r"\operatorname{arcsch} #1",
        traits=(Trait.YIELDS,),
    ),
)  # fmt: skip
