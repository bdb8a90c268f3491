"""Comparisons, logic and choice by condition: 1 is true, 0 is false, and anything but 0 (NaN too) counts as true.

Depends on `row.py` and `precedence.py`. All of these are flat in what they compare; a zero branch of a `where`
in a rule says "not taken": it contributes exactly 0, whatever comes from upstream.
"""

from gradcli.operators.precedence import AND, COMPARISON, NOT, OR, infix, prefix
from gradcli.operators.row import Operator, Trait

FLAT = ("0", "0")
PAIR = ((-5.0, 5.0), (-5.0, 5.0))

LOGIC = (
    Operator(
        "lt", "x, y", FLAT, "1 where x is less than y, else 0",
        notation=infix(COMPARISON, "<"), kink="x == y", one_sided_limit="where(dx == dy, nan, dx < dy)",
        sample=PAIR, latex="#1 < #2", targets={"sympy": "Lt"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "le", "x, y", FLAT, "1 where x is at most y, else 0",
        notation=infix(COMPARISON, "<=", "≤"), kink="x == y", one_sided_limit="where(dx == dy, nan, dx < dy)",
        sample=PAIR, latex=r"#1 \le #2",
        targets={"sympy": "Le"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "gt", "x, y", FLAT, "1 where x is greater than y, else 0",
        notation=infix(COMPARISON, ">"), kink="x == y", one_sided_limit="where(dx == dy, nan, dx > dy)",
        sample=PAIR, latex="#1 > #2", targets={"sympy": "Gt"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "ge", "x, y", FLAT, "1 where x is at least y, else 0",
        notation=infix(COMPARISON, ">=", "≥"), kink="x == y", one_sided_limit="where(dx == dy, nan, dx > dy)",
        sample=PAIR, latex=r"#1 \ge #2",
        targets={"sympy": "Ge"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "eq", "x, y", FLAT, "1 where x equals y, else 0",
        notation=infix(COMPARISON, "=="), kink="x == y", one_sided_limit="where(dx == dy, nan, 0)",
        sample=PAIR, latex="#1 = #2", targets={"sympy": "Eq"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "ne", "x, y", FLAT, "1 where x differs from y, else 0",
        notation=infix(COMPARISON, "!=", "≠"), kink="x == y", one_sided_limit="where(dx == dy, nan, 1)",
        sample=PAIR, latex=r"#1 \ne #2",
        targets={"sympy": "Ne"},
        traits=(Trait.COMPARISON, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "and", "x, y", FLAT, "1 where both x and y are true, else 0",
        notation=infix(AND, "and"), sample=PAIR, latex=r"#1 \land #2", targets={"sympy": "And"},
        traits=(Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "or", "x, y", FLAT, "1 where x or y is true, else 0",
        notation=infix(OR, "or"), sample=PAIR, latex=r"#1 \lor #2", targets={"sympy": "Or"},
        traits=(Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "not", "x", ("0",), "1 where x is 0, else 0",
        notation=prefix(NOT, "not"), latex=r"\lnot #1", targets={"sympy": "Not"},
        traits=(Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "where", "c, x, y", ("0", "where(c, 1, 0)", "where(c, 0, 1)"), "x where c is true, else y",
        sample=((-1, 1), (-5, 5), (-5, 5)),
        latex=r"\begin{cases} #2 & \text{if } #1 \\ #3 & \text{otherwise} \end{cases}",
        traits=(Trait.DECISION,),
    ),
)  # fmt: skip
