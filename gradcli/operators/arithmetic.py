"""The operators of arithmetic, all written with a symbol.

Depends on `row.py` and `precedence.py`. `sub`, `div` and their kin have no callable name; `pow` and `mod` have.
"""

from gradcli.operators.precedence import NEGATION, POWER, PRODUCT, SUM, infix, infix_right, prefix
from gradcli.operators.row import Operator

# Literal exponents fold these conditions away: the derivative of x^3 is 3*x^2. Where y - 1 is not a double,
# as for y = 0.1, x^(y - 1) would lose digits at large and at small x, and result/x keeps them.
POW_BY_BASE = """
where(y == 0, 0, where(y - 1 + 1 == y and abs(y) < 2^53 or x == 0 or abs(x) == inf, y*x^(y - 1), y*result/x))
""".strip()
# What a power loses as a subnormal number, a factor y or log(x) lays bare; as an infinity, it is lost to them.
POW_WEAK = """
x != 0 and abs(y*log(abs(x))) < 2000
and (abs(x) < 2.3e-308 or abs(result) < 2.3e-308*max(1, abs(x)) or abs(result) == inf)
""".strip().replace("\n", " ")

# With a literal base both conditions fold away: the derivative of e^x is e^x.
POW_BY_EXPONENT = "where((x == 0 or x == inf) and result == 0, 0, result*log(x))"

# Of a multiple x = k*y, x - k*y is what moves; where it leaves the side of y, one y less is taken away.
MOD_TURN = "where((dx - round(x/y)*dy)*y < 0, dx - (round(x/y) - 1)*dy, dx - round(x/y)*dy)"
MOD_BESIDE = "where(dx == round(x/y)*dy, nan, where((dx - round(x/y)*dy)*y < 0, y, 0))"

ARITHMETIC = (
    Operator(
        "add", "x, y", ("1", "1"), "the sum of x and y",
        notation=infix(SUM, "+"), sample=((-5, 5), (-5, 5)), latex="#1 + #2", targets={"sympy": "Add"},
    ),
    Operator(
        "sub", "x, y", ("1", "-1"), "the difference of x and y",
        notation=infix(SUM, "-", "−", "–"), sample=((-5, 5), (-5, 5)), latex="#1 - #2",
    ),
    Operator(
        "mul", "x, y", ("y", "x"), "the product of x and y",
        notation=infix(PRODUCT, "*", "×", "·", "⋅", "∗"), sample=((-5, 5), (-5, 5)), latex=r"#1 \cdot #2",
        targets={"sympy": "Mul"},
    ),
    Operator(
        "div", "x, y", ("1/y", "-result/y"), "the quotient of x and y",
        notation=infix(PRODUCT, "/", "÷"), domain="y != 0", sample=((-5, 5), (0.5, 5)), latex=r"\frac{#1}{#2}",
        weak="x != 0 and abs(x) < 2.3e-308 and abs(y) < 1",
    ),
    Operator(
        "mod", "x, y", ("1", "-round((x - result)/y)"), "what x leaves over when divided by y, with the sign of y",
        definition="x - y*floor(x/y)", aliases=("mod",), notation=infix(PRODUCT, "%"), domain="y != 0",
        kink="result == 0", turn=MOD_TURN, beside=MOD_BESIDE, sample=((-5, 5), (0.5, 5)),
        latex=r"#1 \bmod #2", targets={"sympy": "Mod"},
    ),
    Operator(
        "pow", "x, y", (POW_BY_BASE, POW_BY_EXPONENT), "x to the power y; 0^0 is 1",
        aliases=("pow", "power"), ulps=1, notation=infix_right(POWER, "^", "**"),
        domain="x > 0 or x == 0 and y >= 0 or x < 0 and y == floor(y)", sample=((0.1, 5), (-5, 5)),
        weak=POW_WEAK, latex="{#1}^{#2}", targets={"sympy": "Pow", "mpmath": "power"},
    ),
    Operator(
        "neg", "x", ("-1",), "x with its sign changed",
        notation=prefix(NEGATION, "-", "−", "–"), latex="-#1",
    ),
)  # fmt: skip
