"""Formulas with their numbers: y = x*w = 2*3 = 6, in digits for which it holds.

Depends on `gradcli.passes.outline` and, to see whether an equation holds, on `gradcli.precision`.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal

from gradcli.explanation.document import Side, figure, formula, substituted
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import ELLIPSIS
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.passes.arithmetic import CANCELLED, cancelled, decimal, is_far, relation, rounded
from gradcli.passes.outline import Outline
from gradcli.passes.titles import truth
from gradcli.passes.ways import Way
from gradcli.precision.beyond import Beyond
from gradcli.time_limit import within

SECONDS, WORKING = 1.0, 60
"""The time for a look whether an equation holds, and the digits for it."""
DOUBLE = 17
"""Digits that tell any double."""


class Steps:
    """Writes the formulas of an outline, with `digits` significant digits."""

    def __init__(self, outline: Outline, digits: int) -> None:
        self.outline, self.graph, self.digits = outline, outline.graph, digits
        self.values = outline.trace.values

    def name(self, node: int) -> str:
        """What a node is called."""
        return self.outline.names[node]

    def shown(self, number: float) -> str:
        """A number for reading."""
        return rounded(number, self.digits)

    def value(self, node: int) -> str:
        """The value of a node; of a condition whether it is true."""
        return truth(self.graph.operators[node], self.values[node]) or self.shown(self.values[node])

    def definition(self, node: int) -> tuple[str | Side, ...]:
        """What a told node is: a formula, the same with numbers, and its value."""
        return self._three(node, self.values[node], self.outline.names, spell_out=True)

    def local(self, way: Way) -> tuple[str | Side, ...]:
        """A local derivative in terms of the operands and the result: a formula, the same with numbers, the number."""
        if way.local is None:
            return (figure(self.shown(way.partial)),)
        variables = self.outline.trace.program.variables.values()  # what is simplified may come down to one
        known = (way.user, *self.outline.parts(way.user), *variables)
        names = {node: self.outline.names[node] for node in known}
        if self.graph.operators[way.local] in having(Trait.TRUTH):
            test = formula(self.graph, way.local, names)
            return (
                test,
                f" is {truth(self.graph.operators[way.local], way.partial)}, so ",
                figure(self.shown(way.partial)),
            )
        return self._three(way.local, way.partial, names, spell_out=way.local not in names)

    def _three(self, node: int, value: float, names: Mapping[int, str], *, spell_out: bool) -> tuple[str | Side, ...]:
        whole = formula(self.graph, node, names, spell_out=spell_out)
        if whole.text.endswith(ELLIPSIS):  # too long to be read in numbers too
            return whole, " ≈ " if rounded(value, DOUBLE) != self.shown(value) else " = ", figure(self.shown(value))
        used = self._used(node, names, spell_out=spell_out)
        sign, numbers, result, remark = self._balanced(node, used, value, spell_out=spell_out)
        if self.graph.value_of(node) is not None and node not in names:
            return (figure(result),)
        if not used or numbers.text == result:
            return whole, f" {sign} ", figure(result)
        return whole, " = ", numbers, f" {sign} ", figure(result), remark

    def _used(self, node: int, names: Mapping[int, str], *, spell_out: bool) -> list[int]:
        """The named nodes in the formula of a node."""
        pending, found = [node], dict[int, None]()
        first = spell_out
        while pending:
            at = pending.pop()
            if at in names and not first:
                found[at] = None
            else:
                pending += self.graph.operands[at]
            first = False
        return list(found)

    def _balanced(self, node: int, used: list[int], value: float, *, spell_out: bool) -> tuple[str, Side, str, str]:
        """The sign, the formula with numbers, the result, a remark: in digits for which it holds, else with ≈."""
        for tried in (self.digits, self.digits + 1, self.digits):
            texts = {at: rounded(self.values[at], tried) for at in used}
            result = rounded(value, tried)
            computed = self._computed(node, texts, spell_out=spell_out)
            sign = relation(computed, result, tried) if computed.is_finite() else self._unknown(texts, result)
            if sign == "=":
                break
        remark = CANCELLED if cancelled(computed, result) else ""
        return sign, substituted(self.graph, node, texts, spell_out=spell_out), result, remark

    def _computed(self, node: int, texts: Mapping[int, str], *, spell_out: bool) -> Decimal:
        """What the shown numbers, taken as exact, give; NaN where that is not known."""
        if not spell_out:
            return decimal(texts[node])
        unknown = Decimal("NaN")
        if any(map(is_far, texts.values())):
            return unknown
        return within(SECONDS, lambda: evaluated(self.graph, node, texts), unknown)

    def _unknown(self, texts: Mapping[int, str], result: str) -> str:
        """The sign where nothing can be computed: infinities and NaN are what the operations make of them."""
        far = any(isinstance(self.values[at], Beyond) for at in texts)
        return "≈" if far or decimal(result).is_finite() else "="


def evaluated(graph: Graph, node: int, numbers: Mapping[int, str]) -> Decimal:
    """The value of a node, in more digits than are shown, where some nodes below it are these decimals."""
    from gradcli.precision.decimals import number_text
    from gradcli.precision.multiprecision import values_as_written

    part, copies, bindings = Graph(), dict[int, int](), dict[str, str]()
    for at in sorted(_above(graph, node, numbers)):
        if at in numbers and at != node:
            copies[at] = part.variable(f"n{at}")
            bindings[f"n{at}"] = numbers[at]
        elif (literal := graph.value_of(at)) is not None:
            copies[at] = part.constant(literal)
        else:
            copies[at] = part.node(graph.operators[at], tuple([copies[operand] for operand in graph.operands[at]]))
    values = values_as_written(part, reachable(part, [copies[node]]), bindings, WORKING)
    return decimal(number_text(values[copies[node]], WORKING))


def _above(graph: Graph, node: int, numbers: Collection[int]) -> set[int]:
    """The nodes that a node is made of, down to those that have numbers."""
    found, pending = {node}, [node]
    while pending:
        at = pending.pop()
        if at == node or at not in numbers:
            pending += (fresh := {*graph.operands[at]} - found)
            found |= fresh
    return found
