"""Is it right? A gradient held against difference quotients of 50 digits and against SymPy's own derivative.

Depends on the graph, the operator table, the derivatives and the scalar run. mpmath and SymPy enter the house here
and nowhere else, and SymPy only once a proof is tried.
"""

from gradcli.verify.verification import DerivativeCheck, ValueCheck, Verification, verify

__all__ = ["DerivativeCheck", "ValueCheck", "Verification", "verify"]
