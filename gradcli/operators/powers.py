"""Roots and lengths.

Depends on `row.py`. `pow` itself has a symbol and is in `arithmetic.py`.
"""

from gradcli.operators.row import Operator, Tail, Trait

# A length that is itself subnormal or infinite has lost the digits of the slope; that of a similar vector has not.
HYPOT_TAIL = Tail("result != 0 and (result <= 1e-290 or result == inf)", "scaled/scaled_result")

POWERS = (
    Operator(
        "sqrt", "x", ("1/(2*result)",), "the square root",
        backward="scales the gradient by 1/(2*result), beyond all bounds near 0",
        ulps=0.5, domain="x >= 0", sample=((0.01, 20),), latex=r"\sqrt{#1}",
        traits=(Trait.ZERO_FROM_ZERO, Trait.GENTLE),
    ),
    Operator(
        "cbrt", "x", ("1/(3*result^2)",), "the real cube root, of negative numbers too",
        backward="scales the gradient by 1/(3*result^2), beyond all bounds near 0",
        definition="sign(x)*abs(x)^(1/3)", sample=((-8, 8),), latex=r"\sqrt[3]{#1}",
    ),
    Operator(
        "hypot", "*x", ("where(result == 0, 0, x/result)",), "the length of a vector, without overflow",
        textbook=("x/result",),
        backward="scales the gradient by a factor from -1 to 1: operand/result; stops it where all operands are 0",
        tails=(HYPOT_TAIL,),
        definition="sqrt(x^2 + y^2)", kink="result == 0", scale="where(result < 1, 2^600, 2^-600)",
        traits=(Trait.COMMUTATIVE,),
    ),
)  # fmt: skip
