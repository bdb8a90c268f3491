"""NumPy over blocks of rows that stay in cache: an engine that needs no compiler and starts at once.

Depends on NumPy; the other modules here say what operators mean (`meanings`), in which order and in which buffers
they run (`plan`), and run them (`blocks`).
"""

from gradcli.compiler.engine import Engine
from gradcli.compiler.numpy.buffers import planned
from gradcli.compiler.numpy.engine import Blocks
from gradcli.compiler.numpy.expansions import EXPANSIONS, RARE, REFLECTED
from gradcli.compiler.numpy.kernels import NATIVE
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import lowered

__all__ = ["blocks_engine"]


def blocks_engine(formula: Formula, uniform: frozenset[str]) -> Engine:
    """The engine of a formula whose variables `uniform` are numbers. It serves every formula."""
    native = lowered(formula, NATIVE, EXPANSIONS, RARE, REFLECTED)
    return Blocks(planned(native, tuple(formula.variables), uniform))
