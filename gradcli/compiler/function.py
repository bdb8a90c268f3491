"""The Python face of a formula: a function of numbers, of arrays, and of tables.

Depends on `gradcli.compiler.python.function` for floats; arrays and tables load NumPy and `gradcli.compiler` when they
first come.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from gradcli.compiler.columns import Compiled
from gradcli.compiler.python.function import Answer, answering, calling
from gradcli.compiler.result import MISSING, Result
from gradcli.errors import BindingError, listed, shortened
from gradcli.language.program import Program, parse
from gradcli.shapes import Shape, grouped, parted

NUMBERS = frozenset({float, int, bool})


class Function:
    """Value and gradient of a formula, made ready to be called often.

    Arguments come by position, in the order of `variables`, or by name. Floats give a `Result` of floats, arrays
    (broadcast against each other) one of arrays, polars Series one of Series. A table, of polars, pandas or Arrow,
    binds its columns by name, and gives a DataFrame of the outputs, of pandas for pandas, else of polars: the value
    under its name, then d_x, d_w …
    Of a formula with arrays, an array is one argument, of its shape, the same in all rows, or with the rows before it;
    so are the results, of NumPy. A table has a column of lists for it, or one for each entry, `x[1]`.
    A call that Python cannot bind (a name that is no variable, too many arguments) is its TypeError. What would lose
    digits is computed as what keeps them (`gradcli.rewriting.stabilize`): log(1 - sigmoid(z)) as -softplus(z).

    `scalar` is the bare Python function: of floats alone, by position or by name, to value and gradient as a pair,
    with no check and no other cost. A function can be called by many threads at once, and be pickled: for the same
    version of gradcli, as a pickle names a module of it. Its `formula` is the text that it was made of, its `__name__`
    that of the output.
    """

    def __init__(self, program: Program, wrt: Mapping[str, int], engine: str = "auto", threads: int = 1) -> None:
        self.program, self.wrt, self.engine, self.threads = program, dict(wrt), engine, threads
        self.shapes: dict[str, Shape] = {}
        self.compiled = Compiled(program, self.wrt, engine=engine, threads=threads)
        self.formula, self.variables = program.source.text, tuple(self._names())
        self.__name__ = self.__qualname__ = program.name
        self.__doc__ = f"{program.name}({', '.join(self.variables)}): value and gradient of {shortened(self.formula)}"
        self._specialise()

    def _specialise(self) -> None:
        """Become of a class whose `__call__` is the formula itself: Python finds it nowhere else."""
        call = None if self.shapes else calling(self.compiled.formula, tuple(self.wrt), Function._called)
        if call:
            self.__class__ = type("Function", (Function,), {"__call__": call, "__doc__": Function.__doc__})

    def __call__(self, /, *values: Any, **named: Any) -> Any:
        """The result at these arguments. Raises BindingError for one that is missing, unknown or no number."""
        return self._general(values, named)

    def _called(self, twin: Any, first: Any, *others: Any) -> Any:
        """The same, for what the formula's own `__call__` was given: MISSING stands for what it was not."""
        name, *names = self.variables
        named = {name: twin, **dict(zip(names, others, strict=True))}
        given = {name: value for name, value in named.items() if value is not MISSING}
        return self._general(() if first is MISSING else (first,), given)

    @cached_property
    def scalar(self) -> Answer:
        """The formula as a bare Python function."""
        return answering(self.compiled.formula, tuple(self.wrt))

    def _general(self, values: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The result for whatever comes."""
        if self.shapes:
            return self._over_arrays(values, named)
        if len(values) == 1 and _is_table(values[0]):
            from gradcli.compiler.arguments import over_table

            return over_table(self.compiled, values[0], named)
        bound = self._bound(values, named)
        if {*map(type, bound)} <= NUMBERS:
            return Result(*self.scalar(*map(_float, self.variables, bound)))
        from gradcli.compiler.arguments import over_columns

        return over_columns(self.compiled, tuple(self.wrt), bound)

    def _names(self) -> Iterator[str]:
        """The variables, an array by its name, in order of first appearance."""
        arrays = self.program.arrays
        for name in self.compiled.formula.variables:
            entry = parted(name)
            whole = entry[0] if entry and entry[0] in arrays else name
            if whole == name or whole not in self.shapes:
                yield whole
            if whole != name:
                self.shapes[whole] = arrays[whole]

    def _over_arrays(self, values: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The result of a formula with arrays."""
        from gradcli.compiler import array_arguments

        if len(values) == 1 and _is_table(values[0]):
            return array_arguments.over_table(self.compiled, self.shapes, values[0], named)
        given = dict(zip(self.variables, self._bound(values, named), strict=True))
        shapes = {**self.program.arrays, **self.shapes}
        return array_arguments.over_arrays(self.compiled, self.scalar, tuple(self.wrt), shapes, given)

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
            raise BindingError(f"no value for {listed(missing)}", hint=self._hint)
        return [given[name] for name in self.variables]

    @property
    def _hint(self) -> str:
        return f"the variables are {listed(self.variables)}" if self.variables else "there are no variables"

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: as text, to be compiled anew."""
        names = tuple(self.program.variables)
        return _restored, (self.program.source.text, names, tuple(self.wrt), self.engine, self.threads)

    def __repr__(self) -> str:
        """The call that makes it."""
        options = [f"wrt={', '.join(grouped(self.wrt, self.program.arrays))!r}"]
        options += [f"shapes={self.shapes}"] if self.shapes else []
        options += [f"engine={self.engine!r}"] if self.engine != "auto" else []
        options += [f"threads={self.threads}"] if self.threads != 1 else []
        return f"gradcli.compile({self.program.source.text!r}, {', '.join(options)})"


def _restored(text: str, variables: Sequence[str], wrt: Sequence[str], engine: str, threads: int) -> Function:
    """A function that was pickled."""
    program = parse(text, variables=variables)
    return Function(program, {name: program.node(name) for name in wrt}, engine, threads)


def _is_table(value: Any) -> bool:
    """Whether an argument has columns with names, in the form of Arrow or of pandas."""
    named = hasattr(value, "columns") or hasattr(value, "schema")
    return named and (hasattr(value, "__arrow_c_stream__") or hasattr(value, "iloc"))


def _float(name: str, given: float) -> float:
    """A number as a double. Raises BindingError for an integer beyond them."""
    try:
        return float(given)
    except OverflowError:
        raise BindingError(f"`{name}` is beyond the largest double, 1.8e308", hint="pass math.inf") from None
