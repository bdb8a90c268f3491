"""Graph → graph: the derivative of a formula is again a formula, made of the same operators.

Depends on the graph, the operator table and the language in which its rules are written.
"""

from gradcli.derivatives.reverse import Derivative, Edge, differentiate

__all__ = ["Derivative", "Edge", "differentiate"]
