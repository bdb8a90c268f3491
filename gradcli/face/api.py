"""The functions of the Python face: the answers that the commands print, from Python. `gradcli` gives them.

Depends on `gradcli.face.bindings` for what is given and on `gradcli.answers` for what is answered; on `gradcli.claims`
and `gradcli.verify` where something is checked, and on `gradcli.compiler` where a formula is compiled.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gradcli.answers import Answer, answered
from gradcli.compiler.result import Result
from gradcli.errors import UsageError
from gradcli.evaluate.trace import Trace
from gradcli.face.bindings import bound, formula, nodes, number
from gradcli.language.functions import all_rows, rows_of
from gradcli.language.program import Program
from gradcli.operators.row import Operator
from gradcli.shapes import Array

if TYPE_CHECKING:
    from gradcli.compiler.function import Function
    from gradcli.explanation import Explanation
    from gradcli.face.bindings import Bindings, Bound, Number, Size, Wrt
    from gradcli.face.checks import Checked


def answer(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    wrt: "Wrt | None" = None,
    precision: str | int = "auto",
    **more: "Bound",
) -> Answer:
    """All that `gradcli grad` answers: value, gradient, notices, kinks, decimals, nodes.

    Variables are bound by name, in a mapping, which may hold more than the formula uses, or as keywords. A float is the
    double that it is. A text, a Decimal, a Fraction or an int is the very number that it says: "0.1" is a tenth.
    Arrays are lists in lists, or tuples, of these, or NumPy's: `gradient` has lists for lists, and else NumPy's arrays;
    `point`, `kinks` and `decimals` have entries by name, "W[1,2]".

    wrt        the names to differentiate by, in this order: "x, w" or ["x", "w"]; all variables by default. A name may
               be a definition's ("y" in "y = x*w; y^2"), an array's or that of an entry: "W[1,2], b"
    precision  "auto" (within 16 ulp, else a notice says so), "double", "exact" (within 0.5 ulp), or a number of digits

    Raises LanguageError for a text that is no formula, BindingError for a variable without a number, a number without
    a variable, what is no number, and an unknown name in `wrt`; UsageError for an unknown precision; LimitError for
    digits that take too long (a limit that holds in the main thread, which alone has an alarm). 1/0 and its like are no
    errors: they give inf or nan, and a notice.
    """
    program, numbers, given = bound(expression, bindings, more)
    return answered(program, numbers, nodes(program, wrt), str(precision))._replace(form=given.formed)


def value(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    precision: str | int = "auto",
    **more: "Bound",
) -> "float | Any":
    """The value of a formula, as `gradcli eval` answers it; that of an array is one. Takes and raises as `answer`."""
    program, numbers, given = bound(expression, bindings, more, takes_arrays=True)
    told = answered(program, numbers, {}, str(precision)).point
    if not told.entries:
        return told.value
    return given.formed(program.name, Array(program.arrays[program.name], [*told.entries.values()]))


def gradient(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    wrt: "Wrt | None" = None,
    precision: str | int = "auto",
    **more: "Bound",
) -> dict[str, Any]:
    """The derivatives of a formula, by all its variables or by those of `wrt`; arrays come back as they were given.

    Takes and raises what `answer` does.
    """
    return answer(expression, bindings, wrt=wrt, precision=precision, **more).gradient


def value_and_gradient(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    wrt: "Wrt | None" = None,
    precision: str | int = "auto",
    **more: "Bound",
) -> Result:
    """Both at once: `value, gradient = value_and_gradient(…)`. Takes and raises what `answer` does."""
    told = answer(expression, bindings, wrt=wrt, precision=precision, **more)
    return Result(told.value, told.gradient)


def trace(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    wrt: "Wrt | None" = None,
    precision: str | int = "auto",
    **more: "Bound",
) -> Trace:
    """Everything that happens in one evaluation: every value, every adjoint, every `upstream × local` contribution.

    They lead to the answer, which `point` holds. A number that no double holds is infinite or 0 to Python, and
    prints its digits. Takes and raises what `answer` does.
    """
    return answer(expression, bindings, wrt=wrt, precision=precision, **more).trace


def explain(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    wrt: "Wrt | None" = None,
    level: str = "steps",
    lr: "Number | None" = None,
    precision: str | int = "auto",
    digits: int = 6,
    **more: "Bound",
) -> "Explanation":
    """Both passes told in words and numbers, as `gradcli explain` tells them: `print(gradcli.explain("x^2", x=2))`.

    level   "brief" for the formulas alone, "steps" for reasons too, "full" for every node of the graph
    lr      the learning rate of an update that is told too
    digits  significant digits of the numbers

    Takes and raises what `answer` does; UsageError for another level.
    """
    from gradcli.explanation import Explanation, explained, updated
    from gradcli.passes.outline import Level

    if level not in list(Level):
        raise UsageError(f"`{level}` is no level", hint=f"the levels are {', '.join(Level)}")
    told = answer(expression, bindings, wrt=wrt, precision=precision, **more)
    update = None if lr is None else updated(told, number("lr", lr))
    by_name = bool(told.program.arrays) and level != Level.full
    return Explanation(told, explained(told, Level(level), update, digits, by_name=by_name))


def check(
    expression: str | Program,
    bindings: "Bindings | None" = None,
    /,
    *,
    claims: str | Iterable[str] = (),
    wrt: "Wrt | None" = None,
    precision: str | int = "auto",
    seconds: float = 5.0,
    lr: "Number | None" = None,
    **more: "Bound",
) -> "Checked":
    """The verdicts on claims such as "dL/dw = 2*(x*w - 2)*x"; without claims on gradcli's own value and derivatives.

    `verdict` is the weakest of them: proved, agrees, unchecked or refuted. A variable that is bound keeps its number,
    others are sampled. `lr` is the learning rate of claims about an update, `w_new = w - lr*dL/dw`; `wrt` and
    `precision` are for a check without claims. What is not decided within so many `seconds` is unchecked; outside the
    main thread, which alone has an alarm, nothing is proved. Raises what `answer` does, and LanguageError for a text
    that is no claim.
    """
    # mpmath, SymPy and the judges: only a check needs them.
    from gradcli.face.checks import checked

    return checked(expression, bindings, more, claims, wrt, str(precision), seconds, lr)


def rules(name: str | None = None) -> tuple[Operator, ...]:
    """The operator table, a row an operator with its derivatives; or the rows that a name or a symbol means.

    Raises UsageError for an operator that there is not.
    """
    return all_rows() if name is None else rows_of(str(name))


def compile(  # noqa: A001 - what it does has that name
    expression: str | Program,
    *,
    wrt: "Wrt | None" = None,
    engine: str = "auto",
    threads: int = 1,
    shapes: "Mapping[str, Size] | None" = None,
) -> "Function":
    """A formula made ready to be called often: with floats, NumPy arrays, or tables of polars, pandas or Arrow.

    It is the fast road, in plain double precision, and promises less than `answer`: digits that cancel are lost, and a
    number that is too large on the way is inf, but where a formula is known to be computed better
    (`gradcli.rules("softplus")`); a kink has the slope of the rules, even where left and right agree on another;
    operators are right to 4 ulp of those of `answer`; there are no notices, and numbers are floats or arrays of them,
    no texts.

    `wrt` chooses the derivatives, as in `gradient`. `engine` computes arrays: "blocks" is NumPy, "llvm" machine code,
    "python" one row after another, and "auto" machine code once the rows are enough to pay for its making. `threads`
    share the rows of an array. `shapes` are those of arrays that the formula does not declare, as in `x: [3]`; an
    argument for one has its shape, or (rows, *shape), and so has its derivative. Raises LanguageError, BindingError for
    an unknown name in `wrt` and for what is no shape, and UsageError.

        f = gradcli.compile("(x*w - 2)^2")
        f(2.0, 3.0)                              # Result(value=16.0, gradient={"x": 24.0, "w": 16.0})
        f(x=numpy.linspace(0, 1, 11), w=3.0)     # a result of arrays
        g = gradcli.compile("sum((w@x)^2)", shapes={"w": 3, "x": 3})
        g(w=[1.0, 2.0, 3.0], x=numpy.ones((9, 3)))   # nine values; w and x have derivatives of the shape (9, 3)
    """
    # The writer of Python functions takes as long to load as the whole language, and no command needs it.
    from gradcli.compiler.function import Function

    if not isinstance(threads, int) or threads < 1:
        raise UsageError("`threads` is a whole number from 1 on", hint="pass threads=1")
    program = formula(expression, shapes=shapes)
    return Function(program, nodes(program, wrt), engine, threads)
