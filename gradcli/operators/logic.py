"""Comparisons, logic and choice by condition: 1 is true, 0 is false, and anything but 0 (NaN too) counts as true.

Depends on `row.py` and `precedence.py`. All of these are flat in what they compare; a zero branch of a `where`
in a rule says "not taken": it contributes exactly 0, whatever comes from upstream.
"""

from gradcli.operators.precedence import AND, COMPARISON, NOT, OR, infix, prefix
from gradcli.operators.row import Operator, Trait

FLAT = ("0", "0")
PAIR = ((-5.0, 5.0), (-5.0, 5.0))


def _comparison(name: str, says: str, symbols: tuple[str, ...], latex: str, beside: str) -> Operator:
    """The row of a comparison. Where x and y meet it jumps to `beside`, which x and y that move alike leave open."""
    return Operator(
        name, "x, y", FLAT, f"1 where x {says} y, else 0",
        backward="stops the gradient: flat everywhere but for the jump where its operands are equal",
        notation=infix(COMPARISON, *symbols), kink="x == y", one_sided_limit=f"where(dx == dy, nan, {beside})",
        sample=PAIR, latex=f"#1 {latex} #2", targets={"sympy": name.capitalize()},
        traits=(Trait.COMPARISON, Trait.TRUTH, Trait.DECISION, Trait.WHOLE),
    )  # fmt: skip


LOGIC = (
    _comparison("lt", "is less than", ("<",), "<", "dx < dy"),
    _comparison("le", "is at most", ("<=", "≤"), r"\le", "dx < dy"),
    _comparison("gt", "is greater than", (">",), ">", "dx > dy"),
    _comparison("ge", "is at least", (">=", "≥"), r"\ge", "dx > dy"),
    _comparison("eq", "equals", ("==",), "=", "0"),
    _comparison("ne", "differs from", ("!=", "≠"), r"\ne", "1"),
    Operator(
        "and", "x, y", FLAT, "1 where both x and y are true, else 0",
        backward="stops the gradient: flat everywhere but for jumps where an operand is 0",
        notation=infix(AND, "and"), sample=PAIR, latex=r"#1 \land #2", targets={"sympy": "And"},
        traits=(Trait.TRUTH, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "or", "x, y", FLAT, "1 where x or y is true, else 0",
        backward="stops the gradient: flat everywhere but for jumps where an operand is 0",
        notation=infix(OR, "or"), sample=PAIR, latex=r"#1 \lor #2", targets={"sympy": "Or"},
        traits=(Trait.TRUTH, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "not", "x", ("0",), "1 where x is 0, else 0",
        backward="stops the gradient: flat everywhere but for the jump where the operand is 0",
        notation=prefix(NOT, "not"), latex=r"\lnot #1", targets={"sympy": "Not"},
        traits=(Trait.TRUTH, Trait.DECISION, Trait.WHOLE),
    ),
    Operator(
        "where", "c, x, y", ("0", "where(c, 1, 0)", "where(c, 0, 1)"), "x where c is true, else y",
        backward="routes: only the branch that is taken gets the gradient; the condition gets none",
        sample=((-1, 1), (-5, 5), (-5, 5)),
        latex=r"\begin{cases} #2 & \text{if } #1 \\ #3 & \text{otherwise} \end{cases}",
        traits=(Trait.DECISION, Trait.ROUTES),
    ),
)  # fmt: skip
