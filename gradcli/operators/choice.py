"""Operators that choose or round: continuous with kinks, or flat with jumps.

Depends on `row.py`. At a kink the partials take the value that DESIGN's conventions give: abs'(0) is 0, a tie in
max or min is shared evenly except beside a literal 0, and clip passes the gradient at its ends.
"""

from gradcli.operators.row import Operator, Trait

CHOICE = (
    Operator(
        "abs", "x", ("sign(x)",), "the magnitude of x",
        backward="passes the gradient where the operand is above 0, turns its sign below 0, stops it at 0",
        aliases=("fabs",), kink="x == 0", directional="abs(dx)", latex=r"\left|#1\right|",
        targets={"sympy": "Abs", "mpmath": "fabs"}, traits=(Trait.DECISION, Trait.ZERO_FROM_ZERO, Trait.GENTLE),
    ),
    Operator(
        "sign", "x", ("0",), "-1, 0 or 1, as x is negative, zero or positive",
        backward="stops the gradient: flat everywhere but for the jump at 0",
        aliases=("sgn",), kink="x == 0", one_sided_limit="sign(dx)", latex=r"\operatorname{sgn}(#1)",
        traits=(Trait.DECISION, Trait.WHOLE, Trait.GENTLE),
    ),
    Operator(
        "min", "*x", ("where(x == result, 1/ties, 0)",), "the least operand",
        backward="routes: the least operand gets the gradient; a tie is shared evenly, a literal 0 wins it",
        definition="where(x <= y, x, y)", aliases=("minimum",), kink="ties > 1", tie="x == result",
        beside_zero="where(x == result and x < 0, 1/ties, 0)", latex=r"\min(#*)", targets={"sympy": "Min"},
        traits=(Trait.COMMUTATIVE, Trait.DECISION, Trait.ROUTES),
    ),
    Operator(
        "max", "*x", ("where(x == result, 1/ties, 0)",), "the greatest operand",
        backward="routes: the greatest operand gets the gradient; a tie is shared evenly, a literal 0 wins it",
        definition="where(x >= y, x, y)", aliases=("maximum",), kink="ties > 1", tie="x == result",
        beside_zero="where(x == result and x > 0, 1/ties, 0)", latex=r"\max(#*)", targets={"sympy": "Max"},
        traits=(Trait.COMMUTATIVE, Trait.DECISION, Trait.ROUTES),
    ),
    Operator(
        "clip", "x, lo, hi",
        ("where(x >= lo and x <= hi, 1, 0)", "where(x < lo and lo <= hi, 1, 0)", "where(x > hi or lo > hi, 1, 0)"),
        "x held between lo and hi; where lo > hi it is hi",
        backward="routes: the operand within its bounds gets the gradient, outside them the bound that holds it",
        definition="min(max(x, lo), hi)", aliases=("clamp",), kink="lo <= hi and (x == lo or x == hi)",
        directional="where(lo == hi, min(max(dx, dlo), dhi), where(x == lo, max(dx, dlo), min(dx, dhi)))",
        sample=((-5, 5), (-3, -1), (1, 3)),
    ),
    Operator(
        "floor", "x", ("0",), "the greatest whole number that is not above x",
        backward="stops the gradient: flat everywhere but for jumps at the whole numbers",
        kink="x == result", one_sided_limit="result - (dx < 0)", latex=r"\lfloor #1 \rfloor",
        traits=(Trait.DECISION, Trait.ENDLESS, Trait.WHOLE, Trait.GENTLE),
    ),
    Operator(
        "ceil", "x", ("0",), "the least whole number that is not below x",
        backward="stops the gradient: flat everywhere but for jumps at the whole numbers",
        kink="x == result", one_sided_limit="result + (dx > 0)", latex=r"\lceil #1 \rceil",
        targets={"sympy": "ceiling"}, traits=(Trait.DECISION, Trait.ENDLESS, Trait.WHOLE, Trait.GENTLE),
    ),
    Operator(
        "round", "x", ("0",), "the nearest whole number; halves go to the even one",
        backward="stops the gradient: flat everywhere but for jumps midway between whole numbers",
        aliases=("rint",), kink="abs(x - result) == 0.5", one_sided_limit="where(dx > 0, ceil(x), floor(x))",
        targets={"mpmath": "nint"}, traits=(Trait.DECISION, Trait.ENDLESS, Trait.WHOLE, Trait.GENTLE),
    ),
    Operator(
        "trunc", "x", ("0",), "x without its fraction: the next whole number towards 0",
        backward="stops the gradient: flat everywhere but for jumps at the whole numbers other than 0",
        definition="sign(x)*floor(abs(x))", kink="x == result and x != 0",
        one_sided_limit="result - (x > 0 and dx < 0) + (x < 0 and dx > 0)", traits=(Trait.WHOLE, Trait.YIELDS),
    ),
    Operator(
        "heaviside", "x, h = 0.5", ("0", "where(x == 0, 1, 0)"), "0 below 0, 1 above it, and h at 0, which is 1/2",
        backward="routes: the first operand gets none; at its jump at 0 the second gets the gradient",
        definition="where(x == 0, h, (1 + sign(x))/2)", kink="x == 0", directional="where(dx == 0, dh, 0)",
        one_sided_limit="where(dx > 0, 1, where(dx < 0, 0, result))", sample=((-5, 5), (0, 1)),
        latex=r"\operatorname{H}_{#2}(#1)",
        traits=(Trait.YIELDS,),
    ),
)  # fmt: skip
