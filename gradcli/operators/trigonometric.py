"""Trigonometric functions, of angles in radians, and their inverses.

Depends on `row.py`. The partials of the inverses keep their digits where 1 - x^2 would lose them.
"""

from gradcli.operators.row import Operator

TRIGONOMETRIC = (
    Operator("sin", "x", ("cos(x)",), "the sine of x radians", ulps=1, latex=r"\sin #1"),
    Operator("cos", "x", ("-sin(x)",), "the cosine of x radians", ulps=1, latex=r"\cos #1"),
    Operator("tan", "x", ("1 + result^2",), "the tangent of x radians", sample=((-1.5, 1.5),), latex=r"\tan #1"),
    Operator(
        "asin", "x", ("1/sqrt((1 - x)*(1 + x))",), "the angle in [-pi/2, pi/2] whose sine is x",
        aliases=("arcsin",), domain="abs(x) <= 1", sample=((-0.99, 0.99),), latex=r"\arcsin #1",
    ),
    Operator(
        "acos", "x", ("-1/sqrt((1 - x)*(1 + x))",), "the angle in [0, pi] whose cosine is x",
        aliases=("arccos",), domain="abs(x) <= 1", sample=((-0.99, 0.99),), latex=r"\arccos #1",
    ),
    Operator(
        "atan", "x", ("1/(1 + x^2)",), "the angle in (-pi/2, pi/2) whose tangent is x",
        aliases=("arctan",), weak="abs(x) > 1e154", latex=r"\arctan #1",
    ),
    Operator(
        "atan2", "y, x", ("x/hypot(x, y)/hypot(x, y)", "-y/hypot(x, y)/hypot(x, y)"),
        "the angle in [-pi, pi] of the point (x, y)",
        aliases=("arctan2",), domain="x != 0 or y != 0", kink="y == 0 and x <= 0",
        turn="where(x == 0, nan, dy/x)",
        beside="where(x == 0, atan2(dy, dx), where(dy == 0, result, where(dy < 0, -pi, pi)))",
        sample=((-5, 5), (-5, 5)),
        weak="x != 0 and abs(x) < 2.3e-308 or y != 0 and abs(y) < 2.3e-308 or hypot(x, y) == inf",
        latex=r"\operatorname{atan2}(#1, #2)",
    ),
    Operator(
        "sinc", "x", ("-x*sinc_n(1, x)",), "sin(x)/x, and 1 at 0; NumPy's sinc(x) is sinc(pi*x) here",
        definition="where(x == 0, 1, sin(x)/x)", weak="abs(x) > 1e150", sample=((-10, 10),),
    ),
    Operator(
        "sinc_n", "n, x", ("0", "-x*sinc_n(n + 1, x)"),
        "j_n(x)/x^n for the spherical Bessel function j_n of whole order n; sinc is order 0",
        domain="n >= 0 and n == floor(n)", sample=((0, 3), (-10, 10)), weak="abs(x)^(n + 2) > 1e300",
        latex=r"\frac{j_{#1}(#2)}{#2^{#1}}",
    ),
)  # fmt: skip
