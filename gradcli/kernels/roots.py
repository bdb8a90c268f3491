"""Roots of any degree.

Depends on `arithmetic` and `elementary`.
"""

import math

from gradcli.kernels.arithmetic import NAN, div, odd, power
from gradcli.kernels.elementary import fma


def nthroot(x: float, k: float) -> float:
    """x^(1/k), and the real root where x is negative and k odd; with what is lost as 1/k is rounded."""
    if not abs(k) >= 1 or (x < 0 and not (math.isfinite(k) and odd(k))):
        return NAN
    inverse, size = div(1.0, k), abs(x)
    root = math.copysign(power(size, inverse), x) if x else power(0.0, inverse)
    if not root or not math.isfinite(root) or not inverse:
        return root
    return root + root * (math.log(size) * (fma(-k, inverse, 1.0) / k))
