"""The answer, whoever asks: value and gradient to the precision asked for, right at kinks, with all there is to say.

Depends on `gradcli.diagnose` and on `gradcli.precision.settle`; what a plain answer does not need is loaded where it
is.
"""

from collections.abc import Callable, Mapping
from functools import partial
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.diagnose import corrected, not_finite
from gradcli.errors import Notice, shortened
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language.notation import number_text
from gradcli.language.program import Program
from gradcli.precision.readings import remembered
from gradcli.precision.settle import SECONDS, Precise, digits_of, settle
from gradcli.precision.settle import Answer as Settled
from gradcli.proof import algebra
from gradcli.shapes import Array, grouped, nested
from gradcli.time_limit import budget

if TYPE_CHECKING:
    from gradcli.diagnose.kinks.one_sided import Sides
    from gradcli.evaluate.trace import Node, Trace
    from gradcli.precision.enclosures.questions import Algebra

DOUBLE_DIGITS = 17
NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def _lists(_: str, array: Array[float]) -> list[Any]:
    return nested(array)


class Answer(NamedTuple):
    """What gradcli answers: what a command prints, and what `gradcli.answer` returns.

    point      the bindings, the value, and the gradient by the names that were asked for
    notices    what is to be said of it: lost digits, kinks, where a number that is not finite arose
    decimals   value and gradient as texts, where a number of digits was asked for
    program    the formula
    wrt        the names to differentiate by, and their nodes
    precision  as it was asked for: auto, double, exact or a number of digits
    by_rules   value and gradient as the rules give them, to that precision
    followed   the derivative with its edges, where it is known that the trace will be asked for
    form       what is made of an array of the gradient, by its name
    """

    point: Point
    notices: tuple[Notice, ...]
    decimals: Precise | None
    program: Program
    wrt: Mapping[str, int]
    precision: str
    by_rules: Settled
    followed: Gradient | None = None
    form: Callable[[str, Array[float]], Any] = _lists

    @property
    def value(self) -> float:
        """The value."""
        return self.point.value

    @property
    def gradient(self) -> dict[str, Any]:
        """Name → derivative; of an array, if all of it was asked for, an array as it was given."""
        found = grouped(self.point.gradient, self.program.arrays)
        return {name: self.form(name, it) if isinstance(it, Array) else it for name, it in found.items()}

    @property
    def bindings(self) -> Mapping[str, float]:
        """Variable → the number that it was given."""
        return self.point.bindings

    @property
    def finite(self) -> bool:
        """Whether every number is, as it was asked for: one beyond the doubles is none of theirs, but has digits."""
        return self.decimals.finite if self.decimals else self.point.finite

    @property
    def settled(self) -> bool:
        """Whether every number keeps what `precision` promises; a notice tells which does not."""
        kept = self.by_rules.settled or any(notice.kind == "unsettled" for notice in self.by_rules.notices)
        return kept and all(notice.kind != "unsettled" for notice in self.notices)

    @property
    def undefined(self) -> bool:
        """Whether the formula has no number here, and so no slope; plain doubles keep what the rules give."""
        return self.precision != "double" and self.by_rules.undefined

    @property
    def kinks(self) -> dict[str, tuple[float, float]]:
        """Name → the slopes from the left and from the right, of those whose way to the output meets a kink.

        NaN where there is no slope, or where it is not known. Worked out anew each time.
        """
        return {name: (sides.left.derivative, sides.right.derivative) for name, sides in self.sides.items()}

    @property
    def sides(self) -> "Mapping[str, Sides]":
        """Name → the output on both sides, of those whose way to the output meets a kink. Worked out anew each time."""
        if not self.wrt:
            return {}
        from gradcli.diagnose.kinks.one_sided import one_sided

        limits = _needs_limits(self.by_rules, self.precision)
        point, bounds = self.by_rules.point, self.by_rules.bounds
        return one_sided(self.program, point, self.wrt, limits=limits, bounds=bounds, algebra=algebra).sides

    @property
    def trace(self) -> "Trace":
        """Every number on the way to this answer. Worked out anew each time."""
        from gradcli.passes import led_to  # a bare answer needs none of it

        gradient = self.followed or Gradient.of(self.program, self.wrt, edges=True, defined=self.undefined)
        return led_to(self.program, self.by_rules.point, self.point, self.wrt, self.precision, gradient)

    @property
    def nodes(self) -> "tuple[Node, ...]":
        """The trace node by node, operands first: text, value, adjoint, partials. Worked out anew each time."""
        return tuple(self.trace.records())

    def __repr__(self) -> str:
        """The numbers, as they were asked for."""
        given = self.decimals or self.point
        value, gradient = dict(given.entries) or given.value, given.gradient
        said = f", {len(self.notices)} notices" if self.notices else ""
        return f"<answer to {shortened(self.program.source.text)!r}: value={value}, gradient={gradient}{said}>"

    def _repr_html_(self) -> str:
        """The formula, a row a number, and the notices, for a notebook."""
        from gradcli.emit.html import code, table, text  # here and below: no command needs what a notebook does

        name, given = self.program.name, self.decimals or self.point
        output = given.entries or {name: given.value}
        rows = [*output.items(), *((f"d{name}/d{by}", slope) for by, slope in given.gradient.items())]
        said = "".join(text(notice.message) for notice in self.notices)
        return code(shortened(self.program.source.text)) + table(("", "value"), rows) + said

    def _repr_latex_(self) -> str:
        """The formulas of value and gradient with their numbers, for a notebook."""
        from gradcli.emit.aligned import aligned, aligned_numbers

        found = self.decimals
        if found:
            return aligned(self.program, *found, entries=found.entries)
        return aligned_numbers(self.program, *self.point[1:])


def answered(
    program: Program, bindings: Mapping[str, float], wrt: Mapping[str, int], precision: str, *, follow: bool = False
) -> Answer:
    """The value, and the gradient by `wrt` if there is any. Raises UsageError for an unknown precision.

    `follow` takes the derivative once for the answer and its trace, where that will be asked for. All of it shares the
    time that digits may take.
    """
    with budget(SECONDS):
        return _answered(program, bindings, wrt, precision, follow=follow)


def _answered(
    program: Program, bindings: Mapping[str, float], wrt: Mapping[str, int], precision: str, *, follow: bool
) -> Answer:
    asked = remembered(algebra)
    gradient, found = _ruled(Gradient.of(program, wrt, edges=follow), bindings, precision, asked)
    followed = gradient if follow else None
    settled, told, known = found.point, found.notices, found.known
    limits = _needs_limits(found, precision)
    point, kinks = corrected(
        program, settled, wrt, limits=limits, bounds=found.bounds, algebra=asked, kinked=gradient.kinked
    )
    changed = {name: it for name, it in point.gradient.items() if it == it and it != settled.gradient[name]}
    unexplained = known._replace(gradient=known.gradient | changed)
    known_now = {f"d{program.name}/d{name}" for name in changed}
    told = tuple(notice for notice in told if notice.details.get("of") not in known_now)
    origins = partial(not_finite, defined=gradient.defined, settled=precision != "double", algebra=algebra)
    notices = (*program.notices, *told, *kinks, *origins(program, unexplained, wrt))
    if program.arrays:
        from gradcli.diagnose.entries import in_loops, told_once  # few programs have any

        notices = tuple(in_loops(program, notice) for notice in told_once(program, notices))
    written = found.decimals
    if written:
        others = {name: it for name, it in point.gradient.items() if repr(it) != repr(settled.gradient[name])}
        slopes = written.gradient | _in_decimals(others, digits_of(precision))
        written = written._replace(gradient=slopes) if others else written
    return Answer(point, notices, written, program, wrt, precision, found, followed)


def unanswered(program: Program) -> Answer:
    """No number at all, of a formula whose variables have none: what is known of it is how it is made."""
    point = Point(dict.fromkeys(program.variables, nan), nan, {})
    return Answer(point, (), None, program, {}, "double", Settled(point, (), point))


def evaluator(program: Program, wrt: Mapping[str, int], precision: str) -> Callable[[Mapping[str, float]], Point]:
    """The same answers at any bindings, without words: what a descent steps by."""
    ready = Gradient(program, wrt)

    def at(bindings: Mapping[str, float]) -> Point:
        gradient, found = _ruled(ready, bindings, precision, algebra, tell=False)
        limits = _needs_limits(found, precision)
        return corrected(
            program, found.point, wrt, limits=limits, bounds=found.bounds, algebra=algebra, kinked=gradient.kinked
        )[0]

    return at


def _ruled(
    gradient: Gradient, bindings: Mapping[str, float], precision: str, algebra: "Algebra", *, tell: bool = True
) -> tuple[Gradient, Settled]:
    """What the rules give, and the derivative that gave it: where the value is NaN, so is the slope of all it needs.

    Plain doubles keep what the rule gives, as columns do.
    """
    found = settle(gradient, bindings, precision, tell=tell, algebra=algebra)
    if not (gradient.wrt and found.undefined) or precision == "double":
        return gradient, found
    defined = Gradient.of(gradient.program, gradient.wrt, edges=bool(gradient.derivative.edges), defined=True)
    return defined, settle(defined, bindings, precision, tell=tell, algebra=algebra)


def _needs_limits(found: Settled, precision: str) -> bool:
    """Whether sides that are left open are of interest: they are not where a number is but beyond the doubles."""
    return precision != "double" and (found.point.finite or not found.known.finite)


def _in_decimals(others: Mapping[str, float], digits: int) -> dict[str, str]:
    """The slopes that the rules miss, in no more digits than a double has: that is all that is known of them."""
    shown = f".{min(digits, DOUBLE_DIGITS)}g"
    return {name: _decimal(float(format(slope, shown))) for name, slope in others.items()}


def _decimal(number: float) -> str:
    return number_text(number) if isfinite(number) else NOT_FINITE[str(number)]
