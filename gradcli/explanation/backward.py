"""The backward pass, told: from the output back, local derivatives, their products along the chain, and their sums.

Depends on `gradcli.explanation.steps`.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gradcli.evaluate.trace import Zero
from gradcli.explanation.document import (
    Line,
    Section,
    Side,
    equation,
    few,
    figure,
    name,
    partially,
    prose,
    sides,
    slope,
    summed,
)
from gradcli.explanation.steps import Steps
from gradcli.passes.arithmetic import added, balanced, multiplied
from gradcli.passes.outline import Outline
from gradcli.passes.titles import side_text, tied
from gradcli.passes.ways import Way
from gradcli.passes.zeros import own_cause
from gradcli.precision.beyond import is_zero, plus, times

MOST_PARTS = 8
NUMBERED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Backward:
    """Tells how the gradient comes to nodes; `words` tells whether reasons are given."""

    def __init__(self, outline: Outline, steps: Steps, *, words: bool) -> None:
        self.outline, self.steps, self.words = outline, steps, words
        self.trace, self.output = outline.trace, outline.trace.program.output

    def section(self, order: Sequence[int]) -> Section:
        """The told nodes from the output down, of many the first and the last, then the variables."""
        told = [node for node in reversed(self.outline.told) if node in self.outline.ways]
        lines: list[Line] = [*self._beside()]
        for node, hidden in (*few(told), *few(order)):
            lines += [prose(f"… {hidden:,} more …")] if hidden else []
            lines += self._lines(node)
        return Section(f"Backward: from {self.steps.name(self.output)} back, by the chain rule", lines)

    def told(self, node: int) -> Iterator[Line]:
        """The lines of one node."""
        return self._lines(node)

    def _beside(self) -> Iterator[Line]:
        """That the pass is told beside a kink, where it is."""
        side = next((entry.side for entry in self.trace.contributions if entry.side), 0)
        if side:
            yield prose(f"Left and right of the kink agree: what follows holds {side_text(self.trace, side)}.")

    def _slope(self, of: int, by: int) -> Side:
        return slope(self.steps.name(of), self.steps.name(by))

    def _lines(self, node: int) -> Iterator[Line]:
        groups = self._merged(self.outline.ways.get(node, []))
        if len(groups) > 1:
            yield from self._sum(node, groups)
        elif groups:
            yield from self._chain(node, groups[0])
        elif node == self.output:
            yield equation(self._slope(node, node), " = ", figure("1"))
        else:
            yield self._independent(node)

    def _independent(self, node: int) -> Line:
        """A variable from which nothing leads to the output but conditions and flat steps."""
        whole = self._slope(self.output, node)
        return equation(whole, " = ", figure("0"), f"  ({Zero.INDEPENDENT})")

    def _merged(self, ways: Sequence[Way]) -> list[list[Way]]:
        """The ways of a node by the node that uses it."""
        return [list(group) for _, group in groupby(ways, key=lambda way: way.user)]

    def _chain(self, node: int, ways: list[Way]) -> Iterator[Line]:
        """The local derivative, and its product with what comes from upstream."""
        local, partial = self._local(ways)
        own, both = self._slope(ways[0].user, node), self._both(node)
        if ways[0].user == self.output:
            yield equation(own, " = ", *local, both)
            return
        yield equation(own, " = ", *local)
        whole = self._slope(self.output, node)
        yield equation(whole, " = ", *self._product(node, ways, partial, self._ruled(node)), both)

    def _part(self, node: int, ways: list[Way]) -> tuple[float, list[Line]]:
        """What comes back through one of several users, and the lines that tell it."""
        local, partial = self._local(ways)
        part, user = self._contribution(ways, partial), self.steps.name(ways[0].user)
        if ways[0].user == self.output:
            return part, [equation("directly: ", partially(user, self.steps.name(node)), " = ", *local)]
        own = self._slope(ways[0].user, node)
        through = equation("through ", name(user), ": ", *self._product(node, ways, partial, part))
        return part, [equation(own, " = ", *local), through]

    def _product(self, node: int, ways: list[Way], partial: float, result: float) -> tuple[str | Side, ...]:
        """dL/dy × dy/dw = 8 × 2 = 16."""
        user = ways[0].user
        above = self._slope(self.output, user)
        own = self._slope(user, node)
        if not any(way.counts for way in ways):
            return sides(" × ", above, own), " = ", figure("0"), self._flow(ways)
        shown = balanced((self.trace.adjoints[user], partial), result, self.steps.digits, multiplied)
        numbers = sides(" × ", *map(figure, shown.numbers))
        return sides(" × ", above, own), " = ", numbers, f" {shown.sign} ", figure(shown.result), self._flow(ways)

    def _local(self, ways: list[Way]) -> tuple[tuple[str | Side, ...], float]:
        """The local derivative through all operands of a node that are one: of x*x by x it is x + x."""
        first, *rest = ways
        for way in rest:
            local = None
            if first.local is not None and way.local is not None:
                local = self.outline.graph.node("add", (first.local, way.local))
            first = first._replace(local=local, partial=plus(first.partial, way.partial))
        return (*self.steps.local(first), self._reason(ways, first)), first.partial

    def _sum(self, node: int, groups: list[list[Way]]) -> Iterator[Line]:
        """The parts that come from several users, of many the first, and their sum."""
        if self.words:
            title, added_up = name(self.steps.name(node)), ": what each sends back is added."
            yield prose(title, " goes into ", *self._users(groups), added_up)
        told = [self._part(node, group) for group in groups]
        yield from (line for _, lines in told[:MOST_PARTS] for line in lines)
        if len(told) > MOST_PARTS:
            yield prose(f"… {len(told) - MOST_PARTS:,} more …")
        yield self._added(node, [part for part, _ in told])

    def _users(self, groups: list[list[Way]]) -> tuple[str | Side, ...]:
        if len(groups) == 2:
            first, second = (name(self.steps.name(group[0].user)) for group in groups)
            return first, " and ", second
        return (f"{NUMBERED[len(groups)] if len(groups) < len(NUMBERED) else f'{len(groups):,}'} places",)

    def _contribution(self, group: list[Way], partial: float) -> float:
        """What comes back through a user: nothing through a branch that is not taken."""
        if len(group) == 1 and len(group[0].entries) == 1:
            return group[0].entries[0].contribution
        return times(self.trace.adjoints[group[0].user], partial) if any(way.counts for way in group) else 0.0

    def _added(self, node: int, parts: list[float]) -> Line:
        whole = self._slope(self.output, node)
        shown = balanced(parts, self._ruled(node), self.steps.digits, added)
        remark = f"  ({Zero.CANCEL})" if self.trace.zeros.get(node) is Zero.CANCEL else shown.remark
        given = f" {shown.sign} ", figure(shown.result)
        return equation(whole, " = ", summed(shown.numbers), *given, remark, self._both(node))

    def _ruled(self, node: int) -> float:
        """What the rules give of a node's gradient."""
        return self.trace.ruled.get(node, self.trace.adjoints[node])

    def _both(self, node: int) -> str:
        if node not in self.trace.ruled:
            return ""
        return f" by the rules; both sides of the kink give {self.steps.shown(self.trace.adjoints[node])}"

    def _reason(self, ways: list[Way], merged: Way) -> str:
        """Why a local derivative is what it is: 0, shared, or that on one side of a kink."""
        entries = [entry for way in ways for entry in way.entries]
        side = next((entry.side for entry in entries if entry.side), 0)
        many = max((tied(self.trace, entry) for entry in entries), default=1)
        if side:
            return f"  ({side_text(self.trace, side)})"
        if many > 1:
            return f"  (shared evenly by the {many} that tie)"
        named = merged.local is not None and merged.local in self.outline.names
        cause = None if not is_zero(merged.partial) or named else self._cause_of_zero(ways)
        return f"  ({cause})" if cause else ""

    def _cause_of_zero(self, ways: list[Way]) -> Zero | None:
        """Why a local derivative is 0: several cancel, or the operation passes nothing on."""
        if not all(is_zero(way.partial) for way in ways):
            return Zero.CANCEL
        flat = (entry for way in ways for entry in way.entries if is_zero(entry.partial))
        return next((own_cause(self.trace, entry) for entry in flat), None)

    def _flow(self, ways: list[Way]) -> str:
        """Why nothing comes back, though the operation would pass it on."""
        causes = {entry.zero for way in ways for entry in way.entries}
        own = any(is_zero(way.partial) for way in ways)
        cause = next((cause for cause in (Zero.LEVELS, Zero.UPSTREAM, Zero.UNDERFLOW) if cause in causes), None)
        return f"  ({cause})" if cause and not own else ""
