"""Columns through a formula: the value and the gradient of millions of rows at a time.

Depends on `gradcli.rewriting.formula` for what is computed, on `engines` for who computes which rows. NumPy takes 40 ms
to load, and is loaded when the first columns come.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from math import fsum, isfinite
from typing import TYPE_CHECKING, TypeVar

from gradcli.errors import BindingError, UsageError, listed
from gradcli.language.program import Program
from gradcli.rewriting.formula import formula

if TYPE_CHECKING:
    from gradcli.compiler.engine import Array, Column
    from gradcli.compiler.engines import Choice, Part

T = TypeVar("T")

ENGINES = ("auto", "llvm", "blocks", "python")
"""The names by which an engine can be asked for."""


class Compiled:
    """Value and gradient of a program over columns.

    The outputs are the program's own name, then d_x for each name in `wrt` and each definition in `adjoints`.
    `engine` is "auto", "llvm", "blocks" or "python"; of "auto" machine code takes over from blocks at the row
    `switchover`, or where it pays. `threads` share the rows, which changes no bit of the result.
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
        switchover: int | None = None,
    ) -> None:
        if engine not in ENGINES:
            raise UsageError(f"there is no engine `{engine}`", hint=f"there are {', '.join(ENGINES)}")
        self.program, self.engine, self.threads, self.switchover = program, engine, threads, switchover
        self.formula = formula(program, wrt, adjoints)
        self._choices: dict[frozenset[str], Choice] = {}

    def rows(self, columns: "Mapping[str, Column]", length: int, *, start: int = 0) -> "dict[str, Array]":
        """For each output a new column of `length` entries.

        columns  for each variable a float for every row, or an array of that length: contiguous doubles
        start    the number of the first row, where the columns are a piece of a longer table: `auto` changes from
                 blocks to machine code at a certain row, so that a table gives the same bits in whatever pieces

        Raises BindingError for a variable without a column, UsageError where the engine cannot serve.
        """
        import numpy as np

        given = self._given(columns)
        outputs = {name: np.empty(length) for name in self.formula.outputs}
        self._shared(lambda part: part.rows(given, [*outputs.values()]), self._parts(given, length, start))
        return outputs

    def sums(self, columns: "Mapping[str, Column]", length: int, *, start: int = 0) -> dict[str, float]:
        """The sum of each output over all rows, right to the last digit or nearly so; takes what `rows` takes.

        A table in pieces has the sum of the pieces' sums if they start at multiples of `REDUCTION`.
        """
        import numpy as np

        given = self._given(columns)
        found = self._shared(lambda part: part.sums(given), self._parts(given, length, start))
        totals = [list(chain.from_iterable(part[at] for part in found)) for at in range(len(self.formula.outputs))]
        if all(map(isfinite, chain.from_iterable(totals))):
            with suppress(OverflowError):
                return dict(zip(self.formula.outputs, map(fsum, totals), strict=True))
        with np.errstate(all="ignore"):
            rows = self.rows(columns, length, start=start)
            return {name: float(np.add.reduce(output)) for name, output in rows.items()}

    def totals(self, columns: "Mapping[str, Column]", length: int, *, start: int = 0) -> list[float]:
        """The plain sum of each output over a few rows, in a fixed order; takes what `rows` takes.

        To sum with care takes longer than to compute, where there are many outputs of few rows.
        """
        import numpy as np

        given, found = self._given(columns), np.empty((len(self.formula.outputs), length))
        for part in self._parts(given, length, start):
            part.rows(given, [*found])
        sums: list[float] = np.add.reduce(found, axis=1).tolist()
        return sums

    def _given(self, columns: "Mapping[str, Column]") -> "list[Column]":
        """The columns in the formula's order."""
        missing = [name for name in self.formula.variables if name not in columns]
        if missing:
            hint = f"give a column or a number for {missing[0]}"
            raise BindingError(f"no value for {listed(missing)}", hint=hint, source=self.program.source)
        return [columns[name] for name in self.formula.variables]

    def _parts(self, columns: "Sequence[Column]", length: int, start: int) -> "list[Part]":
        """Rows for every thread, each with its engine."""
        from gradcli.compiler.engines import Choice

        pairs = zip(self.formula.variables, columns, strict=True)
        scalars = frozenset(name for name, column in pairs if isinstance(column, float))
        choice = self._choices.setdefault(scalars, Choice(self.formula, scalars, self.engine, self.switchover))
        return choice.parts(start, length, self.threads)

    def _shared(self, work: "Callable[[Part], T]", parts: "Sequence[Part]") -> list[T]:
        """The work done on every part."""
        if len(parts) < 2 or self.threads < 2:
            return [work(part) for part in parts]
        # It takes 10 ms to load.
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(work, parts))
