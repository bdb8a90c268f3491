"""Trigonometric functions, of angles in radians, and their inverses.

Depends on `row.py`. The partials of the inverses keep their digits where 1 - x^2 would lose them, and where x^2 or
a high order of sinc_n would overflow or underflow.
"""

from math import inf

from gradcli.operators.row import Operator, Tail, Trait

ATAN_TAIL = Tail("abs(x) >= 1e10", "(1/x)^2/(1 + (1/x)^2)")
ACOT_TAIL = Tail("abs(x) >= 1e10", f"-({ATAN_TAIL.partial})")

# Where the squares leave the range of doubles, the point is brought nearer by a power of 2, which costs no digits.
ATAN2_LOST = "hypot(x, y) <= 1e-150 or hypot(x, y) >= 1e150"
ATAN2_SCALE = "where(hypot(x, y) < 1, 2^600, 2^-600)"
ATAN2_FAR = f"/(({ATAN2_SCALE}*x)^2 + ({ATAN2_SCALE}*y)^2)*{ATAN2_SCALE}"
ATAN2_TAILS = (
    Tail(ATAN2_LOST, f"{ATAN2_SCALE}*x{ATAN2_FAR}"),
    Tail(ATAN2_LOST, f"-{ATAN2_SCALE}*y{ATAN2_FAR}"),
)

# By the recurrence from order to order (DLMF 10.51.2): far out, the next order may be too small for a double.
SINC_N_FAR = "(where(n == 0, cos(x), sinc_n(n - 1, x)) - (2*n + 1)*result)/x"
SINC_N_TAIL = Tail("abs(x)^(n + 2) > 1e280", SINC_N_FAR)

TRIGONOMETRIC = (
    Operator(
        "sin", "x", ("cos(x)",), "the sine of x radians",
        backward="scales the gradient by a factor from -1 to 1: the cosine of the operand",
        ulps=1, latex=r"\sin #1",
    ),
    Operator(
        "cos", "x", ("-sin(x)",), "the cosine of x radians",
        backward="scales the gradient by a factor from -1 to 1: minus the sine of the operand",
        ulps=1, latex=r"\cos #1",
    ),
    Operator(
        "tan", "x", ("1 + result^2",), "the tangent of x radians",
        backward="scales the gradient by at least 1: by 1 + result^2",
        sample=((-1.5, 1.5),), latex=r"\tan #1",
    ),
    Operator(
        "cot", "x", ("-1 - result^2",), "the cotangent of x radians, 1/tan(x)",
        textbook=("-1/sin(x)^2",),
        backward="turns the sign of the gradient, scales it by at least 1, beyond all bounds near 0",
        definition="1/tan(x)", aliases=("cotan",), domain="sin(x) != 0", sample=((0.1, 3),), poles={0.0: inf},
        latex=r"\cot #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "sec", "x", ("result*tan(x)",), "the secant of x radians, 1/cos(x)",
        backward="scales the gradient by the result times the tangent of the operand; stops it at 0",
        definition="1/cos(x)", sample=((-1.5, 1.5),), latex=r"\sec #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "csc", "x", ("-result*cot(x)",), "the cosecant of x radians, 1/sin(x)",
        backward="scales the gradient by minus the result times the cotangent of the operand",
        definition="1/sin(x)", aliases=("cosec",), domain="sin(x) != 0", sample=((0.1, 3),), poles={0.0: inf},
        latex=r"\csc #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "asin", "x", ("1/sqrt((1 - x)*(1 + x))",), "the angle in [-pi/2, pi/2] whose sine is x",
        textbook=("1/sqrt(1 - x^2)",),
        backward="scales the gradient by at least 1, beyond all bounds near -1 and 1",
        aliases=("arcsin",), domain="abs(x) <= 1", sample=((-0.99, 0.99),), latex=r"\arcsin #1",
    ),
    Operator(
        "acos", "x", ("-1/sqrt((1 - x)*(1 + x))",), "the angle in [0, pi] whose cosine is x",
        textbook=("-1/sqrt(1 - x^2)",),
        backward="turns the sign of the gradient, scales it by at least 1, beyond all bounds near -1 and 1",
        aliases=("arccos",), domain="abs(x) <= 1", sample=((-0.99, 0.99),), latex=r"\arccos #1",
    ),
    Operator(
        "atan", "x", ("1/(1 + x^2)",), "the angle in (-pi/2, pi/2) whose tangent is x",
        backward="saturates: scales the gradient by at most 1, nearly 0 far from 0",
        tails=(ATAN_TAIL,),
        aliases=("arctan",), latex=r"\arctan #1", traits=(Trait.GENTLE,),
    ),
    Operator(
        "acot", "x", ("-1/(1 + x^2)",), "the angle in (-pi/2, pi/2] whose cotangent is x: acot(-x) is -acot(x)",
        backward="turns the sign of the gradient, scales it by at most 1, nearly 0 far from 0",
        tails=(ACOT_TAIL,),
        definition="where(x == 0, pi/2, atan(1/x))", aliases=("arccot",), kink="x == 0", directional="-dx",
        one_sided_limit="where(dx < 0, -pi/2, pi/2)", latex=r"\operatorname{arccot} #1",
        traits=(Trait.FROM_ABOVE, Trait.YIELDS),
    ),
    Operator(
        "asec", "x", ("1/abs(x)/(sqrt(abs(x) - 1)*sqrt(abs(x) + 1))",), "the angle in [0, pi] whose secant is x",
        textbook=("1/(abs(x)*sqrt(x^2 - 1))",),
        backward="scales the gradient beyond all bounds near -1 and 1, nearly 0 far from 0",
        definition="acos(1/x)", aliases=("arcsec",), domain="abs(x) >= 1", sample=((1.01, 10),),
        latex=r"\operatorname{arcsec} #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "acsc", "x", ("-1/abs(x)/(sqrt(abs(x) - 1)*sqrt(abs(x) + 1))",),
        "the angle in [-pi/2, pi/2] whose cosecant is x",
        textbook=("-1/(abs(x)*sqrt(x^2 - 1))",),
        backward="turns the sign of the gradient, scales it beyond all bounds near -1 and 1, nearly 0 far from 0",
        definition="asin(1/x)", aliases=("arccsc",), domain="abs(x) >= 1", sample=((1.01, 10),),
        latex=r"\operatorname{arccsc} #1",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "atan2", "y, x", ("x/(x^2 + y^2)", "-y/(x^2 + y^2)"), "the angle in [-pi, pi] of the point (x, y)",
        backward="swaps: each gets the gradient times the other/radius^2, the second with its sign turned",
        tails=ATAN2_TAILS,
        aliases=("arctan2",), domain="x != 0 or y != 0", kink="y == 0 and x <= 0",
        directional="where(x == 0, nan, dy/x)",
        one_sided_limit="where(x == 0, atan2(dy, dx), where(dy == 0, result, where(dy < 0, -pi, pi)))",
        sample=((-5, 5), (-5, 5)),
        latex=r"\operatorname{atan2}(#1, #2)", traits=(Trait.FROM_ABOVE,),
    ),
    Operator(
        "radians", "x", ("pi/180",), "x degrees in radians",
        backward="scales the gradient by pi/180, which is 0.01745",
        definition="x*(pi/180)", aliases=("deg2rad",), latex=r"#1 \cdot \frac{\pi}{180}",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "degrees", "x", ("180/pi",), "x radians in degrees",
        backward="scales the gradient by 180/pi, which is 57.3",
        definition="x*(180/pi)", aliases=("rad2deg",), latex=r"#1 \cdot \frac{180}{\pi}",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "sinc", "x", ("-x*sinc_n(1, x)",), "sin(x)/x, and 1 at 0; NumPy's sinc(x) is sinc(pi*x) here",
        textbook=("(cos(x) - result)/x",),
        backward="scales the gradient by a factor from -0.44 to 0.44, nearly 0 far from 0; stops it at 0",
        tails=(Tail("abs(x) >= 1e100", "(cos(x) - result)/x"),),
        definition="where(x == 0, 1, sin(x)/x)", sample=((-10, 10),), traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "sinc_n", "n, x", ("0", "-x*sinc_n(n + 1, x)"),
        "j_n(x)/x^n for the spherical Bessel function j_n of whole order n; sinc is order 0",
        backward="scales the gradient by minus the operand times the next order; stops it for the order",
        tails=(None, SINC_N_TAIL),
        domain="n >= 0 and n == floor(n)", sample=((0, 3), (-10, 10)),
        latex=r"\frac{j_{#1}(#2)}{#2^{#1}}",
    ),
)  # fmt: skip
