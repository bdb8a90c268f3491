"""digamma of a positive number.

Depends on `gaussian` for how a polynomial is written. The series interpolate at the Chebyshev points; they were found
by mpmath 1.3 with 60 digits.
"""

from collections.abc import Sequence

from gradcli.compiler.numerics.gaussian import polynomial

ZERO, ZERO_REST = 1.4616321449683622, 9.549995429965697e-17
"""Where digamma is 0, as a sum of two doubles."""
SERIES = (
    0.7853075386041053, -0.2607389546830014, 0.10899991701762626, -0.04955103291767291, 0.023447309597724546,
    -0.011338432553333682, 0.005552254171350814, -0.0027395728831692795, 0.0013581421903714414, -0.000675313369799565,
    0.00033643237613001386, -0.00016781518722379935, 8.377966540530644e-05, -4.184622931937881e-05,
    2.0891708911121205e-05, -1.044106631983514e-05, 5.26871942897218e-06, -2.6338311326151924e-06,
    1.2119815782595426e-06, -6.059322795045256e-07, 4.6173797029851077e-07, -2.3086248081342955e-07,
    -5.6422994902202784e-08, 2.821220170829738e-08, 1.1540536834062045e-07, -5.77025926771739e-08,
    -3.5705337308985145e-08, 1.7852672191376552e-08, 1.0201545142033868e-08, -5.100770214989469e-09,
)  # fmt: skip
"""digamma(z) over the distance from its zero, for 1 <= z <= 3, over z - 2."""
TAIL = (
    0.0416666666666666, -0.007291666666505799, 0.0038442459650411473, -0.0041341034953403955, 0.007559979074976069,
    -0.021028957101145124, 0.08135932604143851, -0.39152113763495283, 2.0167595859879426, -9.536018237177204,
    36.414944124037554, -100.25729408109534, 172.67816621394593, -138.07415614288723,
)  # fmt: skip
"""digamma(x) - log(y), over 1/y^2 and as a function of it, for y = x - 1/2 and x >= 3."""


def by_halves(coefficients: Sequence[float], x: str) -> str:
    """A polynomial as its even and its odd terms, which the processor can compute side by side."""
    even, odd = (polynomial(part, f"({x}*{x})") for part in (coefficients[::2], coefficients[1::2]))
    return f"fma({x}, {odd}, {even})"


Z = "where(x < 1, x + 1, x)"
NEAR = f"({Z} - {ZERO} - {ZERO_REST})*{by_halves(SERIES, f'({Z} - 2)')} - where(x < 1, 1/x, 0)"
INVERSE_SQUARE = "(1/((x - 0.5)*(x - 0.5)))"
FAR = f"log(x - 0.5) + {INVERSE_SQUARE}*{by_halves(TAIL, INVERSE_SQUARE)}"

DIGAMMA = f"where(x < 3, {NEAR}, {FAR})"
