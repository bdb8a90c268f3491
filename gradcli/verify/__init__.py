"""Is it right? A gradient held against difference quotients of 50 digits and against SymPy's own derivative.

Depends on the graph, the operator table, the derivatives and the scalar run. mpmath and SymPy enter the house here
and nowhere else: mpmath where a check or more digits are asked for, SymPy only once a proof is tried.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcli.verify.verification import DerivativeCheck, ValueCheck, Verification, verify

__all__ = ["DerivativeCheck", "ValueCheck", "Verification", "verify"]


def __getattr__(name: str) -> Any:
    """The names above, on first use: `gradcli.precision.settle` must not load mpmath with them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gradcli.verify import verification

    return getattr(verification, name)
