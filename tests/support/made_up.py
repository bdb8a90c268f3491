"""gradcli with two operators more, each a row and nothing else: `python made_up.py grad "ripple(x)" --x 1`.

`ripple` is smooth and has a second operand with a default; `hinge` chooses, and has a kink in its second derivative.
"""

import sys

from gradcli.operators import activations
from gradcli.operators.row import Operator

MADE_UP = (
    Operator(
        "ripple", "x, a = 0.5", ("-exp(-a*x^2)*(2*a*x*cos(x) + sin(x))", "-x^2*result"), "a wave under a bell",
        backward="scales the gradient by nearly 0 far from 0",
        definition="exp(-a*x^2)*cos(x)", aliases=("wavelet",), latex=r"\operatorname{ripple}_{#2}(#1)",
    ),
    Operator(
        "hinge", "x", ("where(x > 1, 2*(x - 1), 0)",), "the square of what is above 1",
        backward="gates: scales the gradient by twice what is above 1, stops it below",
        definition="max(0, x - 1)^2",
    ),
)  # fmt: skip
setattr(activations, "ACTIVATIONS", activations.ACTIVATIONS + MADE_UP)  # noqa: B010 - before the table is made of it

if __name__ == "__main__":
    from gradcli.cli.main import run

    sys.exit(run(sys.argv[1:]))
