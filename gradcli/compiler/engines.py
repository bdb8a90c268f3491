"""Which engine computes which rows, on which thread.

Depends on the engines beside it. Machine code, whose compiler takes 0.15 s to load, loads when it is first needed.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from gradcli.compiler.engine import REDUCTION, Array, Column, Engine, cut
from gradcli.compiler.numpy.engine import blocks_engine
from gradcli.compiler.numpy.kernels import by_row
from gradcli.compiler.python.engine import RowByRow
from gradcli.errors import DATA_EXTRA, UsageError
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import UnsupportedOperator

LOADING, COMPILING = 0.15e9, 0.3e6
"""Nanoseconds to load LLVM, and to compile one operation."""
SAVED, SAVED_BY_ROW = 0.25, 1000.0
"""Nanoseconds that machine code saves on one operation of one row, and on one for which NumPy has no function."""


class Part(NamedTuple):
    """The rows from `start` to before `stop`, and who computes them."""

    engine: Engine
    start: int
    stop: int

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill these rows of the outputs."""
        filled = [output[self.start : self.stop] for output in outputs]
        self.engine.rows(cut(columns, self.start, self.stop), filled)

    def sums(self, columns: Sequence[Column]) -> list[Sequence[float]]:
        """The partial sums of these rows."""
        return self.engine.sums(cut(columns, self.start, self.stop), self.stop - self.start)

    def divided(self, size: int) -> "Iterator[Part]":
        """The same rows in pieces."""
        for start in range(self.start, self.stop, size):
            yield Part(self.engine, start, min(start + size, self.stop))


class Choice:
    """The engines of one formula whose variables `scalars` are numbers. Each is made when it is first needed."""

    def __init__(self, formula: Formula, scalars: frozenset[str], engine: str, switchover: int | None = None) -> None:
        self.formula, self.scalars, self.name, self.given = formula, scalars, engine, switchover

    def parts(self, start: int, length: int, threads: int) -> list[Part]:
        """Who computes the rows from `start` on of a table; they are numbered from 0 in the result.

        Each thread gets whole reductions: so no sum depends on how many threads there are.
        """
        size = REDUCTION * -(-length // (REDUCTION * threads)) or 1
        return [piece for part in self._by_engine(start, length) for piece in part.divided(size)]

    def _by_engine(self, start: int, length: int) -> Iterator[Part]:
        if self.name != "auto":
            yield Part(self.named, 0, length)
            return
        switchover = min(max(self.switchover - start, 0), length)
        if switchover:
            yield Part(self.blocks, 0, switchover)
        if switchover < length:
            yield Part(self.fastest, switchover, length)

    @cached_property
    def switchover(self) -> int:
        """The row at which machine code takes over."""
        return switchover_row(self.formula) if self.given is None else self.given

    @cached_property
    def blocks(self) -> Engine:
        """NumPy."""
        return blocks_engine(self.formula, self.scalars)

    @cached_property
    def fastest(self) -> Engine:
        """Machine code where there is a compiler that can make it; blocks where there is none."""
        try:
            return self.named
        except UsageError:
            return self.blocks

    @cached_property
    def named(self) -> Engine:
        """The engine that was asked for, of `auto` machine code. Raises UsageError where it cannot serve."""
        if self.name in ("blocks", "python"):
            return self.blocks if self.name == "blocks" else RowByRow(self.formula)
        try:
            # llvmlite takes 0.15 s to load.
            from gradcli.compiler.llvm import llvm_engine

            return llvm_engine(self.formula, self.scalars)
        except (ImportError, OSError) as error:
            raise UsageError("the engine `llvm` needs llvmlite", hint=DATA_EXTRA) from error
        except UnsupportedOperator as error:
            hint = "the engine `blocks` serves every formula"
            raise UsageError(f"the engine `llvm` does not have `{error}`", hint=hint) from error


def switchover_row(formula: Formula) -> int:
    """The row from which on machine code has paid for its making: a whole number of reductions."""
    graph = formula.graph
    work = [graph.operators[node] for node, flag in enumerate(formula.needed) if flag and graph.operands[node]]
    saved = sum(SAVED_BY_ROW if by_row(operator) else SAVED for operator in work)
    rows = (LOADING + COMPILING * len(work)) / max(SAVED, saved)
    return REDUCTION * (1 + int(rows) // REDUCTION)
