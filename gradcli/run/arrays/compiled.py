"""A program made ready for columns of numbers, millions of rows at a time.

Depends on `choice` for the engines, on `gradcli.run.arrays.formula` for what they compute.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from math import fsum, isfinite
from typing import TypeVar

import numpy as np

from gradcli.errors import BindingError
from gradcli.language.program import Program
from gradcli.run.arrays.choice import Choice, Part
from gradcli.run.arrays.engine import REDUCTION, Array, Column
from gradcli.run.arrays.formula import formula, known
from gradcli.run.arrays.reduction import cut

T = TypeVar("T")


class Compiled:
    """Value and gradient of a program over columns.

    The outputs are the program's own name, then d_x for each name in `wrt` and each definition in `adjoints`.
    `engine` is "auto", "llvm", "blocks" or "python"; `threads` share the rows, which changes no bit of the result.
    Many threads may use one object at once. Raises UsageError for an engine that there is not.
    """

    def __init__(
        self,
        program: Program,
        wrt: Mapping[str, int],
        *,
        adjoints: Sequence[str] = (),
        engine: str = "auto",
        threads: int = 1,
    ) -> None:
        self.program, self.engine, self.threads = program, known(engine), threads
        self.formula = formula(program, wrt, adjoints)
        self._choices: dict[frozenset[str], Choice] = {}

    def rows(self, columns: Mapping[str, Column], length: int, *, start: int = 0) -> dict[str, Array]:
        """For each output a new column of `length` entries.

        columns  for each variable a float for every row, or an array of that length: contiguous doubles
        start    the number of the first row, where the columns are a piece of a longer table: `auto` changes from
                 blocks to machine code at a certain row, so that a table gives the same bits in whatever pieces

        Raises BindingError for a variable without a column, UsageError where the engine cannot serve.
        """
        given = self._given(columns)
        outputs = {name: np.empty(length) for name in self.formula.outputs}

        def fill(part: Part) -> None:
            engine, first, last = part
            engine.rows(cut(given, first, last), [output[first:last] for output in outputs.values()])

        self._shared(fill, self._parts(given, length, start))
        return outputs

    def sums(self, columns: Mapping[str, Column], length: int, *, start: int = 0) -> dict[str, float]:
        """The sum of each output over all rows, right to the last digit or nearly so; takes what `rows` takes.

        A table in pieces has the sum of the pieces' sums if they start at multiples of `REDUCTION`.
        """
        given = self._given(columns)

        def add(part: Part) -> list[Sequence[float]]:
            return part.engine.sums(cut(given, part.start, part.stop), part.stop - part.start)

        found = self._shared(add, self._parts(given, length, start))
        totals = [list(chain.from_iterable(part[at] for part in found)) for at in range(len(self.formula.outputs))]
        if all(map(isfinite, chain.from_iterable(totals))):
            with suppress(OverflowError):
                return dict(zip(self.formula.outputs, map(fsum, totals), strict=True))
        return self._plain_sums(columns, length, start)

    def _plain_sums(self, columns: Mapping[str, Column], length: int, start: int) -> dict[str, float]:
        """Sums of which one is not finite, in plain doubles."""
        with np.errstate(all="ignore"):
            outputs = self.rows(columns, length, start=start)
            return {name: float(np.add.reduce(output)) for name, output in outputs.items()}

    def _given(self, columns: Mapping[str, Column]) -> list[Column]:
        """The columns in the formula's order."""
        missing = [name for name in self.formula.variables if name not in columns]
        if missing:
            hint = f"give a column or a number for {missing[0]}"
            raise BindingError(f"no value for {', '.join(missing)}", hint=hint, source=self.program.source)
        return [columns[name] for name in self.formula.variables]

    def _parts(self, given: Sequence[Column], length: int, start: int) -> list[Part]:
        """Rows for every thread, in whole reductions: so no sum depends on how many threads there are."""
        pairs = zip(self.formula.variables, given, strict=True)
        uniform = frozenset(name for name, column in pairs if isinstance(column, float))
        choice = self._choices.setdefault(uniform, Choice(self.formula, uniform, self.engine))
        size = REDUCTION * -(-length // (REDUCTION * self.threads)) or 1
        return [
            Part(part.engine, first, min(first + size, part.stop))
            for part in choice.parts(start, length)
            for first in range(part.start, part.stop, size)
        ]

    def _shared(self, work: Callable[[Part], T], parts: Sequence[Part]) -> list[T]:
        """The work done on every part."""
        if len(parts) < 2 or self.threads < 2:
            return [work(part) for part in parts]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(work, parts))
