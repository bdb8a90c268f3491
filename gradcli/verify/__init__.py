"""Is it right? A gradient held against Taylor arithmetic of 50 digits and against SymPy's own derivative.

Depends on the graph, the operator table, the derivatives and the scalar run; on mpmath, and on SymPy once a proof is
tried.
"""

from gradcli.verify.verification import Verification, verify

__all__ = ["Verification", "verify"]
