"""The operators of arithmetic, all written with a symbol.

Depends on `row.py` and `precedence.py`. `sub`, `div` and their kin have no callable name; `pow` and `mod` have.
"""

from gradcli.operators.precedence import NEGATION, POWER, PRODUCT, SUM, infix, infix_right, prefix
from gradcli.operators.row import Operator, Tail, Trait

# A quotient that is subnormal has lost digits, which a small y would lay bare.
DIV_TAIL = Tail("abs(x) < 2.3e-308 and abs(y) > 1e-100", "-x/y^2")

# Literal exponents fold the conditions away. Where y - 1 is not a double, as for y = 0.1, x^(y - 1) would lose digits
# at large and at small x, and result/x keeps them. Where a power is subnormal or infinite and its multiple by y or
# log(x) is not, the power is taken as two halves. The derivative of e^x is e^x.
POW_NEXT_LOST = "abs(y) > 6 and abs(x^(y - 1)) <= 1e-290 or y <= 0.05 and y > -1 and abs(x^(y - 1)) == inf"
POW_KEPT = "y - 1 + 1 != y and (y > 0 and y < 1 or abs(result) > 1e-290 and abs(result) < inf)"
POW_HALVES = "where(x < 0 and y % 2 == 1, -y, y)*abs(x)^(y/2)/x*abs(x)^(y/2)"
POW_BASE_TAIL = Tail(
    f"x != 0 and abs(x) != inf and (y - 1 + 1 != y or abs(y) >= 2^53 or {POW_NEXT_LOST})",
    f"where({POW_KEPT}, y*result/x, {POW_HALVES})",
)
POW_EXPONENT_TAIL = Tail("not (x >= e and x < 99) and (result <= 1e-290 or result == inf)", "x^(y/2)*log(x)*x^(y/2)")

# Of a multiple x = k*y, x - k*y is what moves; where it leaves the side of y, one y less is taken away.
MOD_DIRECTIONAL = "where((dx - round(x/y)*dy)*y < 0, dx - (round(x/y) - 1)*dy, dx - round(x/y)*dy)"
MOD_ONE_SIDED_LIMIT = "where(dx == round(x/y)*dy, nan, where((dx - round(x/y)*dy)*y < 0, y, 0))"

# Here it is one y less in magnitude where x - k*y moves to the other side of 0 than x is on.
FMOD_DIRECTIONAL = "where((dx - round(x/y)*dy)*x < 0, dx - (round(x/y) - sign(x/y))*dy, dx - round(x/y)*dy)"
FMOD_ONE_SIDED_LIMIT = (
    "where(dx == round(x/y)*dy, nan, where((dx - round(x/y)*dy)*x < 0, where(x < 0, -abs(y), abs(y)), 0))"
)

ARITHMETIC = (
    Operator(
        "add", "x, y", ("1", "1"), "the sum of x and y",
        backward="passes the gradient on to both operands unchanged",
        notation=infix(SUM, "+"), sample=((-5, 5), (-5, 5)), latex="#1 + #2", targets={"sympy": "Add"},
        traits=(Trait.COMMUTATIVE,),
    ),
    Operator(
        "sub", "x, y", ("1", "-1"), "the difference of x and y",
        backward="passes the gradient on unchanged, and turns its sign for what is taken away",
        notation=infix(SUM, "-", "−", "–"), sample=((-5, 5), (-5, 5)), latex="#1 - #2",
    ),
    Operator(
        "mul", "x, y", ("y", "x"), "the product of x and y",
        backward="swaps: each operand gets the gradient times the other operand",
        notation=infix(PRODUCT, "*", "×", "·", "⋅", "∗"), sample=((-5, 5), (-5, 5)), latex=r"#1 \cdot #2",
        targets={"sympy": "Mul"}, traits=(Trait.COMMUTATIVE, Trait.ZERO_ABSORBS, Trait.ZERO_FROM_ZERO),
    ),
    Operator(
        "div", "x, y", ("1/y", "-result/y"), "the quotient of x and y",
        textbook=("", "-x/y^2"),
        backward="scales the gradient by 1/divisor, and the divisor's by minus the quotient too",
        tails=(None, DIV_TAIL),
        notation=infix(PRODUCT, "/", "÷"), domain="y != 0", sample=((-5, 5), (0.5, 5)), latex=r"\frac{#1}{#2}",
        traits=(Trait.ZERO_ABSORBS, Trait.ZERO_FROM_ZERO),
    ),
    Operator(
        "mod", "x, y", ("1", "-round(x/y - result/y)"), "what x leaves over when divided by y, with the sign of y",
        textbook=("", "-floor(x/y)"),
        backward="passes the gradient on, and scales the divisor's by minus the quotient rounded down",
        definition="x - y*floor(x/y)", aliases=("mod",), notation=infix(PRODUCT, "%"), domain="y != 0",
        kink="result == 0", directional=MOD_DIRECTIONAL, one_sided_limit=MOD_ONE_SIDED_LIMIT,
        sample=((-5, 5), (0.5, 5)), latex=r"#1 \bmod #2", targets={"sympy": "Mod"},
        traits=(Trait.DECISION, Trait.ENDLESS),
    ),
    Operator(
        "fmod", "x, y", ("1", "-round(x/y - result/y)"),
        "what x leaves over when divided by y, with the sign of x: fmod of C, JavaScript's %",
        textbook=("", "-trunc(x/y)"),
        backward="passes the gradient on, and scales the divisor's by minus the quotient without its fraction",
        definition="sign(x)*mod(abs(x), abs(y))", domain="y != 0", kink="result == 0 and x != 0",
        directional=FMOD_DIRECTIONAL, one_sided_limit=FMOD_ONE_SIDED_LIMIT, sample=((-5, 5), (0.5, 5)),
        targets={"mpmath": ""},
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "pow", "x, y",
        (
            "where(y == 0 and not abs(x) >= 1e-300, 0, y*x^(y - 1))",
            "where((x == 0 or x == inf) and result == 0, 0, result*log(x))",
        ),
        "x to the power y; 0^0 is 1",
        textbook=("y*x^(y - 1)", "result*log(x)"),
        backward="scales by exponent times one power less for the base, by result*log(base) for the exponent",
        tails=(POW_BASE_TAIL, POW_EXPONENT_TAIL),
        aliases=("pow", "power"), ulps=1, notation=infix_right(POWER, "^", "**"),
        domain="x > 0 or x == 0 and y >= 0 or x < 0 and y == floor(y)", sample=((0.1, 5), (-5, 5)),
        latex="{#1}^{#2}", targets={"sympy": "Pow", "mpmath": "power"},
        traits=(Trait.ZERO_ABSORBS, Trait.ZERO_FROM_ZERO),
    ),
    Operator(
        "fma", "x, y, z", ("y", "x", "1"), "x*y + z, rounded only once",
        backward="swaps: each factor gets the gradient times the other; passes it on to what is added",
        definition="x*y + z", ulps=0.5, sample=((-5, 5), (-5, 5), (-5, 5)), latex=r"#1 \cdot #2 + #3",
    ),
    Operator(
        "neg", "x", ("-1",), "x with its sign changed",
        backward="turns the sign of the gradient",
        notation=prefix(NEGATION, "-", "−", "–"), latex="-#1", traits=(Trait.ZERO_FROM_ZERO,),
    ),
)  # fmt: skip
