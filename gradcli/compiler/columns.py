"""A program made ready for columns of numbers, millions of rows at a time.

Depends on `gradcli.rewriting.formula` for what is computed, on `sharing` for who computes it. NumPy takes 40 ms to
load, and is loaded when the first columns come.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gradcli.errors import BindingError, listed
from gradcli.language.program import Program
from gradcli.rewriting.formula import formula, known

if TYPE_CHECKING:
    from gradcli.compiler.engine import Array, Column
    from gradcli.compiler.sharing import Sharing


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

    def rows(self, columns: "Mapping[str, Column]", length: int, *, start: int = 0) -> "dict[str, Array]":
        """For each output a new column of `length` entries.

        columns  for each variable a float for every row, or an array of that length: contiguous doubles
        start    the number of the first row, where the columns are a piece of a longer table: `auto` changes from
                 blocks to machine code at a certain row, so that a table gives the same bits in whatever pieces

        Raises BindingError for a variable without a column, UsageError where the engine cannot serve.
        """
        return self._sharing.rows(self._given(columns), length, start)

    def sums(self, columns: "Mapping[str, Column]", length: int, *, start: int = 0) -> dict[str, float]:
        """The sum of each output over all rows, right to the last digit or nearly so; takes what `rows` takes.

        A table in pieces has the sum of the pieces' sums if they start at multiples of `REDUCTION`.
        """
        return self._sharing.sums(self._given(columns), length, start)

    @cached_property
    def _sharing(self) -> "Sharing":
        from gradcli.compiler.sharing import Sharing

        return Sharing(self.formula, self.engine, self.threads)

    def _given(self, columns: "Mapping[str, Column]") -> "list[Column]":
        """The columns in the formula's order."""
        missing = [name for name in self.formula.variables if name not in columns]
        if missing:
            hint = f"give a column or a number for {missing[0]}"
            raise BindingError(f"no value for {listed(missing)}", hint=hint, source=self.program.source)
        return [columns[name] for name in self.formula.variables]
