"""NumPy over blocks of rows that stay in cache: an engine that needs no compiler and starts at once.

Depends on NumPy; the other modules here say what operators are (`kernels`), in which order (`schedule`) and in which
buffers (`buffers`) they run, and run them (`engine`).
"""

from gradcli.compiler.engine import Engine
from gradcli.compiler.lowerings import NUMPY
from gradcli.compiler.numpy.buffers import planned
from gradcli.compiler.numpy.engine import Blocks
from gradcli.compiler.numpy.kernels import NATIVE
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import lowered

__all__ = ["blocks_engine"]


def blocks_engine(formula: Formula, uniform: frozenset[str]) -> Engine:
    """The engine of a formula whose variables `uniform` are numbers. It serves every formula."""
    native = lowered(formula, NATIVE, NUMPY)
    return Blocks(planned(native, tuple(formula.variables), uniform))
