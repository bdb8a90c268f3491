"""gradcli's own value, gradient and second derivatives, held against everything that does not use its rules.

Depends on `gradcli.verify.verification` (50 digits, Taylor arithmetic, SymPy), on
`gradcli.verify.ridders` (differences in plain doubles) and on `gradcli.proof.sample_points` for points. How gradcli
answers is told by the caller, so that what is checked is what a person gets.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf, isnan
from typing import NamedTuple

from gradcli.answers import Answer
from gradcli.derivatives import differentiate
from gradcli.errors import NAMED, LimitError, listed
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.scalar import evaluate as evaluate_double
from gradcli.evaluate.scalar import evaluate_all, moved
from gradcli.graph.walk import reachable, users
from gradcli.language.program import Program
from gradcli.precision.decimals import ulps
from gradcli.precision.multiprecision import evaluate
from gradcli.precision.settle import Precise
from gradcli.proof import algebra
from gradcli.proof.sample_points import sample_points
from gradcli.time_limit import within
from gradcli.verify.judgement import AGREES, PROVED, UNCHECKED, VERDICTS
from gradcli.verify.ridders import Estimate, derivative
from gradcli.verify.verification import DIGITS, NO_TIME, DerivativeCheck, ValueCheck, verify

POINTS = 6
MOST_MIXED = 6
"""With more variables than that, of the second derivatives only those by one variable twice are checked."""
FLAT = "it is 0 everywhere: nothing there depends on it"
SIGMAS = 10.0
"""A finite difference that is further off than so many times its own error is worth a word."""
WITHOUT_VALUE = {
    "NaN": "there is no number here",
    **dict.fromkeys(("Infinity", "-Infinity"), "the value is infinite here"),
}
"""Why a value is held against nothing."""
Answering = Callable[[Program, Mapping[str, float], Mapping[str, int]], Answer]
"""A program, its bindings and the nodes to differentiate by → the answer."""


class Check(NamedTuple):
    """What is known of one quantity.

    by           by what it is differentiated: nothing for the value, two names for a second derivative
    reference    its 50 digits at the first point
    ulp          how far the answer is from the truth, at the worst of the points
    differences  the finite difference at the first point; None where there is none
    decimals     the answer at the first point in decimals, where a number of digits was asked for
    """

    name: str
    by: tuple[str, ...]
    verdict: str
    reference: str
    ulp: float
    differences: Estimate | None = None
    reason: str = ""
    decimals: str = ""


class Audit(NamedTuple):
    """All checks. `bindings` is the first point, `points` their number, `left_out` that of derivatives not reached."""

    program: Program
    bindings: Mapping[str, float]
    points: int
    checks: Sequence[Check]
    left_out: int = 0

    @property
    def undecided(self) -> bool:
        """Whether nothing was decided, of the derivatives if there are any."""
        derivatives = [check for check in self.checks if check.by] or self.checks
        return all(check.verdict == UNCHECKED for check in derivatives)

    @property
    def verdict(self) -> str:
        """The weakest of the derivatives' verdicts; of a constant, that of its value."""
        derivatives = [check.verdict for check in self.checks if check.by] or [check.verdict for check in self.checks]
        return max(derivatives, key=VERDICTS.index, default=UNCHECKED)

    def __repr__(self) -> str:
        """The verdicts."""
        return f"<audit {self.verdict}: {listed([f'{check.name} {check.verdict}' for check in self.checks])}>"

    def _repr_html_(self) -> str:
        """A row a quantity, for a notebook."""
        from gradcli.emit.html import table  # here and below: no command needs what a notebook does

        rows = [(check.name, check.verdict, check.reference, check.ulp, check.reason) for check in self.checks]
        return table(("quantity", "verdict", "50 digits", "off by (ulp)", "reason"), rows)

    def _repr_latex_(self) -> str:
        """The formula, for a notebook."""
        from gradcli.emit.aligned import aligned

        return aligned(self.program)


def audit(
    program: Program, wrt: Mapping[str, int], fixed: Mapping[str, float], seconds: float, answering: Answering
) -> Audit:
    """Check a program at the point that is given, or at some of its domain where variables are free."""
    free = [name for name in program.variables if name not in fixed]
    nodes = tuple(wrt.values())
    gradient = differentiate(program.graph, program.output, nodes).gradient
    found = sample_points(program.graph, [program.output, *gradient], free, fixed, POINTS, seconds / 2)
    points = [point.bindings for point in found]
    if not points:
        return Audit(program, fixed, 0, ())
    value = evaluate_double(program.graph, [program.output], points[0])[0]
    if isnan(value) and answering(program, points[0], {}).undefined:  # then there is no slope of a slope either
        gradient = differentiate(program.graph, program.output, nodes, defined=True).gradient
    work = _Work(program, wrt, gradient, points, time.monotonic() + seconds, answering)
    return Audit(program, points[0], len(points), list(work.checks()), max(work.late - NAMED, 0))


@dataclass
class _Work:
    """The checks of one program at its points, and how many derivatives were not reached."""

    program: Program
    wrt: Mapping[str, int]
    gradient: Sequence[int]
    points: Sequence[Mapping[str, float]]
    deadline: float
    answering: Answering
    late: int = 0

    def checks(self) -> Iterator[Check]:
        """The value, the first derivatives, the second derivatives."""
        names = list(self.wrt)
        yield from self.order(self.program.output, (), names, share=0.5)
        for at, (first, node) in enumerate(zip(names, self.gradient, strict=True)):
            seconds = names[at:] if len(names) <= MOST_MIXED else [first]
            yield from self.order(node, (first,), seconds, share=1 / (len(names) - at))

    def order(self, node: int, before: tuple[str, ...], by: Sequence[str], share: float) -> Iterator[Check]:
        """A node and its derivatives by some variables, `before` being what it is differentiated by already."""
        program = self.program._replace(output=node, name=_title(self.program.name, before))
        ready = within(self.seconds(), lambda: self.differentiated(program, by), None)
        if ready is None:
            yield from self.unreached([*([] if before else [()]), *((*before, each) for each in by)])
            return
        point, decimals = self.answer(program, ready)
        found = verify(program, point, ready.wrt, ready.derivative, seconds=self.seconds() * share)
        if not before:
            yield self.value(found.value, decimals.value)
        flat = ((*before, each) for each in by if each not in ready.wrt)
        yield from (Check(_title(self.program.name, by), by, PROVED, "0", 0.0, reason=FLAT) for by in flat)
        late = [each for each, check in found.gradient.items() if check.reason == NO_TIME.reason]
        yield from self.unreached([(*before, each) for each in late])
        for each in (each for each in ready.wrt if each not in late):
            yield self.slope(ready, point, (*before, each), found.gradient[each], decimals.gradient.get(each, ""))

    def value(self, found: ValueCheck, decimals: str) -> Check:
        """What is known of the value."""
        verdict = UNCHECKED if found.reference in WITHOUT_VALUE else AGREES
        worst = self.worst(self.program.output, found.ulp)
        reason = found.notice or WITHOUT_VALUE.get(found.reference, "")
        return Check(self.program.name, (), verdict, found.reference, worst, None, reason, decimals)

    def slope(self, ready: Gradient, point: Point, by: tuple[str, ...], found: DerivativeCheck, decimals: str) -> Check:
        """What is known of the derivative by the last of some variables."""
        last = by[-1]
        differences = self.differences(ready, point, last)
        node = dict(zip(ready.wrt, ready.derivative.gradient, strict=True))[last]
        worst = self.worst(node, found.ulp)
        said = "; ".join(filter(None, (found.reason, found.notice, _doubt(differences, point.gradient[last]))))
        title = _title(self.program.name, by)
        return Check(title, by, found.verdict, found.reference, worst, differences, said, decimals)

    def unreached(self, derivatives: Sequence[tuple[str, ...]]) -> Iterator[Check]:
        """What there was no time for: a few are named, the others counted."""
        shown = derivatives[: max(NAMED - self.late, 0)]
        self.late += len(derivatives)
        for by in shown:
            yield Check(_title(self.program.name, by), by, UNCHECKED, "NaN", 0.0, reason=NO_TIME.reason)

    def seconds(self) -> float:
        """The time that is left."""
        return self.deadline - time.monotonic()

    def differentiated(self, program: Program, by: Sequence[str]) -> Gradient:
        """The derivatives by those of the variables that the output depends on."""
        needed = reachable(program.graph, [program.output])
        nodes = {each: self.wrt[each] for each in by}
        return Gradient(program, {each: node for each, node in nodes.items() if node < len(needed) and needed[node]})

    def answer(self, program: Program, ready: Gradient) -> tuple[Point, Precise]:
        """The answer at the first point; in plain doubles once time is up, for then nothing is held against it."""
        found = None
        with suppress(LimitError):
            found = within(self.seconds(), lambda: self.answering(program, self.points[0], ready.wrt), None)
        decimals = found and found.decimals
        return found.point if found else ready.at(self.points[0]), decimals or Precise("", {})

    def worst(self, node: int, first: float) -> float:
        """How far the answer is from the truth, at the worst of the points that there is time for."""
        found = [first if first == first else 0.0]
        within(self.seconds(), lambda: found.extend(self._off(node, bindings) for bindings in self.points), None)
        return max(found)

    def _off(self, node: int, bindings: Mapping[str, float]) -> float:
        """The distance at one point: infinite where the answer is NaN and the truth is not."""
        answer = self.answering(self.program._replace(output=node), bindings, {}).point.value
        truth = evaluate(self.program.graph, [node], bindings, DIGITS, algebra)[0]
        off = inf if answer != answer and truth == truth else ulps(answer, truth)
        return off if off == off else 0.0

    def differences(self, ready: Gradient, point: Point, by: str) -> Estimate | None:
        """The finite difference by a variable, if there is time; a node that is no variable cannot be moved."""
        if by not in point.bindings or self.wrt[by] != self.program.variables.get(by):
            return None

        graph, output, node = ready.program.graph, ready.program.output, self.wrt[by]
        needed = reachable(graph, [output])
        values, following = evaluate_all(graph, needed, point.bindings), users(graph, node, output, needed)

        def function(value: float) -> float:
            return moved(graph, values, node, value, following)[output]

        return within(self.seconds(), lambda: derivative(function, point.bindings[by]), None)


def _title(name: str, by: tuple[str, ...]) -> str:
    """f, df/dx, d2f/dx2, d2f/dxdy."""
    if len(by) < 2:
        return f"d{name}/d{by[0]}" if by else name
    return f"d2{name}/d{by[0]}2" if by[0] == by[1] else f"d2{name}/d{by[0]}d{by[1]}"


def _doubt(found: Estimate | None, slope: float) -> str:
    """What to say of a finite difference that does not fit."""
    if found is None or found.value != found.value or slope != slope:
        return ""
    off = abs(found.value - slope)
    if off <= SIGMAS * found.error:
        return ""
    return f"finite differences in doubles are off by {off:.1g}, more than their error of {found.error:.1g}"
