"""Roots and lengths.

Depends on `row.py`. `pow` itself has a symbol and is in `arithmetic.py`.
"""

from math import inf

from gradcli.operators.row import Operator, Tail, Trait

# A length that is itself subnormal or infinite has lost the digits of the slope; that of a similar vector has not.
HYPOT_TAIL = Tail("result != 0 and (result <= 1e-290 or result == inf)", "scaled/scaled_result")

# A root that is subnormal or infinite is the square of one that is neither.
ROOT_LOST = "x != 0 and (abs(result) <= 1e-290 or abs(result) == inf)"

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
        "nthroot", "x, k",
        (
            "where(x == 0, abs(x)^(1/k - 1)/k, result/k/x)",
            "where(x == 0, 0, -result*(log(x)/k)/k)",
        ),
        "x^(1/k), and the real root where x is negative and k odd",
        textbook=("result/(k*x)", "-result*log(x)/k^2"),
        backward="scales by result/(degree*number) for the number, by -result*log(number)/degree^2 for the degree",
        tails=(
            Tail(ROOT_LOST, "nthroot(abs(x), 2*k)/k/abs(x)*nthroot(abs(x), 2*k)"),
            Tail(ROOT_LOST, "-nthroot(abs(x), 2*k)*(log(x)/k)/k*nthroot(abs(x), 2*k)"),
        ),
        definition="where(abs(k) < 1 or x < 0 and k % 2 != 1, nan, where(x < 0, -1, 1)*abs(x)^(1/k))",
        domain="abs(k) >= 1 and (x > 0 or x == 0 and k > 0 or x < 0 and k % 2 == 1)", sample=((0.1, 8), (1, 6)),
        latex=r"\sqrt[#2]{#1}", targets={"mpmath": ""},
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "rsqrt", "x", ("-result/2/x",), "1/sqrt(x)",
        textbook=("-1/(2*x*sqrt(x))",),
        backward="scales the gradient by -result/(2*operand): beyond all bounds near 0, nearly 0 far from 0",
        definition="1/sqrt(x)", domain="x > 0", sample=((0.01, 20),), poles={0.0: inf},
        latex=r"\frac{1}{\sqrt{#1}}",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "hypot", "*x", ("where(result == 0, 0, x/result)",), "the length of a vector, without overflow",
        textbook=("x/result",),
        backward="scales the gradient by a factor from -1 to 1: operand/result; stops it where all operands are 0",
        tails=(HYPOT_TAIL,),
        definition="sqrt(x^2 + y^2)", kink="result == 0", alone="abs", scale="where(result < 1, 2^600, 2^-600)",
        traits=(Trait.COMMUTATIVE,),
    ),
)  # fmt: skip
