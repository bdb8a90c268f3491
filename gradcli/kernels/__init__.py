"""Python float meanings of the operators that `math` does not give, or not accurately, or not without raising.

Depends on nothing above the standard library. Every kernel takes and returns floats and never raises: where
IEEE 754 and C99 Annex F give an infinity or a NaN, so does the kernel.
"""

from collections.abc import Callable

from gradcli.kernels.activations import ACTIVATIONS
from gradcli.kernels.arithmetic import BASIC
from gradcli.kernels.elementary import IEEE
from gradcli.kernels.logic import LOGIC
from gradcli.kernels.special import SPECIAL

KERNELS: dict[str, Callable[..., float]] = {**BASIC, **LOGIC, **IEEE, **SPECIAL, **ACTIVATIONS}
"""Operator name -> function. What is not here is the function of that name in `math`, or the row's definition."""
