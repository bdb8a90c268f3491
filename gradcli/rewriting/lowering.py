"""A formula in the operators that an engine has.

Depends on the operator table for definitions. What an engine has is native; every other operator becomes the engine's
own expansion of it, or its row's definition. Equal nodes meet in the new graph, whatever they were expanded from.
"""

from collections.abc import Callable, Container, Mapping
from functools import cache, partial, reduce
from math import isfinite
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.simplify import simplified
from gradcli.graph.walk import interpret
from gradcli.language.rules import parse_template
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.common_denominator import brought_together
from gradcli.rewriting.formula import Formula, with_variables
from gradcli.rewriting.negations import REWRITES

Build = Callable[..., int]
Expansions = Mapping[str | tuple[str, float], str]

POWERS: Expansions = {
    ("pow", -2.0): "(1/x)*(1/x)",
    ("pow", -1.0): "1/x",
    ("pow", 2.0): "x*x",
    ("pow", 3.0): "x*x*x",
    ("pow", 4.0): "(x*x)*(x*x)",
}
"""Powers that are products; as right as pow itself, and many times faster."""

GUARDED = "guarded "
"""Begins the name of an operator that falls back on the kernel of another where that would not come out right."""


class UnsupportedOperator(Exception):  # noqa: N818 - a word to the caller, which goes on with another engine
    """An engine has no meaning for an operator, nor has its row a definition."""


class Lowerings(NamedTuple):
    """What an engine takes for operators, in gradcli's language and over the operands of their rows.

    formulas        operator → its meaning, to be taken before the row's definition; (operator, number) → the same
                    where the last operand is that literal
    fallback_where  operator → the condition under which what is taken for it is not right: for this the engine meets
                    the operator "guarded OPERATOR" of the result, the condition and the operands
    slopes          operator f → the meaning of f(x)*f(-x), for what has that slope
    """

    formulas: Expansions
    fallback_where: Mapping[str, str]
    slopes: Mapping[str, str]


DEFINITIONS = Lowerings({}, {}, {})
"""The definitions of rows alone."""


def lowered(formula: Formula, native: Container[str], lowerings: Lowerings) -> Formula:
    """The same formula over native operators alone, each of at most as many operands as its row names.

    Raises UnsupportedOperator.
    """
    lowering = _Lowering(native, lowerings)
    old = formula.graph

    def leaf(node: int) -> int:
        number = old.value_of(node)
        if number is None:
            return lowering.graph.variable(str(old.leaves[node]))
        return lowering.literal(float(number))  # an engine has doubles

    nodes = interpret(old, formula.needed, lowering, leaf)
    return with_variables(lowering.graph, {name: nodes[node] for name, node in formula.outputs.items()})


class _Lowering(dict[str, Build]):
    """Operator → the function that appends its meaning to the new graph."""

    def __init__(self, native: Container[str], lowerings: Lowerings) -> None:
        super().__init__()
        self.graph, self.native, self.slopes = Graph(), native, lowerings.slopes
        self.formulas: Expansions = {**POWERS, **lowerings.formulas}
        self.fallback_where = lowerings.fallback_where
        literal = {key[0] for key in self.formulas if isinstance(key, tuple)}
        self.special = literal.union(self.fallback_where, self.slopes)
        self.origins: dict[int, tuple[str, int]] = {}

    def __missing__(self, operator: str) -> Build:
        build = partial(self.native_node if operator in self.native else self.expanded, operator)
        if operator in self.special:
            build = partial(self.special_node, operator, build)
        if operator == "mul" and self.slopes:
            build = partial(self.product, build)
        self[operator] = partial(self.chain, operator, build) if OPERATORS[operator].variadic else build
        return self[operator]

    def literal(self, number: float) -> int:
        """A literal, which may be beyond the doubles."""
        if isfinite(number):
            return self.graph.constant(number)
        infinity = self["inf"]()
        return infinity if number > 0 else self["neg"](infinity)

    def chain(self, operator: str, build: Build, *operands: int) -> int:
        """An operator of any number of operands, two by two: min(x, y, z) is min(min(x, y), z)."""
        alone = OPERATORS[operator].alone if len(operands) == 1 else ""
        return self[alone](*operands) if alone else reduce(build, operands)

    def native_node(self, operator: str, *operands: int) -> int:
        """An operator as it is, but for what signs and denominators make simpler."""
        rewrite = REWRITES.get(operator)
        found = rewrite(self.graph, operator, operands) if rewrite else None
        made = simplified(self.graph, operator, operands) if found is None else found
        return brought_together(self.graph, made)

    def expanded(self, operator: str, *operands: int) -> int:
        """An operator in terms of others."""
        text = self.formulas.get(operator, OPERATORS[operator].definition)
        if not text:
            raise UnsupportedOperator(operator)
        return self.put(text, operator, operands)

    def special_node(self, operator: str, build: Build, *operands: int) -> int:
        """An operator of which more is known than how to build it: pow(x, 2) is x*x."""
        text = self.formulas.get((operator, self.graph.value_of(operands[-1]) or 0.0))
        node = self.put(text, operator, operands[:-1]) if text else self.guarded(operator, build, operands)
        if operator in self.slopes:
            self.origins[node] = operator, operands[0]
        return node

    def product(self, build: Build, left: int, right: int) -> int:
        """A product that may be one of f(x) and f(-x), such as sigmoid(x)*sigmoid(-x)."""
        if left in self.origins and right in self.origins:
            (f, x), (g, y) = self.origins[left], self.origins[right]
            if f == g and simplified(self.graph, "neg", (x,)) == y:
                return self.put(self.slopes[f], f, (x,))
        return build(left, right)

    def guarded(self, operator: str, build: Build, operands: tuple[int, ...]) -> int:
        """An operator, with a node that says where it is not right: "guarded silu" of silu(x), x < -700 and x."""
        if operator not in self.fallback_where:
            return build(*operands)
        condition = self.put(self.fallback_where[operator], operator, operands)
        result = build(*operands)
        never = self.graph.value_of(condition) == 0.0
        return result if never else self.graph.node(GUARDED + operator, (result, condition, *operands))

    def put(self, text: str, operator: str, operands: tuple[int, ...]) -> int:
        """A text over the first operands of an operator."""
        names = _operand_names(operator)[: len(operands)]
        return parse_template(text, names).put(self.graph, operands, self.build)

    def build(self, _graph: Graph, operator: str, operands: tuple[int, ...], _start: int, _end: int) -> int:
        """A step of a text, which may need lowering in its turn."""
        return self[operator](*operands)


@cache
def _operand_names(operator: str) -> tuple[str, ...]:
    row = OPERATORS[operator]
    return ("x", "y") if row.variadic else row.operands
