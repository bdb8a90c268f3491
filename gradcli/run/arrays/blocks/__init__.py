"""NumPy over blocks of rows that stay in cache: an engine that needs no compiler and starts at once.

Depends on NumPy; the other modules here say what operators mean (`meanings`), in which order and in which buffers
they run (`plan`), and run them (`blocks`).
"""

from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import lowered
from gradcli.run.arrays.blocks.blocks import Blocks
from gradcli.run.arrays.blocks.expansions import EXPANSIONS, RARE, REFLECTED
from gradcli.run.arrays.blocks.meanings import NATIVE
from gradcli.run.arrays.blocks.plan import planned
from gradcli.run.arrays.engine import Engine

__all__ = ["blocks_engine"]


def blocks_engine(formula: Formula, uniform: frozenset[str]) -> Engine:
    """The engine of a formula whose variables `uniform` are numbers. It serves every formula."""
    native = lowered(formula, NATIVE, EXPANSIONS, RARE, REFLECTED)
    return Blocks(planned(native, tuple(formula.variables), uniform))
