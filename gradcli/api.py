"""The functions of the Python face: value, gradient, compile, trace. `gradcli` gives them, and says what they are for.

Depends on the language and on `gradcli.diagnose`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gradcli.errors import BindingError, listed
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.gradient import value_at as _value_at
from gradcli.evaluate.trace import Trace
from gradcli.evaluate.trace import trace as _trace
from gradcli.language.program import Program, parse

if TYPE_CHECKING:
    from gradcli.compiler.function import Function


def value(expression: str | Program, bindings: Mapping[str, float] | None = None, /, **more: float) -> float:
    """The value of a formula, in double precision.

    Variables are bound by name, in a mapping or as keywords. Raises LanguageError for a text that is no formula and
    BindingError for a variable without a number; 1/0 and its like give inf or nan.
    """
    program, numbers = _bound(expression, bindings, more)
    return _value_at(program, numbers).value


def gradient(
    expression: str | Program, bindings: Mapping[str, float] | None = None, /, *, wrt: str | None = None, **more: float
) -> dict[str, float]:
    """The derivatives of a formula by its variables, in order of first appearance.

    `wrt` chooses and orders them, as names separated by commas; a name may be a definition's ("y" in "y = x*w; y^2").
    Raises what `value` raises, and BindingError for an unknown name in `wrt`.
    """
    program, numbers = _bound(expression, bindings, more)
    return Gradient(program, _nodes(program, wrt)).at(numbers).gradient


def compile(  # noqa: A001 - what it does has that name
    expression: str | Program, *, wrt: str | None = None, engine: str = "auto", threads: int = 1
) -> "Function":
    """A formula made ready to be called often: with floats, NumPy arrays, polars or Arrow data.

    `wrt` chooses the derivatives, as in `gradient`. `engine` computes arrays: "blocks" is NumPy, "llvm" machine code,
    "python" one row after another, and "auto" machine code once the rows are enough to pay for its making. `threads`
    share the rows of an array. Raises LanguageError, BindingError for an unknown name in `wrt`, and UsageError.

        f = gradcli.compile("(x*w - 2)^2")
        f(2.0, 3.0)                              # Result(value=16.0, gradient={"x": 24.0, "w": 16.0})
        f(x=numpy.linspace(0, 1, 11), w=3.0)     # a result of arrays
    """
    # The writer of Python functions takes as long to load as the whole language, and no command needs it.
    from gradcli.compiler.function import Function

    program = parse(expression) if isinstance(expression, str) else expression
    return Function(program, _nodes(program, wrt), engine, threads)


def trace(
    expression: str | Program, bindings: Mapping[str, float] | None = None, /, *, wrt: str | None = None, **more: float
) -> Trace:
    """Everything that happens in one evaluation: every value, every adjoint, every `upstream × local` contribution.

    Takes and raises what `gradient` does.
    """
    program, numbers = _bound(expression, bindings, more)
    return _trace(program, numbers, _nodes(program, wrt))


def _bound(
    expression: str | Program, bindings: Mapping[str, float] | None, more: Mapping[str, float]
) -> tuple[Program, dict[str, float]]:
    """The program and a float for each of its variables."""
    given = {**(bindings or {}), **more}
    program = parse(expression, variables=given) if isinstance(expression, str) else expression
    missing = [name for name in program.variables if name not in given]
    if missing:
        raise BindingError(f"no value for {listed(missing)}", hint=f"pass {missing[0]}=…", source=program.source)
    return program, {name: float(given[name]) for name in program.variables}


def _nodes(program: Program, wrt: str | None) -> dict[str, int]:
    if wrt is None:
        return dict(program.variables)
    names = [name.strip() for name in wrt.split(",")]
    known = {**program.variables, **program.definitions}
    for name in names:
        if name not in known:
            raise BindingError(f"the output does not depend on `{name}`", hint=f"it depends on {listed(known)}")
    return {name: known[name] for name in names}
