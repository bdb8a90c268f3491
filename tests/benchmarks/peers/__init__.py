"""The contestants of the kernel benchmark: gradcli's engines, and a module for each other way.

A module whose library is missing is left out. It has a NAME and two functions, which make ready what is then timed as
a call without arguments:

    rows(problem, columns, outputs)   the value and the derivatives in every row. The call returns the columns: the
                                      arrays `outputs`, filled, where the library can write to given memory
    sums(problem, columns)            their sums over all rows. The call returns the numbers

They take the arguments in the order of `problem.variables`, and give the value and then the derivatives by `wrt`.
"""

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from problems import Array, Column, Problem

from peers.ours import ENGINES

MODULES = ("numpy_whole", "numpy_blocked", "numexpr", "numba", "jax", "torch", "casadi")


class Peer(Protocol):
    """One way to compute the problems."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of a module
        """What it is called."""

    def rows(self, problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
        """Ready to fill the outputs."""

    def sums(self, problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
        """Ready to add up."""


def available() -> list[Peer]:
    """gradcli and the peers that are installed."""
    return [*ENGINES, *(peer for name in MODULES if (peer := _load(name)))]


def _load(name: str) -> Peer | None:
    try:
        return cast("Peer", importlib.import_module(f"peers.with_{name}"))
    except ImportError as error:
        print(f"without {name}: {error}", file=sys.stderr)
        return None
