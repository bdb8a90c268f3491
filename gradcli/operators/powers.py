"""Roots and lengths.

Depends on `row.py`. `pow` itself has a symbol and is in `arithmetic.py`.
"""

from gradcli.operators.row import Operator

POWERS = (
    Operator(
        "sqrt", "x", ("1/(2*result)",), "the square root",
        ulps=0.5, domain="x >= 0", sample=((0.01, 20),), latex=r"\sqrt{#1}",
    ),
    Operator(
        "cbrt", "x", ("1/(3*result^2)",), "the real cube root, of negative numbers too",
        definition="sign(x)*abs(x)^(1/3)", sample=((-8, 8),), latex=r"\sqrt[3]{#1}",
    ),
    Operator(
        "hypot", "*x", ("where(result == 0, 0, x/result)",), "the length of a vector, without overflow",
        definition="sqrt(x^2 + y^2)", kink="result == 0",
        weak="result != 0 and result < 2.3e-308 or result == inf",
    ),
)  # fmt: skip
