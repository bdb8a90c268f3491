"""The named constants, as operators without operands.

Depends on `row.py`. A program or a binding that defines one of these names takes precedence over it.
"""

from gradcli.operators.row import Operator

CONSTANTS = (
    Operator("pi", "", (), "the circumference of a circle of diameter 1", aliases=("π",), sample=(), latex=r"\pi"),
    Operator("tau", "", (), "2 pi, one full turn", definition="2*pi", aliases=("τ",), sample=(), latex=r"\tau"),
    Operator("e", "", (), "the base of the natural logarithm", definition="exp(1)", sample=(), latex="e"),
    Operator("inf", "", (), "infinity", definition="1/0", sample=(), latex=r"\infty", targets={"sympy": "oo"}),
    Operator("nan", "", (), "not a number", definition="0/0", sample=(), latex=r"\mathrm{NaN}"),
)  # fmt: skip
