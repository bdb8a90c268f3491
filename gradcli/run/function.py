"""The Python face of a formula: a function of numbers, of arrays, and of tables.

Depends on `gradcli.run.inline` for floats; arrays and tables load NumPy and `gradcli.run.arrays` when they first come.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.errors import BindingError
from gradcli.language.program import Program, parse
from gradcli.run.arrays.formula import formula, known
from gradcli.run.inline import Answer, answering

if TYPE_CHECKING:
    from gradcli.run.arrays.compiled import Compiled

NUMBERS = frozenset({float, int, bool})

_new = tuple.__new__
"""The constructor of a named tuple takes twice as long."""


class Result(NamedTuple):
    """What a formula gives: its value, and the derivative by each name that was asked for, in that order.

    Both are floats for floats, and arrays for arrays.
    """

    value: Any
    gradient: dict[str, Any]


class Function:
    """Value and gradient of a formula, made ready to be called often.

    Arguments come by position, in the order of `variables`, or by name. Floats give a `Result` of floats, arrays
    (broadcast against each other) one of arrays, polars Series one of Series. A table, of polars or of Arrow, binds
    its columns by name, and gives a polars DataFrame of the outputs: the value under its name, then d_x, d_w …

    `scalar` is the plain Python function beneath, one line an operation: it takes floats by position alone and gives
    value and gradient as a bare pair, with no other check and no other cost.
    A function can be pickled, and called by many threads at once.
    """

    def __init__(self, program: Program, wrt: Mapping[str, int], engine: str = "auto", threads: int = 1) -> None:
        self.program, self.wrt, self.engine, self.threads = program, dict(wrt), known(engine), threads
        self.formula = formula(program, wrt)
        self.variables = tuple(self.formula.variables)
        self._names = self.formula.variables.keys()
        self.scalar: Answer = answering(self.formula, tuple(wrt))

    def __call__(self, /, *values: Any, **named: Any) -> Any:
        """The result at these arguments. Raises BindingError for one that is missing, unknown or no number."""
        if named:
            if values or named.keys() != self._names:
                return self._general(values, named)
            values = tuple([named[name] for name in self.variables])
        if len(values) != len(self.variables):
            return self._general(values, {})
        for value in values:
            if type(value) is not float:
                return self._general(values, {})
        return _new(Result, self.scalar(*values))

    @cached_property
    def compiled(self) -> "Compiled":
        """The formula over columns."""
        # NumPy takes 0.1 s to load.
        from gradcli.run.arrays.compiled import Compiled

        return Compiled(self.program, self.wrt, engine=self.engine, threads=self.threads)

    def _general(self, values: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The result for whatever comes."""
        if len(values) == 1 and _is_table(values[0]):
            from gradcli.run.arrays.tables import over_table

            return over_table(self.compiled, values[0], named)
        bound = self._bound(values, named)
        if {*map(type, bound)} <= NUMBERS:
            return Result(*self.scalar(*map(float, bound)))
        from gradcli.run.arrays.tables import over_columns

        return over_columns(self.compiled, tuple(self.wrt), bound)

    def _bound(self, values: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
        """The argument for each variable."""
        if len(values) > len(self.variables):
            raise BindingError(f"{len(values)} arguments for {len(self.variables)} variables", hint=self._hint)
        given = dict(zip(self.variables, values, strict=False))
        for name in named:
            if name in given or name not in self.variables:
                problem = "twice an argument for" if name in given else "the formula has no variable"
                raise BindingError(f"{problem} `{name}`", hint=self._hint)
        given.update(named)
        missing = [name for name in self.variables if name not in given]
        if missing:
            raise BindingError(f"no value for {', '.join(missing)}", hint=self._hint)
        return [given[name] for name in self.variables]

    @property
    def _hint(self) -> str:
        return f"the variables are {', '.join(self.variables)}" if self.variables else "there are no variables"

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: as text, to be compiled anew."""
        names = tuple(self.program.variables)
        return _restored, (self.program.source.text, names, tuple(self.wrt), self.engine, self.threads)

    def __repr__(self) -> str:
        """The call that makes it."""
        options = [f"wrt={', '.join(self.wrt)!r}"]
        options += [f"engine={self.engine!r}"] if self.engine != "auto" else []
        options += [f"threads={self.threads}"] if self.threads != 1 else []
        return f"gradcli.compile({self.program.source.text!r}, {', '.join(options)})"


def _restored(text: str, variables: Sequence[str], wrt: Sequence[str], engine: str, threads: int) -> Function:
    """A function that was pickled."""
    program = parse(text, variables=variables)
    return Function(program, {name: program.node(name) for name in wrt}, engine, threads)


def _is_table(value: Any) -> bool:
    """Whether an argument has columns with names, in the form of Arrow."""
    return hasattr(value, "__arrow_c_stream__") and (hasattr(value, "columns") or hasattr(value, "schema"))
