"""Python float meanings of the operators that `math` does not give, or not accurately, or not without raising.

Depends on nothing above the standard library. Every kernel takes and returns floats and never raises: where
IEEE 754 and C99 Annex F give an infinity or a NaN, so does the kernel.
"""

from collections.abc import Callable
from importlib import import_module

from gradcli.kernels.activations import ACTIVATIONS
from gradcli.kernels.arithmetic import ARITHMETIC
from gradcli.kernels.elementary import ELEMENTARY
from gradcli.kernels.erfc import erfc, normal_cdf
from gradcli.kernels.gaussian import gauss
from gradcli.kernels.logic import LOGIC
from gradcli.kernels.logistic import logaddexp, softmax2

SPECIAL: tuple[Callable[..., float], ...] = (erfc, normal_cdf, gauss, logaddexp, softmax2)
LATE = {
    "bessel": ("bessel_j", "bessel_j_slope", "bessel_i"),
    "beta": ("beta", "beta_slope", "lbeta", "lbeta_slope"),
    "exprel": ("exprel", "exprel_slope"),
    "gamma": ("gamma", "lgamma", "factorial"),
    "lambert": ("lambertw", "lambertw_slope"),
    "polygamma": ("digamma", "digamma1p", "polygamma"),
    "quantiles": ("erfinv", "erfinv_slope", "probit", "probit_slope"),
    "reciprocals": ("sech", "csch", "asec", "acsc", "asech", "acsch", "acoth"),
    "roots": ("nthroot",),
    "scaled_erfc": ("erfcx", "erfcx_slope", "log_ndtr"),
    "spherical_bessel": ("sinc_n",),
}
"""Module of wide arithmetic, or of what is rare -> the operators in it."""


def late(module: str, name: str) -> Callable[..., float]:
    """A function that loads its module when it is first called, to keep start-up fast."""

    def kernel(*x: float) -> float:
        function: Callable[..., float] = getattr(import_module(f"gradcli.kernels.{module}"), name)
        return function(*x)

    return kernel


KERNELS: dict[str, Callable[..., float]] = {
    **ARITHMETIC,
    **LOGIC,
    **{kernel.__name__: kernel for kernel in ELEMENTARY + SPECIAL + ACTIVATIONS},
    **{name: late(module, name) for module, names in LATE.items() for name in names},
}
"""Operator name -> function. What is not here is the function of that name in `math`, or the row's definition."""
