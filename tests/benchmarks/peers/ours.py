"""gradcli's engines. The formula is given as text; gradcli derives the rest."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from problems import Array, Column, Problem, length_of

from gradcli.compiler.engine import Engine
from gradcli.compiler.llvm import llvm_engine
from gradcli.compiler.numpy.engine import blocks_engine
from gradcli.language import parse
from gradcli.rewriting.formula import Formula, formula


class Gradcli(NamedTuple):
    """One engine; with `slopes` the value and the derivatives, without the value alone."""

    NAME: str
    make: Callable[[Formula, frozenset[str]], Engine]

    def rows(
        self, problem: Problem, columns: list[Column], outputs: list[Array], *, slopes: bool = True
    ) -> Callable[[], Sequence[Array]]:
        engine, given = self._ready(problem, columns, slopes)

        def run() -> list[Array]:
            engine.rows(given, outputs)
            return outputs

        return run

    def sums(self, problem: Problem, columns: list[Column], *, slopes: bool = True) -> Callable[[], Sequence[float]]:
        engine, given = self._ready(problem, columns, slopes)
        length = length_of(columns)
        return lambda: [math.fsum(partial) for partial in engine.sums(given, length)]

    def _ready(self, problem: Problem, columns: list[Column], slopes: bool) -> tuple[Engine, list[Column]]:
        """The engine, and the columns in its order."""
        it = formula_of(problem, slopes)
        named = dict(zip(problem.variables, columns, strict=True))
        return self.make(it, frozenset(problem.uniform)), [named[name] for name in it.variables]


def formula_of(problem: Problem, slopes: bool = True) -> Formula:
    """What the engine is asked for."""
    program = parse(problem.text)
    return formula(program, {name: program.variables[name] for name in problem.wrt if slopes})


LLVM = Gradcli("gradcli llvm", llvm_engine)
BLOCKS = Gradcli("gradcli blocks", blocks_engine)
ENGINES = (LLVM, BLOCKS)
