"""The special functions by name; the modules that work in wide arithmetic load at the first call of one.

Depends on the modules beside it.
"""

from collections.abc import Callable
from importlib import import_module

from gradcli.kernels.erfc import erfc, normal_cdf
from gradcli.kernels.gaussian import gauss
from gradcli.kernels.logistic import logaddexp, softmax2


def late(module: str, name: str) -> Callable[..., float]:
    """A function that loads its module when it is first called, to keep start-up fast."""

    def kernel(*x: float) -> float:
        function: Callable[..., float] = getattr(import_module(f"gradcli.kernels.{module}"), name)
        return function(*x)

    return kernel


SPECIAL: dict[str, Callable[..., float]] = {
    "erfc": erfc,
    "gauss": gauss,
    "normal_cdf": normal_cdf,
    "softmax2": softmax2,
    "logaddexp": logaddexp,
    "gamma": late("gamma", "gamma"),
    "lgamma": late("gamma", "lgamma"),
    "digamma": late("polygamma", "digamma"),
    "polygamma": late("polygamma", "polygamma"),
    "sinc_n": late("spherical_bessel", "sinc_n"),
}
