"""What an operator needs to have a real value, in words and of its operands: what holds already is not said.

Depends on the domains of the operator table and on the printer of the language. (-0.5)^-0.5 needs a base above 0 or a
whole exponent; that 0 has no negative powers is nothing to it.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import expression_text
from gradcli.language.program import Program, parse
from gradcli.operators.table import OPERATORS

LONGEST = 120
WHOLE = {"eq": "`{}` to be whole", "ne": "`{}` not to be whole"}
"""What is said of a comparison of x with floor(x)."""

Way = frozenset[int]
"""Comparisons that are enough if all of them hold."""


def needs(graph: Graph, node: int, values: Mapping[int, float]) -> str:
    """What is missing: "`x > 0` or `y` to be whole". Empty where no variable can bring it."""
    row = OPERATORS[graph.operators[node]]
    if not row.domain:
        return ""
    domain = _Domain(
        parse(row.domain, variables=row.operands), graph, dict(zip(row.operands, graph.operands[node], strict=True))
    )
    missing = domain.missing(values)
    texts = [" and ".join(map(domain.said, sorted(way))) for way in sorted(missing, key=sorted)]
    return " or ".join(sorted(texts, key=lambda text: text.endswith("whole")))  # what is shortest to read first


class _Domain(NamedTuple):
    """The condition of a row, and the nodes of a graph that its operands are."""

    condition: Program
    graph: Graph
    operands: Mapping[str, int]

    def missing(self, values: Mapping[int, float]) -> set[Way]:
        """The shortest ways in, of those that variables can go: what of each does not hold."""
        condition, bindings = self.condition, {name: values[at] for name, at in self.operands.items()}
        holds = evaluate_all(condition.graph, reachable(condition.graph, [condition.output]), bindings)
        ways = {frozenset(at for at in way if not holds[at]) for way in self.ways(condition.output)}
        open_ = {way for way in ways if all(map(self.can_change, way))}
        shortest = min(map(len, open_), default=0)
        return self.joined({way for way in open_ if len(way) == shortest})

    def ways(self, node: int) -> Iterator[Way]:
        """The condition as ways of which one is enough."""
        operator, operands = self.condition.graph.operators[node], self.condition.graph.operands[node]
        if operator == "or":
            for operand in operands:
                yield from self.ways(operand)
        elif operator == "and":
            yield from (frozenset().union(*both) for both in product(*map(self.ways, operands)))
        else:
            yield frozenset((node,))

    def can_change(self, comparison: int) -> bool:
        """Whether a variable of the formula is in what is compared."""
        graph, needed = self.condition.graph, reachable(self.condition.graph, [comparison])
        nodes = [self.operands[name] for name, at in graph.variables().items() if at < len(needed) and needed[at]]
        return any(
            flag and self.graph.operators[at] == VARIABLE for at, flag in enumerate(reachable(self.graph, nodes))
        )

    def joined(self, ways: set[Way]) -> set[Way]:
        """x > 0 or x == 0 is x >= 0."""
        graph = self.condition.graph
        for over, same in product(ways, ways):
            if {len(over), len(same)} == {1}:
                (one,), (other,) = over, same
                alike = graph.operands[one] == graph.operands[other]
                if alike and (graph.operators[one], graph.operators[other]) == ("gt", "eq"):
                    return (ways - {over, same}) | {frozenset((graph.node("ge", graph.operands[one]),))}
        return ways

    def said(self, comparison: int) -> str:
        """A comparison of the operands as they are spelled in the formula."""
        graph = self.condition.graph
        left, right = graph.operands[comparison]
        whole = WHOLE.get(graph.operators[comparison], "")
        if whole and graph.operators[right] == "floor" and graph.operands[right] == (left,):
            return whole.format(self.text(left))
        return f"`{self.text(comparison)}`"

    def text(self, node: int) -> str:
        """A node of the condition, in the words of the formula."""
        spoken = {
            self.condition.variables[name]: expression_text(self.graph, at, LONGEST // 2, spell_out=False)
            for name, at in self.operands.items()
            if name in self.condition.variables
        }
        return expression_text(self.condition.graph, node, LONGEST, names=spoken, spell_out=False)
