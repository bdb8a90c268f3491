"""A graph in which formulas that lose digits are written so that they keep them: for columns, which are plain doubles.

Depends on `gradcli.rewriting.stable_forms` for the formulas. What was rewritten may be part of the next one: of
p = 1/(1 + exp(-z)), which is sigmoid(z), log(1 - p) is -softplus(z).
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.simplify import simplified
from gradcli.graph.template import Template
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.language.rules import parse_template
from gradcli.rewriting.negations import REWRITES
from gradcli.rewriting.patterns import forms, match
from gradcli.rewriting.stable_forms import STABLE


def stable(graph: Graph, outputs: Sequence[int], kept: Iterable[int]) -> tuple[Graph, Sequence[int]]:
    """A graph of what `outputs` depend on, and by each node of theirs the one that has its value there.

    The users of a node in `kept` still use it. It is the same graph if that keeps all digits.
    The loss is -(y*-softplus(-z)), where the signs meet:

    >>> from gradcli.language.notation import expression_text
    >>> from gradcli.language.program import parse
    >>> program = parse("loss = -(y*log(1/(1 + exp(-z))))")
    >>> graph, nodes = stable(program.graph, [program.output], kept=())
    >>> expression_text(graph, nodes[program.output])
    'y*softplus(-z)'
    """
    rewriting = _Rewriting(graph, frozenset(kept))
    nodes = rewriting.moved(reachable(graph, outputs))
    return (rewriting.graph, nodes) if rewriting.found else (graph, range(len(graph)))


class _Rewriting:
    """A graph in the making, what came of the nodes that must stay, and the signs that rewriting has brought."""

    def __init__(self, old: Graph, kept: Collection[int]) -> None:
        self.old, self.graph, self.found = old, Graph(), False
        self.kept, self.stay, self.signs = kept, set[int](), set[int]()

    def moved(self, needed: bytearray) -> list[int]:
        """For each needed node its new one."""
        nodes: list[int] = []
        for index, flag in enumerate(needed):
            nodes.append(self.better(self.copied(index, nodes)) if flag else -1)
            if index in self.kept:
                self.stay.add(nodes[-1])
                self.signs.discard(nodes[-1])
        return nodes

    def copied(self, index: int, nodes: Sequence[int]) -> int:
        """A node as it is, over operands that may be others."""
        old, graph = self.old, self.graph
        operator, leaf = old.operators[index], old.leaves.get(index)
        if operator == VARIABLE:
            return graph.variable(str(leaf))
        if operator == CONSTANT and isinstance(leaf, float):
            name, value = old.names.get(index), leaf
            return graph.named_constant(name, value) if name else graph.constant(value)
        return self.signed(operator, tuple(nodes[operand] for operand in old.operands[index]))

    def signed(self, operator: str, operands: tuple[int, ...]) -> int:
        """An operator; a sign that rewriting has brought is passed on, until it meets another one."""
        if self.signs.isdisjoint(operands):
            return self.graph.node(operator, operands)
        found = self.passed_on(operator, operands)
        return simplified(self.graph, operator, operands) if found is None else self.noted(found)

    def passed_on(self, operator: str, operands: tuple[int, ...]) -> int | None:
        """The same with the sign outside, or gone: -a + -b is -(a + b), a - -b is a + b. None where it must stay."""
        graph = self.graph
        if operator == "add" and self.signs.issuperset(operands):
            left, right = (graph.operands[node][0] for node in operands)
            return simplified(graph, "neg", (graph.node("add", (left, right)),))
        rewrite = REWRITES.get(operator)
        return rewrite(graph, operator, operands) if rewrite else None

    def noted(self, node: int) -> int:
        """A new node, which may be a sign and nothing else."""
        if self.graph.operators[node] == "neg":
            self.signs.add(node)
        return node

    def better(self, root: int) -> int:
        """What is better computed instead of a node."""
        operators = self.graph.operators
        entries = known().get(operators[root])
        below = {operators[operand] for operand in self.graph.operands[root]} if entries else ()
        for form, wanted, better in entries or ():
            found = match(self.graph, root, form) if wanted.issubset(below) else None
            if found and self.stay.isdisjoint(found.inside - {root}):
                self.found = True
                return self.noted(better.put(self.graph, [found.holes.get(name, root) for name in "ab"], simplified))
        return root


class Entry(NamedTuple):
    """A formula, the operators of its last operator's operands (most nodes can be told by them), what is better."""

    form: Program
    wanted: frozenset[str]
    better: Template


@cache
def known() -> dict[str, list[Entry]]:
    """The formulas by their last operator."""
    found: dict[str, list[Entry]] = {}
    for formula, better in STABLE.items():
        for form in forms(formula):
            operators, operands = form.graph.operators, form.graph.operands[form.output]
            wanted = frozenset(operators[operand] for operand in operands) - {VARIABLE}
            entry = Entry(form, wanted, parse_template(better, ("a", "b")))
            found.setdefault(operators[form.output], []).append(entry)
    return found
