"""Exponentials and logarithms.

Depends on `row.py`. `ln` is `log`; in the language `log(x, b)` means `logb(x, b)`.
"""

from math import inf

from gradcli.operators.row import Operator, Tail, Trait

POSITIVE = ((0.01, 20.0),)

EXPONENTIAL = (
    Operator(
        "exp", "x", ("result",), "e to the power x",
        backward="scales the gradient by the result itself",
        ulps=1, latex="e^{#1}", traits=(Trait.ZERO_FROM_ZERO, Trait.EXPLOSIVE),
    ),
    Operator(
        "expm1", "x", ("exp(x)",), "exp(x) - 1, without losing digits near 0",
        backward="scales the gradient by the result plus 1",
        definition="exp(x) - 1", latex="e^{#1} - 1", traits=(Trait.EXPLOSIVE,),
    ),
    Operator(
        "exp2", "x", ("result*log(2)",), "2 to the power x",
        backward="scales the gradient by the result times log(2)",
        tails=(Tail("result == inf", "exp2(x - 1)*log(4)"),),
        definition="2^x", latex="2^{#1}", traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "log", "x", ("1/x",), "the natural logarithm",
        backward="scales the gradient by 1/operand: beyond all bounds near 0, nearly 0 far from 0",
        aliases=("ln",), ulps=1, domain="x > 0", sample=POSITIVE, poles={0.0: -inf}, latex=r"\ln #1",
        traits=(Trait.GENTLE,),
    ),
    Operator(
        "log2", "x", ("log2(e)/x",), "the logarithm to base 2",
        textbook=("1/(x*log(2))",),
        backward="scales the gradient by log2(e)/operand: beyond all bounds near 0, nearly 0 far from 0",
        definition="log(x)/log(2)", domain="x > 0", sample=POSITIVE,
        poles={0.0: -inf}, latex=r"\log_{2} #1",
    ),
    Operator(
        "log10", "x", ("log10(e)/x",), "the logarithm to base 10",
        textbook=("1/(x*log(10))",),
        backward="scales the gradient by log10(e)/operand: beyond all bounds near 0, nearly 0 far from 0",
        definition="log(x)/log(10)", domain="x > 0", sample=POSITIVE,
        poles={0.0: -inf}, latex=r"\log_{10} #1",
        traits=(Trait.GENTLE,),
    ),
    Operator(
        "log1p", "x", ("1/(1 + x)",), "log(1 + x), without losing digits near 0",
        backward="scales the gradient by 1/(1 + operand): beyond all bounds near -1, nearly 0 far from 0",
        definition="log(1 + x)", domain="x > -1", sample=((-0.9, 5),), poles={-1.0: -inf}, latex=r"\ln(1 + #1)",
        traits=(Trait.GENTLE,),
    ),
    Operator(
        "logb", "x, b", ("1/log(b)/x", "-result/log(b)/b"), "the logarithm of x to base b, also written log(x, b)",
        textbook=("1/(x*log(b))", "-log(x)/(b*log(b)^2)"),
        backward="scales the gradient by 1/(number*log(base)), the base's by -result/(base*log(base))",
        overloads="log",
        definition="log(x)/log(b)", domain="x > 0 and b > 0 and b != 1", sample=((0.01, 20), (1.1, 12)),
        latex=r"\log_{#2} #1",
    ),
    Operator(
        "xlogy", "x, y", ("log(y)", "where(x == 0, 0, x/y)"), "x*log(y), and 0 where x is 0",
        backward="swaps: the first gets the gradient times log(second), the second gets it times first/second",
        definition="where(x == 0, 0, x*log(y))", domain="y > 0", sample=((-5, 5), (0.01, 5)), latex=r"#1 \ln #2",
        traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "entr", "x", ("entr_slope(x)",), "-x*log(x), and 0 at 0: a term of the entropy",
        textbook=("-1 - log(x)",),
        backward="scales the gradient by minus the logarithm of the operand, minus 1",
        definition="where(x == 0, 0, -(x*log(x)))", domain="x >= 0", sample=POSITIVE, latex=r"-#1 \ln #1",
        traits=(Trait.ANALYTIC, Trait.YIELDS),
    ),
    Operator(
        "entr_slope", "x", ("-1/x",), "the slope of entr, right to the last digits beside its zero at 1/e",
        backward="scales the gradient by -1/operand: beyond all bounds near 0, nearly 0 far from 0",
        definition="-1 - log(x)", domain="x > 0", sample=POSITIVE, poles={0.0: inf},
        latex=r"\left(-1 - \ln #1\right)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "logit", "x", ("1/(x*(1 - x))",), "log(x/(1 - x)), the inverse of sigmoid",
        backward="scales the gradient by at least 4, beyond all bounds near 0 and 1",
        definition="log(x/(1 - x))", domain="x > 0 and x < 1", sample=((0.01, 0.99),), poles={0.0: -inf, 1.0: inf},
        latex=r"\ln\frac{#1}{1 - #1}",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "logaddexp", "x, y", ("softmax2(x, y)", "softmax2(y, x)"), "log(exp(x) + exp(y)), without overflow",
        textbook=("exp(x)/(exp(x) + exp(y))", "exp(y)/(exp(x) + exp(y))"),
        backward="routes: each operand gets the share of the gradient that its exponential has in the sum",
        definition="max(x, y) + log1p(exp(-abs(x - y)))", sample=((-5, 5), (-5, 5)),
        latex=r"\ln\left(e^{#1} + e^{#2}\right)", traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "softmax2", "x, y", ("result*softmax2(y, x)", "-result*softmax2(y, x)"),
        "exp(x)/(exp(x) + exp(y)): the share of x, which is sigmoid(x - y)",
        textbook=("result*(1 - result)", "-result*(1 - result)"),
        backward="saturates: scales by at most 1/4, nearly 0 far apart; turns the sign for the second",
        definition="1/(1 + exp(y - x))", sample=((-5, 5), (-5, 5)), latex=r"\frac{e^{#1}}{e^{#1} + e^{#2}}",
        traits=(Trait.ZERO_FROM_ZERO,),
    ),
)  # fmt: skip
