"""Rows shared among engines and threads.

Depends on `choice` for the engines.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from math import fsum, isfinite
from typing import TypeVar

import numpy as np

from gradcli.compiler.engine import REDUCTION, Array, Column
from gradcli.compiler.engines import Choice, Part
from gradcli.compiler.summation import cut
from gradcli.rewriting.formula import Formula

T = TypeVar("T")


class Sharing:
    """A formula over columns, which come in the order of its variables: a float for every row, or an array."""

    def __init__(self, formula: Formula, engine: str, threads: int) -> None:
        self.formula, self.engine, self.threads = formula, engine, threads
        self._choices: dict[frozenset[str], Choice] = {}

    def rows(self, columns: Sequence[Column], length: int, start: int) -> dict[str, Array]:
        """For each output a new column. Raises UsageError where the engine cannot serve."""
        outputs = {name: np.empty(length) for name in self.formula.outputs}

        def fill(part: Part) -> None:
            engine, first, last = part
            engine.rows(cut(columns, first, last), [output[first:last] for output in outputs.values()])

        self._shared(fill, self._parts(columns, length, start))
        return outputs

    def sums(self, columns: Sequence[Column], length: int, start: int) -> dict[str, float]:
        """The sum of each output over all rows. Raises what `rows` raises."""

        def add(part: Part) -> list[Sequence[float]]:
            return part.engine.sums(cut(columns, part.start, part.stop), part.stop - part.start)

        found = self._shared(add, self._parts(columns, length, start))
        totals = [list(chain.from_iterable(part[at] for part in found)) for at in range(len(self.formula.outputs))]
        if all(map(isfinite, chain.from_iterable(totals))):
            with suppress(OverflowError):
                return dict(zip(self.formula.outputs, map(fsum, totals), strict=True))
        return _plain_sums(self.rows(columns, length, start))

    def _parts(self, columns: Sequence[Column], length: int, start: int) -> list[Part]:
        """Rows for every thread, in whole reductions: so no sum depends on how many threads there are."""
        pairs = zip(self.formula.variables, columns, strict=True)
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


def _plain_sums(outputs: Mapping[str, Array]) -> dict[str, float]:
    """Sums of which one is not finite, in plain doubles."""
    with np.errstate(all="ignore"):
        return {name: float(np.add.reduce(output)) for name, output in outputs.items()}
